"""The records of incidents and of what a ledger holds: what is made of the claims of many dispatches."""

from __future__ import annotations

from typing import Literal

from reportedly.model.corrections import Correction, Note
from reportedly.model.reading import SHOWN, Claim, EventType, FigureRole, Place, SourceKind, Versions
from reportedly.model.record import Record

Standing = Literal["single source", "corroborated", "contested", "denied"]
QuestionStanding = Literal["agreed", "single source", "contested", "denied"]
IncidentKind = Literal["happening", "campaign"]


class IncidentFigure(Record, frozen=True):
    """What one source says of one number in an incident; ``source`` is a name of ``Incident.sources``.

    ``as_of`` is the day for which the source stands by it, ``claim`` the claim that carries it. ``earlier`` marks a
    figure that the same source has since replaced or withdrawn: it is kept to be read, and counts no more.
    """

    role: FigureRole
    of: str | None
    source: str
    low: int | None
    high: int | None
    approx: bool
    as_of: str | None
    claim: str
    dispatch: str


class View(Record, frozen=True):
    """What one source says to a question about an incident, in words, and the claims that say it."""

    source: str
    value: str
    claims: tuple[str, ...]


class Question(Record, frozen=True):
    """One question about an incident: whether the sources agree on it, and what each says; ``reason`` in words."""

    standing: QuestionStanding
    reason: str
    views: tuple[View, ...]


class IncidentSource(Record, frozen=True):
    """One voice on an incident: a person or a body under all its names, or a publisher speaking for itself.

    ``says`` is what the voice holds of the incident: that it happened, that it did not, both at different times, or
    neither. ``independent_of`` names the other voices that different people answer for, ``scope`` the country within
    which a generic name ("police") is this one voice.
    """

    name: str
    kind: SourceKind
    names: tuple[str, ...]
    says: Literal["affirms", "denies", "both", "uncommitted"]
    independent_of: tuple[str, ...]
    claims: tuple[str, ...]
    scope: str | None = None


class Incident(Record, frozen=True):
    """The claims, from however many dispatches, that are about one thing that happened, and how well it is supported.

    ``figures`` holds what each source stands by, ``earlier`` what it has replaced or withdrawn. ``links`` says in words
    why claims of different dispatches were brought together; ``reason`` why the standing is what it is. ``questions``
    holds the standing of each question (``happened``, ``who``, ``where``, ``when`` and each figure role), from which
    the one-word standing follows. ``kind`` is *campaign* for what took longer than a week or is several events.
    ``headline`` says in a line what happened, where, when, how many by whom, and who is accused, denies or is silent.
    ``set_aside`` holds the claims that a person judged wrong, with who did: they count no more. ``formerly`` are ids
    that other incidents bore before they became part of this one. ``linked`` are the incidents that refer to this one
    (an arrest, a funeral, aid), ``background`` the campaigns of whose total it is told to be one.
    """

    id: str
    type: EventType
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: Place | None
    begin: str | None
    end_date: str | None
    claims: tuple[str, ...]
    dispatches: tuple[str, ...]
    standing: Standing
    reason: str
    figures: tuple[IncidentFigure, ...]
    earlier: tuple[IncidentFigure, ...]
    silent: tuple[str, ...]
    sources: tuple[IncidentSource, ...]
    links: tuple[str, ...]
    questions: dict[str, Question] = {}  # noqa: RUF012  msgspec gives each record its own
    kind: IncidentKind = "happening"
    headline: str = ""
    set_aside: dict[str, str | None] = {}  # noqa: RUF012  as above
    formerly: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    background: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        """The incident as a sentence with its figures, for notebooks."""
        return SHOWN[type(self)](self)


class LedgerClaim(Record, frozen=True):
    """A claim as the ledger holds it: with its dispatch, its incident, its sentence and what made it.

    ``judged`` is what a person said of it, ``judged_by`` who; a claim that is *wrong* counts no more in its incident.
    ``corrections`` are the values that people put in the place of the program's: ``claim`` has them already.
    """

    claim: Claim
    dispatch: str
    published: str | None
    agency: str | None
    incident: str | None
    sentence: str
    versions: Versions
    judged: Literal["right", "wrong"] | None = None
    judged_by: str | None = None
    corrections: tuple[Correction, ...] = ()
    notes: tuple[Note, ...] = ()


class LedgerDispatch(Record, frozen=True):
    """A dispatch in the ledger and its place among its copies.

    ``lineage`` is shared by near copies; ``revision_of`` names the earlier copy that this one repeats; ``new_facts`` is
    true for a copy that changes or adds facts, false for one that does not, ``None`` for one that copies nothing.
    """

    id: str
    lineage: str
    revision_of: str | None
    new_facts: bool | None
    published: str | None
    agency: str | None
    title: str | None
    version: int
    withdrawn: bool
    claims: int


class LedgerSource(Record, frozen=True):
    """One voice across the ledger: the names it goes by, and how often it affirms and denies."""

    name: str
    kind: SourceKind
    names: tuple[str, ...]
    claims: int
    dispatches: int
    incidents: int
    denials: int
    first: str | None
    last: str | None
