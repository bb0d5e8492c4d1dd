"""What is compared: the claims that a dispatch itself holds together are one *unit*; and where units can meet."""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from reportedly.days import day_number
from reportedly.incidents.campaigns import is_campaign
from reportedly.incidents.compass import sides_told
from reportedly.incidents.families import CUSTODY, TALKS, WORDS, family, is_said_of_it
from reportedly.incidents.wording import Vector, Wording, is_stop_word, number, stem, words
from reportedly.knowledge.event_types import event_types
from reportedly.knowledge.load import Knowledge, listed
from reportedly.model import Claim, Dispatch, Party, Place

# Pairs less alike in wording than this are only compared when place and date agree.
WORTH_COMPARING = 0.05
# Dispatches are looked up by so many of their heaviest words, of which two have to share some.
HEAVIEST = 30
SHARED = 2
TOO_COMMON = 100
# Words that are too common in the whole ledger look dispatches up within windows of so many days, each of which begins
# in the middle of another: two that are told half as many days apart share one.
WINDOW = 14
# The last bits of a word's mark tell the window, 0 of them the word alone; the others tell the word.
WINDOW_BITS = 20
# A happening is looked up by its date where that is an interval of so many days at most.
KEYED_DAYS = 14
# A denial stands so many characters from what it denies, some five sentences.
DENIED_NEAR = 800
# A denial of so few words says of what it is by what stands before it.
OF_ITS_OWN = 3
# Words no longer than this are a name's initials and particles.
SHORTEST_NAME = 2
# An undated happening is looked up by the day that tells it, give or take so many.
NEAR_PUBLISHED = 1

SETTLED = ("city", "admin1", "water")
# Places of these kinds hold many happenings; any other is the same by its name, whether a gazetteer knows it or not.
VAST = ("country", "region")


class Unit(msgspec.Struct, frozen=True):
    """The claims of one dispatch about one happening, reduced to what is compared."""

    key: str
    dispatch: str
    claims: tuple[str, ...]
    families: frozenset[str]
    position: int
    told_at: tuple[int, ...]
    campaign: bool
    unreal: bool
    going: bool
    begin: int | None
    end: int | None
    places: frozenset[str]
    spots: frozenset[str]
    countries: frozenset[str]
    scene: frozenset[str]
    kinds: frozenset[str]
    called: frozenset[str]
    parts: frozenset[str]
    names: Vector
    persons: frozenset[tuple[str, ...]]
    doers: frozenset[str]
    figures: frozenset[tuple[str, int]]
    published: int | None
    sentences: Vector


def units_of(dispatch: Dispatch, claims: Sequence[Claim], wording: Wording, knowledge: Knowledge) -> list[Unit]:
    """The units of one dispatch, in text order; a claim without a local incident stands alone."""
    groups: dict[tuple[str, bool], list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda c: (c.trigger.start, c.id)):
        clause = dispatch.text[claim.evidence.start : claim.evidence.end]
        groups[claim.incident or claim.id, is_campaign(claim, clause, knowledge)].append(claim)
    scene = frozenset(p.country for c in claims for p in (*c.actors, *c.recipients, c.place) if p and p.country)
    return [
        _unit(dispatch, group, scene, wording, knowledge, campaign=campaign) for (_, campaign), group in groups.items()
    ]


def _unit(
    dispatch: Dispatch,
    claims: list[Claim],
    scene: frozenset[str],
    wording: Wording,
    knowledge: Knowledge,
    *,
    campaign: bool,
) -> Unit:
    begin, end = _dates(claims)
    places = [p for c in claims for p in (c.place, c.origin) if p is not None]
    spans = sorted({(c.evidence.start, c.evidence.end) for c in claims})
    sentences = [dispatch.text[sentence_start(dispatch.text, a) : b] for a, b in spans]
    return Unit(
        key=f"{dispatch.id} {claims[0].id}",
        dispatch=dispatch.id,
        claims=tuple(c.id for c in claims),
        families=_families(claims, knowledge),
        position=claims[0].trigger.start,
        told_at=tuple(c.trigger.start for c in claims),
        campaign=campaign,
        unreal=all(c.modality not in (None, "ongoing") for c in claims),
        going=begin != end == day_number(dispatch.published) and any(c.modality == "ongoing" for c in claims),
        begin=begin,
        end=end,
        places=frozenset(p.name.casefold() for p in places if p.kind in SETTLED),
        spots=frozenset(p.name.casefold() for p in places if p.kind not in VAST),
        countries=frozenset(p.country for p in places if p.country),
        scene=scene,
        kinds=frozenset(k for c in claims for k in _kinds_of(c, knowledge)),
        called=frozenset(w for c in claims for w in words(c.trigger.text, knowledge)),
        parts=frozenset(side for sentence in sentences for side in sides_told(sentence, knowledge)),
        names=wording.vector(words(" ".join(p.name for c in claims for p in (*c.actors, *c.recipients)), knowledge)),
        persons=frozenset(_persons(claims, knowledge)),
        doers=frozenset(p.country for c in claims if _is_done(c, knowledge) for p in c.actors if p.country),
        figures=frozenset((f.role, n) for c in claims for f in c.figures for n in {f.low, f.high} if n is not None),
        published=day_number(dispatch.published),
        sentences=wording.vector(words(" ".join(dispatch.text[a:b] for a, b in spans), knowledge)),
    )


