"""How surely an event is presented as having happened (FactBank values), and its modality.

The value is worked out along the dependency path from the outermost governor in to the trigger, as Saurí and
Pustejovsky (2012) do: every word on the way that denies, plans, asks, supposes or takes for granted changes what stands
below it, and so do the negation, the modal verbs, the adverbs and the conjunctions of each clause. What a word does is
written in the table ``factuality``; this module only applies it.
"""

from __future__ import annotations

from typing import Final, NamedTuple, cast

import msgspec

from reportedly.claims.certainty_words import Lexicon, Rule, lexicon
from reportedly.claims.paths import QUESTION_STARTS, Link, first_alike, is_command, path_up
from reportedly.config import Config
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Factuality, Modality
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

CERTAIN: Final = 3
LEVELS: Final = {"U": 0, "PS": 1, "PR": 2, "CT": CERTAIN}
NAMES: Final = {level: name for name, level in LEVELS.items()}
DEFAULT_SCORES: Final = {"CT+": 3.0, "PR+": 2.0, "PS+": 1.0, "U": 0.7, "PS-": -1.0, "PR-": -2.0, "CT-": -2.7}
# Readers are a little less sure of what is only taken for granted, and less again under a negation.
FACT_SCORE: Final = 2.8
DOUBTED_SCORE: Final = 2.3

