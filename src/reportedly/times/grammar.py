"""A small grammar of English expressions of time, over the classed pieces of a text.

A pattern is written as words in lower case (themselves), classes in capitals (any word that can have the class, see
``pieces`` and ``times_words.tsv``; alternatives with a slash), ``name:CLASS`` for a piece that the resolver reads,
and ``( | ) ? *`` as in regular expressions. Every piece becomes one character and every pattern one regular expression
over these characters. Of overlapping matches the longest stands, then that of the earlier rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.times.pieces import SHAPES, TimePiece, load_words

EDGE = "(the? edge:EDGE ((on|in|of) the?|DASH|the)?|the? border:BORDER (of|to) the?)?"
SOME = "(approx:APPROX)?"
WEEKDAY_AND = "(weekday:WEEKDAY/WDABBR COMMA? the?)?"
TO = "(DASH|to|through|until|till)"
HOW_LONG = "num:NUM/VAGUE (more|straight|consecutive|full|whole|solid|long|trading|additional|successive)*"
MONTH = "month:MONTH/MABBR"
# What stands behind a date for its year: "March 3 last year".
OF_YEAR = "of? rel:REL/SAME/REFREL year"

RULES: dict[str, str] = {
    "iso": "iso:ISO",
    "slash": "slash:SLASH",
    "month_day": (
        f"{EDGE} {WEEKDAY_AND} {MONTH} the? day:DAY ((COMMA mid:DAY)? COMMA? ({TO}|and:and) day2:DAY)?"
        f" ((COMMA|of)? year:YEAR|{OF_YEAR})?"
    ),
    "day_month": (
        f"{EDGE} {WEEKDAY_AND} the? (day1:DAY (COMMA mid:DAY)? COMMA? ({TO}|and:and)|between day1:DAY and)?"
        f" day:DAY of? {MONTH} (COMMA? year:YEAR|{OF_YEAR})?"
    ),
    "month_range": (f"{MONTH} day:DAY? ({TO}|and) month2:MONTH/MABBR day2:DAY? (COMMA|of)? year:YEAR"),
    "week_of_day": f"the week (of|starting|beginning) {MONTH} the? day:DAY (COMMA? year:YEAR)?",
    "part_of_month": f"{EDGE} the? ord:ORD/FINAL (week:week|half:half) (of|in) {MONTH} ((COMMA|of)? year:YEAR)?",
    "day_of_month": f"{EDGE} the? day:DAY of rel:REL month",
    "weekday_of_month": f"{EDGE} the? ord:ORD/FINAL weekday:WEEKDAY (of|in) {MONTH} ((COMMA|of)? year:YEAR)?",
    "weekday_of_named_month": f"{EDGE} the? ord:ORD/FINAL weekday:WEEKDAY (of|in) (the? rel:REL/REFREL/SAME|the) month",
    "year_range": "year:YEAR DASH until:YEAR",
    "month_year": f"{EDGE} {MONTH} (COMMA|of|in)? (the year)? year:YEAR/YEAR2",
    "month_of_year": f"{EDGE} {MONTH} of? rel:REL/SAME/REFREL year",
    "month": f"{EDGE} rel:REL/REFREL? {MONTH}",
    "weekday": f"{EDGE} the? rel:REL/REFREL? weekday:WEEKDAY",
    "weekday_of_week": f"{EDGE} weekday:WEEKDAY of? rel:REL week",
    "dayword": f"{EDGE} dayword:DAYWORD",
    "holiday": f"{EDGE} rel:REL? holiday:HOLIDAY (COMMA? year:YEAR)?",
    "relative_unit": f"{EDGE} the? rel:REL/REFREL/CURRENT FISCAL? unit:UNIT/WEEKEND",
    "same_unit": f"{EDGE} (rel:SAME|the rel:SAME) unit:UNIT/WEEKEND",
    "unit_after": "the unit:UNIT/NIGHT rel:BEFORE/AGO/REFREL",
    "part_of_unit": "(the? edge:EDGE (on|in|DASH)? the|the? border:BORDER of the) unit:UNIT",
    "weekend": f"{EDGE} the? weekend:WEEKEND",
    "nth_unit": "ONE ord:ORD (consecutive|straight|successive|full)? unit:UNIT (running|in a row)?",
    "year_end": "(unit:UNIT DASH? end|unit:UNIT POSS end)",
    "military": f"{SOME} hhmm:HHMM local?",
    "year": f"{EDGE} (the FISCAL? year|FISCAL year?|year)? (year:YEAR|year2:YEAR2)",
    "decade": f"{EDGE} the? edge2:EDGE? DASH? decade:DECADE",
    "decade_of": f"{EDGE} the edge2:EDGE? DASH? year:YEAR POSS",
    "century": f"{EDGE} the? ord:ORD DASH? century",
    "quarter": (
        f"{EDGE} the? FISCAL? DASH? ord:ORD/FINAL DASH? FISCAL? part:PERIOD"
        " (of|in|COMMA)? (FISCAL? year:YEAR|rel:REL year)?"
    ),
    "year_quarter": "the? (year:YEAR|rel:REL year) POSS? FISCAL? ord:ORD/FINAL DASH? part:PERIOD",
    "short_quarter": "quarter:QUARTER (of|COMMA)? year:YEAR?",
    "latest_period": "(the|its)? latest FISCAL? part:PERIOD",
    "bare_quarter": "the FISCAL? part:QUARTERWORD",
    "bare_unit": "the unit:UNIT",
    "year_ago_period": "(the|its|a)? (comparable|same|corresponding)? year DASH? ago:AGO ord:ORD? part:PERIOD?",
    "season": f"{EDGE} the? rel:REL/REFREL? season:SEASON (of|in)? year:YEAR?",
    "season_of_year": f"{EDGE} the? season:SEASON of rel:REL year",
    "ago": (
        f"{SOME} (num:NUM (to|or|DASH) NUM|num:NUM/VAGUE|num:ONE|span:SPAN)? DASH? (and a half)? (more|full|whole)?"
        " unit:UNIT/UNITS/SECOND/NIGHT (or so|or two)? dir:AGO"
    ),
    "duration": f"{SOME} (the|its|their|his|her)? span:SPAN? {HOW_LONG} unit:UNITS/UNIT/SECOND (or so)?",
    "duration_range": f"{SOME} the? span:SPAN? num:NUM (to|or|DASH) num2:NUM DASH? unit:UNITS/UNIT",
    "duration_one": (
        f"{SOME} (num:ONE (full|whole|further|additional)?|half:half num:ONE?) DASH? unit:UNIT (and a half:half)?"
    ),
    "duration_of": f"{SOME} num:NUM DASH unit:UNIT/SECOND (DASH? old:OLD|DASH LONG|period)?",
    "duration_long": "unit:UNIT/UNITS DASH LONG",
    "span_unit": f"{SOME} the? span:SPAN unit:UNIT",
    "vague_units": "unit:UNITS (or|and) UNITS",
    "units": "(the span:SPAN?)? unit:UNITS",
    "shade": "the? shade:SHADE (few)? (UNIT/UNITS ((and|or) UNITS)?|MONTHS)",
    "phrase": "phrase:PHRASE",
    "ref": "(the ref:REFNOUN|ref:REFNOUN)",
    "every": "each:EACH ord:ORD/NUM? (unit:UNIT/UNITS|weekday:WEEKDAY|month:MONTH|part:PART|season:SEASON|WEEKEND)",
    "weekdays": "weekdays:WEEKDAYS (part:PART|nights|mornings|evenings|afternoons)?",
    "frequency": "freq:FREQ",
    "named": "NAMED",
    "times_a": "(once|twice|NUM times) (ONE|EACH) unit:UNIT",
    "clock": (
        f"{SOME} ((clock:CLOCK ampm:AMPM?|hour:HOUR ampm:AMPM|hour:HOUR oclock:OCLOCK|hourword:HOURWORD"
        "|hhmm:HHMM (hours|hrs)) zone:ZONE?|hhmm:HHMM zone:ZONE)"
    ),
    "hour_today": f"{SOME} (hour:HOUR|clock:CLOCK|hhmm:HHMM) (ampm:AMPM|OCLOCK|hours|hrs)? COMMA? rel:REL part:PART",
    "hour_part": f"{SOME} (hour:HOUR|clock:CLOCK) (ampm:AMPM|OCLOCK)? (in the part:PART|at part:PART)",
    "part": f"{EDGE} (the|DASH)? rel:REL/SAME/REFREL? part:PART hours?",
    "dawn": "(shortly|just|well)? (before|at|around) part:DAWN",
    "part_after": "the part:PART rel:BEFORE/REFREL",
    "tonight": f"{EDGE} tonight:TONIGHT",
    "overnight": "overnight:OVERNIGHT",
}
TIMED = frozenset({"clock", "military", "hour_part", "hour_today", "part", "dawn"})
DATED = frozenset(
    [
        "iso",
        "slash",
        "month_day",
        "day_month",
        "weekday",
        "weekday_of_week",
        "weekday_of_month",
        "weekday_of_named_month",
        "dayword",
        "holiday",
        "same_unit",
        "unit_after",
    ]
)
BEFORE_DAY = re.compile(r"(,|on|of|,? ?late|,? ?early|of the)?$")
BEFORE_TIME = re.compile(r"(,|at|in the|, at|shortly|in the early|in the late|at about|at around)?$")


class Phrase(NamedTuple):
    """One match: the rule, its extent in code points and in pieces, and the pieces that the rule names.

    ``day`` is the phrase of the day that a clock time or a part of the day stands beside.
    """

    rule: str
    start: int
    end: int
    first: int
    last: int
    parts: dict[str, TimePiece]
    day: Phrase | None = None


class TimePattern(NamedTuple):
    """A pattern, compiled when it is first needed.

    ``groups`` names what its groups match; without one of ``needed`` it cannot match.
    """

    name: str
    pattern: str
    groups: dict[str, str]
    needed: frozenset[str]


class Grammar(NamedTuple):
    """The rules as regular expressions over the characters that ``symbols`` gives to the sets of classes."""

    rules: tuple[TimePattern, ...]
    symbols: dict[frozenset[str], str]
    literals: frozenset[str]


_ISLAND = re.compile(r"[^ ]+")
_ATOM = re.compile(r"(?:([a-z]\w*):)?([A-Z]\w*(?:/[A-Z]\w*)*|[a-z]+)|([()|?*])")


def _atoms(pattern: str) -> Iterator[tuple[str | None, str | None, str | None]]:
    for match in _ATOM.finditer(pattern):
        yield match[1], match[2], match[3]


def _compile(name: str, pattern: str, symbols: dict[frozenset[str], str]) -> TimePattern:
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
    return TimePattern(name, "".join(written), groups, frozenset(needed))


@lru_cache(maxsize=4)
def load_grammar(knowledge: Knowledge = SHIPPED) -> Grammar:
    """The grammar over the shipped words and the user's."""
    words = load_words(knowledge)
    literals = frozenset(w for p in RULES.values() for _, w, _ in _atoms(p) if w and w.islower())
    sets = {frozenset(c) | ({w} & literals) for w, c in words.single.items()}
    sets |= {frozenset(c) for options in words.several.values() for _, c in options}
    sets |= {frozenset([w]) for w in literals} | set(SHAPES) | {frozenset(["NUM"])}
    symbols = {s: chr(0xE000 + i) for i, s in enumerate(sorted(sets, key=sorted))}
    rules = tuple(_compile(name, pattern, symbols) for name, pattern in RULES.items())
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
    return join(_longest([p for p in found if accept(p)], len(pieces)), pieces)


