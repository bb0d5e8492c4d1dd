"""Where a named place is: every reading that the gazetteer offers is scored, and each point of the score has a reason.

The evidence is that of toponym resolution since Leidner (2007): inhabitants and standing, the countries that the
dispatch speaks of, containment ("X, Y"), nearness to what else is named (Lieberman, Samet, Sankaranarayanan 2010), one
sense per text.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

import msgspec

from reportedly.model import Candidate
from reportedly.places.gazetteer import GazetteerRecord, NameKind
from reportedly.places.spots import Spots, kilometres
from reportedly.places.surroundings import fits
from reportedly.places.toponyms import PlaceMention
from reportedly.places.unread import PlaceReading, PlaceVote, is_spelling, put_around, somewhere_in

# Points for what a place is, beside one for every factor of ten of its inhabitants.
STANDING = {"country": 2.5, "admin1": 0.5, "city": 0.3, "region": 0.6, "water": 0.4, "facility": 0.4}
LIST = re.compile(r",? (?:and|or|&) ")
HELD_GAP = re.compile(r",? ?\(?|, in |, in the | in | in the |['’]s |, near ", re.IGNORECASE)
ROUNDS = 4
# Votes of names for a country: a country or a state votes louder than a town, and a name with many readings softly.
VOTES = {"country": 2.0, "admin1": 1.5}
DATELINE_VOTE = 2.0
PRIOR_VOTE = 0.5
COUNTRY_POINTS = 4.0
HOME_POINTS = 3.0
HOLDER_POINTS = 2.5
AGENCY_POINTS = 1.0
FARTHEST_INSIDE_KM = 700.0
NEAR_KM = 200.0


# What a reading scores before anything of the dispatch is looked at, and why.
Prior: TypeAlias = tuple[float, list[str]]


class PlaceScene(msgspec.Struct, frozen=True):
    """What the dispatch tells of where it plays: a vote for each name, what holds each mention, whose agency it is."""

    votes: dict[str, PlaceVote]
    holders: dict[int, GazetteerRecord]
    spots: Spots
    home: str | None
    known: dict[tuple[str, str | None, str | None], tuple[float, float]]

    def shares(self, record: GazetteerRecord, key: str) -> tuple[float, float]:
        """Shares of the names other than ``key`` that lie in the country, and in the subdivision, of a reading."""
        asked = (key, record.country, record.admin1)
        if asked not in self.known:
            self.known[asked] = self._shares(record, key)
        return self.known[asked]

    def _shares(self, record: GazetteerRecord, key: str) -> tuple[float, float]:
        others = [v for k, v in self.votes.items() if k != key]
        total = sum(v.weight for v in others) + PRIOR_VOTE
        country = sum(v.weight for v in others if v.country == record.country)
        inner = sum(v.weight for v in others if v.admin1 and (v.country, v.admin1) == (record.country, record.admin1))
        return country / total, inner / total


def resolve(mentions: Sequence[PlaceMention], text: str, home: str | None = None) -> list[tuple[PlaceReading, ...]]:
    """For every mention its readings, best first; none where the gazetteer does not know the name.

    ``home`` is the country that the agency mostly reports of; it decides only between readings that are near otherwise.
    """
    priors = [[_prior(r, m) for r in m.records] for m in mentions]
    picks = [_first(m, known) for m, known in zip(mentions, priors, strict=True)]
    ranked: list[tuple[PlaceReading, ...]] = []
    for _ in range(ROUNDS):
        scene = _scene(mentions, picks, text, home)
        ranked = [_rank(i, known, mentions, scene) for i, known in enumerate(priors)]
        ranked = _put_inside(mentions, _one_sense(mentions, ranked), scene.holders, text)
        fresh = [r[0].record if r else None for r in ranked]
        if fresh == picks:
            break
        picks = fresh
    # Peoples do not tell where ("Rwandan refugees").
    named = [(m, r[0].record if r else None) for m, r in zip(mentions, ranked, strict=True) if not m.demonym]
    return put_around(mentions, ranked, _scene([m for m, _ in named], [p for _, p in named], text, None).votes)


def _put_inside(
    mentions: Sequence[PlaceMention],
    ranked: Sequence[tuple[PlaceReading, ...]],
    holders: dict[int, GazetteerRecord],
    text: str,
) -> list[tuple[PlaceReading, ...]]:
    """Names that the text puts into a country or province where the gazetteer has none are somewhere in there.

    The name then has the country, the province and the point of what holds it, and no kind, wherever it stands.
    """
    inside: dict[str, GazetteerRecord] = {}
    for i, holder in holders.items():
        if holder.country and _is_stated(mentions, i, text) and not any(_lies_in(r.record, holder) for r in ranked[i]):
            inside.setdefault(mentions[i].key, holder)
    if not inside:
        return list(ranked)
    return [
        (somewhere_in(m, inside[m.key]),) if m.key in inside and not m.demonym else readings
        for m, readings in zip(mentions, ranked, strict=True)
    ]


def _is_stated(mentions: Sequence[PlaceMention], i: int, text: str) -> bool:
    """Whether "X in Y" or "X, Y" says where X is; in a list of names ("X, Y and Z") the comma does not."""
    gap = text[mentions[i].end : mentions[i + 1].start]
    if " in " in gap.casefold():
        return not (mentions[i].records and mentions[i].records[0].kind == "country")
    if gap.strip() not in (",", "(", ",("):
        return False
    after = text[mentions[i + 1].end : mentions[i + 1].end + 5]
    before = text[max(0, mentions[i].start - 5) : mentions[i].start]
    listed = LIST.match(after) or before.rstrip().endswith((",", "and", "&"))
    return not listed and not any(r.kind in ("country", "admin1") and r.rank > 5 for r in mentions[i].records)


def _lies_in(record: GazetteerRecord, holder: GazetteerRecord) -> bool:
    """Whether a reading lies in what holds the name, as far as the gazetteer knows."""
    if record.country != holder.country:
        return record.country is None
    return holder.kind == "country" or not record.admin1 or not holder.admin1 or record.admin1 == holder.admin1


def candidates(readings: Sequence[PlaceReading]) -> tuple[Candidate, ...]:
    """Readings in the form that is given out."""
    return tuple(
        Candidate(
            r.record.name,
            r.record.country,
            r.record.admin1,
            r.record.lat,
            r.record.lon,
            r.record.geonames,
            round(r.score, 3),
            r.reasons,
        )
        for r in readings
    )


def _first(mention: PlaceMention, priors: Sequence[Prior]) -> GazetteerRecord | None:
    ranked = zip(mention.records, priors, strict=True)
    return max(ranked, key=lambda pair: pair[1][0], default=(None, None))[0]


def _prior(record: GazetteerRecord, mention: PlaceMention) -> Prior:
    """Standing and size, before anything of the dispatch is looked at."""
    people = math.log10(record.population + 10)
    if record.kind not in ("city", "country"):
        people = max(people, float(record.rank) - 0.5)
    elif record.kind == "city" and record.rank > 5:
        people = max(people, record.rank - 0.5 * (record.rank < 7)) + 0.5
    kind = record.kind or "place"
    score = people + STANDING.get(kind, 0.0)
    reasons = [f"{kind}, {record.population:,} inhabitants" if record.population else kind]
    if (
        record.name_kind is NameKind.OTHER
        and record.kind == "city"
        and record.rank < 6
        and not is_spelling(record, mention)
    ):
        score -= 1.2
        reasons.append("by another name")
    if record.name_kind is NameKind.POSTAL:
        score += 2.0
    if record.kind == "admin1" and mention.hint is None and _has_seat(record, mention):
        score -= 1.7
    if mention.hint is not None and fits(record, mention.hint):
        score += 2.0
        reasons.append(f"called a {mention.hint}")
    elif mention.hint in ("city", "admin1") and record.kind in ("city", "admin1", "country"):
        score -= 1.0
    return score, reasons


def _has_seat(area: GazetteerRecord, mention: PlaceMention) -> bool:
    """Whether a town of some size in the area goes by the same name: the bare name is the town's."""
    return any(
        r.kind == "city"
        and r.country == area.country
        and r.admin1 == area.admin1
        and (r.population > 50_000 or r.rank > 5)
        for r in mention.records
    )