DEFINITE: Final = frozenset(
    {"the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "your"}
)
NONE_DEPS: Final = frozenset({"det", "neg", "nummod", "amod", "preconj", "cc"})
NEGATIVE_PRONOUNS: Final = frozenset({"nobody", "none", "nothing", "no-one", "neither", "noone"})
WILL: Final = frozenset({"will", "'ll", "’ll", "shall"})
TIME_MARKS: Final = frozenset({"until", "till"})


class Assessment(msgspec.Struct, frozen=True):
    """Factuality and modality of one trigger, with the words that gave them, from the outside in.

    ``score`` is how readers take it from the author's point of view, from -3 (did not happen) to 3 (happened).
    """

    factuality: Factuality
    modality: Modality | None
    steps: tuple[str, ...] = ()
    score: float = 3.0


class State(NamedTuple):
    """How sure the text is at one point of the path: level 0 (open) to 3 (certain), and whether it says yes or no."""

    level: int = CERTAIN
    sign: int = 1
    modality: Modality | None = None
    score: float = 3.0
    steps: tuple[str, ...] = ()

    def turned(self, step: str) -> State:
        """The opposite."""
        return self._replace(sign=-self.sign, score=-self.score, steps=(*self.steps, step))

    def value(self) -> Factuality:
        """The FactBank value."""
        if self.level == 0:
            return "U"
        return cast("Factuality", f"{NAMES[self.level]}{'+' if self.sign > 0 else '-'}")


def assess(trigger: Token, config: Config, limit: Token | None = None) -> Assessment:
    """How surely the voice that answers for ``trigger`` presents it as having happened.

    ``limit`` is the cue of the statement whose content holds the trigger: what governs the cue is left out, and of the
    cue itself only what its speaker does with it counts (*denied* that: did not happen; *urged* to: open, requested).
    """
    words = lexicon(knowledge_of(config))
    while trigger.dep_ in ("aux", "auxpass") and trigger.head.i != trigger.i:
        trigger = trigger.head
    path, end = path_up(trigger, limit, words)
    state = State()
    if end is not None:
        state = _in_own_mouth(state, end, words)
    reached = state
    for position in range(len(path) - 1, -1, -1):
        node, link = path[position]
        if link is not None and link.frame == "conj":
            state = _beside(reached, node, words)
        elif link is not None:
            state = _through(state, node, link, words)
        reached = state
        state = _own_words(state, node, words, path[position - 1][0] if position else node)
    state = _as_scheduled(state, trigger, words)
    state = _as_asked(state, path[-1][0])
    state = _under_condition(state, trigger, words)
    state = _ongoing(state, trigger)
    return Assessment(state.value(), state.modality, state.steps, round(state.score, 2))


# ---- what each step does -------------------------------------------------------------------------------------------


def _in_own_mouth(state: State, link: Link, words: Lexicon) -> State:
    """The content of a cue, in the mouth of the one who says it."""
    name, rule = _lookup(link, words)
    if rule is None or link.frame in ("aside", "clause", "purpose", "subj"):
        return state
    own = rule.own
    if own == "CT-" and _negated(link.governor, words):
        own = "U"
    if own == "CT+":
        return state
    return _become(state, own, rule.modality, rule.score, f"{name}: {own}")


def _beside(reached: State, node: Token, words: Lexicon) -> State:
    """A coordinated word stands where the first one stands, under its conjunction and, for nouns, its *no*."""
    first = first_alike(node)
    state = _conjunction(reached, list(first.children), words)
    joint = {c.lower_ for c in first.children if c.dep_ == "cc"}
    if node.pos_ == "NOUN" and joint & {"or", "nor"} and _is_none(first):
        return state.turned("no")
    return state


def _through(state: State, node: Token, link: Link, words: Lexicon) -> State:
    """The state below a governor, from the state of the governor itself."""
    if link.frame == "to" and _is_yet_to(link.governor):
        return _become(state, "CT-", None, -2.0, "yet to: CT-")
    if link.frame == "wh":
        return _presupposed()
    paper = _paper(link, words)
    name, rule = paper or _lookup(link, words)
    if rule is not None:
        return _apply(state, rule, name)
    if link.prep is not None:
        return _through_preposition(state, node, link, words)
    if link.frame == "aside" and node.dep_ in ("acl", "amod", "relcl") and _is_none(link.governor):
        return _presupposed().turned("no")._replace(score=_negative_score(State().score))
    if link.frame == "aside":
        return _presupposed()
    if link.frame == "clause":
        return _adverbial(state, node, words)
    if link.frame == "purpose":
        return _become(state, "U", "planned", 1.6, "purpose: U")
    if link.frame == "whether":
        return _become(state, "U", None, 0.7, "whether: U")
    if link.frame == "to" and link.governor.pos_ == "VERB":
        return _become(state, "U", "planned", 1.6, f"{link.governor.lower_} to: U")
    if link.frame == "to":
        return _become(state, "U" if state.sign > 0 else "PS-", "planned", 1.2, f"{link.governor.lower_} to: U")
    if link.frame in ("obj", "subj") and (_is_definite(node) or (link.frame == "subj" and state.sign < 0)):
        return _presupposed()
    return state


def _paper(link: Link, words: Lexicon) -> tuple[str, Rule] | None:
    """The plan or paper that holds what is told: "the plan involves arrests", "the accord provides for a truce"."""
    verb = link.governor
    if not (link.frame == "obj" or (link.frame == "for" and verb.pos_ == "VERB")):
        return None
    if not any((lemma, "holds") in words.governors for lemma in syntax.verb_lemmas(verb)):
        return None
    subject = syntax.own_subject(verb)
    rule = words.nouns.get((subject.lemma_.lower(), "holds")) if subject is not None else None
    return (subject.lower_, rule) if subject is not None and rule is not None else None


def _is_yet_to(governor: Token) -> bool:
    """Whether the governor is the *have* or *be* of "has yet to"."""
    return governor.lemma_ in ("have", "be") and any(c.lower_ == "yet" for c in governor.children)


def _through_preposition(state: State, node: Token, link: Link, words: Lexicon) -> State:
    prep = link.prep
    assert prep is not None
    phrase = prep.lower_
    if phrase == "in" and node.dep_ == "pobj" and node.lower_ in ("case", "event"):
        return _become(state, "U", "conditional", 0.8, "in case: U")
    rule = words.preps.get(phrase)
    if rule is not None:
        return _apply(state if rule.plus != "CT-" else _presupposed(), rule, phrase)
    if phrase in ("of", "by") and (node.dep_ == "pcomp" or not _is_definite(node)):
        return state
    if state.level < CERTAIN and not _is_definite(node):
        return state
    return _presupposed()


def _adverbial(state: State, node: Token, words: Lexicon) -> State:
    """An adverbial clause: taken for granted behind its conjunction, as sure as the main clause where it has none."""
    mark = next((c for c in node.children if c.dep_ in ("mark", "advmod") and c.lower_ in words.marks), None)
    if mark is None:
        return state if node.tag_ in ("VBG", "VBN") and state.sign > 0 else _presupposed()
    if (
        mark.lower_ in ("when", "after", "before", "once", "as", "until", "while")
        and state.level == 0
        and node.tag_ in ("VBZ", "VBP")
    ):
        return state
    return _presupposed()


def _presupposed() -> State:
    return State()


def _apply(state: State, rule: Rule, name: str) -> State:
    holds = state.sign > 0
    effect = rule.plus if holds else rule.minus
    if effect == "=":
        cap = rule.score if holds else rule.minus_score
        return state if cap is None else state._replace(score=_nearer(state.score, cap))
    if effect == "fact":
        score = rule.score if holds or rule.minus_score is None else rule.minus_score
        least = FACT_SCORE if score is None else score
        return State(score=least if holds or rule.minus_score is not None else min(least, DOUBTED_SCORE), steps=(name,))
    if effect == "!":
        turned = state.turned(f"{name}: turned round")
        return (
            turned
            if rule.minus_score is None or not holds
            else turned._replace(score=_nearer(turned.score, rule.minus_score))
        )
    score = rule.score if holds else rule.minus_score
    if score is None and rule.plus == effect and not holds:
        score = rule.score
    if effect == "CT-" and holds and rule.minus_score is not None:
        score = rule.minus_score
    return _become(state, effect, rule.modality, score, f"{name}: {effect}")


def _become(state: State, effect: str, modality: Modality | None, score: float | None, step: str) -> State:
    """A fixed value, no surer than what governs it."""
    sign = -1 if effect.endswith("-") else 1
    level = min(state.level, LEVELS[effect.rstrip("+-")])
    value = DEFAULT_SCORES[effect] if score is None else score
    size = min(abs(value), abs(state.score)) if state.level < CERTAIN else abs(value)
    kept = state.modality or modality
    return State(
        level,
        sign,
        kept if level == 0 or kept == "conditional" else None,
        size if value >= 0 else -size,
        (*state.steps, step),
    )


def _nearer(score: float, cap: float) -> float:
    """The score, no larger than the cap."""
    size = min(abs(score), abs(cap))
    return size if score >= 0 else -size


def _lookup(link: Link, words: Lexicon) -> tuple[str, Rule | None]:
    governor, frame = link.governor, link.frame
    lemmas = syntax.verb_lemmas(governor)
    particle = next((c.lower_ for c in governor.children if c.dep_ == "prt"), None)
    names = [*(f"{lemma} {particle}" for lemma in lemmas if particle), *lemmas, governor.lower_]
    governors = words.nouns if governor.pos_ in ("NOUN", "PROPN") else words.governors
    for name in names:
        rule = governors.get((name, frame))
        if rule is not None:
            return (f"{name} {link.prep.lower_}" if link.prep is not None else name), rule
    return lemmas[0], None


# ---- what a word's own dependents do -------------------------------------------------------------------------------


def _own_words(state: State, node: Token, words: Lexicon, below: Token) -> State:
    """Negation, modal verbs, adverbs, adjectives and conjunctions that hang on the word itself."""
    clause = _clause_of(node)
    dependents = _dependents(clause)
    state = _conjunction(state, dependents, words)
    if node.pos_ in ("NOUN", "PROPN", "ADJ") or clause != node:
        state = _noun_words(state, node, words, told=below is node)
    negated = _negated(clause, words, below)
    state, spoken = _modal(state, dependents, words, negated=negated)
    state = _adverb(state, node, dependents, words)
    if is_command(clause):
        return _become(state, "U", "requested", 0.8, "command: U")
    if negated and not spoken:
        state = state.turned("not")._replace(score=_negative_score(state.score))
    return state


def _negative_score(score: float) -> float:
    return -min(abs(score), 2.6) if score > 0 else min(abs(score), 2.4)


def _clause_of(node: Token) -> Token:
    """The word that carries tense and negation: the copula of a predicate, else the word itself."""
    if node.dep_ in ("acomp", "attr", "oprd") and node.head.pos_ == "AUX":
        return node.head
    return node


def _dependents(clause: Token) -> list[Token]:
    """The dependents of a clause, with those of the verb it is coordinated with where it shares them."""
    own = list(clause.children)
    if clause.dep_ == "conj" and clause.head.pos_ in ("VERB", "AUX") and _shares(clause):
        own += [c for c in clause.head.children if c.i < clause.head.i]
    return own


def _shares(verb: Token) -> bool:
    """Whether a coordinated verb stands under the auxiliaries of the first one ("did not shell or bomb")."""
    if any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in verb.children):
        return False
    between = {c.lower_ for c in verb.head.children if c.dep_ == "cc"}
    return "nor" in between or (verb.tag_ == verb.head.tag_ and "but" not in between)


