"""Incidents as they are written into the ledger, beside those that people read until they take their place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import duckdb
import msgspec
import pyarrow as pa

from reportedly.incidents.around import ties_of
from reportedly.incidents.merge import Decisions, ToldStory, incident_of, silent_on
from reportedly.incidents.told import UNITS, ToldDispatch
from reportedly.knowledge.load import Knowledge
from reportedly.ledger import names, rows
from reportedly.ledger.listings import sentence
from reportedly.ledger.planned import numbers
from reportedly.ledger.sql import run
from reportedly.model import Claim, Incident


class Made(msgspec.Struct, frozen=True):
    """An incident with the units it was made of and their dispatches by id."""

    incident: Incident
    units: tuple[int, ...]
    told: dict[str, ToldDispatch]

    def to_rows(self) -> dict[str, list[rows.Row]]:
        """What is kept of it by table."""
        i = self.incident
        home = {c: t for t in self.told.values() for u in t.units for c in u.claims}
        voice = {c: s.name for s in i.sources for c in s.claims}
        return {
            "incident": [self._row()],
            "incident_unit": [{"unit": unit} for unit in self.units],
            "incident_claim": [
                {"incident": i.id, "seq": home[c].seq, "claim": c, "voice": voice.get(c)} for c in i.claims
            ],
            "incident_voice": [
                {
                    "name": s.name,
                    "kind": s.kind,
                    "names": list(s.names),
                    "claims": len(s.claims),
                    "dispatches": sorted({home[c].dispatch.id for c in s.claims}),
                    "denies": s.says in ("denies", "both"),
                    "day": i.begin,
                }
                for s in i.sources
            ],
            "incident_tie": list(self._ties()),
        }

    def _row(self) -> rows.Row:
        i = self.incident
        parties = "\n".join((*i.actors, *i.recipients)).casefold()
        voices = "\n".join(dict.fromkeys(n for s in i.sources for n in (s.name, *s.names))).casefold()
        place = i.place.name.casefold() if i.place else None
        return {
            "id": i.id,
            "type": i.type,
            "standing": i.standing,
            "place": place,
            "country": i.place.country if i.place else None,
            "lat": i.place.lat if i.place else None,
            "lon": i.place.lon if i.place else None,
            "begin": i.begin,
            "end_date": i.end_date,
            "claims": len(i.claims),
            "dispatches": len(i.dispatches),
            "parties": parties,
            "voices": voices,
            "kinds": "\n".join(["", *sorted({s.kind for s in i.sources}), ""]),
            "words": "\n".join([*self._sentences(), parties, voices, *self._places()]),
            "voice_count": len(i.sources),
            "toll": max((f.low or f.high or 0 for f in i.figures if f.role == "killed"), default=None),
            "disputes": sum(q.standing in ("contested", "denied") for q in i.questions.values()),
            "record": msgspec.json.encode(i).decode(),
        }

    def _ties(self) -> Iterator[rows.Row]:
        """To which claims' incidents it is tied, once each."""
        mine: dict[int, list[int]] = defaultdict(list)
        for unit in self.units:
            mine[unit // UNITS].append(unit % UNITS)
        found = (
            (t.seq, t.units[tie.other].claims[0], tie.kind)
            for t in self.told.values()
            for tie in ties_of(t.units, mine[t.seq], t.claims, t.dispatch.text)
            if tie.other not in mine[t.seq]
        )
        return ({"seq": seq, "claim": claim, "kind": kind} for seq, claim, kind in sorted(set(found)))

    def _claims(self) -> Iterator[tuple[str, Claim]]:
        """Its claims, each with the text of its dispatch."""
        wanted = set(self.incident.claims)
        return ((t.dispatch.text, c) for t in self.told.values() for c in t.claims if c.id in wanted)

    def _sentences(self) -> list[str]:
        found = (sentence(text, c.evidence.start, c.evidence.end).casefold() for text, c in self._claims())
        return list(dict.fromkeys(found))

    def _places(self) -> list[str]:
        places = (place for _, c in self._claims() for place in (c.place, c.origin) if place is not None)
        return list(dict.fromkeys(place.name.casefold() for place in places))


def made_of(
    group: Sequence[int],
    told: Mapping[int, ToldDispatch],
    by_id: Mapping[str, ToldStory],
    likeness: Mapping[tuple[str, str], float],
    judged: Decisions,
    knowledge: Knowledge,
) -> Made | None:
    """The incident of a group of units, given by number; ``None`` where people judged all its claims wrong.

    ``told`` and ``by_id`` hold its dispatches, by reading and by id; ``likeness`` how alike pairs of them are.
    """
    members = {told[unit // UNITS].dispatch.id: told[unit // UNITS] for unit in group}
    units = [told[unit // UNITS].units[unit % UNITS] for unit in group]
    silent = {k: v for key, t in members.items() for k, v in silent_on(by_id[key], t.units).items()}
    incident = incident_of(units, by_id, likeness, silent, judged, knowledge)
    return Made(incident, tuple(group), members) if incident is not None else None


def unit_rows(told: ToldDispatch) -> Iterator[rows.Row]:
    """What is kept of the units of a dispatch."""
    number = {u.key: told.seq * UNITS + n for n, u in enumerate(told.units)}
    for unit in told.units:
        host = told.hosts.get(unit.key)
        row = {"unit": number[unit.key], "seq": told.seq, "key": unit.key, "claims": list(unit.claims)}
        yield row | {"host": number[host] if host else None}


def stage(con: duckdb.DuckDBPyConnection) -> int:
    """Empty tables for new incidents; gives the number of the first."""
    for table in STAGED:
        con.execute(f"CREATE OR REPLACE TABLE staged_{table} AS FROM {table} LIMIT 0")
    return numbers(con, "SELECT coalesce(max(number), 0) + 1 FROM incident")[0]


STAGED = ("incident", "incident_unit", "incident_claim", "incident_voice", "incident_tie")


def write_incidents(con: duckdb.DuckDBPyConnection, made: Sequence[Made], number: int) -> int:
    """Write incidents beside those that people read; gives the next number."""
    new: dict[str, list[rows.Row]] = {table: [] for table in STAGED}
    came = _arrivals(con, {t.seq for m in made for t in m.told.values()})
    for n, m in enumerate(made, start=number):
        arrived = max(came[t.seq] for t in m.told.values())
        for table, found in m.to_rows().items():
            new[table] += [{"number": n, "arrived": arrived} | row for row in found]
    for table, found in new.items():
        rows.insert(con, f"staged_{table}", found)
    return number + len(made)


def _arrivals(con: duckdb.DuckDBPyConnection, seqs: Iterable[int]) -> dict[int, int]:
    """For each reading the first of the same version: reading anew what was there is no arrival."""
    sql = """SELECT d.seq, min(e.seq) FROM dispatch AS d JOIN dispatch AS e USING (id, revision)
             WHERE d.seq IN (SELECT unnest(?)) GROUP BY d.seq"""
    return dict(con.execute(sql, [sorted(seqs)]).fetchall())


def publish(con: duckdb.DuckDBPyConnection, dropped: Sequence[int]) -> None:
    """Let the incidents that were made take the place of those that people read, in the transaction of the caller."""
    con.register("dropped", pa.table({"number": pa.array(dropped, pa.int64())}))
    names.name(con)
    if dropped:
        run(con, "dropped.sql")
    run(con, "publish.sql")
    con.unregister("dropped")
    for table in STAGED:
        con.execute(f"DROP TABLE staged_{table}")
