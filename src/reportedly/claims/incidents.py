"""Which claims of one dispatch are about one happening.

A reader takes an event for one that has been told already unless something speaks for another: another day, another
town, other victims, another kind of act, the word *another*. The claims are read in text order; each joins the
happening that most speaks for, or opens one. War and violence at large, and what is only planned or wished, belong to
no single happening: what is told of it by one word is kept together, apart from what happened.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from msgspec.structs import replace

from reportedly.claims.incident_words import incident_words
from reportedly.claims.local_links import ClaimTie
from reportedly.claims.telling import ARRANGED, Telling, TellingReader, length
from reportedly.config import DEFAULT, Config
from reportedly.ids import content_id
from reportedly.ingest.inner import inner_datelines
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Because, Claim, Dateline, Dispatch
from reportedly.parse.parsed import Doc
from reportedly.reasons import at

# What happens to people: of these families one can be the harm, the means or the occasion of another.
BODILY: Final = frozenset({"violence", "detention", "hazard"})
ACROSS: Final = ({"n", "s"}, {"e", "w"})
# What happens at one place is told on and on, in ever other words: a clause behind it is of it unless something speaks
# against that. Whatever else is done or said has to be recognised as what was told before.
SCENES: Final = BODILY | {"protest"}
# What several do to one another, or suffer from nobody in particular.
JOINT: Final = BODILY | {"talks", "protest"}
# So many happenings are remembered: one further back is not meant without more ado.
REMEMBERED: Final = 24
# What is pointed back at ("the talks") was told so few sentences before.
POINTED_AT: Final = 2
# What agreements and differences add; a claim joins where the sum is highest, if it is not below zero; behind so many
# sentences about something else it is not below ``ENOUGH``.
FAR: Final = 4
ENOUGH: Final = 1.0
SAME_SENTENCE: Final = 1.0
NEXT_SENTENCE: Final = 1.0
SAME_VICTIMS: Final = 3.0
OTHER_NAMED_VICTIMS: Final = -2.0
SAME_DOERS: Final = 1.0
SAME_TOWN: Final = 2.0
SAME_DAY: Final = 1.0
SAME_KIND: Final = 1.0
OTHER_KIND: Final = -2.5
POINTED_BACK: Final = 2.0
TURNED_AWAY: Final = -4.0


# What was weighed, by name ("victims"), with what it adds.
Evidence = tuple[tuple[str, float], ...]


class Happening:
    """The claims brought together so far, and what they say between them."""

    def __init__(self, first: Telling) -> None:
        self.claims: list[Claim] = []
        self.realm, self.family = first.realm, first.family
        self.words: set[str] = set()
        self.many: dict[str, bool] = {}
        self.kinds: set[str] = set()
        self.towns: set[tuple[str, str]] = set()
        self.countries: set[str] = set()
        self.parts: set[str] = set()
        self.victims: set[str] = set()
        self.persons: set[str] = set()
        self.doers: set[str] = set()
        self.days: tuple[int, int] | None = None
        self.span: tuple[int, int] | None = None
        self.season = first.season
        self.sentence = first.sentence
        self.add(first)

    def add(self, telling: Telling) -> None:
        """Take a claim in: the narrowest days count, of everything else all."""
        self.claims.append(telling.claim)
        self.words.add(telling.word)
        if telling.many is not None:
            self.many.setdefault(telling.word, telling.many)
        self.kinds |= telling.kinds
        self.towns |= telling.towns
        self.countries |= telling.countries
        self.parts |= telling.parts
        self.victims |= telling.victims
        self.persons |= telling.persons
        self.doers |= telling.doers
        self.sentence = telling.sentence
        if telling.days and (self.days is None or length(telling.days) < length(self.days)):
            self.days = telling.days
        if telling.span and (self.span is None or length(telling.span) < length(self.span)):
            self.span = telling.span


class LocalIncidents(NamedTuple):
    """The claims with ``incident`` filled, and why each is in its happening, by its id."""

    claims: tuple[Claim, ...]
    because: Mapping[str, Because]


def local_incidents(claims: Sequence[Claim], dispatch: Dispatch, doc: Doc, config: Config = DEFAULT) -> LocalIncidents:
    """The claims, given in text order, with ``incident`` filled: claims about one happening share one."""
    reader = TellingReader(doc, incident_words(knowledge_of(config)))
    told = [reader.telling(c) for c in claims]
    tied = _tied(told, reader.ties(claims))
    why: dict[str, Because] = {}
    parts = _parts(told, inner_datelines(dispatch, knowledge_of(config)))
    happenings = [h for part in parts for h in _happenings(told, part, tied, why)]
    of = {c.id: content_id("i", dispatch.id, h.claims[0].id) for h in happenings for c in h.claims}
    because = {key: replace(b, value=of[key]) for key, b in why.items()}
    return LocalIncidents(tuple(replace(c, incident=of[c.id]) for c in claims), because)


def _parts(told: Sequence[Telling], inner: Sequence[Dateline]) -> Iterator[range]:
    """The claims between one dateline and the next, by number: what stands behind another is another story."""
    starts = [t.claim.trigger.start for t in told]
    ends = [*(bisect_left(starts, line.span.start) for line in inner), len(told)]
    for begin, end in pairwise([0, *ends]):
        yield range(begin, end)


def _happenings(
    told: Sequence[Telling], part: range, tied: Mapping[int, Sequence[int]], why: dict[str, Because]
) -> list[Happening]:
    """What the claims of one part tell of; ``why`` takes the reason for each."""
    happenings: list[Happening] = []
    home: dict[int, Happening] = {}
    for n in part:
        telling = told[n]
        if telling.answers and happenings and telling.sentence - happenings[-1].sentence <= POINTED_AT:
            why[telling.claim.id] = _because("incident.answers", telling.claim, happenings[-1].claims[-1])
            happenings[-1].claims.append(telling.claim)
            continue
        found, why[telling.claim.id] = _joined(
            telling, [told[m] for m in tied[n]], [home.get(m) for m in tied[n]], happenings
        )
        if found is None:
            found = Happening(telling)
        else:
            found.add(telling)
            happenings.remove(found)
        happenings.append(found)
        home[n] = found
    return happenings


def _joined(
    telling: Telling, ties: Sequence[Telling], homes: Sequence[Happening | None], happenings: Sequence[Happening]
) -> tuple[Happening | None, Because]:
    """The happening that a claim joins, None where it opens one, and why."""
    for other, home in zip(ties, homes, strict=True):
        if home is not None:
            return home, _because("incident.tied", telling.claim, other.claim)
    best = _home(telling, happenings)
    if best is None:
        return None, _because("incident.opens", telling.claim)
    happening, speaks = best
    rule = "incident.joined" if happening.realm == "told" else "incident.large"
    return happening, _because(rule, telling.claim, happening.claims[0], " ".join(f"{n}{w:+g}" for n, w in speaks))


def _because(rule: str, claim: Claim, other: Claim | None = None, detail: str = "") -> Because:
    """The reason for a claim's incident, before the incident has its id: its words and those of the other claim."""
    words = at(claim.trigger) if other is None else at(claim.trigger, other.trigger)
    return Because("incident", None, rule, words=words, detail=detail)


