"""A small grammar of English expressions of time, over the classed pieces of a text.

The patterns and how they are written stand in ``times_rules.tsv`` and ``times_parts.tsv``, the words of a class in
``times_words.tsv``, the shapes of numbers in ``pieces``. Every piece becomes a character and every pattern one regular
expression over these characters. Of overlapping matches the longest stands, then that of the earlier row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.times.context import ContextWords, context_words
from reportedly.times.pieces import SHAPES, TimePiece, load_words


class Phrase(NamedTuple):
    """One match: the rule and its traits, its extent in code points and in pieces, and the pieces that the rule names.

    ``day`` is the phrase of the day that a clock time or a part of the day stands beside.
    """

    rule: str
    traits: frozenset[str]
    start: int
    end: int
    first: int
    last: int
    parts: dict[str, TimePiece]
    day: Phrase | None = None

    @property
    def is_day(self) -> bool:
        """Whether it is the day of a clock time beside it: "Monday" in "at 9 a.m. on Monday"."""
        return "day" in self.traits

    @property
    def is_clock(self) -> bool:
        """Whether a day beside it is its day: "9 a.m.", "dawn"."""
        return "clock" in self.traits


class TimePattern(NamedTuple):
    """A pattern, compiled when it is first needed.

    ``groups`` names what its groups match; without one of ``needed`` it cannot match.
    """

    name: str
    traits: frozenset[str]
    pattern: str
    groups: dict[str, str]
    needed: frozenset[str]


class Grammar(NamedTuple):
    """The rules as regular expressions over the characters that ``symbols`` gives to the sets of classes."""

    rules: tuple[TimePattern, ...]
    symbols: dict[frozenset[str], str]
    literals: frozenset[str]


_ISLAND = re.compile(r"[^ ]+")
_PART = re.compile(r"\{(\w+)\}")
# What a part that no row has finds: a class that no piece has.
_NOTHING = "NOTHING"
_ATOM = re.compile(r"(?:([a-z]\w*):)?([A-Z]\w*(?:/[A-Z]\w*)*|[a-z]+)|([()|?*])")


def _atoms(pattern: str) -> Iterator[tuple[str | None, str | None, str | None]]:
    for match in _ATOM.finditer(pattern):
        yield match[1], match[2], match[3]


def _patterns(knowledge: Knowledge) -> list[tuple[str, str, frozenset[str]]]:
    """Rule, pattern with its parts put in, and traits of every row."""
    parts = {row["part"]: row["pattern"] for row in knowledge.rows("times_parts")}

    def whole(pattern: str) -> str:
        return _PART.sub(lambda m: parts.get(m[1], _NOTHING), pattern)

    rows = knowledge.rows("times_rules")
    return [(row["rule"], whole(row["pattern"]), frozenset(row["traits"].split())) for row in rows]


def _compile(name: str, pattern: str, traits: frozenset[str], symbols: dict[frozenset[str], str]) -> TimePattern:
    written: list[str] = []
    groups: dict[str, str] = {}
    required: list[str] = []
    depth = 0
    atoms = list(_atoms(pattern))
    for (part, word, operator), following in zip(atoms, [*atoms[1:], (None, None, None)], strict=True):
        if operator or word is None:
            depth += {"(": 1, ")": -1}.get(operator or "", 0)
            written.append("(?:" if operator == "(" else operator or "")
            continue
        wanted = frozenset(word.split("/"))
        chars = "".join(s for classes, s in symbols.items() if not classes.isdisjoint(wanted)) or "\uffff"
        if depth == 0 and following[2] not in ("?", "*"):
            required.append(chars)
        if part is not None:
            groups[f"{part}_{len(groups)}"] = part
        written.append(f"(?P<{part}_{len(groups) - 1}>[{chars}])" if part else f"[{chars}]")
    needed = min(required, key=len) if required else "".join(symbols.values())
    return TimePattern(name, traits, "".join(written), groups, frozenset(needed))


@lru_cache(maxsize=4)
def load_grammar(knowledge: Knowledge = SHIPPED) -> Grammar:
    """The grammar over the shipped rules and words and the user's."""
    words, patterns = load_words(knowledge), _patterns(knowledge)
    literals = frozenset(w for _, p, _ in patterns for _, w, _ in _atoms(p) if w and w.islower())
    sets = {frozenset(c) | ({w} & literals) for w, c in words.single.items()}
    sets |= {frozenset(c) for options in words.several.values() for _, c in options}
    sets |= {frozenset([w]) for w in literals} | set(SHAPES) | {frozenset(["NUM"])}
    symbols = {s: chr(0xE000 + i) for i, s in enumerate(sorted(sets, key=sorted))}
    rules = tuple(_compile(name, pattern, traits, symbols) for name, pattern, traits in patterns)
    return Grammar(rules, symbols, literals)


def find_phrases(
    pieces: list[TimePiece], accept: Callable[[Phrase], bool], knowledge: Knowledge = SHIPPED
) -> list[Phrase]:
    """The phrases that the grammar sees in the pieces of a text, in order and without overlap.

    ``accept`` tells of a match whether it can stand. Clock times and parts of the day should pass: they may find a day.
    """
    grammar = load_grammar(knowledge)
    line = "".join([_symbol(p, grammar) if p.classes or p.text in grammar.literals else " " for p in pieces])
    found = [p for m in _ISLAND.finditer(line) for p in _phrases_of(pieces, m.start(), _hits(m[0], knowledge))]
    return join(_longest([p for p in found if accept(p)], len(pieces)), pieces, context_words(knowledge))


