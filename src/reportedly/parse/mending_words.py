"""The words that mends of a parse need, as the table has them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from reportedly.knowledge.load import Knowledge
from reportedly.parse.numbers import NumberWords, quantity_words


class MendWords(NamedTuple):
    """The table ``parse_mends``."""

    ended: dict[str, str]
    same: frozenset[str]
    glued: frozenset[str]
    numbers: NumberWords


@lru_cache(maxsize=4)
def mend_words(knowledge: Knowledge) -> MendWords:
    """The words that the rules need, from the table in force."""
    rows = knowledge.rows("parse_mends")
    return MendWords(
        ended={w.strip(): r["lemma"] for r in rows if r["kind"] == "ended" for w in r["words"].split(",")},
        same=frozenset(w.strip() for r in rows if r["kind"] == "same" for w in r["words"].split(",")),
        glued=frozenset(w.strip() for r in rows if r["kind"] == "glued" for w in r["words"].split(",")),
        numbers=quantity_words(knowledge),
    )
