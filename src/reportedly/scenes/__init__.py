"""Scenes: a story sets place and day once and then tells ten things that happened there."""

from reportedly.scenes.carry import carry
from reportedly.scenes.find import find_scenes

__all__ = ["carry", "find_scenes"]
