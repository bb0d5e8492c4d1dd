"""Values that people put in the place of the program's: what they mean, and claims with them.

A correction is kept as the person wrote it and as the fields of the claim that it sets, so that what it means never
changes afterwards. What no word of the dispatch says has an empty span at the event word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import duckdb
import msgspec

from reportedly.actors.coding import code_of
from reportedly.days import day_of
from reportedly.errors import LedgerError
from reportedly.incidents.figures import amount
from reportedly.incidents.names import is_generic, telling_words
from reportedly.knowledge.event_types import event_types, figure_types
from reportedly.knowledge.load import Knowledge
from reportedly.model import Claim, Correction, Figure, Party, Place, Source, SourceKind
from reportedly.places.gazetteer import GazetteerRecord, NameKind, load_gazetteer
from reportedly.wording import interval_words

Meant = dict[str, Any]

# The fields that can be corrected, beside the roles of figures, and how a value is written.
FIELDS: Mapping[str, str] = {
    "type": "an event type, with its mode behind it where it has one: ASSAULT, or COERCE arrest",
    "place": "a name, with its country behind a comma where it is needed: Lamu, Kenya; empty: nowhere in particular",
    "day": "an ISO date, or two with a slash between them: 2024-05-06/2024-05-08; empty: not known",
    "actor": "who did it, several separated by semicolons; empty: not told",
    "recipient": "to whom it was done, several separated by semicolons; empty: not told",
    "source": "who answers for it; empty: the publisher",
}
AMOUNT = "5, at least 5, at most 7, about 5, 5 to 7; empty: no such number"
_AMOUNT = re.compile(
    r"(?:(?P<bound>at least|at most)\s+)?(?P<about>about\s+)?(?P<low>\d[\d,]*)(?:\s*(?:to|-|–)\s*(?P<high>\d[\d,]*))?"
)


class Kept(msgspec.Struct, frozen=True):
    """A correction as it is kept: what the person gave, and the fields of the claim that it sets."""

    claim: str
    field: str
    value: str
    meant: Meant
    note: str | None
    by: str | None
    at: str | None


def standing(con: duckdb.DuckDBPyConnection, claims: Iterable[str] | None = None) -> dict[str, list[Kept]]:
    """The corrections that stand, of all claims or of these, by claim."""
    if not con.execute("SELECT 1 FROM judgement WHERE kind = 'correction' LIMIT 1").fetchall():
        return {}
    wanted = list(claims) if claims is not None else None
    sql = """SELECT a AS claim, field, value, meant, note, "by", "at" FROM current_judgement
             WHERE kind = 'correction' AND ($wanted IS NULL OR a IN (SELECT unnest($wanted))) ORDER BY n"""
    found: dict[str, list[Kept]] = defaultdict(list)
    for claim, field, value, meant, *rest in con.execute(sql, {"wanted": wanted}).fetchall():
        found[claim].append(Kept(claim, field, value, msgspec.json.decode(meant), *rest))
    return dict(found)


def with_corrections(claim: Claim, kept: Sequence[Kept]) -> Claim:
    """A claim with what people put in the place of the program's values."""
    if not kept:
        return claim
    values: Meant = msgspec.to_builtins(claim)
    for one in kept:
        for field, value in one.meant.items():
            values[field] = _figures(values[field], one.field, value) if field == "figures" else value
    return msgspec.convert(values, Claim)


def _figures(read: Sequence[Meant], role: str, given: Sequence[Meant]) -> list[Meant]:
    """The figures of a claim with those of one role replaced."""
    return [*(f for f in read if f["role"] != role), *given]


def all_corrected(con: duckdb.DuckDBPyConnection, claims: Mapping[int, list[Claim]]) -> dict[int, list[Claim]]:
    """Claims by reading, as people corrected them."""
    kept = standing(con)
    return {seq: [with_corrections(c, kept.get(c.id, ())) for c in held] for seq, held in claims.items()}


def told(claim: Claim, kept: Sequence[Kept]) -> tuple[Correction, ...]:
    """The corrections of a claim (as the program read it) as they are shown."""
    return tuple(Correction(k.claim, k.field, k.value, words_of(claim, k.field), k.note, k.by, k.at) for k in kept)


def words_of(claim: Claim, field: str) -> str:
    """What a claim holds in a field that can be corrected, in words."""
    return _WORDS[field](claim) if field in _WORDS else _figure_words(claim, field)


_WORDS: dict[str, Callable[[Claim], str]] = {
    "type": lambda c: " ".join(filter(None, (c.type, c.mode))),
    "place": lambda c: c.place.name if c.place else "",
    "day": lambda c: interval_words(c.begin, c.end_date),
    "actor": lambda c: "; ".join(p.name for p in c.actors),
    "recipient": lambda c: "; ".join(p.name for p in c.recipients),
    "source": lambda c: c.source.name if c.source else "",
}


def _figure_words(claim: Claim, role: str) -> str:
    return "; ".join(amount(f) for f in claim.figures if f.role == role)


def meant(claim: Claim, field: str, value: str, knowledge: Knowledge) -> Meant:
    """The fields of a claim that a correction sets; raises LedgerError for what means nothing."""
    given = value.strip()
    if field in figure_types(knowledge).names:
        return {"figures": [] if not given else [msgspec.to_builtins(_figure(claim, field, given))]}
    if field not in _MEANT:
        known = ", ".join([*FIELDS, *figure_types(knowledge).names])
        raise LedgerError("E620", f'No field of a claim is called "{field}".', f"Fields are: {known}.")
    return _MEANT[field](claim, given, knowledge)


