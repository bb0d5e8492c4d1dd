"""Whether a claim of a dispatch is of a happening that has been told before: what rules it out, what shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from reportedly.claims.telling import ARRANGED, BODILY, SCENES, UNKNOWN, Telling, length
from reportedly.model import Claim

ACROSS: Final = ({"n", "s"}, {"e", "w"})
# What several do to one another, or suffer from nobody in particular.
JOINT: Final = BODILY | {"talks", "protest"}
# What is pointed back at ("the talks") was told so few sentences before.
POINTED_AT: Final = 2
# Behind so many sentences about something else more has to speak for a claim.
FAR: Final = 4
ENOUGH: Final = 1.0
# Farther from what was told than the next sentence, a claim of a scene has to show that it is of it.
SHOWN: Final = 2.0
SAME_SENTENCE: Final = 1.0
NEXT_SENTENCE: Final = 1.0
SAME_VICTIMS: Final = 3.0
OTHER_NAMED_VICTIMS: Final = -2.0
SAME_COUNT: Final = 2.0
OTHER_COUNT: Final = -1.5
SAME_DOERS: Final = 1.0
OTHER_DOERS: Final = -1.0
SAME_TOWN: Final = 2.0
SAME_DAY: Final = 1.0
SAME_DAY_TOLD: Final = 2.0
SAME_KIND: Final = 1.0
OTHER_KIND: Final = -2.5
POINTED_BACK: Final = 2.0
TURNED_AWAY: Final = -4.0
TOLD_AS_NEW: Final = -3.0
OVER_BEFORE: Final = -1.5
GOING_ON: Final = -1.0

# What was weighed, by name ("victims"), with what it adds.
Evidence = tuple[tuple[str, float], ...]


class Happening:
    """The claims brought together so far, and what they say between them."""

    def __init__(self, first: Telling) -> None:
        self.claims: list[Claim] = []
        self.realm, self.family = first.realm, first.family
        self.words: set[str] = set()
        self.types: set[str] = set()
        self.modes: set[str | None] = set()
        self.many: dict[str, bool] = {}
        self.kinds: set[str] = set()
        self.towns: set[tuple[str, str]] = set()
        self.countries: set[str] = set()
        self.parts: set[str] = set()
        self.victims: set[str] = set()
        self.named: set[str] = set()
        self.persons: set[str] = set()
        self.doers: set[str] = set()
        self.counts: set[tuple[str, int]] = set()
        self.sides: set[str] = set()
        self.counted: set[tuple[str | None, str]] = set()
        self.days: tuple[int, int] | None = None
        self.span: tuple[int, int] | None = None
        self.season = first.season
        self.before = first.before
        self.ongoing = first.claim.modality == "ongoing"
        self.ids: set[str] = set()
        self.sentence = first.sentence
        self.add(first)

    def answered(self, telling: Telling) -> None:
        """Take in what turns down or takes back what was told: it tells nothing of its own."""
        self.claims.append(telling.claim)

    def add(self, telling: Telling) -> None:
        """Take a claim in: the narrowest days count, of everything else all."""
        self.claims.append(telling.claim)
        self.ids.add(telling.claim.id)
        self.words.add(telling.word)
        self.types.add(telling.claim.type)
        self.modes.add(telling.claim.mode)
        self.before = self.before and telling.before
        self.ongoing = self.ongoing or telling.claim.modality == "ongoing"
        if telling.many is not None:
            self.many.setdefault(telling.word, telling.many)
        self.kinds |= telling.kinds
        self.towns |= telling.towns
        self.countries |= telling.countries
        self.parts |= telling.parts
        self.victims |= telling.victims
        self.named |= telling.named
        self.persons |= telling.persons
        self.doers |= telling.doers
        self.counts |= telling.counts
        self.sides |= telling.sides
        self.counted |= {(telling.teller, role) for role, _ in telling.counts}
        self.sentence = telling.sentence
        if telling.days and (self.days is None or length(telling.days) < length(self.days)):
            self.days = telling.days
        if telling.span and (self.span is None or length(telling.span) < length(self.span)):
            self.span = telling.span


def possible(telling: Telling, happening: Happening, parted: frozenset[str] = frozenset()) -> bool:
    """Whether a claim can be about a happening at all: no day, town or country stands against it.

    ``parted`` are the claims, by id, that the grammar sets apart from this one.
    """
    if telling.family != happening.family or (telling.realm != happening.realm and not telling.back):
        return False
    if not parted.isdisjoint(happening.ids):
        return False
    if happening.realm != "told":
        known = telling.realm == happening.realm and telling.word in happening.words
        return known and days_meet(telling.span, happening.span) and not _others_did(telling, happening)
    return (
        telling.many in (None, happening.many.get(telling.word, telling.many))
        and days_meet(telling.days, happening.days)
        and days_meet(telling.span, happening.span)
        and not (telling.season and happening.days)
        and not (telling.days and happening.season)
        and _towns_meet(telling.towns, happening.towns)
        and not _across(telling.parts, happening.parts)
        and not _others_did(telling, happening)
        and not _with_others(telling, happening)
        and not (telling.another and telling.sentence > happening.sentence)
        and (not telling.countries or not happening.countries or bool(telling.countries & happening.countries))
    )


def recognised(telling: Telling, happening: Happening) -> bool:
    """Whether a claim is shown to be of what was told before, as far as its kind asks for that.

    At a place of violence one thing is told on and on. Whatever else is done or said is shown to be the same by the
    same word or kind, and by the same people, day or town: two demands of one dispatch are two. What is promised beside
    talks is no talks.
    """
    if happening.realm == "told" and telling.family in SCENES:
        return True
    if telling.family == ARRANGED and telling.claim.type not in happening.types:
        return False
    behind = telling.sentence - happening.sentence
    pointed = telling.back and behind <= POINTED_AT
    if happening.realm == "told" and not (telling.word in happening.words or telling.kinds & happening.kinds):
        if telling.family == ARRANGED:
            return pointed or (
                behind == 0 and telling.claim.mode in happening.modes and not _others(telling, happening)
            )
        return not telling.speech and _same_day(telling, happening) and _same(telling.doers, happening.doers)
    if telling.speech:
        heard = _same(telling.victims, happening.victims) or behind <= 1
        return _same(telling.doers, happening.doers) and heard
    if happening.realm != "told" and telling.definite:
        return True
    return pointed or _shares(telling, happening)


def enough(telling: Telling, happening: Happening) -> float:
    """How much has to speak for a claim: more where something else stands between, unless it is of the same kind."""
    behind = telling.sentence - happening.sentence
    if happening.realm == "told" and telling.family in SCENES:
        alike = behind <= FAR and not telling.kinds.isdisjoint(happening.kinds)
        return ENOUGH if behind <= 1 or alike else SHOWN
    return ENOUGH if behind > FAR else 0.0


def _others(telling: Telling, happening: Happening) -> bool:
    return bool(telling.doers and happening.doers) and not _meet(telling.doers, happening.doers)


def _shares(telling: Telling, happening: Happening) -> bool:
    """Whether a claim names the people, day or town of a happening."""
    same_town = telling.claim.place_from == "told" and telling.towns & happening.towns
    if telling.family == ARRANGED:
        same_people = _same(telling.doers | telling.victims, happening.doers | happening.victims)
    else:
        same_people = _same(telling.doers, happening.doers) or _same(telling.victims, happening.victims)
    return bool(_same_day(telling, happening) or same_town or same_people)


def _same_day(telling: Telling, happening: Happening) -> bool:
    """Whether the same day is told, or the same month by name: that days do not rule each other out is known."""
    told = telling.claim.when_from == "told"
    return told and bool((telling.days and happening.days) or (telling.span and telling.span == happening.span))


def _meet(mine: Iterable[str], theirs: Iterable[str]) -> bool:
    return not _words_of(mine).isdisjoint(_words_of(theirs))


def _same(mine: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether somebody is in both, be it by a part of the name: two who are both ministers are not the same."""
    ours, others = ([_words_of([name]) for name in names] for names in (mine, theirs))
    return any(a and b and (a <= b or b <= a) for a in ours for b in others)


