"""How sure a text is at one point of the way to an event word, and what a rule of the table makes of that."""

from __future__ import annotations

from typing import Final, NamedTuple, cast

from reportedly.claims.certainty_words import CertaintyRule
from reportedly.model import Factuality, Modality
from reportedly.parse.parsed import Token

CERTAIN: Final = 3
LEVELS: Final = {"U": 0, "PS": 1, "PR": 2, "CT": CERTAIN}
NAMES: Final = {level: name for name, level in LEVELS.items()}
DEFAULT_SCORES: Final = {"CT+": 3.0, "PR+": 2.0, "PS+": 1.0, "U": 0.7, "PS-": -1.0, "PR-": -2.0, "CT-": -2.7}
# Readers are a little less sure of what is only taken for granted, and less again under a negation.
FACT_SCORE: Final = 2.8
DOUBTED_SCORE: Final = 2.3


class Step(NamedTuple):
    """One word on the way to an event word: what it does to what stands below it, and the row that says so.

    ``effect`` is a FactBank value, "turned", "granted" or a rule of the grammar; ``modality`` what the step opened.
    """

    name: str
    effect: str
    word: Token | None = None
    row: str = ""
    modality: Modality | None = None


class CertaintyState(NamedTuple):
    """How sure the text is at one point of the path: level 0 (open) to 3 (certain), and whether it says yes or no."""

    level: int = CERTAIN
    sign: int = 1
    modality: Modality | None = None
    score: float = 3.0
    steps: tuple[Step, ...] = ()

    def turned(self, step: Step) -> CertaintyState:
        """The opposite."""
        return self._replace(sign=-self.sign, score=-self.score, steps=(*self.steps, step))

    def value(self) -> Factuality:
        """The FactBank value."""
        if self.level == 0:
            return "U"
        return cast("Factuality", f"{NAMES[self.level]}{'+' if self.sign > 0 else '-'}")


def presupposed() -> CertaintyState:
    """What is taken for granted, whatever is said above it."""
    return CertaintyState()


def apply(state: CertaintyState, rule: CertaintyRule, name: str, word: Token) -> CertaintyState:
    """The state below a word with this rule, from that of the word: "denied that rebels fled" makes it untrue."""
    holds = state.sign > 0
    effect = rule.plus if holds else rule.minus
    if effect == "=":
        cap = rule.score if holds else rule.minus_score
        return state if cap is None else state._replace(score=nearer(state.score, cap))
    if effect == "fact":
        score = rule.score if holds or rule.minus_score is None else rule.minus_score
        least = FACT_SCORE if score is None else score
        kept = least if holds or rule.minus_score is not None else min(least, DOUBTED_SCORE)
        return CertaintyState(score=kept, steps=(Step(name, "granted", word, rule.row),))
    if effect == "!":
        turned = state.turned(Step(name, "turned", word, rule.row))
        return (
            turned
            if rule.minus_score is None or not holds
            else turned._replace(score=nearer(turned.score, rule.minus_score))
        )
    score = rule.score if holds else rule.minus_score
    if score is None and rule.plus == effect and not holds:
        score = rule.score
    if effect == "CT-" and holds and score is None:
        score = rule.minus_score
    return become(state, effect, rule.modality, score, Step(name, effect, word, rule.row))


def become(
    state: CertaintyState, effect: str, modality: Modality | None, score: float | None, step: Step
) -> CertaintyState:
    """A fixed value, no surer than what governs it."""
    sign = -1 if effect.endswith("-") else 1
    level = min(state.level, LEVELS[effect.rstrip("+-")])
    value = DEFAULT_SCORES[effect] if score is None else score
    size = min(abs(value), abs(state.score)) if state.level < CERTAIN else abs(value)
    kept = state.modality or modality
    shown = kept if level == 0 or kept == "conditional" else None
    told = step._replace(modality=shown) if shown != state.modality else step
    return CertaintyState(level, sign, shown, size if value >= 0 else -size, (*state.steps, told))


def nearer(score: float, cap: float) -> float:
    """The score, no larger than the cap."""
    size = min(abs(score), abs(cap))
    return size if score >= 0 else -size


def negative_score(score: float) -> float:
    """How surely readers take a plain denial, or the denial of one."""
    return -min(abs(score), 2.6) if score > 0 else min(abs(score), 2.4)