def _scene(
    mentions: Sequence[PlaceMention], picks: list[GazetteerRecord | None], text: str, home: str | None
) -> PlaceScene:
    votes: dict[str, PlaceVote] = {}
    for mention, pick in zip(mentions, picks, strict=True):
        if pick is None or pick.country is None:
            continue
        weight = VOTES.get(pick.kind or "", 1.0) * (DATELINE_VOTE if mention.dateline else 1.0)
        weight /= math.sqrt(max(1, len(mention.records)))
        known = votes.get(mention.key)
        weight += 0.3 * known.weight if known is not None else 0.0
        votes[mention.key] = PlaceVote(pick.country, pick.admin1, weight)
    return PlaceScene(votes, _holders(mentions, picks, text), Spots(mentions, picks), home, {})


def _holders(
    mentions: Sequence[PlaceMention], picks: list[GazetteerRecord | None], text: str
) -> dict[int, GazetteerRecord]:
    """For "X, Y": the country or subdivision Y, by the number of X."""
    held = {}
    for i, (mention, following) in enumerate(pairwise(mentions)):
        gap = text[mention.end : following.start]
        if len(gap) > 12 or following.demonym or not HELD_GAP.fullmatch(gap):
            continue
        pick = picks[i + 1]
        wide = _around(mention, following, pick) if gap.startswith(",") else None
        called = mention.hint == "city" and " in " in gap.casefold()
        chosen = pick if pick is not None and (pick.kind != "city" or called) else wide
        if chosen is not None:
            held[i] = chosen
    return held