def evidence(telling: Telling, happening: Happening) -> Evidence:
    """What speaks for (above zero) and against a claim being about a happening, each by its name.

    Nothing is weighed about what is told at large: it is kept together.
    """
    if happening.realm != "told":
        return ()
    return tuple((name, weight) for name, weight in _weighed(telling, happening) if weight)


def _weighed(telling: Telling, happening: Happening) -> Iterator[tuple[str, float]]:
    """Each thing that agrees or differs, with what it adds."""
    behind = telling.sentence - happening.sentence
    yield "sentence", SAME_SENTENCE if behind == 0 else 0.0
    yield "next", NEXT_SENTENCE if behind == 1 else 0.0
    yield from _of_people(telling, happening)
    yield "town", SAME_TOWN if telling.towns & happening.towns else 0.0
    if telling.days and happening.days:
        yield "day", SAME_DAY_TOLD if _same_day(telling, happening) else SAME_DAY
    if telling.counts & happening.counts:
        yield "count", SAME_COUNT
    elif behind > 1 and _counts_others(telling, happening):
        yield "counts", OTHER_COUNT
    if telling.kinds and happening.kinds:
        yield ("kind", SAME_KIND) if telling.kinds & happening.kinds else ("otherwise", OTHER_KIND)
    yield "back", POINTED_BACK if _points_at(telling, happening) else 0.0
    turned = telling.turns and behind != 0 and not _same_day(telling, happening)
    yield "away", TURNED_AWAY if telling.away or turned else 0.0
    yield "new", TOLD_AS_NEW if telling.fresh and behind != 0 else 0.0
    yield "before", OVER_BEFORE if telling.before != happening.before else 0.0
    yield "ongoing", GOING_ON if telling.claim.modality == "ongoing" and not happening.ongoing else 0.0


