"""Where and when the main clause of a sentence was, whatever it tells: "On Monday a lorry rammed a gate in Sarn".

An event of force sets a scene by itself. A lead often tells what happened by a verb that names no such event, and a
sentence often names its day at another verb than the event's ("On Monday a video showed police who shot a man").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from reportedly.model import Place, Time
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.parsed import TokenSpan as Words_
from reportedly.parse.spans import TokenIndex
from reportedly.scenes.clauses import lies_ahead
from reportedly.scenes.words import SceneWords

# What stands between a phrase of place and the verb of its clause.
PHRASE = frozenset({"prep", "pobj", "dobj", "nsubjpass", "agent", "compound", "conj", "appos", "nmod", "poss"})
SPAN = timedelta(days=2)
WIDE = ("country", "region", "water")


class MainClause:
    """Answers for the sentences of one dispatch."""

    def __init__(self, doc: Doc, places: Sequence[Place], times: Sequence[Time], words: SceneWords) -> None:
        self._words = words
        self._places: TokenIndex[Place] = TokenIndex(doc, ((p.start, p.end, p) for p in places if not p.demonym))
        self._times: TokenIndex[Time] = TokenIndex(doc, ((t.start, t.end, t) for t in times if t.begin))

    def verb(self, sentence: Words_) -> Token | None:
        """The main verb, where it tells what happened: "rammed", but not "said", "will meet" or "did not meet"."""
        root = sentence.root
        past = root.tag_ == "VBD" or any(c.lower_ in ("was", "were") for c in syntax.children(root, "aux", "auxpass"))
        told = past and root.lemma_.lower() not in self._words.telling
        return root if told and not syntax.is_negated(root) and not lies_ahead(root) else None

    def place(self, sentence: Words_) -> Place | None:
        """The narrowest place in a phrase of the main clause: "a base in X in the centre of Y"."""
        verb = self.verb(sentence)
        found = list(self._in_phrases(verb, sentence)) if verb is not None else []
        narrow = [p for p in found if p.kind not in WIDE]
        return next((p for p in narrow if p.kind != "admin1"), next(iter(narrow), None))

    def _in_phrases(self, verb: Token, sentence: Words_) -> Iterator[Place]:
        for token in sentence:
            place = self._places.get(token)
            if place is not None and self._says_where(token, verb):
                yield place

    def _says_where(self, token: Token, verb: Token) -> bool:
        """Whether a name stands behind a preposition of place below the verb: "into a base in X", not "X's army"."""
        placed = False
        for t in (token, *token.ancestors):
            if t == verb:
                return placed
            placed = placed or (t.dep_ in ("pobj", "prep") and t.lower_ in self._words.where)
            if t.dep_ not in PHRASE:
                return False
        return False

    def days(self, sentence: Words_, today: str | None) -> tuple[str, str] | None:
        """The day that hangs on the main verb, or is its subject: "Friday night was the fourth on which they met"."""
        verb = self.verb(sentence)
        if verb is None:
            return None
        heads = [*verb.children, *(o for c in syntax.children(verb, "prep") for o in c.children)]
        times = (self._times.get(t) for t in heads if t.dep_ in ("npadvmod", "nsubj", "pobj", "tmod", "advmod"))
        return next((days for t in times if t is not None and (days := _short(t, today)) is not None), None)


def _short(time: Time, today: str | None) -> tuple[str, str] | None:
    """The days of a time that is over and short."""
    if time.begin is None or time.end_date is None or (today is not None and time.begin[:10] > today):
        return None
    length = date.fromisoformat(time.end_date[:10]) - date.fromisoformat(time.begin[:10])
    return (time.begin, time.end_date) if length <= SPAN else None
