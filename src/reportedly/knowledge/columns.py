"""How a table is declared: its columns, and what their cells may say."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

Kind = Literal["text", "whole", "decimal", "conditions", "frame", "sense", "capitals", "pattern"]

KINDS: Final = {
    "text": "any words",
    "whole": "a whole number",
    "decimal": "a number",
    "conditions": "conditions separated by spaces, such as subj:@force or !near:court",
    "frame": "a frame of events_frames.tsv for this part of speech; :on,at behind it for recipients after prepositions",
    "capitals": "a name in capital letters, digits, - and _",
    "pattern": "words, classes in capitals, name:CLASS, {PART} and the signs ( | ) ? * of regular expressions",
    "sense": "an event type, - for no event, or HARM: with or without a type behind it",
}


class Column(msgspec.Struct, frozen=True):
    """One column: ``allowed`` values, or those of a column of another table (``of``); ``sep`` parts several."""

    name: str
    kind: Kind = "text"
    allowed: tuple[str, ...] = ()
    of: str = ""
    sep: str = ""
    required: bool = False

    @property
    def what(self) -> str:
        """What a cell may say, in words."""
        values = ", ".join(self.allowed)
        table, _, column = self.of.partition(".")
        listed = f"a {column} of {table}.tsv" if self.of and self.kind == "text" else KINDS[self.kind]
        one = f"{values} or {listed}" if self.of and values else values or listed
        several = {"": "", " ": "; several separated by spaces", ",": "; several separated by commas"}
        parted = several.get(self.sep, f"; several separated by {self.sep}")
        return f"{one}{parted}" + ("" if self.required else "; may be empty")


class Table(msgspec.Struct, frozen=True):
    """One table: its name, a line of help, the rooms of the program that read it, and its columns in order."""

    name: str
    help: str
    readers: tuple[str, ...]
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column | None:
        """The column of a name."""
        return next((c for c in self.columns if c.name == name), None)


def text(*names: str, sep: str = "") -> tuple[Column, ...]:
    """Columns of free words; a sign ``!`` behind a name says that a cell must not be empty."""
    return tuple(Column(n.rstrip("!"), sep=sep, required=n.endswith("!")) for n in names)


def one(name: str, allowed: str, sep: str = "") -> Column:
    """A column of the allowed values, given with spaces between them."""
    return Column(name.rstrip("!"), allowed=tuple(allowed.split()), sep=sep, required=name.endswith("!"))


def of(name: str, where: str, sep: str = "", also: tuple[str, ...] = ()) -> Column:
    """A column whose values stand in another table, as "table.column"."""
    return Column(name.rstrip("!"), of=where, sep=sep, allowed=also, required=name.endswith("!"))


def number(name: str, kind: Kind = "whole") -> Column:
    """A column of numbers."""
    return Column(name.rstrip("!"), kind=kind, required=name.endswith("!"))


def table(name: str, text: str, readers: str, *columns: Column | tuple[Column, ...]) -> Table:
    """A table; ``readers`` are given with spaces between them."""
    flat = tuple(c for column in columns for c in (column if isinstance(column, tuple) else (column,)))
    return Table(name, text, tuple(readers.split()), flat)


PLACES: Final = "country admin1 city region water facility"
COUNTRY: Final = of("country", "countries.iso3")
POINT: Final = (number("lat!", "decimal"), number("lon!", "decimal"))
