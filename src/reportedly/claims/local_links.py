"""Which event words of a dispatch its grammar ties into one happening.

"Nine people were *killed* when a missile *hit* the block", "the *toll* from this week's *crackdown*", "an *explosion*
that *injured* three": one clause or phrase gives the harm, the act or the means of the other. What is told beside it in
time alone ("left after the attack") is another matter: only harm is tied to what it came after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from reportedly.parse.parsed import Token

# From an event noun to the verb that it is a party to, and steps inside a phrase.
PARTY: Final = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "oprd"})
PHRASE: Final = frozenset({"compound", "poss", "nmod", "pobj", "pcomp"})
MODIFIES: Final = frozenset({"relcl", "acl"})
# Farther up a sentence than this, words have little to do with each other.
STEPS: Final = 5
# A word and the one that governs it, with at most a preposition between them.
DIRECT: Final = 2
# The same with a measure of time between: "agreed after ten hours of talks".
MEASURED: Final = 4


class Links(msgspec.Struct, frozen=True):
    """Words between two event words: those that make one happening of them, and those that do so for harm alone.

    ``occasion`` leads from what was agreed to where it was, ``deal`` to what was agreed.
    """

    same: frozenset[str]
    cause: frozenset[str]
    occasion: frozenset[str] = frozenset()
    deal: frozenset[str] = frozenset()


class ClaimTie(msgspec.Struct, frozen=True):
    """Two triggers (by number) that are tied; ``direct`` where nothing but a preposition stands between them.

    ``befell`` marks that the first says what befell a party of the second before ("two of those *wounded* have
    *died*"); ``held`` is the preposition that ties talks and what is agreed, which ties nothing else.
    """

    a: int
    b: int
    direct: bool
    befell: bool
    held: str = ""


def ties(triggers: Sequence[Sequence[Token]], harm: Sequence[bool], links: Links) -> list[ClaimTie]:
    """The triggers that the grammar ties; ``harm`` says which of them are harm done to people."""
    climb = _Climb({t.i: n for n, tokens in enumerate(triggers) for t in tokens}, harm, links)
    found = [climb.above(n, head_of(tokens)) for n, tokens in enumerate(triggers)]
    return [tie for tie in found if tie is not None]


def head_of(tokens: Sequence[Token]) -> Token:
    """The token that governs the others."""
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head is t), tokens[0])


class _Climb:
    """Goes up from a trigger as long as every step is one that ties."""

    def __init__(self, of: Mapping[int, int], harm: Sequence[bool], links: Links) -> None:
        self._of, self._harm, self._links = of, harm, links

    def above(self, mine: int, token: Token) -> ClaimTie | None:
        """The trigger over this one that it is tied to: "killed" for "shot" in "was killed when guards shot"."""
        modifier = token.dep_ in MODIFIES and token.head.i not in self._of
        if modifier and _did(token):
            return None
        for step in range(1, STEPS + 1):
            above = token.head
            other = self._of.get(above.i)
            if above is token:
                return None
            if not self._holds(mine, token, other):
                return self._at(mine, token, other) if step <= MEASURED else None
            if other is not None and other != mine:
                if modifier and not (self._harm[other] and _befalls(token)):
                    return None
                return ClaimTie(mine, other, step <= DIRECT, befell=modifier)
            token = above
        return None

    def _at(self, mine: int, token: Token, other: int | None) -> ClaimTie | None:
        """The tie of talks to what came of them ("agreed *at* the meeting"), and of a deal to what it is of."""
        held = token.dep_ == "prep" and token.lower_ in self._links.occasion | self._links.deal
        if not held or other is None or other == mine:
            return None
        return ClaimTie(mine, other, direct=True, befell=False, held=token.lower_)

    def _holds(self, mine: int, token: Token, other: int | None) -> bool:
        """Whether a step up is one that ties: "shot and killed", "the killing of", "died in the blast".

        Two clauses with subjects of their own must both tell of harm: "a bomb hurt six and nine died in the fire".
        """
        if token.dep_ == "conj":
            if _has_subject(token):
                return other is not None and self._harm[other] and self._harm[mine]
            return other is not None and (self._harm[mine] or self._harmed(token))
        if token.dep_ in MODIFIES:
            return other is not None or self._harm[mine]
        if token.dep_ == "advcl":
            return other is not None and self._opens(token, harmed=self._harm[other])
        if token.dep_ in ("prep", "agent"):
            if other is None:
                return token.lower_ == "of"
            links = self._links.same | self._links.cause if self._harm[other] else self._links.same
            return token.lower_ in links and (self._harm[mine] or self._harm[other])
        return token.dep_ in PHRASE or (token.dep_ in PARTY and other is not None)

    def _harmed(self, token: Token) -> bool:
        """Whether harm is told before in the same breath, of the same people ("killed, wounded or captured")."""
        while token.dep_ == "conj" and token.head is not token and not _has_subject(token):
            token = token.head
            above = self._of.get(token.i)
            if above is not None and self._harm[above]:
                return True
        return False

    def _opens(self, verb: Token, *, harmed: bool) -> bool:
        """Whether a clause gives the same happening: it opens with "when" or the like, or with none ("killing two")."""
        opening = {c.lower_ for c in verb.children if c.i < verb.i and c.dep_ in ("mark", "advmod", "prep")}
        if opening & self._links.cause:
            return harmed
        return bool(opening & self._links.same) or (not opening and verb.tag_ == "VBG")


def _befalls(party: Token) -> bool:
    """Whether the verb over a party tells what befell it ("the wounded died"), not what it did to others."""
    return party.dep_ != "nsubj" or not any(c.dep_ in ("dobj", "ccomp", "xcomp") for c in party.head.children)


def _did(verb: Token) -> bool:
    """Whether a clause tells what people had done to others: "arrested four men *who had kidnapped a farmer*"."""
    parts = {c.dep_ for c in verb.children}
    return verb.dep_ == "relcl" and {"nsubj", "dobj"} <= parts


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