def _families(claims: Sequence[Claim], knowledge: Knowledge) -> frozenset[str]:
    """The kinds of happening told; who turns down what others tell adds none (a denied attack is no talks).

    What is seized where people are arrested is no town that an army takes.
    """
    told = [c for c in claims if c.type not in event_types(knowledge).denial] or claims
    kinds = frozenset(family(c, knowledge) for c in told)
    if CUSTODY in kinds:
        return frozenset(family(c, knowledge) for c in told if c.mode != "seize")
    return kinds


def _is_done(claim: Claim, knowledge: Knowledge) -> bool:
    """Whether somebody did it to others: talks are held by all who take part, and who denies a deed did none."""
    return family(claim, knowledge) not in (TALKS, WORDS) and claim.factuality not in ("CT-", "PR-", "PS-")


def _persons(claims: Sequence[Claim], knowledge: Knowledge) -> Iterable[tuple[str, ...]]:
    """The own names of those to whom it was done; none where more were harmed or held, of whom these are some."""
    named = {_own_name(p, knowledge) for c in claims for p in c.recipients if p.kind == "person"} - {()}
    several = any((f.low or f.high or 0) > 1 for c in claims for f in c.figures)
    return () if several else named


def _own_name(party: Party, knowledge: Knowledge) -> tuple[str, ...]:
    """The words of a person's own name ("striker Ann Lee", but not "the mayor of New York")."""
    told = party.name.split()
    own = len(list(itertools.takewhile(lambda w: w[:1].isupper(), reversed(told))))
    within = own < len(told) and is_stop_word(told[-own - 1], knowledge)
    return () if within or not own else tuple(w.casefold() for w in told[-own:] if len(w) > SHORTEST_NAME)


def _kinds_of(claim: Claim, knowledge: Knowledge) -> Iterable[str]:
    """The kinds within its family that a claim names: by its event words, else by its mode."""
    table = _kinds_table(knowledge)
    named = [kind for w in words(claim.trigger.text, knowledge) for kind in table.get((claim.type, w), ())]
    return named or table.get((claim.type, f"mode {claim.mode}"), ())


@lru_cache(maxsize=8)
def _kinds_table(knowledge: Knowledge) -> dict[tuple[str, str], tuple[str, ...]]:
    out: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in knowledge.rows("event_modes"):
        kinds = tuple(row["kinds"].split())
        out |= {(row["type"], stem(word)): kinds for word in listed(row["words"])}
        if row["mode"] and kinds:
            out[row["type"], f"mode {row['mode']}"] = kinds
    return out


def sentence_start(text: str, start: int) -> int:
    """Where the sentence begins in which a clause stands, as far as a full stop or an empty line shows it."""
    return max(text.rfind(stop, 0, start) + 1 for stop in (". ", ".\n", "\n\n"))


def _dates(claims: Sequence[Claim]) -> tuple[int | None, int | None]:
    """The narrowest interval that any of the claims gives; the earliest of equally narrow ones."""
    dated = [c for c in claims if c.begin]
    dated = [c for c in dated if c.when_from != "carried"] or dated
    given = [(day_number(c.begin), day_number(c.end_date or c.begin)) for c in dated]
    known = [
        (end - begin, begin, end) for begin, end in given if begin is not None and end is not None and end >= begin
    ]
    if not known:
        return None, None
    _, begin, end = min(known)
    return begin, end


