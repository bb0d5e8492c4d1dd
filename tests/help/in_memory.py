"""The merging of a ledger written down a second time, all of it in memory: what the ledger's steps have to come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product

import msgspec
import numpy as np

from reportedly.days import day_number
from reportedly.ids import content_id
from reportedly.incidents import lineage
from reportedly.incidents import units as linking
from reportedly.incidents.likeness import ENOUGH, MICRO, Columns, scores
from reportedly.incidents.linkage import clusters
from reportedly.incidents.merge import Decisions, ToldStory, incident_of, silent_on
from reportedly.incidents.units import Unit
from reportedly.incidents.voices import Judgement
from reportedly.incidents.wording import Vector, Wording, words
from reportedly.knowledge.load import SHIPPED
from reportedly.model import Analysis, Incident


def merge(
    told: Sequence[ToldStory], judgements: Iterable[Judgement] = ()
) -> list[tuple[Incident, list[tuple[str, str]]]]:
    """Incidents with their (dispatch, claim) members; the order of the stories does not matter."""
    told = sorted(told, key=lambda s: s.dispatch.id)
    counts = {s.dispatch.id: words(s.dispatch.text, SHIPPED) for s in told}
    wording = Wording(counts.values())
    vectors = {key: wording.vector(c) for key, c in counts.items()}
    found = {s.dispatch.id: linking.units_of(s.dispatch, s.claims, wording, SHIPPED) for s in told}
    likeness = stories(
        vectors,
        {key: {k for u in held for k in linking.meeting_keys(u)} for key, held in found.items()},
        {s.dispatch.id: day_number(s.dispatch.published) for s in told},
    )
    first = _first_publishers(told)
    by_id = {s.dispatch.id: msgspec.structs.replace(s, publisher=first[s.lineage]) for s in told}
    silent = {unit: names for s in told for unit, names in silent_on(s, found[s.dispatch.id]).items()}
    judged = Decisions(sources=tuple(judgements))
    return [
        (incident, [(u.dispatch, c) for u in group for c in u.claims])
        for group in link([u for held in found.values() for u in held], likeness)
        if (incident := incident_of(group, by_id, likeness, silent, judged, SHIPPED)) is not None
    ]


def merged(*readings: Analysis) -> list[Incident]:
    """The incidents of some dispatches, as a ledger that holds them lists them."""
    prints = {a.dispatch.id: lineage.fingerprint(a.dispatch.text, a.dispatch.published) for a in readings}
    copies = [(a, b) for a, b in lineage.candidates(prints) if lineage.are_copies(prints[a], prints[b])]
    first = {key: group[0] for group in lineage.groups(prints, copies) for key in group}
    told = [
        ToldStory(n, a.dispatch, a.claims, a.silences, a.actors, content_id("l", first[a.dispatch.id]))
        for n, a in enumerate(readings)
    ]
    return sorted((incident for incident, _ in merge(told)), key=lambda i: (i.begin or "9999", i.id))


def _first_publishers(told: Sequence[ToldStory]) -> dict[str, str | None]:
    """Who published each lineage first, as far as named."""
    out: dict[str, str | None] = {}
    for story in sorted(told, key=lambda s: (s.dispatch.published or "9999", s.dispatch.id)):
        out[story.lineage] = out.get(story.lineage) or story.dispatch.agency
    return out


def stories(
    vectors: Mapping[str, Vector],
    meetings: Mapping[str, Iterable[str]] | None = None,
    days: Mapping[str, int | None] | None = None,
) -> dict[tuple[str, str], float]:
    """Cosine of every pair of dispatches that is worth comparing (smaller id first).

    Worth comparing are two that share two of their heaviest words and are worded somewhat alike, and two of which units
    meet (``meetings``, by dispatch; see ``meeting_keys``); words that are frequent count within windows of ``days``. Words and keys of very many dispatches bring none together,
    so that the work does not grow with the square of the ledger.
    """
    index: dict[int, list[str]] = defaultdict(list)
    for key in sorted(vectors):
        for word in linking.heaviest(vectors[key]):
            for mark in linking.word_marks(word, (days or {}).get(key)):
                index[mark].append(key)
    shared: dict[tuple[str, str], set[int]] = defaultdict(set)
    for mark, keys in index.items():
        if len(keys) <= linking.TOO_COMMON:
            for pair in combinations(keys, 2):
                shared[pair].add(mark >> linking.WINDOW_BITS)
    found = {(a, b): cosine(vectors[a], vectors[b]) for (a, b), told in shared.items() if len(told) >= linking.SHARED}
    found = {pair: x for pair, x in found.items() if x >= linking.WORTH_COMPARING}
    for a, b in _met(meetings or {}):
        found.setdefault((a, b), cosine(vectors[a], vectors[b]))
    return found


def _met(meetings: Mapping[str, Iterable[str]]) -> Iterable[tuple[str, str]]:
    index: dict[str, list[str]] = defaultdict(list)
    for dispatch in sorted(meetings):
        for key in set(meetings[dispatch]):
            index[key].append(dispatch)
    return sorted(
        {pair for held in index.values() if len(held) <= linking.TOO_COMMON for pair in combinations(held, 2)}
    )


def link(all_units: Sequence[Unit], likeness: Mapping[tuple[str, str], float]) -> list[list[Unit]]:
    """Groups of units that are about one incident, each in order of key.

    What is only said about a happening goes where its dispatch tells the happening, and is compared with nothing else.
    """
    ordered = sorted(all_units, key=lambda u: u.key)
    behind = linking.hosts_of(ordered)
    groups = _link([u for u in ordered if u.key not in behind], likeness)
    home = {u.key: group for group in groups for u in group}
    for unit in ordered:
        if unit.key in behind:
            home[behind[unit.key]].append(unit)
    return [sorted(group, key=lambda u: u.key) for group in groups]


def _link(ordered: Sequence[Unit], likeness: Mapping[tuple[str, str], float]) -> list[list[Unit]]:
    by_dispatch: dict[str, list[int]] = defaultdict(list)
    for n, unit in enumerate(ordered):
        by_dispatch[unit.dispatch].append(n)
    pairs: dict[tuple[int, int], float] = {}
    for one, other, alike in _dispatch_pairs(by_dispatch, likeness):
        ours, theirs = by_dispatch[one], by_dispatch[other]
        pairs.update(dict.fromkeys(combinations(ours, 2) if one == other else product(ours, theirs), alike))
    first, second = (np.array([pair[n] for pair in pairs], np.int64) for n in (0, 1))
    found = scores(Columns.of(ordered, SHIPPED), first, second, np.array(list(pairs.values())), SHIPPED)
    groups = average_linkage(
        [len(u.claims) for u in ordered], dict(zip(pairs, found.tolist(), strict=True)), round(ENOUGH * MICRO)
    )
    return [[ordered[n] for n in sorted(group)] for group in groups]


def _dispatch_pairs(
    by_dispatch: Mapping[str, list[int]], likeness: Mapping[tuple[str, str], float]
) -> Iterable[tuple[str, str, float]]:
    yield from ((key, key, 1.0) for key in by_dispatch)
    yield from ((a, b, x) for (a, b), x in likeness.items() if a in by_dispatch and b in by_dispatch)


def cosine(a: Vector, b: Vector) -> float:
    """Likeness of two texts, 0 to 1, to the sixth digit."""
    return round(sum(x * b[w] for w, x in a.items() if w in b), 6)


def average_linkage(counts: Sequence[int], scores: Mapping[tuple[int, int], int], enough: int) -> list[list[int]]:
    """Groups of the indices of ``counts``: the two with the highest mean score are joined while it is ``enough``.

    Each index counts as much as ``counts`` says in the mean. Pairs without a score count as 0. Of two pairs with equal
    scores the one with the smaller numbers goes first, so that one input has one result; see ``linkage``.
    """
    given = sorted((min(pair), max(pair), x) for pair, x in scores.items())
    a, b, score = (np.array([edge[n] for edge in given], np.int32) for n in range(3))
    found = clusters(np.array(counts, np.int64), a, b, score, enough)
    groups: dict[int, list[int]] = defaultdict(list)
    for n, home in enumerate(found.tolist()):
        groups[home].append(n)
    return sorted(groups.values())
