"""Why a claim is as sure as it is: the words on the way from the outermost governor in to the event word."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reportedly.claims.assemble import cue_head, refusing, trigger_head
from reportedly.claims.factuality import assess
from reportedly.config import Config
from reportedly.knowledge.load import Knowledge, NumberedRow, knowledge_of
from reportedly.model import Claim, Dispatch, Reason, Statement, Words
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token

EFFECTS = {
    "CT+": "taken as having happened",
    "PR+": "probable",
    "PS+": "possible",
    "U": "left open",
    "PS-": "possibly not",
    "PR-": "probably not",
    "CT-": "taken as not having happened",
    "turned round": "turned into its opposite",
}
FIXED = {
    "purpose": "a purpose: nobody says whether it came about",
    "question": "a question leaves it open",
    "command": "a command leaves it open",
}
PLAIN = "nothing in the clause denies, weakens, plans or asks for it: told as a plain fact"


def why_certainty(
    doc: Doc, dispatch: Dispatch, claim: Claim, statement: Statement | None, config: Config
) -> list[Reason]:
    """The steps that gave a claim's factuality and modality, from the outside in."""
    trigger = trigger_head(doc, claim)
    graded = assess(trigger, config, cue_head(doc, statement) if statement else None, refusing(doc, claim, config))
    reasons = [_reason(step, trigger, dispatch, claim, knowledge_of(config)) for step in graded.steps]
    reasons = reasons or [Reason("factuality", claim.factuality, PLAIN, (_event_word(claim),))]
    return [*reasons, *_why_modality(graded.steps, trigger, dispatch, claim, knowledge_of(config))]


def _event_word(claim: Claim) -> Words:
    return Words(claim.trigger.start, claim.trigger.end, claim.trigger.text)


def _reason(step: str, trigger: Token, dispatch: Dispatch, claim: Claim, knowledge: Knowledge) -> Reason:
    name, _, effect = step.partition(": ")
    row = _row(name, effect, claim.modality, knowledge)
    place = f"{row.place}: " if row is not None else ""
    if name in FIXED:
        return Reason("factuality", claim.factuality, FIXED[name])
    what = EFFECTS.get(effect) or ("turned into its opposite" if _negates(row) or not effect else effect)
    rule = f'{place}"{name}": what stands below is {what}'
    if not effect and not _negates(row):
        rule = f'{place}"{name}": what stands below is taken for granted'
    return Reason("factuality", claim.factuality, rule, _spoken(name, trigger, dispatch))


def _negates(row: NumberedRow | None) -> bool:
    return row is not None and row.row["kind"] == "negator"


def _why_modality(
    steps: tuple[str, ...], trigger: Token, dispatch: Dispatch, claim: Claim, knowledge: Knowledge
) -> Iterator[Reason]:
    if claim.modality is None:
        return
    if claim.modality == "ongoing":
        yield Reason(
            "modality", "ongoing", "a present progressive goes on while the dispatch is written", (_event_word(claim),)
        )
        return
    for step in steps:
        name, _, effect = step.partition(": ")
        row = _row(name, effect, claim.modality, knowledge)
        if row is not None and row.row.get("modality") == claim.modality:
            yield Reason("modality", claim.modality, f'{row.place}: "{name}"', _spoken(name, trigger, dispatch))
            return
    last = steps[-1].partition(": ")[0] if steps else ""
    yield Reason("modality", claim.modality, f'"{last}" leaves it open in this way', _spoken(last, trigger, dispatch))


@lru_cache(maxsize=2)
def _rows(knowledge: Knowledge) -> dict[str, list[NumberedRow]]:
    """The rows of the table ``factuality`` by word."""
    found: dict[str, list[NumberedRow]] = {}
    for numbered in knowledge.numbered("factuality"):
        for word in numbered.row["words"].split(","):
            found.setdefault(word.strip(), []).append(numbered)
    return found


def _row(name: str, effect: str, modality: str | None, knowledge: Knowledge) -> NumberedRow | None:
    """The row that a step is about: of those of its word one with this effect, and with the modality that came out.

    A step may name a word with the preposition or the *not* that belongs to it.
    """
    rows = _rows(knowledge).get(name) or _rows(knowledge).get(name.rpartition(" ")[0], [])
    fitting = [n for n in rows if effect in (n.row["plus"], n.row.get("minus"), n.row.get("own"))]
    modal = [n for n in fitting if modality and n.row.get("modality") == modality]
    return next(iter(modal or fitting or rows), None)


def _spoken(name: str, trigger: Token, dispatch: Dispatch) -> tuple[Words, ...]:
    """Where the word of a step stands: the nearest one of this lemma on the way up and beside it."""
    first = name.split(" ")[0]
    way = list(syntax.ancestors_with_self(trigger))
    near = [t for up in way for t in (*up.children, up)]
    for token in near:
        if token.lower_ == first or first in syntax.verb_lemmas(token):
            start, end = token.idx, token.idx + len(token)
            return (Words(start, end, dispatch.text[start:end]),)
    if name == "not":
        return next(
            ((Words(t.idx, t.idx + len(t), dispatch.text[t.idx : t.idx + len(t)]),) for t in near if t.dep_ == "neg"),
            (),
        )
    return ()
