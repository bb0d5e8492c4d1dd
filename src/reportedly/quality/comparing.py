"""Where two codings of the same dispatches differ, claim by claim and field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportedly.model import Analysis, Claim
from reportedly.model.record import Record
from reportedly.quality.fields import FIELDS, Field, said_of


class Difference(Record, frozen=True):
    """A value that two codings tell differently, or a claim that one of them alone has (``field`` is None).

    ``start``, ``end`` and ``words`` are those of the event word; ``a`` and ``b`` what each coding says.
    """

    dispatch: str
    start: int
    end: int
    words: str
    field: Field | None
    a: str
    b: str


class FieldAgreement(Record, frozen=True):
    """How many claims that both codings have say the same in a field, and how many do not.

    ``field`` is None for the claims themselves: ``same`` are those that both have, ``different`` those of one alone.
    """

    field: Field | None
    same: int
    different: int

    @property
    def share(self) -> float | None:
        """The share that is the same; of claims, twice those of both in all of both."""
        together = self.same * 2 if self.field is None else self.same
        return together / (together + self.different) if together + self.different else None


class Comparison(Record, frozen=True):
    """What two codings have in common: by field, every difference, and the dispatches that one alone has.

    ``labels`` are the values of both by field, as (coding, claim, value), from which agreement is reckoned.
    """

    fields: tuple[FieldAgreement, ...]
    differences: tuple[Difference, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    labels: dict[str, tuple[tuple[str, str, str], ...]]


Pair = tuple[Claim, Claim]


def compare(a: Iterable[Analysis], b: Iterable[Analysis]) -> Comparison:
    """Compare two codings; claims are of one event where their event words meet, the likest ones first."""
    first = {x.dispatch.id: x.claims for x in a}
    second = {x.dispatch.id: x.claims for x in b}
    shared = [key for key in first if key in second]
    pairs = {key: pairs_of(first[key], second[key]) for key in shared}
    alone = {key: (_left(first[key], pairs[key], 0), _left(second[key], pairs[key], 1)) for key in shared}
    both = [(key, *pair) for key in shared for pair in pairs[key]]
    told = [FieldAgreement(None, len(both), sum(len(side) for sides in alone.values() for side in sides))]
    for field in FIELDS:
        same = sum(said_of(x, field) == said_of(y, field) for _, x, y in both)
        told.append(FieldAgreement(field, same, len(both) - same))
    return Comparison(
        tuple(told),
        tuple(d for key in shared for d in _differences(key, pairs[key], alone[key])),
        tuple(sorted(first.keys() - second.keys())),
        tuple(sorted(second.keys() - first.keys())),
        {field: tuple(_labels(both, field)) for field in FIELDS},
    )


def pairs_of(a: Sequence[Claim], b: Sequence[Claim]) -> list[Pair]:
    """The claims of two codings of a dispatch that are about one event in one mouth: each claim stands in one pair."""
    met = [
        (_likeness(x, y), x, y)
        for x in a
        for y in b
        if x.trigger.start < y.trigger.end and y.trigger.start < x.trigger.end
    ]
    met.sort(key=lambda m: (*(-n for n in m[0]), m[1].trigger.start, m[1].id, m[2].id))
    taken: set[tuple[int, str]] = set()
    found: list[Pair] = []
    for _, x, y in met:
        if (0, x.id) not in taken and (1, y.id) not in taken:
            taken |= {(0, x.id), (1, y.id)}
            found.append((x, y))
    return sorted(found, key=lambda pair: (pair[0].trigger.start, pair[0].id))


def _meet(x: Claim, y: Claim) -> bool:
    return x.trigger.start < y.trigger.end and y.trigger.start < x.trigger.end


def _likeness(x: Claim, y: Claim) -> tuple[int, int, int, int]:
    same_words = (x.trigger.start, x.trigger.end) == (y.trigger.start, y.trigger.end)
    return (
        int(said_of(x, "source") == said_of(y, "source")),
        int(x.type == y.type),
        int(same_words),
        sum(said_of(x, field) == said_of(y, field) for field in FIELDS),
    )


def _left(claims: Sequence[Claim], pairs: Sequence[Pair], side: int) -> list[Claim]:
    paired = {pair[side].id for pair in pairs}
    return [c for c in claims if c.id not in paired]


def _differences(
    dispatch: str, pairs: Sequence[Pair], alone: tuple[Sequence[Claim], Sequence[Claim]]
) -> Iterator[Difference]:
    for x, y in pairs:
        for field in FIELDS:
            if (one := said_of(x, field)) != (other := said_of(y, field)):
                yield _difference(dispatch, x, field, one, other)
    for side, claims in enumerate(alone):
        for claim in claims:
            said = f"{said_of(claim, 'type')}, {said_of(claim, 'source') or 'the dispatch itself'}"
            yield _difference(dispatch, claim, None, *((said, "") if side == 0 else ("", said)))


def _difference(dispatch: str, claim: Claim, field: Field | None, a: str, b: str) -> Difference:
    return Difference(dispatch, claim.trigger.start, claim.trigger.end, claim.trigger.text, field, a, b)


def _labels(both: Sequence[tuple[str, Claim, Claim]], field: Field) -> Iterator[tuple[str, str, str]]:
    for key, x, y in both:
        item = f"{key} {x.id}"
        yield "A", item, said_of(x, field)
        yield "B", item, said_of(y, field)
