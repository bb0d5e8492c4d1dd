"""Which claims of different dispatches are about one incident.

The claims that a dispatch itself holds together are one *unit*. Two units are compared by what they say (kind of event,
event date, place, participants, figures) and by how they and their dispatches are worded; each comparison gives a
number, and all of them are in the unit of the cosine of wording, so that one can read what outweighs what. Units are
then joined by average linkage: the two groups whose units are on average most alike are joined first, until no two
groups are alike enough. The result depends on the set of claims and not on their order.
"""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from reportedly.ledger.families import WORDS, are_kin, family
from reportedly.ledger.lineage import day_of
from reportedly.ledger.wording import Vector, Wording, cosine, stem, words
from reportedly.model import Claim, Dispatch, Place
from reportedly.tables import load_table

# Two groups are one incident when their units are on average this alike.
ENOUGH = 0.12
# Pairs less alike in wording than this are only compared when place and date agree.
WORTH_COMPARING = 0.05
# Dispatches are looked up by so many of their heaviest words, of which two have to share some.
HEAVIEST = 30
SHARED = 2
TOO_COMMON = 100
# Reasons that weigh less than this are not told.
SHOWN = 0.01

# Intervals longer than this do not pin an event down: agreeing on "last month" says little.
EXACT_DAYS = 3
# What took longer than this is no single day's happening.
WEEKS = 7
# A happening is looked up by its date where that is an interval of so many days at most.
KEYED_DAYS = 14
# Event dates with so many days between them, one day of doubt included, are not of one happening. Undated ones may be,
# told on neighbouring days; those told further apart are ever less likely to be, up to these numbers of days.
FULLY_APART = 3
NEAR_PUBLISHED = 1
FAR_PUBLISHED = (8, 60)
# Share of the likeness of two dispatches that counts for kindred and for unrelated kinds of happening in them.
KIN_STORY = 0.7
UNRELATED_STORY = 0.2
# So many figures in common are as good as more.
FIGURES = 2

SETTLED = ("city", "admin1", "water")


class Unit(msgspec.Struct, frozen=True):
    """The claims of one dispatch about one happening, reduced to what is compared."""

    key: str
    dispatch: str
    claims: tuple[str, ...]
    families: frozenset[str]
    position: int
    unreal: bool
    begin: int | None
    end: int | None
    places: frozenset[str]
    countries: frozenset[str]
    scene: frozenset[str]
    kinds: frozenset[str]
    called: frozenset[str]
    parts: frozenset[str]
    names: Vector
    figures: frozenset[tuple[str, int]]
    published: int | None
    sentences: Vector
    story: Vector


class Comparison(msgspec.Struct, frozen=True):
    """How alike two units are, and why, strongest reason first."""

    score: float
    reasons: tuple[str, ...]


