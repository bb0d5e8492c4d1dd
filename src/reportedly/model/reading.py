"""The records of every stage, of what is read from one dispatch.

All offsets are Unicode code points into ``Dispatch.text``, end exclusive. Dates are ISO 8601 strings, countries
ISO 3166-1 alpha-3. ``None`` means *not stated*; it is never a guess. Records are frozen: a stage that knows more makes
a new record.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from reportedly.model.corrections import Correction
from reportedly.model.record import Record

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
PlaceKind = Literal["country", "admin1", "city", "region", "water", "facility"]
ActorKind = Literal["person", "organization", "group", "country"]
SourceKind = Literal["named", "anonymous", "organization", "group", "document", "media"]
StatementMode = Literal["direct", "indirect", "mixed"]
StatementAct = Literal["reporting", "attitude"]
Factuality = Literal["CT+", "PR+", "PS+", "U", "PS-", "PR-", "CT-"]
Modality = Literal["ongoing", "planned", "requested", "threatened", "conditional"]
# A type of ``event_types.tsv`` and a role of ``figure_types.tsv``: both tables take rows of a user's own.
EventType = str
FigureRole = str
Level = Literal["error", "warning", "info"]
# How a value was reached: in the event's own clause or the one that governs it, from the sentence, happening or scene
# before, or from where and when the copy was filed.
Reached = Literal["told", "carried", "dateline"]


# How a record shows itself in a notebook; the package fills it in, so that records know nothing of views.
SHOWN: dict[type, Callable[[Any], str]] = {}


def shown_by(kind: type, html: Callable[[Any], str]) -> None:
    """Let records of a kind show themselves in a notebook by what ``html`` makes of them."""
    SHOWN[kind] = html


class Span(Record, frozen=True, order=True, array_like=True):
    """Half-open range of code points into ``Dispatch.text``; written as ``[start, end]``."""

    start: int
    end: int

    def meets(self, other: Span) -> bool:
        """Whether the two ranges share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether the other range lies inside this one."""
        return self.start <= other.start and other.end <= self.end


class Diagnostic(Record, frozen=True, omit_defaults=True):
    """Something that a person should know about an input or a reading; never a reason to lose the rest."""

    level: Level
    code: str
    message: str
    file: str | None = None
    line: int | None = None
    member: str | None = None
    dispatch: str | None = None
    start: int | None = None
    end: int | None = None


class Dateline(Record, frozen=True):
    """Where and when the copy says it was filed; ``span`` runs from its first character to the start of the story."""

    place: str | None
    date: str | None
    span: Span


class Dispatch(Record, frozen=True):
    """One received version of one item, before any analysis.

    ``text`` is exactly what the reader delivered. ``title_span`` and ``body_start`` say where a headline stands in it
    and where the story begins (after headline, byline and dateline).
    """

    id: str
    text: str
    published: str | None = None
    agency: str | None = None
    title: str | None = None
    lang: str = "en"
    dateline: Dateline | None = None
    url: str | None = None
    version: str | None = None
    note: str | None = None
    file: str | None = None
    title_span: Span | None = None
    body_start: int = 0


class Time(Record, frozen=True):
    """A TIMEX3 expression and the calendar interval it was resolved to (both ends included)."""

    start: int
    end: int
    text: str
    type: TimexType
    value: str | None
    mod: str | None = None
    begin: str | None = None
    end_date: str | None = None


class Candidate(Record, frozen=True):
    """A reading of a toponym that was considered, with its score and the reasons for it."""

    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    geonames: int | None
    score: float
    reasons: tuple[str, ...] = ()


class Place(Record, frozen=True):
    """A toponym and what it was resolved to; unresolved fields are ``None``.

    ``demonym`` marks adjectives of place (*Turkish*): they say whose, not where, and never locate an event.
    """

    start: int
    end: int
    text: str
    name: str
    kind: PlaceKind | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None
    demonym: bool = False


class Actor(Record, frozen=True):
    """Someone the dispatch speaks of: every name, description and pronoun that means them, in text order."""

    id: str
    name: str
    kind: ActorKind
    role: str | None
    country: str | None
    code: str | None
    mentions: tuple[Span, ...]


class Figure(Record, frozen=True):
    """A number of people or weapons as reported; see the contract for hedges and bounds.

    ``captured`` and ``arrested`` are those taken, ``released`` those freed, ``rescued`` those saved from harm.
    """

    role: FigureRole
    low: int | None
    high: int | None
    approx: bool
    text: str
    start: int
    end: int
    of: str | None = None
    part_of: str | None = None


class Figures(Record, frozen=True):
    """The figures of a text, those that it replaces at once ("rose from 120 to 180"), and why they read as they do."""

    told: tuple[Figure, ...] = ()
    earlier: tuple[Figure, ...] = ()
    because: tuple[Because, ...] = ()


class Statement(Record, frozen=True):
    """Who says it: one attribution (source, cue, content)."""

    id: str
    source: tuple[Span, ...] | None
    actor: str | None
    kind: SourceKind | None
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    mode: StatementMode
    channel: str | None
    to: str | None
    said: str | None
    parent: str | None
    act: StatementAct


class Silence(Record, frozen=True):
    """Who said nothing, about what, and whose it is ("the Taliban have said nothing about their losses")."""

    source: str
    about: str
    of: str | None
    start: int
    end: int


class Evidence(Record, frozen=True):
    """The clause to read for a claim."""

    start: int
    end: int


class Trigger(Record, frozen=True):
    """The words that name an event."""

    start: int
    end: int
    text: str


class Party(Record, frozen=True):
    """One who did it or to whom it was done; ``name`` is resolved inside the dispatch (*he* becomes the person)."""

    name: str
    code: str | None
    country: str | None
    kind: ActorKind | None
    start: int
    end: int


class Means(Record, frozen=True):
    """A weapon or other means named ("a car bomb")."""

    text: str
    start: int
    end: int


class Source(Record, frozen=True):
    """Who answers for a claim."""

    name: str
    kind: SourceKind
    start: int
    end: int


class Because(Record, frozen=True):
    """Why a record has a value, made where the value is made; it is never given out, ``explain`` puts it into words.

    ``field`` is the field of the claim, ``value`` what it was given, ``rule`` the name of the rule ("place.own"),
    ``row`` the row of a table as editors write it ("events_verbs.tsv:31"), ``words`` where in the text it was read
    from, ``detail`` what else the rule's sentence names (a slot, an effect).
    """

    field: str
    value: object
    rule: str
    row: str = ""
    words: tuple[Span, ...] = ()
    detail: str = ""


class Scene(Record, frozen=True):
    """A stretch of a dispatch, up to the next scene, that tells of one place and day, and what opened it.

    ``opened`` is ``dateline``, ``told`` (a clause that says where or when), ``heading`` (a line that names a place) or
    ``turn`` (words that turn to something else); ``words`` is where that stands. Sentences are counted from 0.
    """

    sentence: int
    end: int
    opened: Literal["dateline", "told", "heading", "turn"]
    words: Span
    place: Place | None = None
    begin: str | None = None
    end_date: str | None = None


class Event(Record, frozen=True):
    """What is said to have happened, before anybody answers for it, with the reasons for its values."""

    trigger: Trigger
    evidence: Evidence
    type: EventType
    mode: str | None
    cameo: str | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: Place | None
    origin: Place | None
    begin: str | None
    end_date: str | None
    means: tuple[Means, ...]
    figures: tuple[Figure, ...]
    because: tuple[Because, ...] = ()
    place_from: Reached | None = None
    when_from: Reached | None = None
    earlier: tuple[Figure, ...] = ()


class Claim(Record, frozen=True):
    """One event as one source tells it; ``source`` is ``None`` where the dispatch itself answers for it.

    ``place_from`` and ``when_from`` say how its place and its days were reached, ``None`` where it has none.
    ``earlier`` holds the figures that the same breath replaces ("rose from 120 to 180"): told, and no longer claimed.
    """

    id: str
    trigger: Trigger
    evidence: Evidence
    type: EventType
    mode: str | None
    cameo: str | None
    factuality: Factuality
    modality: Modality | None
    source: Source | None
    statement: str | None
    chain: tuple[str, ...]
    channel: str | None
    to: str | None
    said: str | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: Place | None
    origin: Place | None
    begin: str | None
    end_date: str | None
    means: tuple[Means, ...]
    figures: tuple[Figure, ...]
    incident: str | None
    place_from: Reached | None = None
    when_from: Reached | None = None
    earlier: tuple[Figure, ...] = ()


class QuotedWords(Record, frozen=True, array_like=True):
    """Words of a dispatch with their place; written as ``[start, end, text]``."""

    start: int
    end: int
    text: str


class Reason(Record, frozen=True):
    """Why a claim has a value: the rule that gave it, in plain words, and the words of the dispatch it was read from.

    ``field`` is the field of the claim, ``value`` what it holds, in words; a field can have several reasons.
    """

    field: str
    value: str | None
    rule: str
    words: tuple[QuotedWords, ...] = ()


class Versions(Record, frozen=True):
    """What made a result: program, spaCy, model with its digest, and the digest of the tables."""

    reportedly: str
    spacy: str
    model: str
    model_digest: str
    tables: str


class Analysis(Record, frozen=True):
    """Everything read from one dispatch; ``corrections`` are what people changed of its claims in a ledger."""

    dispatch: Dispatch
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    actors: tuple[Actor, ...]
    statements: tuple[Statement, ...]
    silences: tuple[Silence, ...]
    claims: tuple[Claim, ...]
    diagnostics: tuple[Diagnostic, ...]
    versions: Versions
    corrections: tuple[Correction, ...] = ()

    def _repr_html_(self) -> str:
        """The text with its claims marked, for notebooks."""
        return SHOWN[type(self)](self)
