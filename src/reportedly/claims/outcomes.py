"""Whether a clause behind what was promised, planned or ordered says that it was done: "vowed to disarm *but did not*".

Such a clause has no verb of its own: "do" and "have" stand for the one before.
"""

from __future__ import annotations

from typing import Final

from reportedly.claims.certainty_state import CertaintyState, Step
from reportedly.parse.parsed import Token

# What may stand with "did not" where it stands for the verb before: "but *they* *never* did *so*".
BESIDE: Final = frozenset({"nsubj", "nsubjpass", "aux", "auxpass", "neg", "advmod", "punct", "cc", "mark"})
NEVER: Final = frozenset({"not", "n't", "n’t", "never"})
STANDING_FOR: Final = frozenset({"do", "have"})
DENIED: Final = -2.4
DONE: Final = 2.6


def as_it_came(state: CertaintyState, trigger: Token, limit: Token | None) -> CertaintyState:
    """An open event with what a clause behind it says came of it: "was to visit Chad but did not".

    Not so where it is the words of a speaker up to ``limit`` that promise it: who tells what came of it is another.
    """
    said = outcome(trigger)
    if state.level > 0 or said is None or (limit is not None and limit.i == trigger.head.i):
        return state
    denied = _is_denied(said)
    value, sign, score = ("CT-", -1, DENIED) if denied else ("CT+", 1, DONE)
    step = Step("did not" if denied else "did so", value, said)
    return CertaintyState(sign=sign, score=score, steps=(*state.steps, step))


def outcome(trigger: Token) -> Token | None:
    """The clause that says whether an event came to be: *did* of "promised to disarm but did not", "and did so"."""
    said = next((c for c in _behind(trigger) if _stands_for_a_verb(c)), None)
    if said is None or _is_denied(said) or any(c.lower_ == "so" for c in said.children):
        return said
    return None  # "asked them to leave and did" may go on with anything


def _is_denied(clause: Token) -> bool:
    return any(c.lower_ in NEVER for c in clause.children)


def _behind(trigger: Token) -> list[Token]:
    """The clauses joined to an infinitive or to the verb that governs it: *did* of "vowed to go but did not"."""
    hosts = [trigger, trigger.head] if trigger.dep_ in ("xcomp", "ccomp", "advcl", "acl") else [trigger]
    return [c for host in hosts for c in host.children if c.dep_ == "conj" and c.i > trigger.i]


def _stands_for_a_verb(clause: Token) -> bool:
    """Whether a clause is nothing but "did not", "never did", "has not done so"."""
    return clause.lemma_ in STANDING_FOR and all(c.dep_ in BESIDE for c in clause.children)
