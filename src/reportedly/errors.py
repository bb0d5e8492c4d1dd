"""Errors that reach a person: a code, what is wrong and where, and what to do about it."""

from __future__ import annotations

from typing import Final


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


# What each code means: one code, one meaning, also where it is raised at several places.
MEANINGS: Final = {
    "E101": "an input cannot be read",
    "E201": "the language model is not installed",
    "E202": "the language model is not the released one",
    "E203": "the pipeline cannot be used",
    "E204": "a parse lacks what is read from it",
    "E205": "a worker process did not start",
    "E206": "a worker process failed",
    "E211": "the gazetteer is missing",
    "E212": "the gazetteer cannot be read",
    "E213": "the gazetteer was built for another version",
    "E214": "what makes frames of results is not installed",
    "E215": "what reckons the agreement of judges is not installed",
    "E216": "what follows feeds is not installed",
    "E217": "what a part of the program needs is not installed",
    "E301": "a row of a table has too many cells",
    "E302": "no such output format",
    "E303": "an output cannot be written",
    "E304": "no such folder of tables",
    "E305": "two options exclude each other",
    "E306": "no ISO date",
    "E307": "no filter",
    "E308": "nothing to add",
    "E309": "no coded dispatches",
    "E310": "coded dispatches cannot be read",
    "E311": "no verdict",
    "E312": "explanations go into JSON lines only",
    "E313": "a conversion of tables needs --output",
    "E314": "a file is there already",
    "E315": "input, ledger and output are one file",
    "E316": "no such stage",
    "E317": "a table that is built into the gazetteer cannot be changed",
    "E318": "a column that a table does not have, or that is missing",
    "E319": "a cell says what its column cannot say",
    "E320": "no such export format",
    "E321": "an export that cannot go to standard output",
    "E322": "export needs a ledger",
    "E323": "no such kind of ids",
    "E324": "explain needs inputs or a ledger",
    "E325": "no claim with this id",
    "E326": "a claim that is no longer found",
    "E327": "no column for a text",
    "E330": "a table is not UTF-8",
    "E331": "no table has this name",
    "E332": "settings that cannot be",
    "E333": "no input can be meant by this",
    "E334": "no way to draw a sample",
    "E340": "a file of feeds that cannot be",
    "E601": "the ledger is in use",
    "E602": "the ledger cannot be written",
    "E603": "the ledger cannot be opened",
    "E604": "the file is no ledger",
    "E605": "the ledger was written by a newer program",
    "E606": "the ledger was opened for reading",
    "E607": "a write to the ledger failed, and nothing was changed",
    "E608": "the ledger holds nothing of this name",
    "E609": "no such filter, or no such value of one",
    "E610": "nothing that can be judged",
    "E611": "no judgement to take back",
    "E612": "the ledger was written by an older program",
    "E613": "the ledger is damaged",
    "E614": "a write to the ledger found damage",
    "E615": "the ledger was replaced while it was open",
    "E616": "the ledger has several names",
    "E617": "the ledger does not exist",
    "E618": "no such order",
    "E619": "the tables by which a ledger is merged are not there",
    "E620": "a sample has this name already",
    "E621": "nothing to draw a sample from",
    "E622": "no such sample, or no such claim in it",
    "E623": "no answer about a sampled claim",
    "E624": "period of a ledger",
    "E701": "the port is in use",
    "E702": "the reading room is not installed",
    "E703": "charts are not installed",
    "E704": "no file of judgements",
    "E705": "too many judgements",
    "E901": "a text could not be analysed",
}