def units(dispatch: Dispatch, claims: Sequence[Claim], wording: Wording, story: Vector) -> list[Unit]:
    """The units of one dispatch, in text order; a claim without a local incident stands alone."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda c: (c.trigger.start, c.id)):
        groups[claim.incident or claim.id].append(claim)
    scene = frozenset(p.country for c in claims for p in (*c.actors, *c.recipients, c.place) if p and p.country)
    return [_unit(dispatch, group, scene, wording, story) for group in groups.values()]


def _unit(dispatch: Dispatch, claims: list[Claim], scene: frozenset[str], wording: Wording, story: Vector) -> Unit:
    begin, end = _dates(claims)
    places = [p for c in claims for p in (c.place, c.origin) if p is not None]
    spans = sorted({(c.evidence.start, c.evidence.end) for c in claims})
    return Unit(
        key=f"{dispatch.id} {claims[0].id}",
        dispatch=dispatch.id,
        claims=tuple(c.id for c in claims),
        families=frozenset(family(c) for c in claims),
        position=claims[0].trigger.start,
        unreal=all(c.modality not in (None, "ongoing") for c in claims),
        begin=begin,
        end=end,
        places=frozenset(p.name.casefold() for p in places if p.kind in SETTLED),
        countries=frozenset(p.country for p in places if p.country),
        scene=scene,
        kinds=frozenset(k for c in claims for k in _kinds_of(c)),
        called=frozenset(w for c in claims for w in words(c.trigger.text)),
        parts=frozenset(p for a, b in spans for p in _parts_of(dispatch.text[_sentence(dispatch.text, a) : b])),
        names=wording.vector(words(" ".join(p.name for c in claims for p in (*c.actors, *c.recipients)))),
        figures=frozenset((f.role, n) for c in claims for f in c.figures for n in {f.low, f.high} if n is not None),
        published=day_of(dispatch.published),
        sentences=wording.vector(words(" ".join(dispatch.text[a:b] for a, b in spans))),
        story=story,
    )


def _kinds_of(claim: Claim) -> Iterable[str]:
    """The kinds within its family that a claim names: by its event words, else by its mode."""
    named = [kind for w in words(claim.trigger.text) for kind in _kinds_table().get((claim.type, w), ())]
    return named or _kinds_table().get((claim.type, f"mode {claim.mode}"), ())


@lru_cache(maxsize=1)
def _kinds_table() -> dict[tuple[str, str], tuple[str, ...]]:
    out: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in load_table("incident_kinds"):
        kinds = tuple(row["kind"].split())
        for word in filter(None, row["words"].split(",")):
            out[row["type"], stem(word.strip())] = kinds
        if row["mode"] and kinds:
            out[row["type"], f"mode {row['mode']}"] = kinds
    return out


@lru_cache(maxsize=1)
def _anybody() -> frozenset[str]:
    rows = load_table("incident_words")
    return frozenset(stem(w.strip()) for r in rows if r["says"] == "anybody" for w in r["words"].split(","))


_PART = re.compile(r"\b(?:(north|south|east|west)(?:east|west)?ern|the (north|south|east|west))\b(?! of)")
_ACROSS = ({"north", "south"}, {"east", "west"})


def _parts_of(text: str) -> Iterable[str]:
    """On which side of the compass: "the northern front", "in the south"; not "north of the town" or "South Sudan"."""
    return (a or b for a, b in _PART.findall(text))


def _sentence(text: str, start: int) -> int:
    """Where the sentence begins in which a clause stands, as far as a full stop or an empty line shows it."""
    return max(text.rfind(stop, 0, start) + 1 for stop in (". ", ".\n", "\n\n"))


def _across(a: frozenset[str], b: frozenset[str]) -> bool:
    return not a & b and any({x, y} in _ACROSS for x in a for y in b)


def _dates(claims: Sequence[Claim]) -> tuple[int | None, int | None]:
    """The narrowest interval that any of the claims gives; the earliest of equally narrow ones."""
    given = [(day_of(c.begin), day_of(c.end_date or c.begin)) for c in claims if c.begin]
    known = [
        (end - begin, begin, end) for begin, end in given if begin is not None and end is not None and end >= begin
    ]
    if not known:
        return None, None
    _, begin, end = min(known)
    return begin, end


def observe(a: Unit, b: Unit, likeness: float) -> dict[str, float]:
    """What is observed of two units and how strongly (0 to 1); ``likeness`` is the cosine of their dispatches."""
    together = a.dispatch == b.dispatch
    seen = {
        "story": 0.0 if together else likeness * _kinship(a, b),
        "one_dispatch": float(together),
        "sentences": cosine(a.sentences, b.sentences),
        "unreal": float(a.unreal != b.unreal),
        "figures": min(len({f for f in a.figures & b.figures if f[1] > 1}), FIGURES) / FIGURES,
        "same_word": float(bool(a.called & b.called)),
        "same_kind": float(bool(a.kinds & b.kinds)),
        "other_kind": float(bool(a.kinds and b.kinds) and not a.kinds & b.kinds),
        "across": float(_across(a.parts, b.parts)),
    }
    seen |= _kinds(a, b) | _times(a, b) | _places(a, b) | _names(a, b)
    return {name: x for name, x in seen.items() if x}


def _kinds(a: Unit, b: Unit) -> dict[str, float]:
    if a.families & b.families:
        return {}
    return {"kin": 1.0} if are_kin(a.families, b.families) else {"unrelated": 1.0}


def _kinship(a: Unit, b: Unit) -> float:
    """How far the likeness of their dispatches speaks for two units: a dispatch tells many happenings."""
    if a.families & b.families:
        return 1.0
    return KIN_STORY if are_kin(a.families, b.families) else UNRELATED_STORY


def _times(a: Unit, b: Unit) -> dict[str, float]:
    if a.begin is not None and b.begin is not None and a.end is not None and b.end is not None:
        gap = max(a.begin - b.end, b.begin - a.end)
        if gap > 0:
            return {"days_apart": min(1.0, (gap + 1) / FULLY_APART)}
        spans = sorted((a.end - a.begin, b.end - b.begin))
        return {
            "same_day": EXACT_DAYS / max(EXACT_DAYS, *spans),
            "weeks": float(spans[0] <= EXACT_DAYS < WEEKS < spans[1]),
        }
    # An undated event happened on or before the day that tells it.
    first, second = a.begin or a.published, b.begin or b.published
    if first is None or second is None:
        return {}
    days = abs(first - second)
    far = sum(min(1.0, max(0, days - NEAR_PUBLISHED) / (limit - NEAR_PUBLISHED)) for limit in FAR_PUBLISHED)
    near = days <= NEAR_PUBLISHED and a.dispatch != b.dispatch
    return {"near_published": float(near), "far_published": far / len(FAR_PUBLISHED)}


def _places(a: Unit, b: Unit) -> dict[str, float]:
    if a.places & b.places:
        return {"same_place": 1.0}
    if a.countries and b.countries and not a.countries & b.countries:
        return {"other_country": 1.0}
    if a.places and b.places:
        return {"other_place": 1.0}
    return {"same_country": float(bool(a.countries & b.countries)), "same_scene": float(bool(a.scene & b.scene))}


def _names(a: Unit, b: Unit) -> dict[str, float]:
    """Who takes part; that it is "people" or "others" says nothing of happenings of two kinds."""
    if a.families & b.families:
        return {"names": cosine(a.names, b.names)}
    return {"names": cosine(_somebody(a.names), _somebody(b.names))}


def _somebody(names: Vector) -> Vector:
    return {word: x for word, x in names.items() if word not in _anybody()}


@lru_cache(maxsize=1)
def weights() -> dict[str, tuple[float, str]]:
    """What each observation adds at full strength, and its reason in words."""
    return {row["observation"]: (float(row["weight"]), row["reason"]) for row in load_table("link")}


def likeness_of(seen: Mapping[str, float]) -> float:
    """The sum of what was observed."""
    return sum(x * weights()[name][0] for name, x in seen.items())


def score(a: Unit, b: Unit, likeness: float) -> float:
    """How alike two units are; ``compare`` gives the reasons too."""
    return likeness_of(observe(a, b, likeness))


def compare(a: Unit, b: Unit, likeness: float) -> Comparison:
    """Two units compared, with the reasons; see ``observe``."""
    seen = observe(a, b, likeness)
    parts = sorted(((x * weights()[name][0], weights()[name][1]) for name, x in seen.items()), key=lambda p: -abs(p[0]))
    return Comparison(likeness_of(seen), tuple(f"{why} {x:+.2f}" for x, why in parts if abs(x) >= SHOWN))


def heaviest(vector: Vector) -> list[str]:
    """The words of a dispatch by which others like it are looked up."""
    return heapq.nlargest(HEAVIEST, vector, key=lambda w: (vector[w], w))


def meeting_keys(unit: Unit) -> frozenset[str]:
    """Where and when a unit can meet another: two of one family that share one of these are worth comparing.

    Each is a family with a place and a week, a country and a day, a participant and a week, or a kind of event with a
    country of its dispatch and a week; of an undated happening the weeks are those around the day that tells it.
    """
    if unit.begin is not None and unit.end is not None and unit.end - unit.begin <= KEYED_DAYS:
        first, last, days = unit.begin, unit.end, range(unit.begin, unit.end + 1)
    elif unit.published is not None:
        first, last, days = unit.published, unit.published, range(0)
    else:
        return frozenset()
    weeks = {day // 7 for day in (*range(first - NEAR_PUBLISHED, last, 7), last, last + NEAR_PUBLISHED)}
    where = [f"{place} {week}" for place in unit.places for week in weeks]
    where += [f"{country} {day}" for country in unit.countries for day in days]
    where += [f"{name} {week}" for name in unit.names for week in weeks]
    where += [f"{kind} {country} {week}" for kind in unit.kinds for country in unit.scene for week in weeks]
    return frozenset(f"{family} {spot}" for family in unit.families - {WORDS} for spot in where)


def hosts(all_units: Sequence[Unit]) -> dict[str, str]:
    """For each unit of words alone the unit of its dispatch that it stands behind (or before, where it comes first)."""
    happenings: dict[str, list[Unit]] = defaultdict(list)
    for unit in all_units:
        if unit.families != {WORDS}:
            happenings[unit.dispatch].append(unit)
    return {
        u.key: min(told, key=lambda h: (h.position > u.position, abs(h.position - u.position), h.key)).key
        for u in all_units
        if u.families == {WORDS} and (told := happenings.get(u.dispatch))
    }


def across(ours: Sequence[Unit], theirs: Sequence[Unit], likeness: float) -> list[tuple[int, int, float]]:
    """How alike the units of two dispatches are, each pair by its numbers."""
    return [(m, n, score(a, b, likeness)) for m, a in enumerate(ours) for n, b in enumerate(theirs)]


def place_of(claims: Iterable[Claim]) -> Place | None:
    """The most precise place that the claims give, the most frequent of equally precise ones."""
    given: dict[tuple[str, str | None], list[Place]] = defaultdict(list)
    for claim in claims:
        if claim.place is not None:
            given[claim.place.name, claim.place.country].append(claim.place)
    if not given:
        return None
    best = max(given.values(), key=lambda g: (g[0].kind in SETTLED, len(g), -g[0].start, g[0].name))
    return best[0]
