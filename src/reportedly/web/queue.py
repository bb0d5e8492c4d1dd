"""What to judge next, and one claim to be judged: its sentence, what was read of it, what people said of it before."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, unquote

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reportedly.ledger.corrections import AMOUNT, FIELDS, words_of
from reportedly.ledger.judge import standing_of
from reportedly.ledger.queue import WaitingClaim
from reportedly.model import Claim, LedgerClaim
from reportedly.web import state as states
from reportedly.web.answers import NAME
from reportedly.web.asking import LINKS, asked_of, desk_of, listed, shelf_of, state_of

# Numbers that can be given where a claim has none.
_OFFERED = ("killed", "injured")
# Claims that the queue shows, and among which the next one is looked for.
SHOWN = 25
AHEAD = 200


class Correctable(msgspec.Struct, frozen=True):
    """A field of a claim that can be corrected: what stands there, and how a value is written."""

    name: str
    said: str
    how: str


def correctable(held: LedgerClaim) -> list[Correctable]:
    """The fields of a claim, then its numbers."""
    claim = held.claim
    roles = dict.fromkeys((*(f.role for f in claim.figures), *_OFFERED))
    named = [Correctable(name, value_of(claim, name), how) for name, how in FIELDS.items()]
    return named + [Correctable(role, value_of(claim, role), AMOUNT) for role in roles]


def value_of(claim: Claim, name: str) -> str:
    """What stands in a field, written as a correction of it is written."""
    if name == "day":
        return "/".join(dict.fromkeys(day[:10] for day in (claim.begin, claim.end_date) if day))
    if name == "place" and claim.place and claim.place.country:
        return f"{claim.place.name}, {claim.place.country}"
    return words_of(claim, name)


def queue(request: Request) -> Response:
    """What to judge next."""
    desk = desk_of(request)

    def make() -> Response:
        asked = asked_of(request, states.CLAIMS)
        waiting = [] if asked.wrong else desk.shelf.waiting(asked.state.filters(), SHOWN)
        return listed(desk, request, "queue.html", asked, {"waiting": waiting} | LINKS)

    return desk.answer(request, make)


def onward(request: Request) -> Response:
    """The claim to judge first."""
    state = state_of(request, states.CLAIMS)
    return RedirectResponse(_address(shelf_of(request).waiting(state.filters(), 1), "", state), 303)


def _address(waiting: Sequence[WaitingClaim], passed: str, state: states.ListState) -> str:
    """Where the first claim behind the one that is passed is judged; where that is not among them, the first of all."""
    ids = [w.held.claim.id for w in waiting]
    behind = ids[ids.index(passed) + 1 :] if passed in ids else ids
    page = f"/{quote(behind[0], safe='')}" if behind else ""
    return f"/judge{page}?{state.query()}"


def one(request: Request) -> Response:
    """One claim to be judged."""
    desk = desk_of(request)

    def make() -> Response:
        state = state_of(request, states.CLAIMS)
        held = desk.shelf.claim(request.path_params["id"])
        if held is None:
            raise HTTPException(404, "The ledger holds no claim of this id.")
        said = [j for j in desk.shelf.judgements() if held.claim.id in (j.a, j.b)]
        values = {
            "held": held,
            "said": said,
            "standing": {j.n for j in standing_of(said)},
            "fields": correctable(held),
            # Found before the claim is judged: afterwards it is in the queue no more, and its place is lost.
            "onward": _address(desk.shelf.waiting(state.filters(), AHEAD), held.claim.id, state),
            "state": state,
            "judge_name": unquote(request.cookies.get(NAME, "")),
        }
        return desk.page(request, "judge.html", values | LINKS)

    return desk.answer(request, make, forms=True)
