"""Who says it: statements and silences."""

from __future__ import annotations

from reportedly.statements.finish import find_statements, without_echoes
from reportedly.statements.silences import find_silences

__all__ = ["find_silences", "find_statements", "without_echoes"]
