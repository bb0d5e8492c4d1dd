"""What each voice stands by for each number, what it has replaced, and which numbers cannot both hold."""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from reportedly.incidents.families import is_retraction
from reportedly.incidents.sides import one_side
from reportedly.incidents.stances import AFFIRMED, DENIED, says
from reportedly.incidents.voices import Utterance, Voice, said_on
from reportedly.incidents.wording import anybody, words
from reportedly.knowledge.event_types import figure_types
from reportedly.knowledge.load import Knowledge
from reportedly.model import Claim, Figure, IncidentFigure

# What has not come about counts nobody, beside what has.
TO_COME = ("requested", "threatened", "conditional")
# "About 350" holds for anything within this share of it.
APPROXIMATELY = 0.1
# Rival numbers of one happening are seldom so many times as high as each other.
SIZES = 20


def figures_of(voices: Sequence[Voice], kind: str) -> tuple[list[IncidentFigure], list[IncidentFigure]]:
    """What each voice stands by for each number, and what it has since replaced or withdrawn.

    The latest figure counts (by the day for which it is said, then by its place in the dispatch); but of several that
    one dispatch gives of a toll the highest is the toll, unless one is taken back between them: the others count parts
    of it. What a voice has taken back altogether it stands by no more. Shares of another figure are left to their
    claims, a figure that a voice denies is none of its own, and people told one by one are counted only where nobody
    gives a number.
    """
    given: dict[tuple[int, str, str | None], list[tuple[Utterance, Figure]]] = defaultdict(list)
    happened = any(u.claim.factuality in AFFIRMED for v in voices for u in v.said)
    for n, voice in enumerate(voices):
        for utterance in voice.said:
            for figure in utterance.claim.figures:
                if _is_given(utterance, figure) and not (happened and _is_to_come(utterance.claim)):
                    given[n, figure.role, side(figure)].append((utterance, figure))
    counted = {role for (_, role, _), told in given.items() if any(not _is_single(f) for _, f in told)}
    taken_back = [u for v in voices for u in v.said if is_retraction(u.claim, u.knowledge)]
    stand: list[IncidentFigure] = []
    earlier: list[IncidentFigure] = []
    for (n, role, _), every in given.items():
        told = [(u, f) for u, f in every if role not in counted or not _is_single(f)]
        if not told:
            continue
        if voices[n].own and _is_carried(role, told, (g for (m, *_), g in given.items() if not voices[m].own)):
            continue
        *old, last = [_figure(voices[n], u, f) for u, f in _whole(sorted(told, key=_order), taken_back)]
        if says(voices[n], kind) == "denies":
            earlier += [*old, last]
            continue
        stand.append(last)
        earlier += [f for f in old if (f.low, f.high) != (last.low, last.high)]
    return stand, _once([*earlier, *_replaced(voices)])


def _is_given(utterance: Utterance, figure: Figure) -> bool:
    """Whether a voice gives a number itself: no share of another, no person by name, and not one that it denies."""
    return figure.part_of is None and utterance.claim.factuality not in DENIED and not _is_name(figure)


def _is_to_come(claim: Claim) -> bool:
    return claim.factuality == "U" and claim.modality in TO_COME


def _is_carried(
    role: str, told: Sequence[tuple[Utterance, Figure]], sourced: Iterable[Sequence[tuple[Utterance, Figure]]]
) -> bool:
    """Whether a publisher tells in its own words only what a source had said: "the blast, which killed 11"."""
    known = {
        (f.low, f.high, u.published or "")
        for given in sourced
        for u, f in given
        if f.role == role and f.part_of is None
    }
    return all(
        any((f.low, f.high) == (low, high) and day <= (u.published or "9999") for low, high, day in known)
        for u, f in told
    )


def _replaced(voices: Sequence[Voice]) -> Iterator[IncidentFigure]:
    """The figures that a voice replaces in the breath in which it gives new ones ("rose from 120 to 180")."""
    for voice in voices:
        for utterance in voice.said:
            yield from (_figure(voice, utterance, figure) for figure in utterance.claim.earlier)


def _once(figures: Iterable[IncidentFigure]) -> list[IncidentFigure]:
    """Each number of a source once, as it was told first."""
    return list({(f.source, f.role, f.of, f.low, f.high): f for f in reversed(list(figures))}.values())[::-1]


def _is_single(figure: Figure) -> bool:
    """Whether nobody counted: "a woman" or "Lee" was hurt."""
    first = figure.text.split(maxsplit=1)[:1]
    return figure.low == figure.high == 1 and first != ["1"] and first[0].casefold() != "one"


def _is_name(figure: Figure) -> bool:
    """Whether the figure is a person by name, and so no number that anybody gave."""
    words = figure.text.split()
    return figure.low == figure.high == 1 and len(words) > 1 and all(w[:1].isupper() for w in (words[0], words[-1]))


def _whole(told: Sequence[tuple[Utterance, Figure]], taken_back: Sequence[Utterance]) -> list[tuple[Utterance, Figure]]:
    """The figures of one number in order, without those that count parts of a toll told before in the same dispatch."""
    out: list[tuple[Utterance, Figure]] = []
    for utterance, figure in told:
        given = (utterance, figure)
        if out and (_is_part(out[-1], given, taken_back) or _died_later(out[-1], given)):
            continue
        out.append((utterance, figure))
    return out


