"""What is seen in a list, to be taken along: the page of the list as CSV, JSON lines or GeoJSON."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reportedly.export.listing import listing_rows, listing_schema
from reportedly.export.tables import harmless
from reportedly.model import Incident, LedgerClaim
from reportedly.web.api import LISTINGS
from reportedly.web.pages import desk_of, state_of
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
    """The records of a page of a list."""
    listing = next((li for li in LISTINGS if li.name == request.path_params["list"]), None)
    kind = request.path_params["kind"]
    if listing is None or kind not in KINDS or listing.record is not ONLY.get(kind, listing.record):
        raise HTTPException(404, "There is no such export.")
    state = state_of(request, listing.filters)
    records = listing.ask(desk_of(request).shelf, state).records
    body = {"csv": _csv, "jsonl": _jsonl, "geojson": _geojson, "tasks": _tasks}[kind](listing.record, records)
    suffix = "label-studio.json" if kind == "tasks" else kind
    name = f'attachment; filename="{listing.name}.{suffix}"'
    return Response(body, media_type=KINDS[kind], headers={"Content-Disposition": name, "Cache-Control": "no-store"})


def _jsonl(_: type[msgspec.Struct], records: Sequence[Any]) -> bytes:
    return msgspec.json.Encoder().encode_lines(records)


def _csv(kind: type[msgspec.Struct], records: Sequence[Any]) -> bytes:
    import pyarrow as pa
    from pyarrow import csv

    schema = listing_schema(kind)
    rows = [row for record in records for row in listing_rows(record)]
    table = pa.table({name: [harmless(row[name]) for row in rows] for name in schema.names}, schema=schema)
    out = io.BytesIO()
    csv.write_csv(table, out)
    return out.getvalue()


def _tasks(_: type[msgspec.Struct], records: Sequence[Any]) -> bytes:
    return label_studio(records)


def _geojson(_: type[msgspec.Struct], records: Sequence[Incident]) -> bytes:
    return msgspec.json.encode({"type": "FeatureCollection", "features": [_feature(i) for i in records]})


def _feature(incident: Incident) -> dict[str, object]:
    place = incident.place
    known = place is not None and place.lat is not None and place.lon is not None
    point = {"type": "Point", "coordinates": [place.lon, place.lat]} if place is not None and known else None
    properties = {name: getattr(incident, name) for name in incident.__struct_fields__ if name != "id"}
    return {"type": "Feature", "id": incident.id, "geometry": point, "properties": properties}