def _symbol(piece: TimePiece, grammar: Grammar) -> str:
    """The character of a piece, a blank for what no pattern knows."""
    literal = piece.text in grammar.literals
    return grammar.symbols.get(frozenset([*piece.classes, piece.text] if literal else piece.classes), " ")


class Hit(NamedTuple):
    """What a rule finds in pieces that no pattern knows the ends of: its first and last piece, and named ones."""

    rule: str
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
                found.append(Hit(rule.name, m.start(), m.end() - 1, parts))
    return tuple(found)


def _phrases_of(pieces: list[TimePiece], start: int, hits: Iterable[Hit]) -> Iterator[Phrase]:
    for rule, first, last, named in hits:
        parts = {part: pieces[start + at] for part, at in named}
        yield Phrase(rule, pieces[start + first].start, pieces[start + last].end, start + first, start + last, parts)


def _longest(found: list[Phrase], size: int) -> list[Phrase]:
    """Phrases without overlap: longer ones first, then in the order of the rules."""
    taken = bytearray(size)
    kept = []
    for phrase in sorted(found, key=lambda p: p.first - p.last):
        if not any(taken[phrase.first : phrase.last + 1]):
            taken[phrase.first : phrase.last + 1] = b"\1" * (phrase.last + 1 - phrase.first)
            kept.append(phrase)
    return sorted(kept, key=lambda p: p.first)


