"""Parts of addresses: an id or a name is whatever its publisher made of it, line ends and slashes too."""

from __future__ import annotations

from starlette.convertors import Convertor


class Anything(Convertor[str]):
    """A part that may hold every character."""

    regex = r"(?s:.+)"

    def convert(self, value: str) -> str:
        """As it stands."""
        return value

    def to_string(self, value: str) -> str:
        """As it stands."""
        return value
