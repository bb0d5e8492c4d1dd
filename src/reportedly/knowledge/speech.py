"""Verbs of saying: what every part of the program takes from the one row that a verb has in ``cues.tsv``."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from reportedly.knowledge.load import SHIPPED, Knowledge

# Whom somebody tells, blames or praises: only people and bodies do, without a clause too ("Moscow urged both to stop").
_AIMED = frozenset({"obj-to", "obj-of", "obj-for"})


class Speech(msgspec.Struct, frozen=True):
    """Lemmas of verbs, by what their frames say of them.

    ``quoting``: the subject speaks the quotation beside it. ``telling``: a clause below it is what is said. ``acting``:
    only people and bodies do it, so that a capital or a country as its subject is a government ("Moscow boasted that").
    """

    quoting: frozenset[str]
    telling: frozenset[str]
    acting: frozenset[str]


@lru_cache(maxsize=8)
def speech(knowledge: Knowledge = SHIPPED) -> Speech:
    """The verbs of ``cues.tsv``; what documents do as well ("the poll shows") is left out."""
    rows = [r for r in knowledge.rows("cues") if r["pos"] == "verb"]
    frames = {(r["lemma"], r["act"]): frozenset(r["frames"].split()) for r in rows}
    spoken = {key: f for key, f in frames.items() if "subject" not in f and "raising" not in f}
    said = {lemma: f for (lemma, act), f in spoken.items() if act == "reporting"}
    telling = frozenset(lemma for lemma, f in said.items() if "clause" in f)
    return Speech(
        quoting=frozenset(lemma for (lemma, _), f in spoken.items() if "quote" in f),
        telling=telling,
        acting=telling | {lemma for lemma, f in said.items() if not _AIMED.isdisjoint(f)},
    )
