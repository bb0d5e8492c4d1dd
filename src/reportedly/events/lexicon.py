"""The event lexicon, compiled once: which words name an event, in which sense, and who stands in which slot.

The knowledge stands in tables (``events*.tsv``, ``means.tsv``); this module turns their rows into records that the
search over tokens uses. See the header of ``events_verbs.tsv`` for the notation.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import Literal, NamedTuple

import msgspec

from reportedly.knowledge.event_types import EventTypes, FigureTypes, event_types, figure_types
from reportedly.knowledge.load import SHIPPED, Knowledge, NumberedRow, Row
from reportedly.knowledge.speech import speech

Pos = Literal["v", "n", "a", "p", "x"]

EVENT_TABLES = (
    "events_verbs", "events_nouns", "events_phrases", "events_politics", "events_law", "events_life", "events_armed",
    "events_refusals",
)  # fmt: skip
NOUN_LINKS = frozenset({"of", "for", "in", "on", "to", "against", "from", "with", "between", "under", "into"})


class Test(msgspec.Struct, frozen=True):
    """One condition of a sense: ``name`` says where to look, ``words`` and ``classes`` what must stand there.

    Of ``any_of`` one must hold.
    """

    name: str
    negated: bool
    words: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    any_of: tuple[Test, ...] = ()


class Frame(msgspec.Struct, frozen=True):
    """Slots of the two sides, each a list of alternatives; ``mutual`` events have parties instead of sides."""

    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    mutual: bool = False


class EventSense(msgspec.Struct, frozen=True):
    """One sense of one trigger, and where its row stands. ``type`` is empty where the words are no event in it."""

    words: tuple[str, ...]
    pos: Pos
    tests: tuple[Test, ...]
    type: str
    mode: str | None
    cameo: str | None
    frame: Frame
    roles: frozenset[str]
    row: str = ""

    @property
    def rank(self) -> tuple[int, int]:
        """More words, then more conditions: the more exact sense is tried first; exclusions and refusals weigh more."""
        refused = any(t.name in ("neg", "wont") and not t.negated for t in self.tests)
        return len(self.words), len(self.tests) + (2 if self.tests and (refused or not self.type) else 0)


class MeansWord(msgspec.Struct, frozen=True):
    """A weapon or instrument, with the mode and the CAMEO code of an assault that uses it."""

    words: tuple[str, ...]
    mode: str | None
    cameo: str | None
    row: str = ""


class Content(NamedTuple):
    """What a demand, threat, promise or refusal is coded as by what it is about, and where that row stands."""

    mode: str | None
    cameo: str | None
    row: str


class EventLexicon(msgspec.Struct, frozen=True):
    """Everything that the tables say about events."""

    entries: dict[tuple[str, str], tuple[EventSense, ...]]
    heads: frozenset[str]
    classes: dict[str, frozenset[str]]
    words: dict[str, frozenset[str]]
    light: dict[str, str]
    carriers: dict[str, tuple[Test, ...]]
    means: dict[str, tuple[MeansWord, ...]]
    causes: dict[str, str]
    harms: dict[str, str]
    contents: dict[tuple[str, str], Content]
    telling: frozenset[str]
    types: EventTypes
    figures: FigureTypes


def head_position(words: tuple[str, ...], pos: str) -> int:
    """Which word of a trigger governs the others."""
    if pos in ("v", "x"):
        return 0
    if pos == "n":
        return next((i - 1 for i, w in enumerate(words) if i and w in NOUN_LINKS), len(words) - 1)
    return len(words) - 1


@lru_cache(maxsize=4)
def load_lexicon(knowledge: Knowledge = SHIPPED) -> EventLexicon:
    """The lexicon from the shipped tables and the user's own in ``folder``."""
    frames = {(r["pos"], r["frame"]): _frame(r) for r in knowledge.rows("events_frames")}
    index: dict[tuple[str, str], list[EventSense]] = defaultdict(list)
    for name in EVENT_TABLES:
        for numbered in knowledge.numbered(name):
            for entry in _entries(numbered, frames):
                index[entry.pos, entry.words[head_position(entry.words, entry.pos)]].append(entry)
    return EventLexicon(
        entries={k: tuple(sorted(v, key=lambda e: e.rank)[::-1]) for k, v in index.items()},
        heads=frozenset(head for _, head in index),
        classes=_classes(knowledge.rows("events_classes")),
        words=_said(knowledge.rows("events_words")),
        light={r["verb"]: r["subject"] for r in knowledge.rows("events_light") if r["subject"]},
        carriers={
            r["verb"]: tuple(_test(t) for t in cell.split())
            for r in knowledge.rows("events_light")
            if (cell := r.get("carries"))
        },
        means=_means(knowledge.numbered("means")),
        causes={w: r["cause"] for r in knowledge.rows("events_causes") for w in _words(r["words"])},
        harms={r["cause"]: r["type"] for r in knowledge.rows("events_causes")},
        contents={
            (n.row["outer"], n.row["inner"]): Content(n.row["mode"] or None, n.row["cameo"] or None, n.place)
            for n in knowledge.numbered("events_contents")
        },
        telling=speech(knowledge).telling,
        types=event_types(knowledge),
        figures=figure_types(knowledge),
    )


