"""Settings of the reading step."""

from __future__ import annotations

from pathlib import Path

import msgspec

from reportedly.knowledge.load import SHIPPED, Knowledge, own_tables


class ReadOptions(msgspec.Struct, frozen=True):
    """How inputs are read and where reading stops; the defaults are what the command uses.

    ``day_first`` says how 05/06/2021 is meant (``None``: it is ambiguous and stays unknown). ``encoding`` is that of
    all text inputs, where it is known. ``lang`` takes every text for this language instead of telling it from the
    words. ``text_column`` names the column or key that holds the text. With ``withdrawals`` an item that its publisher
    took back is given as a dispatch with the note *kill*, for a ledger to withdraw it; else it is only told of.
    ``tables`` is a folder with the user's own tables, as in ``Config``.

    The limits: ``max_ratio`` is how many times larger than its packed form something may get, once it is over
    ``ratio_from`` bytes; ``max_member_bytes`` the most bytes of one file or archive member that has to be held in
    memory; ``max_line_bytes`` the longest line of JSON and the longest field of a table; ``max_depth`` how deep
    archives stand in each other; ``max_members`` how many members of archives are read in one run, in whatever depth,
    and ``max_unpacked_bytes`` how many bytes of them. ``max_record_seconds`` is the processor time that the reading of
    one record (a page, a mail, a row) may take.
    """

    day_first: bool | None = None
    encoding: str | None = None
    lang: str | None = None
    text_column: str | None = None
    withdrawals: bool = False
    tables: Path | None = None
    max_ratio: int = 200
    ratio_from: int = 10_000_000
    max_member_bytes: int = 64_000_000
    max_line_bytes: int = 32_000_000
    max_depth: int = 3
    max_members: int = 1_000_000
    max_unpacked_bytes: int = 1_000_000_000_000
    max_record_seconds: float = 5.0

    @property
    def knowledge(self) -> Knowledge:
        """The tables in force; raises ConfigError for tables of the user's that cannot be."""
        return own_tables(self.tables) if self.tables is not None else SHIPPED
