"""How surely an event is presented as having happened (FactBank values), and its modality.

The value is worked out along the dependency path from the outermost governor in to the trigger, as Saurí and
Pustejovsky (2012) do: every word on the way that denies, plans, asks, supposes or takes for granted changes what stands
below it, and so do the negation, the modal verbs, the adverbs and the conjunctions of each clause. What a word does is
written in the table ``factuality``; this module only applies it.
"""

from __future__ import annotations

from typing import Final

import msgspec

from reportedly.claims.called_false import called_false
from reportedly.claims.certainty_state import CERTAIN, CertaintyState, Step, become
from reportedly.claims.certainty_words import CertaintyLexicon, lexicon
from reportedly.claims.governed import beside, in_own_mouth, through
from reportedly.claims.outcomes import as_it_came
from reportedly.claims.own_words import TIME_MARKS, dependents_of, own_words
from reportedly.claims.paths import path_up
from reportedly.claims.verdicts import verdict
from reportedly.config import Config
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Factuality, Modality
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

WILL: Final = frozenset({"will", "'ll", "’ll", "shall"})


class Assessment(msgspec.Struct, frozen=True):
    """Factuality and modality of one trigger, with the words that gave them, from the outside in.

    ``score`` is how readers take it from the author's point of view, from -3 (did not happen) to 3 (happened).
    """

    factuality: Factuality
    modality: Modality | None
    steps: tuple[Step, ...] = ()
    score: float = 3.0


def assess(
    trigger: Token, config: Config, limit: Token | None = None, told: frozenset[int] = frozenset()
) -> Assessment:
    """How surely the voice that answers for ``trigger`` presents it as having happened.

    ``limit`` is the cue of the statement whose content holds the trigger: what governs the cue is left out, and of the
    cue itself only what its speaker does with it counts ("denied that they fled": it did not happen; "urged them to
    flee": open, requested). ``told`` are tokens of the trigger itself: the "will not" of a refusal makes it, and denies
    nothing.
    """
    words = lexicon(knowledge_of(config))
    while trigger.dep_ in ("aux", "auxpass") and trigger.head.i != trigger.i:
        trigger = trigger.head
    path, end = path_up(trigger, limit, words)
    state = CertaintyState()
    if end is not None:
        state = in_own_mouth(state, path[-1][0], end, words)
    reached = state
    for position in range(len(path) - 1, -1, -1):
        node, link = path[position]
        if link is not None and link.frame == "conj":
            state = beside(reached, node, words)
        elif link is not None:
            cue = end if position == len(path) - 2 else None
            state = through(state, node, link, words, last=position == 0, cue=cue)
        reached = state
        state = own_words(state, node, words, path[position - 1][0] if position else node, told)
    state = _as_shown(state, trigger, limit, words)
    state = _as_scheduled(state, trigger, words)
    state = _as_asked(state, path[-1][0])
    state = as_it_came(state, trigger, limit)
    state = _under_condition(state, trigger, words)
    state = _ongoing(state, trigger)
    return Assessment(state.value(), state.modality, state.steps, round(state.score, 2))


def _as_shown(state: CertaintyState, trigger: Token, limit: Token | None, words: CertaintyLexicon) -> CertaintyState:
    """What a picture or report tells, under the verdict on it: "A video that shows troops looting *is a fake*".

    What the picture itself is the source of ("*shows* troops looting") it tells as so.
    """
    picture = next((t for t in trigger.ancestors if t.lower_ in words.pictures and t.pos_ == "NOUN"), None)
    if limit is not None and limit.i < trigger.i and (limit.head == picture or limit.dep_ in ("acl", "relcl")):
        return state
    said = verdict(picture, words) if picture is not None else None
    if said is None and state.sign > 0:
        said = called_false(trigger, words)
    if said is None or said.true:
        return state
    return become(state, "CT-", None, -2.6, Step(said.word.lower_, "CT-", said.word, said.row))