def _tied(told: Sequence[Telling], found: Sequence[ClaimTie]) -> Mapping[int, Sequence[int]]:
    """For each claim those that it is tied to: directly, across kinds of act and harm; else within one family."""
    out: dict[int, list[int]] = defaultdict(list)
    for tie in found:
        a, b = told[tie.a], told[tie.b]
        kindred = a.family == b.family or (tie.direct and {a.family, b.family} <= BODILY)
        # Who dies on Friday of the wounds of Tuesday's bombing is a death of the bombing.
        later = tie.befell and {a.family, b.family} <= BODILY and a.days and b.days and a.days[0] <= b.days[0]
        if (kindred or later) and (_days_meet(a.days, b.days) or later):
            out[tie.a].append(tie.b)
            out[tie.b].append(tie.a)
    return out


def _home(telling: Telling, happenings: Sequence[Happening]) -> tuple[Happening, Evidence] | None:
    """The happening that the claim speaks most for, of equals the one told last; None where it opens another."""
    best: tuple[float, Happening, Evidence] | None = None
    for happening in reversed(happenings[-REMEMBERED:]):
        if possible(telling, happening) and recognised(telling, happening):
            speaks = evidence(telling, happening)
            score = sum(weight for _, weight in speaks)
            far = telling.sentence - happening.sentence > FAR
            if score >= (ENOUGH if far else 0.0) and (best is None or score > best[0]):
                best = score, happening, speaks
    return best[1:] if best else None


