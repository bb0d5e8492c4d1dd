"""Where and when the main clause of a sentence was, whatever it tells: "On Monday a lorry rammed a gate in Sarn".

An event of force sets a scene by itself. A lead often tells what happened by a verb that names no such event, and a
sentence often names its day at another verb than the event's ("On Monday a video showed police who shot a man").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportedly.days import days_between, is_hour_alone
from reportedly.model import Place, Time
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token, TokenSpan
from reportedly.parse.spans import TokenIndex
from reportedly.scenes.clauses import lies_ahead
from reportedly.scenes.words import SceneWords

# What stands between a phrase of place and the verb of its clause.
PHRASE = frozenset({"prep", "pobj", "dobj", "nsubjpass", "agent", "compound", "conj", "appos", "nmod", "advmod"})
TIMED = frozenset({"prep", "pobj", "npadvmod", "advmod", "conj", "dobj"})
# Days of a time that is short.
SPAN = 2
WIDE = ("country", "region", "water")


class MainClause:
    """Answers for the sentences of one dispatch."""

    def __init__(self, doc: Doc, places: Sequence[Place], times: Sequence[Time], words: SceneWords) -> None:
        self._words = words
        self._places: TokenIndex[Place] = TokenIndex(doc, ((p.start, p.end, p) for p in places if not p.demonym))
        days = (t for t in times if t.begin and not (t.type == "TIME" and is_hour_alone(t.text)))
        self._times: TokenIndex[Time] = TokenIndex(doc, ((t.start, t.end, t) for t in days))

    def verb(self, sentence: TokenSpan) -> Token | None:
        """The main verb, where it tells what happened: "rammed", but not "said", "will meet" or "did not meet"."""
        root = sentence.root
        past = root.tag_ == "VBD" or any(c.lower_ in ("was", "were") for c in syntax.children(root, "aux", "auxpass"))
        if root.lemma_ == "be":
            root = next((c for c in root.children if c.i > root.i and _is_bare(c)), root)
        told = past and root.lemma_.lower() not in self._words.telling
        return root if told and not syntax.is_negated(root) and not lies_ahead(root) else None

    def place(self, sentence: TokenSpan) -> Place | None:
        """The narrowest place in a phrase of the main clause: "a base in X in the centre of Y"."""
        verb = self.verb(sentence)
        found = list(self._in_phrases(verb, sentence)) if verb is not None else []
        narrow = [p for p in found if p.kind is not None and p.kind not in WIDE]
        wide = [p for p in found if p.kind == "country"]
        return next((p for p in narrow if p.kind != "admin1"), next(iter((*narrow, *wide)), None))

    def _in_phrases(self, verb: Token, sentence: TokenSpan) -> Iterator[Place]:
        for token in sentence:
            place = self._places.get(token)
            if place is not None and self._says_where(token, verb):
                yield place

    def _says_where(self, token: Token, verb: Token) -> bool:
        """Whether a name stands behind a preposition of place below the verb: "into a base in X", not "after X"."""
        chain = _chain(token, {verb, verb.sent.root}, PHRASE)
        preps = [t.lower_ for t in chain or () if t.dep_ == "prep"]
        return any(w in self._words.where for w in preps) and self._words.where.union(self._words.along).issuperset(
            preps
        )

    def days(self, sentence: TokenSpan, today: str | None) -> tuple[str, str] | None:
        """The day that hangs on the main verb, or is its subject: "Friday night was the fourth on which they met"."""
        verb = self.verb(sentence)
        if verb is None or verb.lemma_.lower() in self._words.finding:
            return None
        named = ((token, t) for token in sentence if (t := self._times.get(token)) is not None)
        times = (t for token, t in named if self._hangs_on(token, {verb, sentence.root}))
        return next((days for t in times if (days := _short(t, today)) is not None), None)

    def _hangs_on(self, time: Token, verbs: set[Token]) -> bool:
        """Whether a time is that of a verb: "on the night of June 21", and of "Friday night was the fourth"."""
        if time.dep_ == "nsubj":
            return time.head in verbs
        chain = _chain(time, verbs, TIMED)
        if chain is None:
            return False
        return self._words.where.union(self._words.along).issuperset(t.lower_ for t in chain if t.dep_ == "prep")


def _is_bare(clause: Token) -> bool:
    """Whether it is the participle of a passive, however it is parsed: "was on Monday rammed into a gate"."""
    opened = any(c.dep_ in ("mark", "advmod") and c.i < clause.i for c in clause.children)
    return clause.tag_ in ("VBN", "VBD") and syntax.own_subject(clause) is None and not opened


def _chain(token: Token, verbs: set[Token], links: frozenset[str]) -> list[Token] | None:
    """The words between one and the verb it hangs on by such links alone: "in" and "base" of "into a base in X"."""
    chain: list[Token] = []
    for t in (token, *token.ancestors):
        if t in verbs:
            return chain
        if t.dep_ not in links:
            return None
        chain.append(t)
    return None


def _short(time: Time, today: str | None) -> tuple[str, str] | None:
    """The days of a time that is over and short."""
    if time.begin is None or time.end_date is None or (today is not None and time.begin[:10] > today):
        return None
    return (time.begin, time.end_date) if days_between(time.begin, time.end_date) <= SPAN else None
