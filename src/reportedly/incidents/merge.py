"""From claims that are about one thing to an incident with its standing.

``refresh`` asks for one incident at a time; what it comes to does not depend on the order or the portions in which the
dispatches came.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

import msgspec
import numpy as np

from reportedly.ids import content_id
from reportedly.incidents.families import family
from reportedly.incidents.figures import figures_of
from reportedly.incidents.headline import REACH, HeadlineTelling, headline
from reportedly.incidents.independence import independent
from reportedly.incidents.likeness import Columns, closest
from reportedly.incidents.mentions import is_presupposed, is_undone, parts_of
from reportedly.incidents.names import is_generic, telling_words
from reportedly.incidents.questions import questions
from reportedly.incidents.stances import AFFIRMED, DENIED, main_family, says
from reportedly.incidents.standing import standing
from reportedly.incidents.units import Unit, place_of
from reportedly.incidents.voices import (
    Judgement,
    Utterance,
    Voice,
    dominant_kind,
    teller_of,
    voices,
)
from reportedly.knowledge.event_types import event_types
from reportedly.knowledge.load import Knowledge
from reportedly.model import Actor, Claim, Dispatch, Incident, IncidentSource, Silence, Source

T = TypeVar("T")
_BRACKETS = re.compile(r"\s?[(\[]([A-Z][A-Za-z]{1,15})[)\]]")
# In one's own person.
FIRST = frozenset({"i", "we"})

# A join is explained by its strongest reasons.
REASONS = 4
# So many pairs are compared at once to explain joins.
COMPARED = 50_000


class ToldStory(msgspec.Struct, frozen=True):
    """A current dispatch with all that is looked at; ``publisher`` is whose words it has, in a copy the first's."""

    seq: int
    dispatch: Dispatch
    claims: tuple[Claim, ...]
    silences: tuple[Silence, ...]
    actors: tuple[Actor, ...]
    lineage: str
    publisher: str | None = None


class Decisions(msgspec.Struct, frozen=True):
    """What people decided: names of sources, claims that are wrong (and who says so), claims of one incident or not."""

    sources: tuple[Judgement, ...] = ()
    wrong: Mapping[str, str | None] = {}
    same: tuple[tuple[str, str], ...] = ()
    different: tuple[tuple[str, str], ...] = ()


def incident_of(
    group: Sequence[Unit],
    by_id: Mapping[str, ToldStory],
    likeness: Mapping[tuple[str, str], float],
    silent: Mapping[str, Sequence[str]],
    judged: Decisions,
    knowledge: Knowledge,
) -> Incident | None:
    """The incident that a group of units tells; ``None`` where people judged all its claims wrong.

    ``by_id`` holds the stories of its dispatches, ``likeness`` the cosine of pairs of them, ``silent`` the names of
    those who are silent by unit.
    """
    everything = _utterances(group, by_id, knowledge)
    said = [u for u in everything if u.claim.id not in judged.wrong]
    if not said:
        return None
    heard = voices(said, judged.sources)
    kind = main_family(heard)
    figures, earlier = figures_of(heard, kind)
    asked = questions(heard, figures, kind)
    campaign = all(u.campaign for u in group)
    verdict = standing(asked, campaign=campaign)
    claims = [u.claim for u in said]
    held = [c for c in claims if c.factuality in AFFIRMED and family(c, knowledge) == kind] or claims
    begin, end = _when(held)
    made = Incident(
        id=content_id("n", everything[0].dispatch, everything[0].claim.id),
        type=_most(c.type for c in held),
        actors=_names(p.name for c in claims for p in c.actors),
        recipients=_names(p.name for c in claims for p in c.recipients),
        place=place_of(_put(claims)) or place_of(held),
        begin=begin,
        end_date=end,
        claims=tuple(u.claim.id for u in everything),
        dispatches=tuple(dict.fromkeys(u.dispatch for u in everything)),
        standing=verdict.standing,
        reason=verdict.reason,
        figures=tuple(figures),
        earlier=tuple(earlier),
        silent=tuple(sorted({name for u in group for name in silent.get(u.key, ())})),
        sources=tuple(_source(v, heard, kind) for v in heard),
        links=tuple(_links(group, likeness, knowledge)),
        questions=asked,
        kind="campaign" if campaign else "happening",
        set_aside={u.claim.id: judged.wrong[u.claim.id] for u in everything if u.claim.id in judged.wrong},
    )
    main = {c.id for c in held}
    told = [_telling(u, by_id) for u in said if u.claim.id in main]
    return msgspec.structs.replace(made, headline=headline(made, told, knowledge))