def heaviest(vector: Vector) -> list[str]:
    """The words of a dispatch by which others like it are looked up."""
    return heapq.nlargest(HEAVIEST, vector, key=lambda w: (vector[w], w))


def word_marks(word: str, published: int | None) -> Iterator[int]:
    """The numbers by which a dispatch of this day is looked up for one of its heaviest words."""
    plain = number(word) >> WINDOW_BITS << WINDOW_BITS
    yield plain
    if published is not None:
        for begun in (published, published + WINDOW // 2):
            yield plain | (begun // WINDOW * 2 + (begun > published) + 1) % (1 << WINDOW_BITS)


def meeting_keys(unit: Unit) -> frozenset[str]:
    """Where and when a unit can meet another: two of one family that share one of these are worth comparing.

    Each is a family with a place and a week, a country and a day, a participant and a week, or a kind of event with a
    country of its dispatch and a week; of an undated happening the weeks are those around the day that tells it.
    """
    dated = unit.begin is not None and unit.end is not None and not unit.campaign
    if dated and unit.begin is not None and unit.end is not None and unit.end - unit.begin <= KEYED_DAYS:
        first, last, days = unit.begin, unit.end, range(unit.begin, unit.end + 1)
    elif unit.published is not None:
        first, last, days = unit.published, unit.published, range(0)
    else:
        return frozenset()
    weeks = {day // 7 for day in (*range(first - NEAR_PUBLISHED, last, 7), last, last + NEAR_PUBLISHED)}
    where = [f"{place} {week}" for place in unit.spots for week in weeks]
    where += [f"{country} {day}" for country in unit.countries for day in days]
    where += [f"{name} {week}" for name in unit.names for week in weeks]
    where += [f"{kind} {country} {week}" for kind in unit.kinds for country in unit.scene for week in weeks]
    return frozenset(f"{family} {spot}" for family in unit.families - {WORDS} for spot in where)


def hosts_of(all_units: Sequence[Unit]) -> dict[str, str]:
    """For each denial the unit of its dispatch that it stands behind (or before, where it comes first).

    What was told many sentences away is not what is denied.
    """
    happenings: dict[str, list[Unit]] = defaultdict(list)
    for unit in all_units:
        if not is_said_of_it(unit.families):
            happenings[unit.dispatch].append(unit)
    denials = (u for u in all_units if u.families == {WORDS})
    nearest = {u.key: min(_places_near(u, happenings[u.dispatch]), default=None) for u in denials}
    return {key: found[-1] for key, found in nearest.items() if found is not None}


def _places_near(denial: Unit, told: Iterable[Unit]) -> Iterator[tuple[bool, int, str]]:
    """Where the others that it can be about are told near a denial: what stands before it first, then the nearest."""
    at = denial.position
    about = [unit for unit in told if _is_about(denial, unit)]
    places = ((start > at, abs(start - at), unit.key) for unit in about for start in unit.told_at)
    return (place for place in places if place[1] <= DENIED_NEAR)


def _is_about(denial: Unit, told: Unit) -> bool:
    """Whether a denial can be of what is told: it names the act or those who take part, or says nothing of its own.

    "He denied any part in it" may be of anything; "denied that planes were sought" is of no landing of troops.
    """
    own = denial.sentences.keys() - denial.called - denial.names.keys()
    return len(own) <= OF_ITS_OWN or not own.isdisjoint(told.called | told.names.keys())


def place_of(claims: Iterable[Claim]) -> Place | None:
    """The most precise place that the claims give, what is told before what was carried, then the most frequent.

    A name that no gazetteer knows may be a village: told, it goes before a town that was only carried there.
    """
    given: dict[tuple[str, str | None], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.place is not None:
            given[claim.place.name, claim.place.country].append(claim)
    places = [(found[0].place, found) for found in given.values()]
    ranked = ((_rank(place, found), place) for place, found in places if place is not None)
    return max(ranked, key=lambda r: r[0], default=(None, None))[1]


def _rank(place: Place, found: Sequence[Claim]) -> tuple[int, int, int, str]:
    told, settled = any(c.place_from == "told" for c in found), place.kind in SETTLED
    precise = 3 if settled and told else 2 if told and place.kind is None else int(settled)
    return (precise, len(found), -place.start, place.name)