def _of_people(telling: Telling, happening: Happening) -> Iterator[tuple[str, float]]:
    """What those who did it and to whom it was done say: the same, or others."""
    if _same(telling.named, happening.named):
        yield "victims", SAME_VICTIMS
    elif _are_others(telling, happening):
        yield "others", OTHER_NAMED_VICTIMS
    if telling.doers & happening.doers:
        yield "doers", SAME_DOERS
    elif _are_rivals(telling, happening):
        yield "by", OTHER_DOERS


def _are_others(telling: Telling, happening: Happening) -> bool:
    """Whether it was done to other people by name, or to others than what was told by a noun of its own."""
    persons = bool(telling.persons and happening.persons) and not telling.persons & happening.persons
    return persons or (telling.described and bool(telling.named and happening.named))


def _counts_others(telling: Telling, happening: Happening) -> bool:
    """Whether the same teller counts other dead or held: "twelve were murdered", and later "the 56 killings"."""
    return any((telling.teller, role) in happening.counted for role, _ in telling.counts)


def _are_rivals(telling: Telling, happening: Happening) -> bool:
    """Whether others, of no country in common, did it to others: they do not answer those who did the other."""
    whom = bool(telling.named and happening.named) and _others(telling, happening)
    return whom and telling.sides.isdisjoint(happening.sides) and not _answered(telling, happening)


def _answered(telling: Telling, happening: Happening) -> bool:
    """Whether those who do it are those to whom it was done, or the other way round: two sides of one fight."""
    return _meet(telling.doers, happening.victims) or _meet(telling.victims, happening.doers)


def _points_at(telling: Telling, happening: Happening) -> bool:
    """Whether words point back to this happening: "the raid on the mill" to one of which the mill was told."""
    if not telling.back or not telling.described:
        return telling.back
    people = _same(telling.named, happening.named) or _same(telling.doers, happening.doers)
    where = bool(telling.towns & happening.towns) or bool(telling.days and happening.days)
    untold = not (telling.named and happening.named) and not telling.doers
    return people or where or untold or bool(telling.counts & happening.counts)


def _others_did(telling: Telling, happening: Happening) -> bool:
    """Whether somebody else did it: what each does alone (no fight, accident or talks) is a happening of its own."""
    return telling.family not in JOINT and _others(telling, happening)


def _with_others(telling: Telling, happening: Happening) -> bool:
    """Whether somebody else was met: who meets Lee and then meets Park holds two meetings."""
    apart = bool(telling.named and happening.named) and not _meet(telling.named, happening.named)
    return telling.family == ARRANGED and apart and not telling.back


def _words_of(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in name.split() if len(word) > 2}


def days_meet(a: tuple[int, int] | None, b: tuple[int, int] | None) -> bool:
    """Whether two stretches of days have one in common, or one of them is not known."""
    return a is None or b is None or (a[0] <= b[1] and b[0] <= a[1])


def _towns_meet(mine: frozenset[tuple[str, str]], theirs: set[tuple[str, str]]) -> bool:
    """Whether no two places of one kind differ: two towns are two places, a town and a province may be one."""
    shared = ({k for k, _ in mine} & {k for k, _ in theirs}) - {UNKNOWN}
    return all(any(t[0] == kind and t in theirs for t in mine) for kind in shared)


def _across(mine: frozenset[str], theirs: set[str]) -> bool:
    """Whether two places lie on opposite sides of the compass and share none."""
    return not mine & theirs and any({a, b} in ACROSS for a in mine for b in theirs)