def _wrong(field: str, value: str, how: str) -> LedgerError:
    return LedgerError("E621", f'"{value}" is no {field}.', f"Write {how}.")


def _figure(claim: Claim, role: str, value: str) -> Figure:
    match = _AMOUNT.fullmatch(value.casefold())
    if match is None:
        raise _wrong(f"number of {role}", value, AMOUNT)
    low = int(match["low"].replace(",", ""))
    high = int(match["high"].replace(",", "")) if match["high"] else low
    if high < low:
        raise _wrong(f"number of {role}", value, AMOUNT)
    bounds = {"at least": (low, None), "at most": (None, low)}.get(match["bound"] or "", (low, high))
    before = next((f for f in claim.figures if f.role == role and f.part_of is None), None)
    spot = (before.start, before.end) if before else (claim.trigger.start, claim.trigger.start)
    return Figure(role, *bounds, approx=bool(match["about"]), text=value, start=spot[0], end=spot[1],
                  of=before.of if before else None)  # fmt: skip


def _type(_claim: Claim, value: str, knowledge: Knowledge) -> Meant:
    name, _, mode = value.partition(" ")
    wanted = name.upper()
    modes = {r["mode"] for r in knowledge.rows("event_modes") if r["type"] in (wanted, "") and r["mode"]}
    if wanted not in event_types(knowledge).names or (mode and mode not in modes):
        raise _wrong("type", value, f"{FIELDS['type']} (types: {', '.join(event_types(knowledge).names)})")
    plain = next((r["cameo"] for r in knowledge.rows("event_types") if r["type"] == wanted), "")
    finer = (r["cameo"] for r in knowledge.rows("event_modes") if mode and (r["type"], r["mode"]) == (wanted, mode))
    return {"type": wanted, "mode": mode or None, "cameo": next(filter(None, finer), plain) or None}


def _day(_claim: Claim, value: str, _knowledge: Knowledge) -> Meant:
    if not value:
        return {"begin": None, "end_date": None, "when_from": None}
    first, _, last = (part.strip() for part in value.partition("/"))
    last = last or first
    if day_of(first) is None or day_of(last) is None or last < first:
        raise _wrong("day", value, FIELDS["day"])
    return {"begin": first, "end_date": last, "when_from": "told"}


def _place(claim: Claim, value: str, _knowledge: Knowledge) -> Meant:
    if not value:
        return {"place": None, "place_from": None}
    name, _, inside = (part.strip() for part in value.partition(","))
    record = _record(name, _country(inside) or (claim.place.country if claim.place and not inside else None))
    at = claim.trigger.start
    if record is None and inside:
        raise _wrong("place that the gazetteer knows there", value, FIELDS["place"])
    place = Place(at, at, "", name)
    if record is not None:
        spot = (record.kind, record.country, record.admin1, record.lat, record.lon, record.geonames)
        place = Place(at, at, "", name, *spot)
    return {"place": msgspec.to_builtins(place), "place_from": "told"}


def _record(name: str, country: str | None) -> GazetteerRecord | None:
    """What the gazetteer has under a name: in that country, where one is known, and what is best known there."""
    found = [r for r in load_gazetteer().find(name) if r.name_kind in (NameKind.MAIN, NameKind.OTHER)]
    inside = [r for r in found if country and r.country == country]
    return max(inside or found, key=lambda r: (r.rank, r.population, -r.id), default=None)


def _country(name: str) -> str | None:
    """The country of a name of a country, or of its code."""
    if len(name) == 3 and name.isupper():
        return name
    found = (r.country for r in load_gazetteer().find(name) if r.kind == "country") if name else ()
    country = next(iter(found), None)
    if name and country is None:
        raise _wrong("country", name, FIELDS["place"])
    return country


def _parties(slot: str) -> Callable[[Claim, str, Knowledge], Meant]:
    def meaning(claim: Claim, value: str, _knowledge: Knowledge) -> Meant:
        known = {p.name.casefold(): p for p in (*claim.actors, *claim.recipients)}
        names = [part.strip() for part in value.split(";") if part.strip()]
        return {slot: [msgspec.to_builtins(known.get(n.casefold()) or _party(claim, n)) for n in names]}

    return meaning


def _party(claim: Claim, name: str) -> Party:
    coding, at = code_of(name), claim.trigger.start
    return Party(name, coding.code, coding.country, coding.kind, at, at)


def _source(claim: Claim, value: str, knowledge: Knowledge) -> Meant:
    if not value:
        return {"source": None, "chain": list(claim.chain[:1])}
    at = claim.trigger.start
    made = Source(value, _kind(claim, value, knowledge), at, at)
    return {"source": msgspec.to_builtins(made), "chain": [*claim.chain[:1], value] if claim.chain else [value]}


def _kind(claim: Claim, name: str, knowledge: Knowledge) -> SourceKind:
    """The kind of a source by its name: what the claim said of it, people that are only described, bodies, persons."""
    if claim.source is not None and claim.source.name.casefold() == name.casefold():
        return claim.source.kind
    if is_generic(telling_words(name, knowledge), knowledge):
        return "anonymous"
    coded = code_of(name).kind
    kinds: dict[str | None, SourceKind] = {"organization": "organization", "country": "organization", "group": "group"}
    return kinds.get(coded, "named")


_MEANT: dict[str, Callable[[Claim, str, Knowledge], Meant]] = {
    "type": _type,
    "place": _place,
    "day": _day,
    "actor": _parties("actors"),
    "recipient": _parties("recipients"),
    "source": _source,
}
