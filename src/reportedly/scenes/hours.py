"""What followed on something else within hours: it was on the same day."""

from __future__ import annotations

from reportedly.parse.parsed import Token
from reportedly.scenes.clauses import clause_of
from reportedly.scenes.words import SceneWords


def is_soon_after(trigger: Token, words: SceneWords) -> bool:
    """Whether its clause says that it came soon: "Hours later, a guard was shot", "shortly afterwards nine died"."""
    adverbs = (c for verb in (trigger, clause_of(trigger)) for c in verb.children if c.lower_ in words.afterwards)
    return any(_is_near(a, words) for a in adverbs if not any(c.dep_ in ("pobj", "pcomp") for c in a.children))


def is_long_after(trigger: Token, words: SceneWords) -> bool:
    """Whether its clause says that it came days or more later, on a day that nobody tells: "Weeks later nine died"."""
    adverbs = (c for verb in (trigger, clause_of(trigger)) for c in verb.children if c.lower_ in words.afterwards)
    spells = (c for c in clause_of(trigger).children if c.dep_ == "npadvmod" and c.lower_ in words.spells)
    counted = any(g.lower_ in words.afterwards for spell in spells for g in spell.children)  # "a day after a raid"
    return counted or any(a.i and a.doc[a.i - 1].lower_ in words.spells for a in adverbs)


def _is_near(adverb: Token, words: SceneWords) -> bool:
    """Whether a word for hours, or one like "shortly", stands before a word for later."""
    before = adverb.doc[adverb.i - 1].lower_ if adverb.i else ""
    return before in words.units | words.soon