def _conjunction(state: State, dependents: list[Token], words: Lexicon) -> State:
    for c in dependents:
        if c.dep_ in ("mark", "advmod") and (rule := words.marks.get(c.lower_)) is not None and rule.plus != "fact":
            if c.lower_ in TIME_MARKS and c.head.tag_ == "VBD":
                continue
            if c.lower_ in QUESTION_STARTS and c.head.dep_ in ("ccomp", "pcomp"):
                continue
            return _become(state, rule.plus, rule.modality, rule.score, f"{c.lower_}: {rule.plus}")
    return state


def _noun_words(state: State, node: Token, words: Lexicon, *, told: bool) -> State:
    """Adjectives and *no* at a noun; ``told`` whether it is the trigger itself."""
    for c in node.children:
        if c.dep_ in ("amod", "advmod", "nmod") and (rule := words.adjectives.get(c.lower_)) is not None:
            state = _become(
                state,
                rule.plus if state.sign > 0 else rule.minus,
                rule.modality,
                rule.score,
                f"{c.lower_}: {rule.plus}",
            )
        elif c.dep_ in ("det", "neg", "preconj") and c.lower_ in ("no", "neither", "nor"):
            if told and state.level == 0 and state.modality == "planned" and _is_foretold(node):
                state = State(score=state.score, steps=state.steps)
            state = state.turned("no")._replace(score=_negative_score(state.score))
    return state


