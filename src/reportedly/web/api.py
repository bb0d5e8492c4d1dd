"""The ledger as JSON: the records of the contract, a page at a time, and OpenAPI 3.1 made from the same records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportedly import __version__
from reportedly.export.records import CodedDispatch, to_record
from reportedly.model import Incident, LedgerClaim, LedgerDispatch, LedgerSource
from reportedly.web import state as states
from reportedly.web.asking import desk_of
from reportedly.web.shelf import RoomShelf, ShelfPage, What
from reportedly.web.state import BadValueError, ListState, read_state

JSON = "application/json"
_ENCODER = msgspec.json.Encoder()


class IncidentPage(ShelfPage[Incident], frozen=True):
    """Some of the incidents that pass the filters."""


class ClaimPage(ShelfPage[LedgerClaim], frozen=True):
    """Some of the claims that pass the filters."""


class DispatchPage(ShelfPage[LedgerDispatch], frozen=True):
    """Some of the dispatches that pass the filters."""


class SourcePage(ShelfPage[LedgerSource], frozen=True):
    """Some of the sources that pass the filters."""


class Problem(msgspec.Struct, frozen=True):
    """Why a request has no answer."""

    status: int
    message: str


class Moved(msgspec.Struct, frozen=True):
    """An incident that became part of another, and the id of that one."""

    id: str
    now: str


class ApiListing(msgspec.Struct, frozen=True):
    """An address that gives a page of records."""

    name: What
    record: type[msgspec.Struct]
    page: type[msgspec.Struct]
    filters: Sequence[str]
    what: str

    def ask(self, shelf: RoomShelf, state: ListState) -> ShelfPage[Any]:
        """The page of this list."""
        found: ShelfPage[Any] = shelf.page(self.name, state.filters(), state.limit, state.offset, state.order)
        return found


LISTINGS = (
    ApiListing("incidents", Incident, IncidentPage, states.INCIDENTS, "Incidents: what several claims are about."),
    ApiListing("claims", LedgerClaim, ClaimPage, states.CLAIMS, "Claims, each with its sentence and its dispatch."),
    ApiListing(
        "dispatches", LedgerDispatch, DispatchPage, states.DISPATCHES, "Dispatches and their place among copies."
    ),
    ApiListing("sources", LedgerSource, SourcePage, states.SOURCES, "Voices across the ledger."),
)


def _coded(shelf: RoomShelf, key: str) -> CodedDispatch | None:
    found = shelf.dispatch(key)
    return to_record(found[1]) if found else None


# One record by its id (a source by its name).
SINGLE: dict[str, tuple[type[msgspec.Struct], Callable[[RoomShelf, str], msgspec.Struct | None]]] = {
    "incidents": (Incident, lambda shelf, key: shelf.incident(key)),
    "claims": (LedgerClaim, lambda shelf, key: shelf.claim(key)),
    "dispatches": (CodedDispatch, _coded),
    "sources": (LedgerSource, lambda shelf, key: shelf.source(key)),
}


def routes() -> list[Route]:
    """The addresses of the API."""
    found = [Route("/api/", index), Route("/api/openapi.json", openapi)]
    for listing in LISTINGS:
        found.append(Route(f"/api/{listing.name}", _many(listing)))
        found.append(Route(f"/api/{listing.name}/{{id:anything}}", _one(listing.name)))
    return found


def _many(listing: ApiListing) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        try:
            types = desk_of(request).shelf.types()
            state = read_state(request.query_params.multi_items(), listing.filters, types, strict=True)
        except BadValueError as problem:
            return told(400, str(problem))
        desk = desk_of(request)
        return desk.answer(request, lambda: answer(listing.ask(desk.shelf, state)))

    return endpoint


def _one(name: str) -> Callable[[Request], Response]:
    _, find = SINGLE[name]

    def endpoint(request: Request) -> Response:
        if request.query_params:
            return told(400, "one record has no filters")
        desk = desk_of(request)

        def make() -> Response:
            key = request.path_params["id"]
            now = desk.shelf.now(key) if name == "incidents" else None
            if now is not None:
                return _moved(key, now)
            found = find(desk.shelf, key)
            return told(404, "the ledger holds nothing of this id") if found is None else answer(found)

        return desk.answer(request, make)

    return endpoint


def _moved(key: str, now: str) -> Response:
    """Where the incident is that one of another id became part of."""
    made = answer(Moved(key, now), 301)
    made.headers["Location"] = f"/api/incidents/{quote(now, safe='')}"
    return made


def answer(record: object, status: int = 200) -> Response:
    """A record as JSON."""
    headers = {"Cache-Control": "private, no-cache"}
    return Response(_ENCODER.encode(record), status, media_type=JSON, headers=headers)


def told(status: int, message: str) -> Response:
    """Why there is no answer."""
    return answer(Problem(status, message), status)


def index(request: Request) -> Response:
    """What the API offers, for people."""
    desk = desk_of(request)
    return desk.page(request, "api.html", {"listings": LISTINGS})


def openapi(request: Request) -> Response:
    """The description of the API for programs."""
    desk = desk_of(request)
    return desk.answer(
        request, lambda: Response(_ENCODER.encode(description(tuple(desk.shelf.types()))), media_type=JSON)
    )


@lru_cache(maxsize=2)
def description(types: tuple[str, ...] = ()) -> dict[str, Any]:
    """OpenAPI 3.1, its schemas made from the records; ``types`` are the event types that a ledger can be asked for."""
    kinds: list[Any] = [Problem, *(li.page for li in LISTINGS), *(kind for kind, _ in SINGLE.values())]
    refs, parts = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    ref = dict(zip(kinds, refs, strict=True))
    paths: dict[str, Any] = {}
    for listing in LISTINGS:
        kind, _ = SINGLE[listing.name]
        paths[f"/api/{listing.name}"] = {"get": _list_operation(listing, ref[listing.page], ref[Problem], types)}
        paths[f"/api/{listing.name}/{{id}}"] = {"get": _one_operation(listing, ref[kind], ref[Problem])}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "reportedly",
            "version": __version__,
            "description": "Who says that what happened to whom: the records of one ledger, read only.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {"schemas": parts},
    }


def _list_operation(
    listing: ApiListing, page: dict[str, Any], problem: dict[str, Any], types: Sequence[str]
) -> dict[str, Any]:
    return {
        "operationId": f"list_{listing.name}",
        "summary": listing.what,
        "parameters": [_parameter(name, types) for name in (*listing.filters, *states.PAGING)],
        "responses": _responses(page, problem, (400, 503)),
    }


def _one_operation(listing: ApiListing, record: Any, problem: Any) -> dict[str, Any]:  # noqa: ANN401  JSON Schema
    key = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    return {
        "operationId": f"get_{listing.name}",
        "summary": f"One of {listing.name} by its {'name' if listing.name == 'sources' else 'id'}.",
        "parameters": [key],
        "responses": _responses(record, problem, (400, 404, 503)),
    }


def _responses(good: Any, problem: Any, refusals: Sequence[int]) -> dict[str, Any]:  # noqa: ANN401  JSON Schema
    words = {400: "A filter or value means nothing", 404: "Nothing of this id", 503: "The ledger cannot be read now"}
    found: dict[str, Any] = {
        "200": {
            "description": "The answer; its ETag changes with the ledger",
            "headers": {"ETag": {"schema": {"type": "string"}}},
            "content": {JSON: {"schema": good}},
        },
        "304": {"description": "Unchanged since the ETag sent as If-None-Match"},
    }
    for status in refusals:
        found[str(status)] = {"description": words[status], "content": {JSON: {"schema": problem}}}
    return found


def _parameter(name: str, types: Sequence[str]) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "schema": {"type": "string", "enum": list(types)} if name == "type" and types else _schema(name),
        "description": states.MEANING[name],
    }


def _schema(name: str) -> dict[str, Any]:
    if name == "limit":
        return {"type": "integer", "minimum": 1, "maximum": states.MOST_PER_PAGE, "default": states.PER_PAGE}
    if name in ("offset", "new"):
        whole: dict[str, Any] = {"type": "integer", "minimum": 0, "maximum": states.DEEPEST}
        return whole | {"default": 0} if name == "offset" else whole
    if name in states.CHOICES:
        return {"type": "string", "enum": list(states.CHOICES[name])}
    schema: dict[str, Any] = {"type": "string", "maxLength": states.LONGEST_VALUE}
    if name in states.FORMS:
        schema["pattern"] = states.FORMS[name][0].pattern.replace(r"\Z", "$").replace(r"\A", "^")
    return schema
