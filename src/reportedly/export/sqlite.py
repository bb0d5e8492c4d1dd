"""An SQLite database for datasette and other readers of SQLite: tables with keys, a column a fact."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from reportedly.errors import ConfigError
from reportedly.export.cases import Book, Case, CaseClaim, Filters, cases
from reportedly.export.outlet import draft
from reportedly.ids import content_id
from reportedly.model import Claim, Incident

if TYPE_CHECKING:
    from reportedly.export.registry import Job

Values = Sequence[object]


def write(book: Book, filters: Filters, output: str, job: Job) -> int:
    """The database, written beside its place and moved there when it is whole."""
    if output == "-":
        raise ConfigError("E321", "A database cannot go to standard output", "Give a file: --output news.sqlite")
    with draft(output) as path:
        try:
            written = _fill(path, book, filters, job)
        except sqlite3.OperationalError as problem:
            raise ConfigError("E303", f"{output}: cannot be written ({problem})", "Name another file.") from problem
    return written


def _fill(path: Path, book: Book, filters: Filters, job: Job) -> int:
    con = sqlite3.connect(path, isolation_level=None)
    try:
        con.executescript((resources.files("reportedly.export") / "sqlite.sql").read_text(encoding="utf-8"))
        con.execute("BEGIN")
        written = 0
        for case in cases(book, filters):
            for table, values in _rows(case, job):
                con.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608
            written += len(case.told)
        con.execute("COMMIT")
    finally:
        con.close()
    return written


def _rows(case: Case, job: Job) -> Iterator[tuple[str, Values]]:
    """The rows of an incident, each with its table; what others refer to comes first."""
    i = case.incident
    yield "incidents", _incident(i)
    for told in case.told:
        if job.first(content_id("d", told.dispatch.id)):
            yield "dispatches", _dispatch(told)
    for told in case.told:
        yield "claims", _claim(told)
        yield from _parts(told.claim)
    for f in (*i.figures, *i.earlier):
        yield (
            "incident_figures",
            (i.id, f.role, f.of, f.source, f.low, f.high, f.approx, f.as_of, f.claim, f in i.earlier),
        )
    for s in i.sources:
        others = "; ".join(s.independent_of)
        yield "incident_sources", (i.id, s.name, s.kind, "; ".join(s.names), s.says, others, len(s.claims))
    for name in i.silent:
        yield "incident_silent", (i.id, name)


def _incident(i: Incident) -> Values:
    p = i.place
    where = (p.name, p.kind, p.country, p.lat, p.lon) if p else (None,) * 5
    return (
        i.id,
        i.type,
        "; ".join(i.actors),
        "; ".join(i.recipients),
        *where,
        i.begin,
        i.end_date,
        i.standing,
        i.reason,
        i.headline,
        "; ".join(i.formerly),
    )


def _dispatch(told: CaseClaim) -> Values:
    d = told.dispatch
    made_by = msgspec.json.encode(told.made_by).decode()
    return (d.id, told.lineage, d.published, d.agency, d.title, d.lang, d.url, d.text, made_by)


def _claim(told: CaseClaim) -> Values:
    c, p, s = told.claim, told.claim.place, told.claim.source
    who = (s.name, s.kind, s.start, s.end, told.words(s.start, s.end)) if s else (None,) * 5
    where = (p.name, p.kind, p.country, p.admin1, p.lat, p.lon, p.geonames) if p else (None,) * 7
    return (
        c.id, told.incident, told.dispatch.id, *who, told.chain, c.channel, c.to, c.said, c.factuality, c.modality,
        c.type, c.mode, c.cameo, c.trigger.text, c.trigger.start, c.trigger.end, told.sentence, c.evidence.start,
        c.evidence.end, *where, c.begin, c.end_date, told.judged, told.decided,
    )  # fmt: skip


def _parts(c: Claim) -> Iterator[tuple[str, Values]]:
    for slot, parties in (("actor", c.actors), ("recipient", c.recipients)):
        for p in parties:
            yield "parties", (c.id, slot, p.name, p.code, p.country, p.kind, p.start, p.end)
    for f in c.figures:
        yield "figures", (c.id, f.role, f.low, f.high, f.approx, f.of, f.part_of, f.text, f.start, f.end)
    for m in c.means:
        yield "means", (c.id, m.text, m.start, m.end)