def join(phrases: list[Phrase], pieces: list[TimePiece]) -> list[Phrase]:
    """Clock times and parts of the day made one with the day beside them; "two days after May 3" likewise."""
    out: list[Phrase] = []
    for phrase in phrases:
        joined = _join_pair(out[-1], phrase, pieces) if out else None
        if joined is not None:
            out[-1] = joined
        else:
            _share_day(out, phrase, pieces)
            out.append(phrase)
    return out


def _share_day(out: list[Phrase], day: Phrase, pieces: list[TimePiece]) -> None:
    """Gives a day to a clock time that stands in two zones before it: "8:30 p.m. (1930 UTC) on March 27"."""
    if day.rule not in DATED or not out or out[-1].rule not in TIMED or out[-1].day is not None:
        return
    if " ".join(p.text for p in pieces[out[-1].last + 1 : day.first]) not in (") on", ") ,", ")"):
        return
    out[-1] = out[-1]._replace(day=day)
    if len(out) > 1 and out[-2].rule in TIMED and out[-2].day is None and out[-1].first - out[-2].last == 2:
        out[-2] = out[-2]._replace(day=day)


def _join_pair(left: Phrase, right: Phrase, pieces: list[TimePiece]) -> Phrase | None:
    between = " ".join(p.text for p in pieces[left.last + 1 : right.first])
    if left.rule in TIMED and right.rule in TIMED | DATED and BEFORE_DAY.match(between):
        return _with_day(left, right, left, right)
    if left.rule in DATED | TIMED and right.rule in TIMED and BEFORE_TIME.match(between):
        return _with_day(right, left, left, right)
    if left.rule in ("duration", "duration_one") and right.rule in DATED and between in ("before", "after", "from"):
        parts = left.parts | {"dir": pieces[left.last + 1]}
        return Phrase("from_day", left.start, right.end, left.first, right.last, parts, right)
    if left.rule == "unit_after" and right.rule in DATED and not between:
        parts = left.parts | {"dir": left.parts["rel"]}
        return Phrase("from_day", left.start, right.end, left.first, right.last, parts, right)
    return None


def _with_day(timed: Phrase, dated: Phrase, left: Phrase, right: Phrase) -> Phrase | None:
    """The clock time on that day, "at 9 a.m. on Monday"; None where both have one already."""
    if timed.day is not None and dated.day is not None:
        return None
    if dated.rule in TIMED:
        return _both_timed(timed, dated, left, right)
    return Phrase(timed.rule, left.start, right.end, left.first, right.last, timed.parts, dated)


def _both_timed(one: Phrase, other: Phrase, left: Phrase, right: Phrase) -> Phrase | None:
    """A clock time beside a part of the day ("9:30 Sunday night"): the clock time counts, the part says which half."""
    rules = {one.rule, other.rule}
    if rules != {"clock", "part"}:
        return None
    clock, part = (one, other) if one.rule == "clock" else (other, one)
    return Phrase(
        "hour_part", left.start, right.end, left.first, right.last, part.parts | clock.parts, clock.day or part.day
    )
