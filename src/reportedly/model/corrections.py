"""What people put in the place of what the program read, and what they noted beside it."""

from __future__ import annotations

from reportedly.model.record import Record


class Correction(Record, frozen=True):
    """A value of a claim that a person put in the place of the program's.

    ``field`` is *type*, *place*, *day*, *actor*, *recipient*, *source* or a role of figures; ``value`` is what the
    person gave, ``was`` what the program had read, both in words; ``by`` and ``at`` say who and when, where known.
    """

    claim: str
    field: str
    value: str
    was: str
    note: str | None
    by: str | None
    at: str | None


class Note(Record, frozen=True):
    """What somebody wrote beside a claim."""

    note: str
    by: str | None
    at: str | None
