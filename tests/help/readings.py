"""Readings of short dispatches made by hand: the ledger is tested apart from the stages that read."""

from __future__ import annotations

from typing import Any

from reportedly.ids import content_id
from reportedly.model import (
    Actor,
    ActorKind,
    Analysis,
    Claim,
    Dispatch,
    Evidence,
    Figure,
    Party,
    Place,
    Silence,
    Source,
    Trigger,
    Versions,
)  # fmt: skip

VERSIONS = Versions("0.1.0", "3.8", "model 1", "abc", "def")

Said = dict[str, Any]


def claim(dispatch: str, text: str, words: str, **said: Any) -> Claim:
    """A claim whose trigger is ``words`` in the text; ``said`` gives type, source, kind, killed, place and the like."""
    start = text.index(words)
    trigger = Trigger(start, start + len(words), words)
    source = said.get("source")
    figures = [
        Figure(
            role,
            low,
            high,
            approx=False,
            text=said.get("counted", str(low)),
            start=start,
            end=start + 1,
            of=said.get("of"),
        )
        for role in ("killed", "injured", "missing", "rescued", "captured")
        for low, high in [said.get(role, (None, None))]
        if low is not None or high is not None
    ]
    place = said.get("place")
    return Claim(
        id=content_id("c", dispatch, start, source or ""),
        trigger=trigger,
        evidence=Evidence(start, trigger.end),
        type=said.get("type", "ASSAULT"),
        mode=said.get("mode"),
        cameo=None,
        factuality=said.get("factuality", "CT+"),
        modality=said.get("modality"),
        source=Source(source, said.get("kind", "organization"), 0, 1) if source else None,
        statement=None,
        chain=(),
        channel=None,
        to=None,
        said=said.get("said"),
        actors=tuple(_party(p, "organization") for p in said.get("actors", ())),
        recipients=tuple(_party(p, "group") for p in said.get("recipients", ())),
        place=Place(0, 1, place[0], place[0], "city", place[1]) if place else None,
        origin=None,
        begin=said.get("day"),
        end_date=said.get("until", said.get("day")),
        means=(),
        figures=tuple(figures),
        incident=said.get("incident", "i1"),
    )


def _party(told: str | Party, kind: ActorKind) -> Party:
    return told if isinstance(told, Party) else Party(told, None, None, kind, 0, 1)


def person(name: str) -> Party:
    """Somebody to whom it was done."""
    return Party(name, None, None, "person", 0, 1)


def of_country(name: str, country: str) -> Party:
    """Somebody whose country is known."""
    return Party(name, None, country, "organization", 0, 1)


def reading(
    id: str,  # noqa: A002
    text: str,
    published: str,
    *said: tuple[str, Said],
    silent: tuple[str, ...] = (),
    roles: dict[str, str] | None = None,
    versions: Versions = VERSIONS,
    **fields: Any,
) -> Analysis:
    """What was read from a dispatch: ``said`` are claims as pairs of trigger words and fields."""
    return Analysis(
        dispatch=Dispatch(id=id, text=text, published=published, **fields),
        times=(),
        places=(),
        actors=tuple(
            Actor(f"a{n}", name, "person", role, None, None, ()) for n, (name, role) in enumerate((roles or {}).items())
        ),
        statements=(),
        silences=tuple(Silence(name, "comment", None, len(text) - 1, len(text)) for name in silent),
        claims=tuple(claim(id, text, words, **fields_) for words, fields_ in said),
        diagnostics=(),
        versions=versions,
    )
