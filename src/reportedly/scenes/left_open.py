"""Of what somebody does not say where it was."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.model import Silence
from reportedly.parse.parsed import Doc
from reportedly.parse.spans import tokens_of


def unplaced(doc: Doc, silences: Sequence[Silence]) -> frozenset[str]:
    """Lemmas of that of which somebody does not say where it was: "did not say where the shelling took place"."""
    found = [list(tokens_of(doc, s.start, s.end)) for s in silences]
    asked = (t for tokens in found if any(t.lower_ == "where" for t in tokens) for t in tokens)
    return frozenset(t.lemma_.lower() for t in asked if t.pos_ in ("NOUN", "VERB"))
