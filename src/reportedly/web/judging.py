"""Judging: who decides what is written down with name and time, can be taken back, taken along and brought in."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import quote, unquote

import anyio.to_thread
import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reportedly.errors import ReportedlyError
from reportedly.ledger.judge import Judged, Judging, Verdict, standing_of
from reportedly.web import tasks
from reportedly.web.answers import NAME
from reportedly.web.asking import desk_of, shelf_of
from reportedly.web.security import from_own_form
from reportedly.web.shelf import RoomShelf

LONGEST_NAME = 80
SHOWN = 200
VERDICTS: dict[str, tuple[Verdict, int]] = {
    "right": ("right", 1),
    "wrong": ("wrong", 1),
    "same": ("same", 2),
    "different": ("different", 2),
    "note": ("note", 1),
}


class JudgingLine(msgspec.Struct, frozen=True):
    """A judgement in the list; ``stands`` is false for one that was taken back or overtaken."""

    judged: Judged
    stands: bool


def judgements(request: Request) -> Response:
    """What people decided, last first."""
    desk = desk_of(request)

    def make() -> Response:
        held = desk.shelf.judgements()
        standing = {j.n for j in standing_of(held)}
        shown = [JudgingLine(j, j.n in standing) for j in reversed(held[-SHOWN:])]
        name = unquote(request.cookies.get(NAME, ""))
        values = {"lines": shown, "total": len(held), "judge_name": name, "labelling": tasks.LABELLING}
        return desk.page(request, "judgements.html", values)

    return desk.answer(request, make, forms=True)


def take_along(request: Request) -> Response:
    """All judgements as JSON lines, or judged claims as tasks of Label Studio."""
    shelf = shelf_of(request)
    held = shelf.judgements()
    if request.path_params["kind"] == "jsonl":
        return _file(tasks.lines(held), "application/x-ndjson", "judgements.jsonl")
    claims = [shelf.claim(j.a) for j in standing_of(held) if j.kind == "claim"]
    known = [c for c in claims if c is not None]
    return _file(tasks.label_studio(known, held), "application/json", "judgements-label-studio.json")


def _file(body: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(body, media_type=kind, headers=headers)


async def judgements_or_judge(request: Request) -> Response:
    """The list to those who ask, a judgement from those who send one."""
    return await (judge(request) if request.method == "POST" else run_in_threadpool(judgements, request))


async def judge(request: Request) -> Response:
    """Keep a judgement, take one back, or bring in a file of them."""
    async with request.form(max_files=1, max_fields=40) as form:
        if not from_own_form(request, desk_of(request).guard, text_of(form, "csrf")):
            raise HTTPException(403, "Only a form of this application, opened in this browser, can judge.")
        upload = form.get("file")
        data = await upload.read() if isinstance(upload, UploadFile) else None
        fields = dict.fromkeys(("judgement", "a", "b", "by", "back", "origin", "note"), "")
        fields |= {name: text_of(form, name) for name in form}
    try:
        where = await anyio.to_thread.run_sync(_carry_out, shelf_of(request), fields, data)
    except ReportedlyError as problem:
        raise HTTPException(400, f"{problem.message} {problem.remedy}") from problem
    answer = RedirectResponse(where, 303)
    name = quote(fields["by"][:LONGEST_NAME])
    answer.set_cookie(NAME, name, httponly=True, samesite="strict", max_age=365 * 86_400)
    return answer


def text_of(form: FormData, name: str) -> str:
    """A field of a form as text; "" where it has none, or a file."""
    value = form.get(name)
    return value.strip()[:2_000] if isinstance(value, str) else ""


def _carry_out(shelf: RoomShelf, fields: dict[str, str], data: bytes | None) -> str:
    """Do it; gives the address to go on at."""
    by = fields["by"][:LONGEST_NAME]
    if not by:
        raise HTTPException(400, "A judgement needs a name: who decides that?")
    if data is not None:
        shelf.judge(tasks.fresh(tasks.read_back(data), shelf.judgements()))
        return "/judgements"
    decided = _decided(shelf, fields, by)
    shelf.judge([decided])
    back = fields["back"]
    if back.startswith("/judge") and (decided.undo or decided.verdict in ("correct", "note")):
        return f"/judge/{quote(decided.a, safe='')}"
    if re.match(r"/(?![/\\])", back):
        return back
    claim = shelf.claim(decided.a) if not decided.undo or fields["origin"] == "incident" else None
    return f"/incidents/{quote(claim.incident)}#{claim.claim.id}" if claim and claim.incident else "/judgements"


def _decided(shelf: RoomShelf, fields: dict[str, str], by: str) -> Judging:
    word, *names = fields["judgement"].split(" ")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    if word == "undo" and len(names) == 1:
        earlier = next((j for j in shelf.judgements() if str(j.n) == names[0]), None)
        if earlier is not None:
            return Judging(earlier.a, earlier.verdict, earlier.b, by, at, undo=True, field=earlier.field)
    note = fields["note"] or None
    if word == "correct" and len(names) == 1:
        value = fields.get(f"value-{names[0]}", "")
        return Judging(fields["a"], "correct", None, by, at, field=names[0], value=value, note=note)
    named = [n for n in (names or (fields["a"], fields["b"])) if n]
    verdict, needed = VERDICTS.get(word, (None, 0))
    if verdict is None or len(named) != needed:
        raise HTTPException(400, "That is no judgement: say what is right or wrong, or which two are the same.")
    return Judging(named[0], verdict, named[1] if needed > 1 else None, by, at, note=note)
