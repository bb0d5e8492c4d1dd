"""The merged view: from the rows of the ledger to lineages, incidents and their standing.

It is computed from the rows alone and can be thrown away at any time; what people read is always the view of everything
that has been added so far.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

import duckdb
import msgspec

from reportedly.ids import content_id
from reportedly.ledger import copies, rows
from reportedly.ledger.families import family
from reportedly.ledger.lineage import Copy
from reportedly.ledger.link import Unit, compare, link, meeting_keys, place_of, stories, units
from reportedly.ledger.standing import AFFIRMED, figures_of, independent, main_family, says, standing
from reportedly.ledger.voices import Judgement, Utterance, Voice, dominant_kind, is_generic, telling_words, voices
from reportedly.ledger.wording import Wording, words
from reportedly.model import Actor, Claim, Dispatch, Incident, IncidentSource, Silence, Source
from reportedly.tables import load_table

T = TypeVar("T")

_CURRENT = "SELECT {table}.* FROM {table} JOIN current_dispatch USING (seq) ORDER BY seq"
# A join is explained by its strongest reasons.
REASONS = 4


class Merged(msgspec.Struct, frozen=True):
    """The view: incidents in order of id, the incident of each claim by reading and claim id, copies by reading."""

    incidents: tuple[Incident, ...]
    home: Mapping[tuple[int, str], str]
    copies: Mapping[int, Copy]


class Story(msgspec.Struct, frozen=True):
    """A current dispatch with all that is looked at; ``publisher`` is whose words it has, in a copy the first's."""

    seq: int
    dispatch: Dispatch
    claims: tuple[Claim, ...]
    silences: tuple[Silence, ...]
    actors: tuple[Actor, ...]
    lineage: str
    publisher: str | None = None


