"""W3C PROV-JSON: which claim was quoted from which dispatch, by which run of which program, on whose word.

Dispatches and claims are entities, a reading with one set of versions is an activity, publishers, sources and the
program are agents. A copy is a revision of the story that it repeats.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

import msgspec

from reportedly.export.cases import Book, CaseClaim, Filters, tellings
from reportedly.export.outlet import outlet
from reportedly.ids import content_id

if TYPE_CHECKING:
    from reportedly.export.registry import Job

Json = dict[str, object]

SECTIONS = (
    "entity", "activity", "agent", "wasGeneratedBy", "used", "wasDerivedFrom", "wasAttributedTo", "wasAssociatedWith",
)  # fmt: skip
_PREFIX: Json = {"prefix": {"rep": "urn:reportedly:", "default": "urn:reportedly:"}}
_IN_MEMORY = 8 << 20


def write(book: Book, filters: Filters, output: str, job: Job) -> int:
    """The document; its sections grow in files of their own until all claims have been read."""
    with ExitStack() as stack:
        parts = {name: _Section(stack) for name in SECTIONS}
        near = {d.id: d.revision_of for d in book.iter_dispatches()}
        written = 0
        for told in tellings(book, filters):
            _told(told, near, parts, job)
            written += 1
        with outlet(output) as stream:
            stream.write(msgspec.json.encode(_PREFIX)[:-1])
            for name, part in parts.items():
                part.copy(name, stream)
            stream.write(b"\n}\n")
    return written


class _Section:
    """One section of the document: members in the order in which they come."""

    def __init__(self, stack: ExitStack) -> None:
        self._file = stack.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115  the stack closes it
        self._members = 0

    def add(self, name: str, value: Json) -> None:
        """One member."""
        lead = b",\n" if self._members else b"\n"
        self._file.write(lead + msgspec.json.encode(name) + b":" + msgspec.json.encode(value))
        self._members += 1

    def copy(self, name: str, stream: BinaryIO) -> None:
        """Write the section to the document."""
        stream.write(b",\n" + msgspec.json.encode(name) + b":{")
        self._file.seek(0)
        while chunk := self._file.read(_IN_MEMORY):
            stream.write(chunk)
        stream.write(b"}")


def _told(told: CaseClaim, near: Mapping[str, str | None], parts: Mapping[str, _Section], job: Job) -> None:
    claim, dispatch = f"rep:claim-{told.claim.id}", _named("dispatch", told.dispatch.id)
    reading = _named("reading", content_id("r", *msgspec.structs.astuple(told.made_by)))
    if job.first(content_id("reading", reading)):
        _reading(reading, told, parts)
    if job.first(content_id("dispatch", dispatch)):
        _dispatch(dispatch, reading, told, near, parts, job)
    parts["entity"].add(claim, _claim(told))
    _relate(parts["wasGeneratedBy"], "g", entity=claim, activity=reading)
    _relate(parts["wasDerivedFrom"], "q", generatedEntity=claim, usedEntity=dispatch, kind="prov:Quotation")
    if told.source is not None:
        source = _agent(told.source, "prov:Agent", parts, job)
        _relate(parts["wasAttributedTo"], "s", entity=claim, agent=source)


def _reading(reading: str, told: CaseClaim, parts: Mapping[str, _Section]) -> None:
    versions = {f"rep:{name}": value for name, value in msgspec.structs.asdict(told.made_by).items()}
    parts["activity"].add(reading, {"prov:type": _name("rep:Reading"), **versions})
    program = reading.replace("reading", "program", 1)
    parts["agent"].add(program, {"prov:type": _name("prov:SoftwareAgent"), **versions})
    _relate(parts["wasAssociatedWith"], "w", activity=reading, agent=program)


def _dispatch(
    dispatch: str,
    reading: str,
    told: CaseClaim,
    near: Mapping[str, str | None],
    parts: Mapping[str, _Section],
    job: Job,
) -> None:
    d = told.dispatch
    facts = {
        "prov:type": _name("rep:Dispatch"), "rep:id": d.id, "rep:title": d.title, "rep:published": d.published,
        "rep:url": d.url, "rep:lineage": told.lineage,
    }  # fmt: skip
    parts["entity"].add(dispatch, {name: value for name, value in facts.items() if value is not None})
    _relate(parts["used"], "u", activity=reading, entity=dispatch)
    if d.agency:
        publisher = _agent(d.agency, "prov:Organization", parts, job)
        _relate(parts["wasAttributedTo"], "p", entity=dispatch, agent=publisher)
    before = near.get(d.id)
    if before is not None:
        original = _named("dispatch", before)
        _relate(parts["wasDerivedFrom"], "v", generatedEntity=dispatch, usedEntity=original, kind="prov:Revision")


def _claim(told: CaseClaim) -> Json:
    c = told.claim
    facts = {
        "prov:type": _name("rep:Claim"), "prov:value": told.sentence, "rep:event": c.type,
        "rep:factuality": c.factuality, "rep:modality": c.modality, "rep:chain": told.chain or None,
        "rep:start": c.evidence.start, "rep:end": c.evidence.end, "rep:incident": told.incident,
        "rep:standing": told.standing, "rep:decided": told.decided or None,
    }  # fmt: skip
    return {name: value for name, value in facts.items() if value is not None}


def _agent(name: str, kind: str, parts: Mapping[str, _Section], job: Job) -> str:
    agent = _named("agent", name)
    if job.first(content_id("agent", agent)):
        parts["agent"].add(agent, {"prov:type": _name(kind), "prov:label": name})
    return agent


def _relate(section: _Section, mark: str, *, kind: str | None = None, **ends: str) -> None:
    record: Json = {f"prov:{name}": value for name, value in ends.items()}
    if kind is not None:
        record["prov:type"] = _name(kind)
    section.add(f"_:{mark}-{content_id('n', *ends.values())}", record)


def _named(kind: str, name: str) -> str:
    return f"rep:{kind}-{quote(name, safe='')}"


def _name(qualified: str) -> Json:
    return {"$": qualified, "type": "xsd:QName"}
