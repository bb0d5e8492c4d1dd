"""What changed as an Atom feed: of the incidents that pass the filters of the address, or of one of them.

The moment of an entry is that of the dispatch that brought it, so that a feed does not depend on when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote
from xml.etree import ElementTree as ET

from starlette.requests import Request
from starlette.responses import Response

from reportedly.days import day_of
from reportedly.model import Incident, LedgerClaim
from reportedly.views.changes import Change, changes
from reportedly.web import state as states
from reportedly.web.asking import desk_of, state_of
from reportedly.web.render import visible
from reportedly.web.shelf import RoomShelf

ATOM = "http://www.w3.org/2005/Atom"
MEDIA = "application/atom+xml"
# The incidents that changed last, the claims that are looked at of each, and the entries of a feed.
INCIDENTS = 40
CLAIMS = 60
ENTRIES = 60
# Where nothing has a date.
_NEVER = "1970-01-01T00:00:00Z"


def feed(request: Request) -> Response:
    """The changes that came last."""
    desk = desk_of(request)
    base = f"{request.url.scheme}://{request.url.netloc}"

    def make() -> Response:
        state = state_of(request, (*states.INCIDENTS, "incident"))
        filters = state.filters()
        if "incident" in filters:
            filters["id"] = filters.pop("incident")
        found = desk.shelf.incidents(filters, INCIDENTS, sort="-arrived").records
        return Response(document(list(entries(desk.shelf, found)), base, str(request.url)), media_type=MEDIA)

    return desk.answer(request, make, own=(base,))


class _Entry:
    """A change with its incident and its claim."""

    def __init__(self, incident: Incident, change: Change, held: LedgerClaim) -> None:
        self.incident, self.change, self.held = incident, change, held
        self.moment = moment(change.day)


def entries(shelf: RoomShelf, found: Sequence[Incident]) -> Iterator[_Entry]:
    """The changes of these incidents, the latest first."""
    claims = shelf.some_claims([claim for incident in found for claim in incident.claims[:CLAIMS]])
    made = [
        _Entry(incident, change, claims[change.claim])
        for incident in found
        for change in changes(incident, [claims[c] for c in incident.claims if c in claims], shelf.knowledge)
    ]
    yield from sorted(made, key=lambda e: (e.moment, e.incident.id, e.change.claim), reverse=True)[:ENTRIES]


def moment(iso: str | None) -> str:
    """A date or time as Atom writes it (RFC 3339): a day begins at midnight, without a zone it is UTC."""
    if day_of(iso) is None or iso is None:
        return _NEVER
    if "T" not in iso:
        return f"{iso[:10]}T00:00:00Z"
    time = iso if iso.count(":") > 1 else f"{iso[:16]}:00{iso[16:]}"
    return time if time[-1] == "Z" or "+" in time[10:] or "-" in time[10:] else f"{time}Z"


def document(found: Sequence[_Entry], base: str, address: str) -> bytes:
    """The feed as XML."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed")
    _add(root, "title", "reportedly: what changed")
    _add(root, "id", address)
    _add(root, "updated", max((e.moment for e in found), default=_NEVER))
    _link(root, "self", address)
    _add(_add(root, "author"), "name", "reportedly")
    for entry in found:
        _entry(root, entry, base)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: ET.Element, entry: _Entry, base: str) -> None:
    change, held = entry.change, entry.held
    made = _add(root, "entry")
    _add(made, "title", change.words)
    _add(made, "id", f"urn:reportedly:{quote(change.claim)}:{quote(change.kind)}")
    _add(made, "updated", entry.moment)
    _link(made, "alternate", f"{base}/incidents/{quote(entry.incident.id, safe='')}#{quote(change.claim)}")
    ET.SubElement(made, f"{{{ATOM}}}category", term=change.kind)
    source = f"{held.agency}: " if held.agency else ""
    _add(made, "summary", f"{source}{held.sentence}")


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    made = ET.SubElement(parent, f"{{{ATOM}}}{name}")
    made.text = str(visible(text)) if text is not None else None
    return made


def _link(parent: ET.Element, relation: str, address: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", rel=relation, href=address)