def _is_foretold(noun: Token) -> bool:
    """Whether the noun is what there *will* be, or who will do it: under *no* it is denied, not open."""
    return any(c.tag_ == "MD" for c in noun.head.children) and noun.dep_ in ("attr", "nsubj", "nsubjpass", "dobj")


def _modal(state: State, dependents: list[Token], words: Lexicon, *, negated: bool) -> tuple[State, bool]:
    """The state below a modal verb, and whether the modal has taken in the negation."""
    modal = next(
        (c for c in dependents if c.dep_ in ("aux", "ROOT") and c.tag_ == "MD" and c.lower_ in words.modals), None
    )
    if modal is None or (modal.lower_ == "may" and modal.i and modal.nbor(-1).like_num):  # a month ("24 MAY")
        return state, False
    rule = words.modals[modal.lower_]
    perfect = any(c.dep_ == "aux" and c.lower_ in ("have", "'ve", "’ve") for c in dependents)
    if perfect and modal.lower_ in ("would", "should", "could", "'d", "’d", "ought"):
        state = _become(state, "U", "conditional", 0.7 if not negated else 1.0, f"{modal.lower_} have: U")
        return state, True
    if perfect and modal.lower_ == "must":
        return _become(state, "PR+", None, 2.0, "must have: PR+"), False
    if state.steps[-1:] == ("no",) and rule.minus == "CT-":  # "there will be no attack"
        return _become(state, "CT-", None, rule.minus_score, f"{modal.lower_} no: CT-"), False
    effect, score = (rule.minus, rule.minus_score) if negated else (rule.plus, rule.score)
    if state.sign < 0 and effect.endswith("+"):
        return state, negated
    step = f"{modal.lower_}{' not' if negated else ''}: {effect}"
    return _become(state, effect, rule.modality, score, step), True


def _adverb(state: State, node: Token, dependents: list[Token], words: Lexicon) -> State:
    for c in dependents:
        if (
            c.dep_ in ("advmod", "acomp", "prt", "neg")
            and c.i != node.i
            and (rule := words.adverbs.get(c.lower_)) is not None
        ):
            effect = rule.plus if state.sign > 0 else rule.minus
            state = _become(
                state,
                effect,
                rule.modality,
                rule.score if state.sign > 0 else rule.minus_score,
                f"{c.lower_}: {effect}",
            )
    return state