def _as_scheduled(state: CertaintyState, noun: Token, words: CertaintyLexicon) -> CertaintyState:
    """A noun of which a clause says that it is to come ("the talks, which will be held in May", "a vote due soon")."""
    if state != CertaintyState(steps=state.steps) or noun.pos_ not in ("NOUN", "PROPN"):
        return state
    for host in _with_measures(noun):
        for clause in host.children:
            if clause.dep_ in ("relcl", "acl", "amod") and clause.i > host.i and _comes(clause, words):
                return become(state, "U", "planned", 1.7, Step(clause.lower_, "U", clause))
    return state


def _with_measures(noun: Token) -> list[Token]:
    """The noun and the round, series or part of it that a clause may really hang on: "a wave of raids that began"."""
    up = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    return [noun] if up is None or up.pos_ != "NOUN" else [noun, up]


def _comes(clause: Token, words: CertaintyLexicon) -> bool:
    """Whether a clause about an event says that it will take place, is planned or due: "the talks are to open"."""
    auxiliaries = {c.lower_ for c in clause.children if c.dep_ in ("aux", "auxpass")}
    lemmas = syntax.verb_lemmas(clause)
    if auxiliaries & WILL or _is_to_be_done(clause, words):
        return any(r.plus == "=" for n in lemmas for f in ("obj", "subj") if (r := words.governors.get((n, f))))
    if auxiliaries - {"is", "are"} or syntax.agents(clause) or _gives_cause(clause):
        return False
    return (lemmas[0], "comes") in words.governors


def _is_to_be_done(clause: Token, words: CertaintyLexicon) -> bool:
    """Whether it is what is to be done with an event: "the summit *to be held*", not "the last summit to be held"."""
    passive = syntax.has_to(clause) and any(c.dep_ == "auxpass" and c.lower_ == "be" for c in clause.children)
    return passive and not any(c.lower_ in words.ranks or c.tag_ == "JJS" for c in clause.head.children)


def _gives_cause(word: Token) -> bool:
    """Whether a word tells what an event comes of, and not that it comes: "deaths due *to cholera*"."""
    after = word.nbor() if word.i + 1 < len(word.doc) else word
    return after.lower_ == "to" and after.pos_ == "ADP" and bool(syntax.children(after, "pobj"))


def _as_asked(state: CertaintyState, top: Token) -> CertaintyState:
    """Questions and commands leave their main clause open: "Did the army attack?", "Attack them!"."""
    last = top.sent[-1]
    while last.is_space or last.text in ('"', "”", "'", "’"):
        if last.i == top.sent.start:
            break
        last = last.nbor(-1)
    if last.text == "?" and state.level == CERTAIN and state.sign > 0:
        return become(state, "U", None, 1.4, Step("question", "U", last))
    return state


def _under_condition(state: CertaintyState, trigger: Token, words: CertaintyLexicon) -> CertaintyState:
    """What stands before the comma of a sentence that opens with "if" is a condition: "If rebels attack, we leave".

    However it was parsed.
    """
    first = trigger.sent[0]
    rule = words.marks.get(first.lower_)
    if state.level == 0 or rule is None or rule.modality != "conditional" or first.lower_ in TIME_MARKS:
        return state
    if any(t.text == "," for t in trigger.doc[first.i : trigger.i]):
        return state
    return become(state, rule.plus, rule.modality, rule.score, Step(first.lower_, rule.plus, first, rule.row))


def _ongoing(state: CertaintyState, trigger: Token) -> CertaintyState:
    """A present progressive goes on while the dispatch is written: "rebels are shelling the port"."""
    if trigger.tag_ != "VBG" or state.level < CERTAIN or state.sign < 0 or state.modality is not None:
        return state
    auxiliaries = {c.lower_ for c in dependents_of(trigger) if c.dep_ in ("aux", "auxpass")}
    if auxiliaries & {"is", "are", "am", "'s", "’s", "'re", "’re"}:
        return state._replace(modality="ongoing")
    if "been" in auxiliaries and auxiliaries & {"has", "have"}:
        return state._replace(modality="ongoing")
    return state