def possible(telling: Telling, happening: Happening) -> bool:
    """Whether a claim can be about a happening at all: no day, town or country stands against it."""
    if telling.family != happening.family or (telling.realm != happening.realm and not telling.back):
        return False
    if happening.realm != "told":
        return telling.realm == happening.realm and telling.word in happening.words
    return (
        telling.many in (None, happening.many.get(telling.word, telling.many))
        and _days_meet(telling.days, happening.days)
        and _days_meet(telling.span, happening.span)
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
    same word or kind, and by the same people, day or town: two demands of one dispatch are two.
    """
    if happening.realm == "told" and telling.family in SCENES:
        return True
    behind = telling.sentence - happening.sentence
    pointed = telling.back and behind <= POINTED_AT
    if happening.realm == "told" and not (telling.word in happening.words or telling.kinds & happening.kinds):
        if telling.family == ARRANGED:
            return pointed or (behind == 0 and not _others(telling, happening))
        return not telling.speech and _same_day(telling, happening) and _same(telling.doers, happening.doers)
    if telling.speech:
        heard = _same(telling.victims, happening.victims) or behind <= 1
        return _same(telling.doers, happening.doers) and heard
    if happening.realm != "told" and telling.definite:
        return True
    return pointed or _shares(telling, happening)


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
    if telling.victims & happening.victims:
        yield "victims", SAME_VICTIMS
    elif telling.persons and happening.persons and not telling.persons & happening.persons:
        yield "others", OTHER_NAMED_VICTIMS
    yield "doers", SAME_DOERS if telling.doers & happening.doers else 0.0
    yield "town", SAME_TOWN if telling.towns & happening.towns else 0.0
    yield "day", SAME_DAY if telling.days and happening.days else 0.0
    if telling.kinds and happening.kinds:
        yield ("kind", SAME_KIND) if telling.kinds & happening.kinds else ("otherwise", OTHER_KIND)
    yield "back", POINTED_BACK if telling.back else 0.0
    yield "away", TURNED_AWAY if telling.away and behind != 0 else 0.0


def _others_did(telling: Telling, happening: Happening) -> bool:
    """Whether somebody else did it: what each does alone (no fight, accident or talks) is a happening of its own."""
    return telling.family not in JOINT and _others(telling, happening)


def _with_others(telling: Telling, happening: Happening) -> bool:
    """Whether somebody else by name was met: who meets Lee and then meets Park holds two meetings."""
    apart = bool(telling.persons and happening.persons) and not _meet(telling.persons, happening.persons)
    return telling.family == ARRANGED and apart and not telling.back


def _words_of(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in name.split() if len(word) > 2}


def _days_meet(a: tuple[int, int] | None, b: tuple[int, int] | None) -> bool:
    return a is None or b is None or (a[0] <= b[1] and b[0] <= a[1])


def _towns_meet(mine: frozenset[tuple[str, str]], theirs: set[tuple[str, str]]) -> bool:
    """Whether no two places of one kind differ: two towns are two places, a town and a province may be one."""
    shared = {k for k, _ in mine} & {k for k, _ in theirs}
    return all(any(t[0] == kind and t in theirs for t in mine) for kind in shared)


def _across(mine: frozenset[str], theirs: set[str]) -> bool:
    """Whether two places lie on opposite sides of the compass and share none."""
    return not mine & theirs and any({a, b} in ACROSS for a in mine for b in theirs)