def stamp(con: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """How far the rows go: the last reading and the number of judgements."""
    sql = "SELECT (SELECT coalesce(max(seq), 0) FROM dispatch), (SELECT count(*) FROM judgement)"
    last, judged = con.execute(sql).fetchall()[0]
    return int(last), int(judged)


def _kept(con: duckdb.DuckDBPyConnection) -> int | None:
    """The last reading that the kept view covers, ``None`` where no view is kept."""
    return next((int(seq) for (seq,) in con.execute("SELECT seq FROM merged").fetchall()), None)


def load(con: duckdb.DuckDBPyConnection) -> Merged:
    """The view as it was kept, or computed where the rows have grown since."""
    if _kept(con) != stamp(con)[0]:
        return compute(con)
    incidents = [
        msgspec.json.decode(r, type=Incident) for (r,) in con.execute("SELECT record FROM incident").fetchall()
    ]
    home = {(seq, claim): key for key, seq, claim in con.execute("SELECT * FROM incident_claim").fetchall()}
    near = {seq: Copy(*rest) for seq, *rest in con.execute("SELECT * FROM lineage").fetchall()}
    return Merged(tuple(sorted(incidents, key=_order)), home, near)


def refresh(con: duckdb.DuckDBPyConnection) -> None:
    """Keep the view of all rows, in one transaction; nothing is done where it is up to date."""
    last = stamp(con)[0]
    if _kept(con) == last:
        return
    view = compute(con)
    con.execute("BEGIN")
    for table in ("merged", "incident", "incident_claim", "lineage"):
        con.execute(f"DELETE FROM {table}")  # noqa: S608  our own table names
    rows.insert(con, "incident", [_incident_row(i) for i in view.incidents])
    rows.insert(
        con,
        "incident_claim",
        [{"incident": key, "seq": seq, "claim": claim} for (seq, claim), key in sorted(view.home.items())],
    )
    rows.insert(
        con, "lineage", [{"seq": seq} | msgspec.structs.asdict(copy) for seq, copy in sorted(view.copies.items())]
    )
    con.execute("INSERT INTO merged VALUES (?)", [last])
    con.execute("COMMIT")


def _incident_row(incident: Incident) -> rows.Row:
    return {
        "id": incident.id,
        "type": incident.type,
        "standing": incident.standing,
        "country": incident.place.country if incident.place else None,
        "begin": incident.begin,
        "end_date": incident.end_date,
        "record": msgspec.json.encode(incident).decode(),
    }


def compute(con: duckdb.DuckDBPyConnection) -> Merged:
    """The view computed from the rows."""
    near = copies.lineages(con)
    told = read_stories(con, near)
    judgements = rows.records(con, Judgement, "SELECT a, verdict, b FROM judgement")
    seq_of = {s.dispatch.id: s.seq for s in told}
    incidents: list[Incident] = []
    home: dict[tuple[int, str], str] = {}
    for incident, members in merge(told, judgements):
        incidents.append(incident)
        home.update({(seq_of[dispatch], claim): incident.id for dispatch, claim in members})
    return Merged(tuple(sorted(incidents, key=_order)), home, near)


def _order(incident: Incident) -> tuple[str, str]:
    return (incident.begin or "9999", incident.id)


def read_stories(con: duckdb.DuckDBPyConnection, near: Mapping[int, Copy]) -> list[Story]:
    """All current dispatches with their claims, silences and actors."""
    claims = _by_seq(con, "claim", Claim)
    silences = _by_seq(con, "silence", Silence)
    actors = _by_seq(con, "actor", Actor)
    return [
        Story(
            seq,
            dispatch,
            tuple(claims.get(seq, ())),
            tuple(silences.get(seq, ())),
            tuple(actors.get(seq, ())),
            (near.get(seq) or copies.alone(dispatch.id)).lineage,
        )
        for seq, found in sorted(_by_seq(con, "dispatch", Dispatch).items())
        for dispatch in found
    ]


def _by_seq(con: duckdb.DuckDBPyConnection, table: str, kind: type[rows.T]) -> dict[int, list[rows.T]]:
    sql = "SELECT * FROM current_dispatch ORDER BY seq" if table == "dispatch" else _CURRENT.format(table=table)
    out: dict[int, list[rows.T]] = defaultdict(list)
    for seq, record in rows.numbered(con, kind, sql):
        out[seq].append(record)
    return out


def merge(told: Sequence[Story], judgements: Iterable[Judgement] = ()) -> list[tuple[Incident, list[tuple[str, str]]]]:
    """Incidents with their (dispatch, claim) members; the order of the stories does not matter."""
    told = sorted(told, key=lambda s: s.dispatch.id)
    counts = {s.dispatch.id: words(s.dispatch.text) for s in told}
    wording = Wording(counts.values())
    vectors = {key: wording.vector(c) for key, c in counts.items()}
    by_story = {s.dispatch.id: units(s.dispatch, s.claims, wording, vectors[s.dispatch.id]) for s in told}
    likeness = stories(vectors, {key: {k for u in held for k in meeting_keys(u)} for key, held in by_story.items()})
    found = [u for held in by_story.values() for u in held]
    first = _first_publishers(told)
    by_id = {s.dispatch.id: msgspec.structs.replace(s, publisher=first[s.lineage]) for s in told}
    groups = link(found, likeness)
    silent = _silences(groups, by_id)
    judged = list(judgements)
    return [
        (_incident(group, by_id, likeness, silent[n], judged), [(u.dispatch, c) for u in group for c in u.claims])
        for n, group in enumerate(groups)
    ]


def _first_publishers(told: Sequence[Story]) -> dict[str, str | None]:
    """Who published each lineage first, as far as named."""
    out: dict[str, str | None] = {}
    for story in sorted(told, key=lambda s: (s.dispatch.published or "9999", s.dispatch.id)):
        out[story.lineage] = out.get(story.lineage) or story.dispatch.agency
    return out


def _incident(
    group: Sequence[Unit],
    by_id: Mapping[str, Story],
    likeness: Mapping[tuple[str, str], float],
    silent: Iterable[str],
    judgements: Sequence[Judgement],
) -> Incident:
    said = _utterances(group, by_id)
    heard = voices(said, judgements)
    figures, earlier = figures_of(heard)
    verdict = standing(heard, figures)
    claims = [u.claim for u in said]
    kind = main_family(heard)
    held = [c for c in claims if c.factuality in AFFIRMED and family(c) == kind] or claims
    begin, end = _when(held)
    return Incident(
        id=content_id("n", said[0].dispatch, said[0].claim.id),
        type=_most(c.type for c in held),
        actors=_names(p.name for c in claims for p in c.actors),
        recipients=_names(p.name for c in claims for p in c.recipients),
        place=place_of(held),
        begin=begin,
        end_date=end,
        claims=tuple(c.id for c in claims),
        dispatches=tuple(dict.fromkeys(u.dispatch for u in said)),
        standing=verdict.standing,
        reason=verdict.reason,
        figures=tuple(figures),
        earlier=tuple(earlier),
        silent=tuple(sorted(set(silent))),
        sources=tuple(_source(v, heard) for v in heard),
        links=tuple(_links(group, likeness)),
    )


def _utterances(group: Sequence[Unit], by_id: Mapping[str, Story]) -> list[Utterance]:
    """The claims of a group with their tellers, the earliest dispatch first."""
    wanted = {(u.dispatch, c) for u in group for c in u.claims}
    out: list[Utterance] = []
    for key in {u.dispatch for u in group}:
        story = by_id[key]
        bodies = {a.name: body for a in story.actors if (body := body_of(a.role)) is not None}
        out += [_utterance(story, c, bodies) for c in story.claims if (key, c.id) in wanted]
    return sorted(out, key=lambda u: (u.published or "9999", u.dispatch, u.claim.trigger.start, u.claim.id))


def _utterance(story: Story, claim: Claim, bodies: Mapping[str, str]) -> Utterance:
    title = story.dispatch.title_span
    return Utterance(
        claim=claim,
        dispatch=story.dispatch.id,
        lineage=story.lineage,
        published=story.dispatch.published,
        publisher=story.publisher,
        body=_body(claim.source, bodies) if claim.source else None,
        in_title=title is not None and claim.trigger.start < title.end,
    )


def _body(source: Source, bodies: Mapping[str, str]) -> str | None:
    """The body for which a source speaks, by the role of the person or by the name itself ("the army's spokesman")."""
    if source.kind == "named" and source.name in bodies:
        return bodies[source.name]
    body = body_of(source.name)
    return body if body and (body[:1].isupper() or is_generic(telling_words(body.split()[-1]))) else None


@lru_cache(maxsize=1)
def _offices() -> re.Pattern[str]:
    words = "|".join(re.escape(row["word"]) for row in load_table("speaks_for"))
    return re.compile(
        rf"^(?:(?P<before>.+?)(?:['’]s?)?\s+)?(?:{words})(?:\s+(?:for|of|at|with|in)\s+(?:the\s+)?(?P<after>.+))?$",
        re.IGNORECASE,
    )


def body_of(role: str | None) -> str | None:
    """The body for which the holder of a role speaks.

    >>> body_of("spokesman for the health ministry"), body_of("police chief of Springfield"), body_of("president")
    ('health ministry', 'Springfield police', None)
    """
    match = _offices().match(role.strip()) if role else None
    named = [part for part in (match["after"], match["before"]) if part] if match else []
    return " ".join(named) or None


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


def _source(voice: Voice, heard: Sequence[Voice]) -> IncidentSource:
    return IncidentSource(
        name=voice.name,
        kind="media" if voice.own else dominant_kind(voice.said),
        names=tuple(sorted(voice.names)),
        says=says(voice, main_family(heard)),
        independent_of=tuple(v.name for v in heard if independent(voice, v)),
        claims=tuple(u.claim.id for u in voice.said),
    )


def _links(group: Sequence[Unit], likeness: Mapping[tuple[str, str], float]) -> Iterable[str]:
    """For each further dispatch, with which earlier one it was joined, and the strongest reasons."""
    told: list[Unit] = []
    for unit in sorted(group, key=lambda u: (u.published or 0, u.key)):
        before = [u for u in told if u.dispatch != unit.dispatch]
        if before and all(u.dispatch != unit.dispatch for u in told):
            pairs = [(compare(u, unit, likeness.get(_pair(u, unit), 0.0)), u) for u in before]
            best, other = max(pairs, key=lambda x: (x[0].score, x[1].key))
            yield f"{unit.dispatch} with {other.dispatch}: {'; '.join(best.reasons[:REASONS])}"
        told.append(unit)


def _pair(a: Unit, b: Unit) -> tuple[str, str]:
    return (a.dispatch, b.dispatch) if a.dispatch < b.dispatch else (b.dispatch, a.dispatch)


def _silences(groups: Sequence[Sequence[Unit]], by_id: Mapping[str, Story]) -> dict[int, list[str]]:
    """Who is silent on which group: a silence belongs to the incident told nearest before it in its dispatch."""
    spots: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for n, group in enumerate(groups):
        for unit in group:
            claims = {c.id: c for c in by_id[unit.dispatch].claims}
            spots[unit.dispatch] += [(claims[c].trigger.start, n) for c in unit.claims]
    out: dict[int, list[str]] = defaultdict(list)
    for key, told in spots.items():
        for silence in by_id[key].silences:
            out[_nearest(silence.start, told)].append(silence.source)
    return out


def _nearest(position: int, told: Sequence[tuple[int, int]]) -> int:
    """The group told last before a position, else the first after it."""
    return min(told, key=lambda t: (t[0] > position, abs(position - t[0]), t[1]))[1]
