"""The table ``factuality``: what single words do to the certainty of what stands below them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, cast

from reportedly.knowledge.load import Knowledge, NumberedRow, listed
from reportedly.knowledge.word_sets import word_sets
from reportedly.model import Modality


class CertaintyRule(NamedTuple):
    """What one word does to what stands below it, where it holds and where it is negated."""

    plus: str
    minus: str
    modality: Modality | None
    score: float | None
    minus_score: float | None
    own: str
    row: str


class CertaintyLexicon(NamedTuple):
    """The table ``factuality``, compiled for look-up; of negators only the place of their row."""

    governors: dict[tuple[str, str], CertaintyRule]
    nouns: dict[tuple[str, str], CertaintyRule]
    modals: dict[str, CertaintyRule]
    adverbs: dict[str, CertaintyRule]
    adjectives: dict[str, CertaintyRule]
    marks: dict[str, CertaintyRule]
    preps: dict[str, CertaintyRule]
    negators: dict[str, str]
    reports: frozenset[str]
    pictures: frozenset[str]
    ranks: frozenset[str]
    copulas: frozenset[str]


@lru_cache(maxsize=8)
def lexicon(knowledge: Knowledge) -> CertaintyLexicon:
    """The words that change certainty; a later row wins over an earlier one for the same word and frame."""
    copulas = word_sets(knowledge).get("linking", frozenset()) | {"be"}
    sets = _called(knowledge, "told"), _called(knowledge, "shown"), _ranks(knowledge), copulas
    found = CertaintyLexicon({}, {}, {}, {}, {}, {}, {}, {}, *sets)
    places = {
        "modal": found.modals,
        "adverb": found.adverbs,
        "adjective": found.adjectives,
        "mark": found.marks,
        "prep": found.preps,
    }
    for numbered in knowledge.numbered("factuality"):
        row = numbered.row
        words = listed(row["words"])
        if row["kind"] == "rank":
            continue
        if row["kind"] == "negator":
            found.negators.update(dict.fromkeys(words, numbered.place))
        elif row["kind"] in ("governor", "noun"):
            rule = _rule(numbered)
            governors = found.nouns if row["kind"] == "noun" else found.governors
            frames = [f.strip() for f in row.get("frames", "").split(",")]
            governors.update({(w, f): rule for w in words for f in frames})
        else:
            places[row["kind"]].update(dict.fromkeys(words, _rule(numbered)))
    return found


def _called(knowledge: Knowledge, kind: str) -> frozenset[str]:
    """Nouns for what is told ("told"), or for what shows something ("shown")."""
    return frozenset(w for row in knowledge.rows("denials") if row["says"] == kind for w in row["forms"].split())


def _ranks(knowledge: Knowledge) -> frozenset[str]:
    """Words that say in what place of a row somebody was the one to do something."""
    rows = (row for row in knowledge.rows("factuality") if row["kind"] == "rank")
    return frozenset(w for row in rows for w in listed(row["words"]))


def _rule(numbered: NumberedRow) -> CertaintyRule:
    row = numbered.row
    plus = row["plus"]
    return CertaintyRule(
        plus=plus,
        minus=row.get("minus") or plus,
        modality=cast("Modality | None", row.get("modality") or None),
        score=_number(row.get("score")),
        minus_score=_number(row.get("minus_score")),
        own=row.get("own") or ("U" if plus == "U" else "CT+"),
        row=numbered.place,
    )


def _number(cell: str | None) -> float | None:
    return float(cell) if cell else None