def _telling(utterance: Utterance, by_id: Mapping[str, ToldStory]) -> HeadlineTelling:
    """A claim with its clause and with what stands before its place, as a headline needs them."""
    claim, text = utterance.claim, by_id[utterance.dispatch].dispatch.text
    clause = " ".join(text[claim.evidence.start : claim.evidence.end].split())
    spot = claim.place.start if claim.place else 0
    return HeadlineTelling(claim, clause, text[max(0, spot - REACH) : spot])


def content_id_of(incident: Incident) -> str:
    """An id that follows from the first claim alone: the same in every ledger that holds the same dispatches."""
    return content_id("n", incident.dispatches[0], incident.claims[0])


def _put(claims: Iterable[Claim]) -> list[Claim]:
    """The claims whose place a person put in, which no words of the text say: it goes before what was read."""
    return [c for c in claims if c.place is not None and not c.place.text]


def _utterances(group: Sequence[Unit], by_id: Mapping[str, ToldStory], knowledge: Knowledge) -> list[Utterance]:
    """The claims of a group with their tellers, the earliest dispatch first."""
    wanted = {(u.dispatch, c) for u in group for c in u.claims}
    out: list[Utterance] = []
    for key in {u.dispatch for u in group}:
        story = by_id[key]
        roles = {a.name: a.role for a in story.actors if a.role is not None}
        out += [_utterance(story, c, roles, knowledge) for c in story.claims if (key, c.id) in wanted]
    return sorted(out, key=lambda u: (u.published or "9999", u.dispatch, u.claim.trigger.start, u.claim.id))


def _utterance(story: ToldStory, claim: Claim, roles: Mapping[str, str], knowledge: Knowledge) -> Utterance:
    title, teller = story.dispatch.title_span, teller_of(claim, knowledge)
    return Utterance(
        claim=claim,
        dispatch=story.dispatch.id,
        lineage=story.lineage,
        published=story.dispatch.published,
        publisher=story.publisher,
        body=_body(teller, roles, knowledge) if teller else None,
        role=roles.get(teller.name) if teller else None,
        in_title=title is not None and claim.trigger.start < title.end,
        knowledge=knowledge,
        of_number=_is_of_number(claim, story.claims, knowledge),
        presupposed=is_presupposed(claim, story.dispatch.text, knowledge),
        undone=is_undone(claim, story.dispatch.text, knowledge),
        parts=parts_of(claim, story.dispatch.text, knowledge),
        alias=_alias(teller, story.dispatch.text) if teller and teller.kind != "named" else None,
        of_own=any(story.dispatch.text[p.start : p.end].casefold() in FIRST for p in claim.actors),
    )


def _alias(source: Source, text: str) -> str | None:
    """The short name in brackets behind a source: "the Workers' Front (WF) said"."""
    found = _BRACKETS.search(text, source.start, source.end + 1) or _BRACKETS.match(text, source.end)
    return found[1] if found else None


def _is_of_number(claim: Claim, beside: Iterable[Claim], knowledge: Knowledge) -> bool:
    """Whether a denial is of a number: the harm that its clause denies is counted ("dismissed a report of 12 dead")."""
    if claim.type not in event_types(knowledge).denial:
        return False
    behind = range(claim.trigger.end, claim.evidence.end + 1)
    return any(c.factuality in DENIED and c.figures and c.trigger.start in behind for c in beside)


def _body(source: Source, roles: Mapping[str, str], knowledge: Knowledge) -> str | None:
    """The body for which a source speaks, by the role of the person or by the name itself ("the army's spokesman")."""
    if source.kind == "named" and (body := body_of(roles.get(source.name), knowledge)) is not None:
        return body
    body = body_of(source.name, knowledge)
    return body if body and (body[:1].isupper() or _is_some_body(body, knowledge)) else None


@lru_cache(maxsize=8)
def _offices(knowledge: Knowledge) -> re.Pattern[str]:
    words = "|".join(re.escape(row["word"]) for row in knowledge.rows("speaks_for"))
    return re.compile(
        rf"^(?:(?P<before>.+?)(?:['’]s?)?\s+)?(?:{words})(?:\s+(?:for|of|at|with|in)\s+(?:the\s+)?(?P<after>.+))?$",
        re.IGNORECASE,
    )


