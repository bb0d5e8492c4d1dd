"""How far judges agree beyond chance: Krippendorff's alpha, as NLTK reckons it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from reportedly.errors import ResourceError
from reportedly.model.record import Record
from reportedly.quality.fields import FIELDS, Field
from reportedly.quality.precision import PrecisionAnswer, last_words


class Agreement(Record, frozen=True):
    """Agreement on a field (None: on all): how many values two judges or more spoke of, and alpha over those.

    ``alpha`` is None where it is not defined: too few values, or all judges said the same of all of them.
    """

    field: Field | None
    judges: tuple[str, ...]
    values: int
    alpha: float | None


def agreement(answers: Iterable[PrecisionAnswer]) -> list[Agreement]:
    """Agreement of the judges of a sample over all fields and by field.

    Raises ResourceError where NLTK is not installed.
    """
    last = list(last_words(answers).values())
    found = [_on(None, last), *(_on(field, [a for a in last if a.field == field]) for field in FIELDS)]
    return [a for a in found if a.values]


def _on(field: Field | None, answers: Sequence[PrecisionAnswer]) -> Agreement:
    told = [(a.by, f"{a.claim} {a.field}", a.verdict) for a in answers]
    shared = in_common(told)
    judges = tuple(sorted({judge for judge, _, _ in shared}))
    return Agreement(field, judges, len({item for _, item, _ in shared}), alpha(shared))


def in_common(told: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Of what coders say of items (coder, item, label), what is said of items that two or more spoke of."""
    by_item: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in told:
        by_item[row[1]].append(row)
    return [row for rows in by_item.values() if len(rows) > 1 for row in rows]


def alpha(told: Sequence[tuple[str, str, str]]) -> float | None:
    """Krippendorff's alpha for labels without an order, of (coder, item, label); None where it is not defined."""
    if len({label for _, _, label in told}) < 2:
        return None
    try:
        from nltk.metrics.agreement import AnnotationTask
    except ImportError as problem:
        message = "NLTK, which reckons the agreement of judges, is not installed"
        raise ResourceError("E215", message, "Install it with: pip install 'reportedly[research]'") from problem
    return float(AnnotationTask(data=list(told)).alpha())
