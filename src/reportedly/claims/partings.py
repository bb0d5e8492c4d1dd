"""Which event words of one sentence its grammar sets apart: one came after, before or because of the other.

"Troops shelled the ford hours *after* a raid", "the strike was in *retaliation* for a bombing", "the march *followed* a
shooting": two happenings, however alike they are. Harm that the same words tie to what it came of ("nine were killed
after a rocket hit the mill") is no other happening.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Final

import msgspec

from reportedly.claims.local_links import head_of
from reportedly.parse.parsed import Token

SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
OBJECTS: Final = frozenset({"dobj", "agent", "prep"})


class PartingWords(msgspec.Struct, frozen=True):
    """Words that part what stands behind them from the rest; nouns that do so; verbs that part their two parties."""

    apart: frozenset[str]
    memory: frozenset[str]
    sequel: frozenset[str]


def partings(
    triggers: Sequence[Sequence[Token]], tied: Iterable[tuple[int, int]], words: PartingWords
) -> frozenset[tuple[int, int]]:
    """The pairs of triggers (by number) that are set apart; ``tied`` are those that the grammar ties."""
    heads = [head_of(tokens) for tokens in triggers]
    ties = {frozenset(pair) for pair in tied}
    found = set[tuple[int, int]]()
    for numbers in _by_sentence(heads):
        for inside, outside in _sides(heads, numbers, words):
            pairs = set(product(inside, outside))
            if not any(frozenset(pair) in ties for pair in pairs):
                found |= pairs | {(b, a) for a, b in pairs}
    return frozenset(found)


def _by_sentence(heads: Sequence[Token]) -> Iterator[list[int]]:
    """The triggers of each sentence that holds several."""
    sentences: dict[int, list[int]] = {}
    for n, token in enumerate(heads):
        sentences.setdefault(token.sent.start, []).append(n)
    return (numbers for numbers in sentences.values() if len(numbers) > 1)


def _sides(
    heads: Sequence[Token], numbers: Sequence[int], words: PartingWords
) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
    """What stands within each phrase or clause that parts ("after a raid"), and what stands outside it."""
    where = {heads[n].i: n for n in numbers}
    for token in heads[numbers[0]].sent:
        if _parts(token, words):
            inside = _within(_extent(token), where)
            yield inside, frozenset(numbers) - inside - _within([token], where)
        elif token.lemma_.lower() in words.sequel and token.pos_ == "VERB":
            before, after = (
                _within((t for c in token.children if c.dep_ in deps for t in c.subtree), where)
                for deps in (SUBJECTS, OBJECTS)
            )
            yield before, after - before


def _within(tokens: Iterable[Token], where: dict[int, int]) -> frozenset[int]:
    return frozenset(where[t.i] for t in tokens if t.i in where)


def _parts(token: Token, words: PartingWords) -> bool:
    """Whether what hangs on a word is of another time: "after a raid", "after rebels raided", "in reprisal for it".

    What the same people do next is not: "killed two guards before setting the bus on fire", "after storming a bank".
    """
    if token.lemma_.lower() in words.memory:
        return token.pos_ == "NOUN" and token.dep_ in ("pobj", "attr", "dobj")
    if token.lower_ not in words.apart:
        return False
    doing = [c for c in token.children if c.dep_ == "pcomp" and c.tag_ == "VBG"]
    return not any(all(a.lemma_.lower() != "have" for a in v.children) for v in doing)


def _extent(token: Token) -> list[Token]:
    """What a parting word leads: its own phrase ("after a raid"), or the clause that it opens ("after they fled")."""
    if token.dep_ in ("mark", "advmod") and not token.children:
        return token.head.subtree if token.head.dep_ in ("advcl", "pcomp", "acl") else []
    behind = token.doc[token.i + 1] if not token.children and token.i + 1 < len(token.doc) else token
    # "In revenge for a raid" may have its "for" at the verb.
    return behind.subtree if behind.dep_ == "prep" else token.subtree
