"""Which claims of one dispatch are about one happening.

A reader takes an event for one that has been told already unless something speaks for another: another day, another
town, other victims, another kind of act, the word *another*. The claims are read in text order; each joins the
happening that most speaks for, or opens one. War and violence at large, and what is only planned or wished, belong to
no single happening: what is told of it by one word is kept together, apart from what happened.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from msgspec.structs import replace

from reportedly.claims.incident_words import incident_words
from reportedly.claims.local_links import ClaimTie
from reportedly.claims.recognition import (
    POINTED_AT,
    Evidence,
    Happening,
    days_meet,
    enough,
    evidence,
    possible,
    recognised,
)
from reportedly.claims.telling import BODILY, Telling, TellingReader
from reportedly.config import DEFAULT, Config
from reportedly.ids import content_id
from reportedly.ingest.inner import inner_datelines
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Because, Claim, Dateline, Dispatch
from reportedly.parse.parsed import Doc
from reportedly.reasons import at

# So many happenings are remembered: one further back is not meant without more ado.
REMEMBERED: Final = 24


class Ties(NamedTuple):
    """For each claim, by number, those that it is tied to, and, by id, those that the grammar sets apart from it."""

    tied: Mapping[int, Sequence[int]]
    parted: Mapping[str, frozenset[str]]


class LocalIncidents(NamedTuple):
    """The claims with ``incident`` filled, and why each is in its happening, by its id."""

    claims: tuple[Claim, ...]
    because: Mapping[str, Because]


def local_incidents(claims: Sequence[Claim], dispatch: Dispatch, doc: Doc, config: Config = DEFAULT) -> LocalIncidents:
    """The claims, given in text order, with ``incident`` filled: claims about one happening share one."""
    reader = TellingReader(doc, incident_words(knowledge_of(config)))
    told = [reader.telling(c) for c in claims]
    found = reader.ties(claims)
    ties = Ties(_tied(told, found, reader), reader.partings(claims, found))
    why: dict[str, Because] = {}
    parts = _parts(told, inner_datelines(dispatch, knowledge_of(config)))
    happenings = [h for part in parts for h in _happenings(told, part, ties, why)]
    of = {c.id: content_id("i", dispatch.id, h.claims[0].id) for h in happenings for c in h.claims}
    because = {key: replace(b, value=of[key]) for key, b in why.items()}
    return LocalIncidents(tuple(replace(c, incident=of[c.id]) for c in claims), because)


def _parts(told: Sequence[Telling], inner: Sequence[Dateline]) -> Iterator[range]:
    """The claims between one dateline and the next, by number: what stands behind another is another story."""
    starts = [t.claim.trigger.start for t in told]
    ends = [*(bisect_left(starts, line.span.start) for line in inner), len(told)]
    for begin, end in pairwise([0, *ends]):
        yield range(begin, end)


def _happenings(told: Sequence[Telling], part: range, ties: Ties, why: dict[str, Because]) -> list[Happening]:
    """What the claims of one part tell of; ``why`` takes the reason for each."""
    happenings: list[Happening] = []
    home: dict[int, Happening] = {}
    for n in part:
        telling = told[n]
        if telling.answers and happenings and telling.sentence - happenings[-1].sentence <= POINTED_AT:
            why[telling.claim.id] = _because("incident.answers", telling.claim, happenings[-1].claims[-1])
            happenings[-1].answered(telling)
            continue
        near = [(told[m], home.get(m)) for m in ties.tied[n]]
        apart = ties.parted.get(telling.claim.id, frozenset())
        found, why[telling.claim.id] = _joined(telling, near, apart, happenings)
        if found is None:
            found = Happening(telling)
        else:
            found.add(telling)
            happenings.remove(found)
        happenings.append(found)
        home[n] = found
    return happenings


def _joined(
    telling: Telling,
    near: Sequence[tuple[Telling, Happening | None]],
    parted: frozenset[str],
    happenings: Sequence[Happening],
) -> tuple[Happening | None, Because]:
    """The happening that a claim joins, None where it opens one, and why."""
    for other, home in near:
        if home is not None:
            return home, _because("incident.tied", telling.claim, other.claim)
    best = _home(telling, parted, happenings)
    if best is None:
        return _led(telling, [other for other, home in near if home is None], parted, happenings)
    happening, speaks = best
    rule = "incident.joined" if happening.realm == "told" else "incident.large"
    return happening, _because(rule, telling.claim, happening.claims[0], " ".join(f"{n}{w:+g}" for n, w in speaks))


def _led(
    telling: Telling, ties: Sequence[Telling], parted: frozenset[str], happenings: Sequence[Happening]
) -> tuple[Happening | None, Because]:
    """The happening of what the grammar ties to a claim behind it: "seized two heights in *the assault*"."""
    for other in ties:
        found = _home(other, frozenset(), happenings)
        if found is not None and possible(telling, found[0], parted) and not _speaks_against(telling, found[0]):
            return found[0], _because("incident.tied", telling.claim, other.claim)
    return None, _because("incident.opens", telling.claim)


def _speaks_against(telling: Telling, happening: Happening) -> bool:
    """Whether a claim's own words are against a happening, whatever is tied to it: "*another* raid killed nine"."""
    return sum(weight for _, weight in evidence(telling, happening)) < 0


def _because(rule: str, claim: Claim, other: Claim | None = None, detail: str = "") -> Because:
    """The reason for a claim's incident, before the incident has its id: its words and those of the other claim."""
    words = at(claim.trigger) if other is None else at(claim.trigger, other.trigger)
    return Because("incident", None, rule, words=words, detail=detail)


def _tied(told: Sequence[Telling], found: Sequence[ClaimTie], reader: TellingReader) -> Mapping[int, Sequence[int]]:
    """For each claim those that it is tied to: directly, across kinds of act and harm; else within one family."""
    out: dict[int, list[int]] = defaultdict(list)
    for tie in found:
        a, b = told[tie.a], told[tie.b]
        if tie.held and not reader.holds(tie.held, a, b):
            continue
        kindred = a.family == b.family or (tie.direct and {a.family, b.family} <= BODILY)
        # Who dies on Friday of the wounds of Tuesday's bombing is a death of the bombing.
        later = tie.befell and {a.family, b.family} <= BODILY and a.days and b.days and a.days[0] <= b.days[0]
        if (kindred or later) and (days_meet(a.days, b.days) or later):
            out[tie.a].append(tie.b)
            out[tie.b].append(tie.a)
    return out


def _home(
    telling: Telling, parted: frozenset[str], happenings: Sequence[Happening]
) -> tuple[Happening, Evidence] | None:
    """The happening that the claim speaks most for, of equals the one told last; None where it opens another."""
    best: tuple[float, Happening, Evidence] | None = None
    for happening in reversed(happenings[-REMEMBERED:]):
        if possible(telling, happening, parted) and recognised(telling, happening):
            speaks = evidence(telling, happening)
            score = sum(weight for _, weight in speaks)
            if score >= enough(telling, happening) and (best is None or score > best[0]):
                best = score, happening, speaks
    return best[1:] if best else None
