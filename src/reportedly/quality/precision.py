"""The share of values that people found right, by field and type, with how sure one can be of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from statistics import NormalDist
from typing import Final, Literal

from reportedly.model.record import Record
from reportedly.quality.fields import FIELDS, Field

Verdict = Literal["right", "wrong", "unclear"]
CONFIDENCE: Final = 0.95


class PrecisionAnswer(Record, frozen=True):
    """What a judge said of one field of a sampled claim; ``n`` tells the order, and the last word counts."""

    n: int
    claim: str
    field: Field
    verdict: Verdict
    by: str
    at: str | None = None
    note: str | None = None


class PrecisionAsked(Record, frozen=True):
    """A claim of a sample: its type, and for how many claims it stands."""

    claim: str
    type: str
    weight: float = 1.0


class Precision(Record, frozen=True):
    """How many values were right and wrong; ``type`` is None for all types together.

    ``share`` of those that were one or the other is right, surely (by ``CONFIDENCE``) between ``low`` and ``high`` (the
    score interval of Wilson 1927). ``unclear`` are those of which nobody could say, ``disputed`` those on which judges
    differ: they count as neither.
    """

    field: Field
    type: str | None
    right: int
    wrong: int
    unclear: int
    disputed: int
    share: float | None
    low: float | None
    high: float | None


def wilson(right: float, asked: float, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The score interval of Wilson (1927) for a share.

    >>> [round(bound, 4) for bound in wilson(9, 10)]
    [0.5958, 0.9821]
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, spread = right / asked, z * z / asked
    middle = (share + spread / 2) / (1 + spread)
    reach = z / (1 + spread) * sqrt(share * (1 - share) / asked + spread / (4 * asked))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def precision(sample: Sequence[PrecisionAsked], answers: Iterable[PrecisionAnswer]) -> list[Precision]:
    """The share right of each field, over all types first and then by type, as far as somebody answered.

    Over all types a claim of a stratified sample counts for as many as it stands for, and the interval is that of as
    many equal answers as these are worth (Kish 1965).
    """
    said = _settled(answers)
    types = sorted({a.type for a in sample})
    found = (_one(f, t, [a for a in sample if t in (None, a.type)], said) for f in FIELDS for t in (None, *types))
    return [p for p in found if p.right + p.wrong + p.unclear + p.disputed]


def _one(
    field: Field, type_: str | None, claims: Sequence[PrecisionAsked], said: Mapping[tuple[str, str], str]
) -> Precision:
    told = [(a, said[a.claim, field]) for a in claims if (a.claim, field) in said]
    n = {v: sum(verdict == v for _, verdict in told) for v in ("right", "wrong", "unclear", "disputed")}
    weights = [a.weight for a, verdict in told if verdict in ("right", "wrong")]
    if not weights:
        return Precision(field, type_, n["right"], n["wrong"], n["unclear"], n["disputed"], None, None, None)
    share = sum(a.weight for a, verdict in told if verdict == "right") / sum(weights)
    worth = sum(weights) ** 2 / sum(w * w for w in weights)
    low, high = wilson(share * worth, worth)
    return Precision(field, type_, n["right"], n["wrong"], n["unclear"], n["disputed"], share, low, high)


def last_words(answers: Iterable[PrecisionAnswer]) -> dict[tuple[str, Field, str], PrecisionAnswer]:
    """What each judge said last of each field of each claim."""
    return {(a.claim, a.field, a.by): a for a in sorted(answers, key=lambda a: a.n)}


def _settled(answers: Iterable[PrecisionAnswer]) -> dict[tuple[str, str], str]:
    """What the judges say together of a value; where one says right and another wrong it is disputed."""
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (claim, field, _), answer in last_words(answers).items():
        told[claim, field].add(answer.verdict)
    return {key: _together(verdicts) for key, verdicts in told.items()}


def _together(verdicts: set[str]) -> str:
    sure = verdicts - {"unclear"}
    return "disputed" if len(sure) > 1 else next(iter(sure), "unclear")
