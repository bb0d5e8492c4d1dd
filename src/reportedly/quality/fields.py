"""The fields of a claim about which people are asked, and what each says in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal, get_args

from reportedly.model import Claim, Figure, Party

Field = Literal["type", "factuality", "source", "actors", "recipients", "place", "when", "figures"]
FIELDS: Final[tuple[Field, ...]] = get_args(Field)
# What is asked of each, as a person reads it beside the sentence.
QUESTIONS: Final[Mapping[Field, str]] = {
    "type": "Is this what the words tell of?",
    "factuality": "Is the source as sure of it as this?",
    "source": "Does this source answer for it?",
    "actors": "Did they do it, and all of them?",
    "recipients": "Was it done to them, and to all of them?",
    "place": "Did it happen there?",
    "when": "Did it happen then?",
    "figures": "Are these the numbers, and of these people?",
}


def asked_of(claim: Claim) -> tuple[Field, ...]:
    """The fields of which a claim says something: what it leaves open is neither right nor wrong.

    A claim without a source is the dispatch's own, which is an answer too.
    """
    return tuple(f for f in FIELDS if f in ("type", "factuality", "source") or said_of(claim, f))


def said_of(claim: Claim, field: Field) -> str:
    """What a claim says there, in words that are equal where the values are; "" where it says nothing."""
    return _SAID[field](claim)


def _when(claim: Claim) -> str:
    days = [day for day in (claim.begin, claim.end_date) if day]
    return "/".join(dict.fromkeys(days))


def _place(claim: Claim) -> str:
    place = claim.place
    return ", ".join(part for part in (place.name, place.country) if part) if place else ""


def _names(parties: tuple[Party, ...]) -> str:
    return "; ".join(sorted(dict.fromkeys(p.name for p in parties)))


def _figures(claim: Claim) -> str:
    return "; ".join(sorted(map(_figure, claim.figures)))


def _figure(figure: Figure) -> str:
    bounds = ["" if bound is None else str(bound) for bound in (figure.low, figure.high)]
    number = bounds[0] if bounds[0] == bounds[1] else "-".join(bounds)
    return f"{'about ' * figure.approx}{number} {figure.role}{f' ({figure.of})' if figure.of else ''}"


_SAID: Final[Mapping[Field, Callable[[Claim], str]]] = {
    "type": lambda c: f"{c.type} {c.mode}" if c.mode else c.type,
    "factuality": lambda c: f"{c.factuality} {c.modality}" if c.modality else c.factuality,
    "source": lambda c: c.source.name if c.source else "",
    "actors": lambda c: _names(c.actors),
    "recipients": lambda c: _names(c.recipients),
    "place": _place,
    "when": _when,
    "figures": _figures,
}