def _negated(clause: Token, words: Lexicon, below: Token | None = None) -> bool:
    """Whether a clause is turned round: *not*, *never*, or *no* with its subject or object.

    The *no* of the phrase ``below`` is left to that phrase.
    """
    count = 0
    for c in _dependents(clause):
        if (
            c.dep_ == "neg" or (c.dep_ in ("advmod", "preconj", "cc", "det", "aux") and c.i < clause.i)
        ) and c.lower_ in words.negators:
            count += (clause.pos_ not in ("NOUN", "PROPN") or c.dep_ == "neg") and not _is_softened(c)
        elif c.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "pobj") and clause.pos_ in ("VERB", "AUX"):
            count += _is_none(c) and (below is None or c.i != below.i)
    return count % 2 == 1


def _is_softened(negator: Token) -> bool:
    """*not only*, *not just*, *not until*: what follows did happen."""
    return negator.i + 1 < len(negator.doc) and negator.nbor().lower_ in ("only", "just", "merely", "until")


def _is_none(noun: Token) -> bool:
    """Whether a noun phrase counts nothing: *nobody*, *no soldiers*, *none of them*."""
    if noun.lower_ in NEGATIVE_PRONOUNS:
        return True
    return any(c.lower_ in ("no", "neither") and c.dep_ in NONE_DEPS for c in noun.children)


def _is_definite(noun: Token) -> bool:
    """Whether a noun phrase points to something known: article, possessive, or name."""
    return any(c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in DEFINITE) for c in noun.children)


def _as_scheduled(state: State, noun: Token, words: Lexicon) -> State:
    """A noun of which a clause says that it is to come ("the talks, which will be held in May", "a vote due soon")."""
    if state != State(steps=state.steps) or noun.pos_ not in ("NOUN", "PROPN"):
        return state
    for host in _with_measures(noun):
        for clause in host.children:
            if clause.dep_ in ("relcl", "acl", "amod") and clause.i > host.i and _comes(clause, words):
                return _become(state, "U", "planned", 1.7, f"{clause.lower_}: U")
    return state


def _with_measures(noun: Token) -> list[Token]:
    """The noun and the round, series or part of it that a clause may really hang on."""
    up = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    return [noun] if up is None or up.pos_ != "NOUN" else [noun, up]


def _comes(clause: Token, words: Lexicon) -> bool:
    """Whether a clause about an event says that it will take place, is planned or due."""
    auxiliaries = {c.lower_ for c in clause.children if c.dep_ in ("aux", "auxpass")}
    lemmas = syntax.verb_lemmas(clause)
    if auxiliaries & WILL:
        return any(r.plus == "=" for n in lemmas for f in ("obj", "subj") if (r := words.governors.get((n, f))))
    if auxiliaries - {"is", "are"}:
        return False
    return (lemmas[0], "comes") in words.governors


def _as_asked(state: State, top: Token) -> State:
    """Questions and commands leave their main clause open."""
    last = top.sent[-1]
    while last.is_space or last.text in ('"', "”", "'", "’"):
        if last.i == top.sent.start:
            break
        last = last.nbor(-1)
    if last.text == "?" and state.level == CERTAIN and state.sign > 0:
        return _become(state, "U", None, 1.4, "question: U")
    return state


def _under_condition(state: State, trigger: Token, words: Lexicon) -> State:
    """What stands between *if* at the start of a sentence and its comma is a condition, however it was parsed."""
    first = trigger.sent[0]
    rule = words.marks.get(first.lower_)
    if state.level == 0 or rule is None or rule.modality != "conditional" or first.lower_ in TIME_MARKS:
        return state
    if any(t.text == "," for t in trigger.doc[first.i : trigger.i]):
        return state
    return _become(state, rule.plus, rule.modality, rule.score, f"{first.lower_}: {rule.plus}")


def _ongoing(state: State, trigger: Token) -> State:
    """A present progressive goes on while the dispatch is written."""
    if trigger.tag_ != "VBG" or state.level < CERTAIN or state.sign < 0 or state.modality is not None:
        return state
    auxiliaries = {c.lower_ for c in _dependents(trigger) if c.dep_ in ("aux", "auxpass")}
    if auxiliaries & {"is", "are", "am", "'s", "’s", "'re", "’re"}:
        return state._replace(modality="ongoing")
    if "been" in auxiliaries and auxiliaries & {"has", "have"}:
        return state._replace(modality="ongoing")
    return state