def _is_part(
    before: tuple[Utterance, Figure], given: tuple[Utterance, Figure], taken_back: Sequence[Utterance]
) -> bool:
    (first, whole), (second, part) = before, given
    if (
        first.dispatch != second.dispatch
        or part.role not in figure_types(first.knowledge).growing
        or whole.low is None
        or part.high is None
    ):
        return False
    between = range(first.claim.trigger.start, second.claim.trigger.start)
    withdrawn = any(u.dispatch == second.dispatch and u.claim.trigger.start in between for u in taken_back)
    return part.high < whole.low and not withdrawn


def _died_later(before: tuple[Utterance, Figure], given: tuple[Utterance, Figure]) -> bool:
    """Whether a lower number is of those who died later, and no new toll: "two of the wounded died on Friday"."""
    (first, whole), (second, part) = before, given
    if part.role not in figure_types(first.knowledge).growing or whole.low is None or part.high is None:
        return False
    earlier, later = first.claim.end_date or first.claim.begin, second.claim.begin
    if earlier is None or later is None or second.claim.when_from != "told":
        return False
    return earlier < later and part.high < whole.low


def _order(given: tuple[Utterance, Figure]) -> tuple[bool, str, str, int, int]:
    """Earlier first; of two numbers in one breath ("raised to 35 from 13") the higher is the later."""
    utterance, figure = given
    start = utterance.claim.trigger.start
    return (not utterance.in_title, said_on(utterance), utterance.dispatch, start, figure.low or figure.high or 0)


def side(figure: Figure) -> str | None:
    """Whose number it is, where that is somebody in particular (a name)."""
    return figure.of if figure.of is not None and figure.of[:1].isupper() else None


def _figure(voice: Voice, utterance: Utterance, figure: Figure) -> IncidentFigure:
    return IncidentFigure(
        role=figure.role,
        of=side(figure),
        source=voice.name,
        low=figure.low,
        high=figure.high,
        approx=figure.approx,
        as_of=said_on(utterance) or None,
        claim=utterance.claim.id,
        dispatch=utterance.dispatch,
    )


def first_conflict(
    figures: Sequence[IncidentFigure],
    knowledge: Knowledge,
    whose: Mapping[str, frozenset[str]] | None = None,
    apart: Callable[[IncidentFigure, IncidentFigure], bool] = operator.ne,
) -> str | None:
    """The first two figures of different sources that cannot both hold, in words.

    ``whose`` are, by claim, the words for those whom a number counts: numbers of *soldiers* and of *villagers* are none
    of one another. ``apart`` says of two figures whether they are of two mouths: who quotes the other contradicts
    nobody.
    """
    known = whose or {}
    for i, a in enumerate(figures):
        for b in figures[i + 1 :]:
            if (
                a.source != b.source
                and a.role == b.role
                and one_side(a.of, b.of, knowledge)
                and not _are_others(known.get(a.claim), known.get(b.claim))
                and not _are_far_apart(a, b)
                and conflict(a, b, knowledge)
                and apart(a, b)
            ):
                return f"{a.source} says {amount(a)} {a.role}, {b.source} {amount(b)}"
    return None


def _are_far_apart(a: IncidentFigure, b: IncidentFigure) -> bool:
    """Whether two numbers count different things by their size: the 24 of a raid and the 11,000 of the year's raids."""
    low, high = sorted((a.low or a.high or 0, b.low or b.high or 0))
    return high > low * SIZES


def _are_others(one: frozenset[str] | None, other: frozenset[str] | None) -> bool:
    return one is not None and other is not None and bool(one and other) and not one & other


def is_part(figure: IncidentFigure, utterance: Utterance) -> bool:
    """Whether a number counts only some, or some besides ("six of the men", "four other men"): it rivals no toll."""
    given = (f for f in utterance.claim.figures if (f.role, f.low, f.high) == (figure.role, figure.low, figure.high))
    return all(f.text in utterance.parts for f in given)


def counted_people(figure: IncidentFigure, utterance: Utterance) -> frozenset[str]:
    """The words for those whom a number counts, where they are some in particular ("policemen", not "people")."""
    given = (f for f in utterance.claim.figures if (f.role, f.low, f.high) == (figure.role, figure.low, figure.high))
    told = next((f.of for f in given if f.of is not None and not f.of[:1].isupper()), "")
    return frozenset(words(told, utterance.knowledge)) - anybody(utterance.knowledge)


def conflict(a: IncidentFigure, b: IncidentFigure, knowledge: Knowledge) -> bool:
    """Whether two figures for one number cannot both hold."""
    if a.as_of and b.as_of and a.as_of != b.as_of:
        if a.role not in figure_types(knowledge).growing:
            return False
        first, later = (a, b) if a.as_of < b.as_of else (b, a)
        return _most(later) < _least(first)
    return _most(a) < _least(b) or _most(b) < _least(a)


def _least(figure: IncidentFigure) -> float:
    low = float(figure.low or 0)
    return low * (1 - APPROXIMATELY) if figure.approx else low


def _most(figure: IncidentFigure) -> float:
    if figure.high is None:
        return float("inf")
    return figure.high * (1 + APPROXIMATELY) if figure.approx else float(figure.high)


def amount(figure: Figure | IncidentFigure) -> str:
    """A figure in words, as a desk would write it."""
    about = "about " if figure.approx else ""
    if figure.low is None:
        return f"at most {figure.high:,}"
    if figure.high is None:
        return f"{about or 'at least '}{figure.low:,}"
    return f"{about}{figure.low:,}" if figure.low == figure.high else f"{about}{figure.low:,} to {figure.high:,}"
