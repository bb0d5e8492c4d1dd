"""What the fixtures of the suite give, as types."""

from __future__ import annotations

from collections.abc import Callable

from reportedly.model import Dispatch
from reportedly.parse.parsed import Doc

Parse = Callable[..., tuple[Doc, Dispatch]]
