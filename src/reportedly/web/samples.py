"""How good the reading is here: samples of claims, judged field by field, one claim after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from urllib.parse import quote, unquote

import anyio.to_thread
import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reportedly.errors import LedgerError, ReportedlyError
from reportedly.ledger.samples import Sample
from reportedly.model import Claim
from reportedly.quality.fields import QUESTIONS, Field, asked_of, said_of
from reportedly.quality.precision import PrecisionAnswer, Verdict, last_words
from reportedly.web.answers import NAME
from reportedly.web.asking import LINKS, desk_of, shelf_of
from reportedly.web.judging import LONGEST_NAME, text_of
from reportedly.web.security import from_own_form
from reportedly.web.shelf import RoomShelf

VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "unclear")


class Asking(msgspec.Struct, frozen=True):
    """One field of a claim: the question, what was read, and what this judge said before."""

    field: Field
    question: str
    said: str
    before: str


class Progress(msgspec.Struct, frozen=True):
    """A sample and how many of its claims a judge has answered in full."""

    sample: Sample
    done: int


def judge_of(request: Request) -> str:
    """Who judges here, by the name given last."""
    return unquote(request.cookies.get(NAME, ""))


def samples(request: Request) -> Response:
    """The samples that were drawn."""
    desk = desk_of(request)

    def make() -> Response:
        found = [_progress(desk.shelf, sample, judge_of(request)) for sample in desk.shelf.samples()]
        return desk.page(
            request, "samples.html", {"found": found, "ledger": desk.shelf.path.name, "judge_name": judge_of(request)}
        )

    return desk.answer(request, make, forms=True)


def sample(request: Request) -> Response:
    """One sample: how far it is judged, and how much of it is right."""
    desk = desk_of(request)

    def make() -> Response:
        found = _sample(desk.shelf, request)
        values = {
            "progress": _progress(desk.shelf, found, judge_of(request)),
            "precision": [p for p in desk.shelf.precision(found.name) if p.type is None],
            "judges": sorted({a.by for a in desk.shelf.sample_answers(found.name)}),
        }
        return desk.page(request, "sample.html", values)

    return desk.answer(request, make, forms=True)


def _sample(shelf: RoomShelf, request: Request) -> Sample:
    try:
        return shelf.sample(request.path_params["name"])
    except LedgerError as problem:
        raise HTTPException(404, f"{problem.message} {problem.remedy}") from problem


def _progress(shelf: RoomShelf, found: Sample, judge: str) -> Progress:
    claims = shelf.some_claims(found.claims)
    told = _told(shelf.sample_answers(found.name), judge)
    done = sum(1 for key, held in claims.items() if not _open(held.claim, told.get(key, {})))
    return Progress(found, done)


def _told(answers: Iterable[PrecisionAnswer], judge: str) -> dict[str, dict[str, PrecisionAnswer]]:
    """What a judge said last of each field of each claim."""
    found: dict[str, dict[str, PrecisionAnswer]] = {}
    for (claim, field, by), answer in last_words(answers).items():
        if by == judge:
            found.setdefault(claim, {})[field] = answer
    return found


def _open(claim: Claim, told: Mapping[str, PrecisionAnswer]) -> list[Field]:
    """The fields of a claim on which the judge has not spoken."""
    return [field for field in asked_of(claim) if field not in told]


def onward(request: Request) -> Response:
    """The next claim of a sample that this judge has not answered in full, behind the one that is left."""
    shelf = shelf_of(request)
    found = _sample(shelf, request)
    told = _told(shelf.sample_answers(found.name), judge_of(request))
    claims = shelf.some_claims(found.claims)
    left = request.query_params.get("after", "")
    start = found.claims.index(left) + 1 if left in found.claims else 0
    waiting = (c for c in found.claims[start:] if c in claims and _open(claims[c].claim, told.get(c, {})))
    key = next(waiting, None)
    here = f"/samples/{quote(found.name, safe='')}"
    return RedirectResponse(f"{here}/{quote(key, safe='')}" if key else here, 303)


async def claim(request: Request) -> Response:
    """One claim of a sample, asked field by field; or what was answered about it."""
    return await (answer(request) if request.method == "POST" else run_in_threadpool(asked, request))


def asked(request: Request) -> Response:
    """One claim of a sample, asked field by field."""
    desk = desk_of(request)

    def make() -> Response:
        found = _sample(desk.shelf, request)
        key = request.path_params["claim"]
        held = desk.shelf.claim(key) if key in found.claims else None
        if held is None:
            raise HTTPException(404, "The sample holds no claim of this id, or the ledger no longer has it.")
        before = _told(desk.shelf.sample_answers(found.name), judge_of(request)).get(key, {})
        fields = [
            Asking(f, QUESTIONS[f], said_of(held.claim, f), before[f].verdict if f in before else "")
            for f in asked_of(held.claim)
        ]
        values = {
            "held": held,
            "sample": found,
            "nth": found.claims.index(key) + 1,
            "fields": fields,
            "verdicts": VERDICTS,
            "judge_name": judge_of(request),
        }
        return desk.page(request, "sampled.html", values | LINKS)

    return desk.answer(request, make, forms=True)


async def answer(request: Request) -> Response:
    """Keep what a judge says of the fields of a claim, and go on to the next."""
    async with request.form(max_files=0, max_fields=40) as form:
        if not from_own_form(request, desk_of(request).guard, text_of(form, "csrf")):
            raise HTTPException(403, "Only a form of this application, opened in this browser, can judge.")
        given = {name: text_of(form, name) for name in form}
    by = given.get("by", "")[:LONGEST_NAME]
    try:
        where = await anyio.to_thread.run_sync(_keep, shelf_of(request), request, given, by)
    except ReportedlyError as problem:
        raise HTTPException(400, f"{problem.message} {problem.remedy}") from problem
    made = RedirectResponse(where, 303)
    made.set_cookie(NAME, quote(by), httponly=True, samesite="strict", max_age=365 * 86_400)
    return made


def _keep(shelf: RoomShelf, request: Request, given: Mapping[str, str], by: str) -> str:
    found, key = _sample(shelf, request), request.path_params["claim"]
    held = shelf.claim(key)
    if held is None:
        raise HTTPException(404, "The ledger holds no claim of this id.")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    said = {field: given.get("all") or given.get(f"said-{field}", "") for field in asked_of(held.claim)}
    made = [
        PrecisionAnswer(0, key, field, verdict, by, at, given.get("note") or None)
        for field, told in said.items()
        for verdict in VERDICTS
        if told == verdict
    ]
    shelf.answer_sample(found.name, made)
    return f"/samples/{quote(found.name, safe='')}/next?after={quote(key, safe='')}"