def _around(town: PlaceMention, following: PlaceMention, pick: GazetteerRecord | None) -> GazetteerRecord | None:
    """The country or province that a name behind a town means: one in which such a town lies, before any other."""
    wide = [r for r in following.records if r.kind in ("country", "admin1")]
    holding = [r for r in wide if any(_is_in_area(t, r) for t in town.records)]
    near = [r for r in wide if pick is not None and r.country == pick.country]
    return next(iter((*holding, *near, *wide)), None)


def _rank(
    i: int, priors: Sequence[Prior], mentions: Sequence[PlaceMention], scene: PlaceScene
) -> tuple[PlaceReading, ...]:
    readings = []
    for record, (prior, told) in zip(mentions[i].records, priors, strict=True):
        score, reasons = prior, list(told)
        for points, why in _context(i, record, mentions, scene):
            score += points
            if why:
                reasons.append(why)
        readings.append(PlaceReading(record, score, tuple(reasons)))
    return tuple(sorted(readings, key=lambda r: (-r.score, r.record.id)))


def _context(
    i: int, record: GazetteerRecord, mentions: Sequence[PlaceMention], scene: PlaceScene
) -> list[tuple[float, str]]:
    points = []
    share, home = scene.shares(record, mentions[i].key)
    if share:
        points.append((COUNTRY_POINTS * share, f"{share:.0%} of the other places named are in {record.country}"))
    if home and record.kind != "country":
        points.append((HOME_POINTS * home, f"{home:.0%} of the other places named are in {record.admin1}"))
    if scene.home is not None and record.country == scene.home:
        points.append((AGENCY_POINTS, f"the agency is at home in {scene.home}"))
    if i - 1 in scene.holders and record.kind in ("country", "admin1"):
        inside = record.kind == "admin1" and any(_is_in_area(r, record) for r in mentions[i - 1].records)
        points.append((HOLDER_POINTS * (3 if inside else 1), f"behind {mentions[i - 1].text}"))
    holder = scene.holders.get(i)
    if holder is not None and holder.id != record.id:
        points.append(_held(record, holder))
    if record.kind not in ("country", "admin1") or record.rank < 6:
        near = scene.spots.nearest(record, mentions[i].key)
        if near is not None:
            points.append(
                (1.8 * math.exp(-near / NEAR_KM), f"{near:.0f} km from another place named" if near < NEAR_KM else "")
            )
    return points


def _is_in_area(town: GazetteerRecord, area: GazetteerRecord) -> bool:
    """Whether a town by the name in front lies in a state ("Macon, Georgia" is no country)."""
    return (
        town.kind == "city" and town.admin1 is not None and (town.country, town.admin1) == (area.country, area.admin1)
    )


def _held(record: GazetteerRecord, holder: GazetteerRecord) -> tuple[float, str]:
    """Points for lying in what the text puts behind the name."""
    if holder.country and record.country != holder.country:
        return -2.5, ""
    if holder.kind == "country":
        return 3.0, f"in {holder.name}"
    if holder.admin1 and record.admin1:
        return (5.0, f"in {holder.name}") if record.admin1 == holder.admin1 else (-1.5, "")
    if record.point and holder.point and kilometres(record.point, holder.point) < FARTHEST_INSIDE_KM / 2:
        return 3.0, f"near {holder.name}"
    return 0.5, ""


def _by_points(readings: tuple[PlaceReading, ...], points: Counter[int]) -> tuple[PlaceReading, ...]:
    return tuple(sorted(readings, key=lambda r: (-points[r.record.id], r.record.id)))


def _one_sense(
    mentions: Sequence[PlaceMention], ranked: list[tuple[PlaceReading, ...]]
) -> list[tuple[PlaceReading, ...]]:
    """All mentions of one name get the reading that scores best over all of them."""
    total: dict[str, Counter[int]] = {}
    for mention, readings in zip(mentions, ranked, strict=True):
        if not mention.demonym:
            sums = total.setdefault(mention.key, Counter())
            for reading in readings:
                sums[reading.record.id] += reading.score  # type: ignore[assignment]
    out = []
    for mention, readings in zip(mentions, ranked, strict=True):
        points = total.get(mention.key)
        out.append(readings if points is None else _by_points(readings, points))
    return out
