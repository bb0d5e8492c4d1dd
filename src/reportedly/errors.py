"""Errors that reach a person: a code, what is wrong and where, and what to do about it."""

from __future__ import annotations


class ReportedlyError(Exception):
    """Base of all errors raised on purpose.

    ``code`` is stable (``E101``), ``message`` says what is wrong and where, ``remedy`` what to do.
    """

    def __init__(self, code: str, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        tail = f"\n  {self.remedy}" if self.remedy else ""
        return f"[{self.code}] {self.message}{tail}"

    def __reduce__(self) -> tuple[type[ReportedlyError], tuple[str, str, str]]:
        return type(self), (self.code, self.message, self.remedy)


class InputError(ReportedlyError):
    """An input cannot be read at all (missing, binary, broken container)."""


class ResourceError(ReportedlyError):
    """Something that the program needs is not installed or not what it should be (model, gazetteer, tables)."""


class ConfigError(ReportedlyError):
    """A setting or an option has no meaning."""


class LedgerError(ReportedlyError):
    """A ledger cannot be opened, read or written (in use, not a ledger, newer than the program, disk full)."""
