"""What a list holds, to be taken along: all that passes the filters, as CSV, JSON lines or GeoJSON, sent as read."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from reportedly.export.listing import listing_rows, listing_schema
from reportedly.export.tables import harmless
from reportedly.model import Incident, LedgerClaim
from reportedly.web.api import LISTINGS, ApiListing
from reportedly.web.asking import desk_of, state_of
from reportedly.web.state import ListState
from reportedly.web.tasks import label_studio

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "geojson": "application/geo+json",
    "tasks": "application/json",
}
# Formats that are made for one kind of record.
ONLY: dict[str, type[msgspec.Struct]] = {"geojson": Incident, "tasks": LedgerClaim}


def export(request: Request) -> Response:
    """All records of a list; with ``limit`` those of a page of it."""
    listing = next((li for li in LISTINGS if li.name == request.path_params["list"]), None)
    kind = request.path_params["kind"]
    if listing is None or kind not in KINDS or listing.record is not ONLY.get(kind, listing.record):
        raise HTTPException(404, "There is no such export.")
    state = state_of(request, listing.filters)
    portions = _portions(request, listing, state)
    body = {"csv": _csv, "jsonl": _jsonl, "geojson": _geojson, "tasks": _tasks}[kind](listing.record, portions)
    suffix = "label-studio.json" if kind == "tasks" else kind
    name = f'attachment; filename="{listing.name}.{suffix}"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return StreamingResponse(body, media_type=KINDS[kind], headers=headers)


def _portions(request: Request, listing: ApiListing, state: ListState) -> Iterator[Sequence[Any]]:
    """The records, some at a time; a page of the list is one portion."""
    shelf = desk_of(request).shelf
    if "limit" in request.query_params:
        return iter([listing.ask(shelf, state).records])
    return shelf.everything(listing.name, state.filters(), state.order)


def _jsonl(_: type[msgspec.Struct], portions: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    encoder = msgspec.json.Encoder()
    return (encoder.encode_lines(records) for records in portions)


def _csv(kind: type[msgspec.Struct], portions: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    import pyarrow as pa
    from pyarrow import csv

    schema = listing_schema(kind)
    for n, records in enumerate(portions):
        rows = [row for record in records for row in listing_rows(record)]
        table = pa.table({name: [harmless(row[name]) for row in rows] for name in schema.names}, schema=schema)
        out = io.BytesIO()
        csv.write_csv(table, out, csv.WriteOptions(include_header=n == 0))
        yield out.getvalue()


def _tasks(_: type[msgspec.Struct], portions: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    return _array((label_studio(records)[1:-1] for records in portions), b"[", b"]")


def _geojson(_: type[msgspec.Struct], portions: Iterable[Sequence[Incident]]) -> Iterator[bytes]:
    parts = (msgspec.json.encode([_feature(i) for i in records])[1:-1] for records in portions)
    return _array(parts, b'{"type":"FeatureCollection","features":[', b"]}")


def _array(parts: Iterable[bytes], head: bytes, foot: bytes) -> Iterator[bytes]:
    """The items of an array, written as they come."""
    yield head
    for n, part in enumerate(part for part in parts if part):
        yield b"," * bool(n) + part
    yield foot


def _feature(incident: Incident) -> dict[str, object]:
    place = incident.place
    known = place is not None and place.lat is not None and place.lon is not None
    point = {"type": "Point", "coordinates": [place.lon, place.lat]} if place is not None and known else None
    properties = {name: getattr(incident, name) for name in incident.__struct_fields__ if name != "id"}
    return {"type": "Feature", "id": incident.id, "geometry": point, "properties": properties}