def body_of(role: str | None, knowledge: Knowledge) -> str | None:
    """The body for which the holder of a role speaks.

    >>> from reportedly.knowledge.load import SHIPPED
    >>> roles = ("spokesman for the health ministry", "police chief of Springfield", "president")
    >>> tuple(body_of(role, SHIPPED) for role in roles)
    ('health ministry', 'Springfield police', None)
    """
    match = _offices(knowledge).match(role.strip()) if role else None
    after, before = (match["after"], match["before"]) if match else (None, None)
    # "Health" of a health director is no body, the "health ministry" of its spokesman is one.
    if before and not after and not (before[:1].isupper() or _is_some_body(before, knowledge)):
        return None
    return " ".join(part for part in (after, before) if part) or None


def _is_some_body(words: str, knowledge: Knowledge) -> bool:
    """Whether the last of some words names a kind of body: "health ministry", but neither "health" nor "local"."""
    last = telling_words(words.split()[-1], knowledge)
    return bool(last) and is_generic(last, knowledge)


def _when(claims: Sequence[Claim]) -> tuple[str | None, str | None]:
    """The interval that most claims give, the narrowest of equally frequent ones."""
    given = Counter((c.begin, c.end_date or c.begin) for c in claims if c.begin)
    if not given:
        return None, None
    return min(given, key=lambda x: (-given[x], _width(x), str(x)))


def _width(interval: tuple[str | None, str | None]) -> str:
    begin, end = interval
    return "" if begin == end else str(end)


def _most(values: Iterable[T]) -> T:
    counts = Counter(values)
    return max(counts, key=lambda v: (counts[v], str(v)))


def _names(values: Iterable[str]) -> tuple[str, ...]:
    """Each name once, the most frequent first; names that differ in case only are one."""
    seen: dict[str, list[str]] = defaultdict(list)
    for value in values:
        seen[value.casefold()].append(value)
    return tuple(min(v) for v in sorted(seen.values(), key=lambda v: (-len(v), min(v))))


def _source(voice: Voice, heard: Sequence[Voice], kind: str) -> IncidentSource:
    return IncidentSource(
        name=voice.name,
        kind="media" if voice.own else dominant_kind(voice.said),
        names=tuple(sorted(voice.names)),
        says=says(voice, kind),
        independent_of=tuple(v.name for v in heard if independent(voice, v)),
        claims=tuple(u.claim.id for u in voice.said),
        scope=voice.scope,
    )


def _links(group: Sequence[Unit], likeness: Mapping[tuple[str, str], float], knowledge: Knowledge) -> Iterable[str]:
    """For each further dispatch, with which earlier one it was joined, and the strongest reasons."""
    told = sorted(group, key=lambda u: (u.published or 0, u.key))
    first = {u.dispatch: n for n, u in reversed(list(enumerate(told)))}
    further = [n for n in sorted(first.values()) if n]
    by_key = sorted(range(len(told)), key=lambda n: told[n].key)
    columns = Columns.of(told if further else (), knowledge)
    size = COMPARED // len(told) + 1
    for part in (further[n : n + size] for n in range(0, len(further), size)):
        pairs = [(m, n, likeness.get(_pair(told[m], told[n]), 0.0)) for n in part for m in by_key if m < n]
        i, j, alike = (np.array(column) for column in zip(*pairs, strict=True))
        found = closest(columns, i, j, alike, knowledge)
        for n in part:
            best, reasons = found[n]
            yield f"{told[n].dispatch} with {told[best].dispatch}: {'; '.join(reasons[:REASONS])}"


def _pair(a: Unit, b: Unit) -> tuple[str, str]:
    return (a.dispatch, b.dispatch) if a.dispatch < b.dispatch else (b.dispatch, a.dispatch)


def silent_on(story: ToldStory, told: Sequence[Unit]) -> dict[str, list[str]]:
    """Who is silent on which unit of a dispatch: a silence belongs to what was told nearest before it."""
    starts = {c.id: c.trigger.start for c in story.claims}
    spots = [(starts[claim], unit.key) for unit in told for claim in unit.claims]
    out: dict[str, list[str]] = defaultdict(list)
    for silence in story.silences if spots else ():
        out[_nearest(silence.start, spots)].append(silence.source)
    return out


def _nearest(position: int, spots: Sequence[tuple[int, str]]) -> str:
    """What is told last before a position, else the first after it."""
    return min(spots, key=lambda t: (t[0] > position, abs(position - t[0]), t[1]))[1]