def _symbol(piece: TimePiece, grammar: Grammar) -> str:
    """The character of a piece, a blank for what no pattern knows."""
    literal = piece.text in grammar.literals
    return grammar.symbols.get(frozenset([*piece.classes, piece.text] if literal else piece.classes), " ")


class Hit(NamedTuple):
    """What a rule finds in pieces that no pattern knows the ends of: its first and last piece, and named ones."""

    rule: str
    traits: frozenset[str]
    first: int
    last: int
    parts: tuple[tuple[str, int], ...]


@lru_cache(maxsize=16_384)
def _hits(island: str, knowledge: Knowledge) -> tuple[Hit, ...]:
    """What each rule finds between two pieces that no pattern knows; most such islands are a word that comes often."""
    present = frozenset(island)
    found = []
    for rule in load_grammar(knowledge).rules:
        if not present.isdisjoint(rule.needed):
            for m in re.finditer(rule.pattern, island):
                parts = tuple((rule.groups[g], m.start(g)) for g, hit in m.groupdict().items() if hit)
                found.append(Hit(rule.name, rule.traits, m.start(), m.end() - 1, parts))
    return tuple(found)


def _phrases_of(pieces: list[TimePiece], start: int, hits: Iterable[Hit]) -> Iterator[Phrase]:
    for rule, traits, first, last, named in hits:
        parts = {part: pieces[start + at] for part, at in named}
        begin, end = pieces[start + first].start, pieces[start + last].end
        yield Phrase(rule, traits, begin, end, start + first, start + last, parts)


def _longest(found: list[Phrase], size: int) -> list[Phrase]:
    """Phrases without overlap: longer ones first, then in the order of the rules."""
    taken = bytearray(size)
    kept = []
    for phrase in sorted(found, key=lambda p: p.first - p.last):
        if not any(taken[phrase.first : phrase.last + 1]):
            taken[phrase.first : phrase.last + 1] = b"\1" * (phrase.last + 1 - phrase.first)
            kept.append(phrase)
    return sorted(kept, key=lambda p: p.first)


def join(phrases: list[Phrase], pieces: list[TimePiece], beside: ContextWords) -> list[Phrase]:
    """Clock times and parts of the day made one with the day beside them; "two days after May 3" likewise."""
    out: list[Phrase] = []
    for phrase in phrases:
        joined = _join_pair(out[-1], phrase, pieces, beside) if out else None
        if joined is not None:
            out[-1] = joined
        else:
            _share_day(out, phrase, pieces)
            out.append(phrase)
    return out


def _share_day(out: list[Phrase], day: Phrase, pieces: list[TimePiece]) -> None:
    """Gives a day to a clock time that stands in two zones before it: "8:30 p.m. (1930 UTC) on March 27"."""
    if not day.is_day or not out or not out[-1].is_clock or out[-1].day is not None:
        return
    if " ".join(p.text for p in pieces[out[-1].last + 1 : day.first]) not in (") on", ") ,", ")"):
        return
    out[-1] = out[-1]._replace(day=day)
    if len(out) > 1 and out[-2].is_clock and out[-2].day is None and out[-1].first - out[-2].last == 2:
        out[-2] = out[-2]._replace(day=day)


def _join_pair(left: Phrase, right: Phrase, pieces: list[TimePiece], beside: ContextWords) -> Phrase | None:
    between = " ".join(p.text for p in pieces[left.last + 1 : right.first])
    if left.is_clock and (right.is_clock or right.is_day) and (not between or between in beside["to_day"]):
        return _with_day(left, right, left, right)
    if (left.is_day or left.is_clock) and right.is_clock and (not between or between in beside["to_clock"]):
        return _with_day(right, left, left, right)
    if left.rule in ("duration", "duration_one") and right.is_day and between in ("before", "after", "from"):
        return _from_day(left, right, pieces[left.last + 1])
    if left.rule == "unit_after" and right.is_day and not between:
        return _from_day(left, right, left.parts["rel"])
    return None


def _from_day(left: Phrase, day: Phrase, direction: TimePiece) -> Phrase:
    """A length counted from a day: "two days after May 3", "the day before Christmas"."""
    parts = left.parts | {"dir": direction}
    return Phrase("from_day", frozenset(), left.start, day.end, left.first, day.last, parts, day)


def _with_day(timed: Phrase, dated: Phrase, left: Phrase, right: Phrase) -> Phrase | None:
    """The clock time on that day, "at 9 a.m. on Monday"; None where both have one already."""
    if timed.day is not None and dated.day is not None:
        return None
    if dated.is_clock:
        return _both_timed(timed, dated, left, right)
    return timed._replace(start=left.start, end=right.end, first=left.first, last=right.last, day=dated)


def _both_timed(one: Phrase, other: Phrase, left: Phrase, right: Phrase) -> Phrase | None:
    """A clock time beside a part of the day ("9:30 Sunday night"): the clock time counts, the part says which half."""
    if {one.rule, other.rule} != {"clock", "part"}:
        return None
    clock, part = (one, other) if one.rule == "clock" else (other, one)
    parts, day = part.parts | clock.parts, clock.day or part.day
    return Phrase("hour_part", clock.traits, left.start, right.end, left.first, right.last, parts, day)