# Tables of a user's stand beside the package's: what the cells of these say is kept.
@lru_cache(maxsize=20_000)
def _words(cell: str) -> tuple[str, ...]:
    return tuple(w.strip() for w in cell.split(",") if w.strip())


def _frame(row: Row) -> Frame:
    return Frame(_words(row["actor"]), _words(row["recipient"]), row["mutual"] == "yes")


def _entries(numbered: NumberedRow, frames: dict[tuple[str, str], Frame]) -> list[EventSense]:
    """The entries of one row: one for each trigger of its first cell."""
    row = numbered.row
    pos = row["pos"]
    name, _, preps = row["frame"].partition(":")
    frame = frames["n" if pos == "x" else pos, name or ("alone" if pos == "a" else "act")]
    if preps:
        frame = msgspec.structs.replace(frame, recipient=_words(preps))
    tests = tests_of(row["if"])
    return [
        EventSense(
            words=tuple(trigger.replace("-", " ").split()),
            pos=pos,  # type: ignore[arg-type]  # the table is the authority
            tests=tests,
            type="" if row["type"] == "-" else row["type"],
            mode=row["mode"] or None,
            cameo=row["cameo"] or None,
            frame=frame,
            roles=frozenset(_words(row["figures"])),
            row=numbered.place,
        )
        for trigger in _words(row["trigger"])
    ]


@lru_cache(maxsize=20_000)
def tests_of(cell: str) -> tuple[Test, ...]:
    """The conditions of a cell."""
    return tuple(_test(t) for t in cell.split())


@lru_cache(maxsize=20_000)
def _test(text: str) -> Test:
    name, _, values = text.lstrip("!").partition(":")
    if "|" in name:
        return Test(name, negated=False, any_of=tuple(_test(one) for one in text.split("|")))
    parts = [v for v in values.split("|") if v]
    return Test(
        name=name,
        negated=text.startswith("!"),
        words=frozenset(p for p in parts if not p.startswith("@")),
        classes=frozenset(p[1:] for p in parts if p.startswith("@")),
    )


def _classes(rows: tuple[Row, ...]) -> dict[str, frozenset[str]]:
    """Classes by word; ``@person`` among the words of a class means: whatever is a person is of this class too."""
    found: dict[str, set[str]] = defaultdict(set)
    wider: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for word in _words(row["words"]):
            (wider[word[1:]] if word.startswith("@") else found[word]).add(row["class"])
    closed = {w: frozenset(_closure(c, wider)) for w, c in found.items()}
    return closed | {f"@{c}": frozenset(_closure({c}, wider)) for c in wider}


class _Said(dict[str, frozenset[str]]):
    """Words by what they tell; none for what a table of the user's that replaces the shipped one leaves out."""

    def __missing__(self, says: str) -> frozenset[str]:
        return frozenset()


def _said(rows: tuple[Row, ...]) -> dict[str, frozenset[str]]:
    """Words by what they tell; a row of the user's adds to the shipped one."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row["says"]].update(_words(row["words"]))
    return _Said({says: frozenset(words) for says, words in found.items()})


def _closure(classes: set[str], wider: dict[str, set[str]]) -> set[str]:
    todo, done = list(classes), set(classes)
    while todo:
        for more in wider.get(todo.pop(), set()) - done:
            done.add(more)
            todo.append(more)
    return done


def _means(rows: tuple[NumberedRow, ...]) -> dict[str, tuple[MeansWord, ...]]:
    found: dict[str, list[MeansWord]] = defaultdict(list)
    for numbered in rows:
        row = numbered.row
        for term in _words(row["words"]):
            words = tuple(term.replace("-", " ").split())
            found[words[-1]].append(MeansWord(words, row["mode"] or None, row["cameo"] or None, numbered.place))
    return {w: tuple(sorted(m, key=lambda x: -len(x.words))) for w, m in found.items()}
