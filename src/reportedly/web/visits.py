"""When somebody was here last: a mark in a cookie, of what the ledger held then. Nothing of it is kept here."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

SEEN = "reportedly_seen"
VISIT = "reportedly_visit"
# A visit ends when nothing was asked for so long.
VISIT_SECONDS = 1800
_YEAR = 365 * 86_400


def last_visit(request: Request) -> int | None:
    """What the ledger held when the visit before this one ended; ``None`` on the first."""
    for name in (VISIT, SEEN):
        value = request.cookies.get(name, "")
        if value.isascii() and value.isdecimal() and len(value) < 10:
            return int(value)
    return None


def note(request: Request, answer: Response, latest: int) -> Response:
    """Remember what was there to be seen; ``latest`` is the mark of what the ledger holds now."""
    before = last_visit(request)
    visit = str(latest if before is None else before)
    answer.set_cookie(VISIT, visit, max_age=VISIT_SECONDS, httponly=True, samesite="strict")
    answer.set_cookie(SEEN, str(latest), max_age=_YEAR, httponly=True, samesite="strict")
    return answer
