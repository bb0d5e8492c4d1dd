"""What a word's own dependents do to its certainty: negation, modal verbs, adverbs, adjectives, conjunctions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportedly.claims.certainty_state import CertaintyState, Step, become, negative_score
from reportedly.claims.certainty_words import CertaintyLexicon
from reportedly.claims.paths import QUESTION_STARTS, is_command
from reportedly.parse.parsed import Token
from reportedly.parse.syntax import verb_lemmas

DEFINITE: Final = frozenset(
    {"the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "your"}
)
NONE_DEPS: Final = frozenset({"det", "neg", "nummod", "amod", "preconj", "cc"})
NEGATIVE_PRONOUNS: Final = frozenset({"nobody", "none", "nothing", "no-one", "neither", "noone"})
# "Not a soul", "not one", "not a single" count nothing.
SINGLE: Final = frozenset({"a", "an", "one", "single"})
COMPARED: Final = frozenset({"fewer", "less", "more", "later", "earlier"})
# So many words on, a number is still what an adverb is about.
HEDGE: Final = 5
ABLE: Final = frozenset({"could", "can"})
SPEAKERS: Final = frozenset({"i", "we"})
TIME_MARKS: Final = frozenset({"until", "till"})


def own_words(
    state: CertaintyState, node: Token, words: CertaintyLexicon, below: Token, told: frozenset[int] = frozenset()
) -> CertaintyState:
    """Negation, modals, adverbs, adjectives and conjunctions that hang on the word itself and are not ``told``.

    "an alleged attack", "did not attack", "may have attacked".
    """
    clause = _clause_of(node)
    dependents = [d for d in dependents_of(clause) if d.i not in told]
    state = conjunction(state, dependents, words)
    if node.pos_ in ("NOUN", "PROPN", "ADJ") or clause != node:
        state = _noun_words(state, node, words, told=below is node)
    negated = is_negated(clause, words, below) and told.isdisjoint(d.i for d in clause.children)
    state, spoken = _modal(state, dependents, words, negated=negated)
    state = _adverb(state, node, dependents, words)
    if is_command(clause):
        return become(state, "U", "requested", 0.8, Step("command", "U", clause))
    if negated and not spoken:
        state = state.turned(_denial(clause, words, below))._replace(score=negative_score(state.score))
    return state


def _clause_of(node: Token) -> Token:
    """The word that carries tense and negation: the copula of "was no attack", else the word itself."""
    if node.dep_ in ("acomp", "attr", "oprd") and node.head.pos_ == "AUX":
        return node.head
    return node


def dependents_of(clause: Token) -> list[Token]:
    """The dependents of a clause, with those of the verb it is coordinated with where it shares them.

    "may attack and burn the town": *may* is shared.
    """
    own = list(clause.children)
    if clause.dep_ == "conj" and clause.head.pos_ in ("VERB", "AUX"):
        shared = [c for c in clause.head.children if c.i < clause.head.i]
        own += shared if _shares(clause) else [c for c in shared if _opens(c)]
    return own


def _opens(adverb: Token) -> bool:
    """Whether an adverb in front of a sentence is about all of it: "Reportedly, two were shot and nine were hurt"."""
    behind = adverb.nbor() if adverb.i + 1 < len(adverb.doc) else adverb
    return adverb.dep_ == "advmod" and bool(adverb.is_sent_start) and behind.text == ","


def _shares(verb: Token) -> bool:
    """Whether a coordinated verb stands under the auxiliaries of the first one ("did not shell or bomb")."""
    if any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in verb.children):
        return False
    between = {c.lower_ for c in verb.head.children if c.dep_ == "cc"}
    return "nor" in between or (verb.tag_ == verb.head.tag_ and "but" not in between)


def conjunction(state: CertaintyState, dependents: list[Token], words: CertaintyLexicon) -> CertaintyState:
    """The state below the conjunction of a clause, where that leaves it open: "if rebels attack"."""
    for c in dependents:
        if c.dep_ in ("mark", "advmod") and (rule := words.marks.get(c.lower_)) is not None and rule.plus != "fact":
            if c.lower_ in TIME_MARKS and c.head.tag_ == "VBD":
                continue
            if c.lower_ in QUESTION_STARTS and c.head.dep_ in ("ccomp", "pcomp"):
                continue
            return become(state, rule.plus, rule.modality, rule.score, Step(c.lower_, rule.plus, c, rule.row))
    return state


def _noun_words(state: CertaintyState, node: Token, words: CertaintyLexicon, *, told: bool) -> CertaintyState:
    """Adjectives and "no" at a noun: "an alleged raid", "no raid"; ``told`` whether it is the trigger itself."""
    for c in node.children:
        if told and state.sign > 0 and c.lower_ == "any" and c.dep_ == "det" and _is_foreseen(node):
            state = become(state, "U", "conditional", 0.8, Step("any", "U", c))
        elif c.dep_ in ("amod", "advmod", "nmod") and (rule := words.adjectives.get(c.lower_)) is not None:
            effect = rule.plus if state.sign > 0 else rule.minus
            if effect != "=":
                state = become(state, effect, rule.modality, rule.score, Step(c.lower_, effect, c, rule.row))
        elif c.dep_ in ("det", "neg", "preconj") and c.lower_ in ("no", "neither", "nor") and not counts(c):
            if told and state.level == 0 and state.modality == "planned" and _is_foretold(node):
                state = CertaintyState(score=state.score, steps=state.steps)
            state = state.turned(Step("no", "turned", c))._replace(score=negative_score(state.score))
    return state


def _is_foreseen(noun: Token) -> bool:
    """Whether the clause around "any" speaks of what will or may be: "Troops will answer any attack"."""
    verb = next((t for t in noun.ancestors if t.pos_ in ("VERB", "AUX")), noun)
    return any(c.tag_ == "MD" for c in verb.children)


def _is_foretold(noun: Token) -> bool:
    """Whether the noun is what there will be, or who will do it: "there will be no raid" denies it.

    Under "no" nothing is left open then.
    """
    return any(c.tag_ == "MD" for c in noun.head.children) and noun.dep_ in ("attr", "nsubj", "nsubjpass", "dobj")


def _modal(
    state: CertaintyState, dependents: list[Token], words: CertaintyLexicon, *, negated: bool
) -> tuple[CertaintyState, bool]:
    """The state below a modal verb, and whether the modal has taken in the negation: "must not attack"."""
    modal = next(
        (c for c in dependents if c.dep_ in ("aux", "ROOT") and c.tag_ == "MD" and c.lower_ in words.modals), None
    )
    if modal is None or (modal.lower_ == "may" and modal.i and modal.nbor(-1).like_num):  # a month ("24 MAY")
        return state, False
    if _is_perceived(modal, words, negated=negated) or _is_performed(modal, words):
        return state, False
    rule = words.modals[modal.lower_]
    perfect = any(c.dep_ == "aux" and c.lower_ in ("have", "'ve", "’ve") for c in dependents)
    if perfect and negated and _is_impossible(modal, dependents):
        step = Step(f"{modal.lower_} not have", "CT-", modal, rule.row)
        return become(state, "CT-", None, rule.minus_score, step), True
    if perfect and modal.lower_ in ("would", "should", "could", "'d", "’d", "ought"):
        state = become(state, "U", "conditional", 0.7 if not negated else 1.0, Step(f"{modal.lower_} have", "U", modal))
        return state, True
    if perfect and modal.lower_ == "must":
        return become(state, "PR+", None, 2.0, Step("must have", "PR+", modal, rule.row)), False
    if state.steps and state.steps[-1].name == "no" and rule.minus == "CT-":  # "there will be no attack"
        return become(state, "CT-", None, rule.minus_score, Step(f"{modal.lower_} no", "CT-", modal, rule.row)), False
    effect, score = (rule.minus, rule.minus_score) if negated else (rule.plus, rule.score)
    if state.sign < 0 and effect.endswith("+"):
        return state, negated
    step = Step(f"{modal.lower_}{' not' if negated else ''}", effect, modal, rule.row)
    return become(state, effect, rule.modality, score, step), True


def _is_impossible(modal: Token, dependents: list[Token]) -> bool:
    """Whether it is said that something cannot have been: "The army could not have shelled the mill".

    Not so under a condition: "could not have won without help".
    """
    bound = any(c.dep_ == "prep" and c.lower_ in ("without", "but") for c in dependents)
    marks = (m for c in dependents if c.dep_ == "advcl" for m in c.children if m.dep_ in ("mark", "aux"))
    return modal.lower_ in ABLE and not bound and not any(m.lower_ in ("if", "unless", "had") for m in marks)


def _is_perceived(modal: Token, words: CertaintyLexicon, *, negated: bool) -> bool:
    """Whether it is said what there was to see or hear: "gunfire could be heard"."""
    verb = modal.head
    if negated or modal.lower_ not in ABLE or not any(c.dep_ == "auxpass" for c in verb.children):
        return False
    return any((lemma, "perceived") in words.governors for lemma in verb_lemmas(verb))


def _is_performed(modal: Token, words: CertaintyLexicon) -> bool:
    """Whether somebody does with these words what he says he would do: "I would urge everyone to leave"."""
    verb = modal.head
    speaks = any(c.dep_ == "nsubj" and c.lower_ in SPEAKERS for c in verb.children)
    return speaks and any((lemma, "performed") in words.governors for lemma in verb_lemmas(verb))


def _adverb(state: CertaintyState, node: Token, dependents: list[Token], words: CertaintyLexicon) -> CertaintyState:
    """The state below an adverb, alone or with the word before it: "allegedly attacked", "no longer attacks".

    One that is about a number says nothing of the event: "killed perhaps nine".
    """
    for c in dependents:
        if c.dep_ not in ("advmod", "acomp", "prt", "neg") or c.i == node.i or _hedges(c):
            continue
        before = c.doc[c.i - 1].lower_ if c.i else ""
        rule = words.adverbs.get(f"{before} {c.lower_}") or words.adverbs.get(c.lower_)
        if rule is not None:
            effect = rule.plus if state.sign > 0 else rule.minus
            score = rule.score if state.sign > 0 else rule.minus_score
            state = become(state, effect, rule.modality, score, Step(c.lower_, effect, c, rule.row))
    return _hearsay(state, dependents, words)


def _hedges(adverb: Token) -> bool:
    """Whether an adverb is about a number behind it: "perhaps as many as 60 people were killed"."""
    for t in adverb.doc[adverb.i + 1 : adverb.i + HEDGE]:
        if t.like_num:
            return True
        if t.pos_ in ("VERB", "AUX", "NOUN", "PROPN", "PRON", "DET", "PUNCT"):
            return False
    return False


def _hearsay(state: CertaintyState, dependents: list[Token], words: CertaintyLexicon) -> CertaintyState:
    """The state under "according to rumours": as sure as what a rumour tells."""
    phrases = (c for c in dependents if c.dep_ == "prep" and c.lower_ == "according")
    told = (o for c in phrases for t in c.subtree if t.lower_ == "to" for o in t.children if o.dep_ == "pobj")
    for noun in told:
        rule = words.nouns.get((noun.lemma_.lower(), "that"))
        if rule is not None and rule.own != "CT+":
            state = become(state, rule.plus, rule.modality, rule.score, Step(noun.lower_, rule.plus, noun, rule.row))
    return state


def is_negated(clause: Token, words: CertaintyLexicon, below: Token | None = None) -> bool:
    """Whether a clause is turned round: "did not fire", "never fired", "fired no shot", "nobody fired".

    The "no" of the phrase ``below`` is left to that phrase.
    """
    return len(list(_negators(clause, words, below))) % 2 == 1


def _denial(clause: Token, words: CertaintyLexicon, below: Token) -> Step:
    """The word that turns a clause round, with its row: "never" in "has never fired"."""
    word = next(_negators(clause, words, below))
    return Step("not", "turned", word, words.negators.get(word.lower_, ""))


def _negators(clause: Token, words: CertaintyLexicon, below: Token | None) -> Iterator[Token]:
    """The words of a clause that deny it: *not* of "did not fire", *nobody* of "nobody fired"."""
    for c in dependents_of(clause):
        if (
            c.dep_ == "neg" or (c.dep_ in ("advmod", "preconj", "cc", "det", "aux") and c.i < clause.i)
        ) and c.lower_ in words.negators:
            if (clause.pos_ not in ("NOUN", "PROPN") or c.dep_ == "neg") and not (_is_softened(c) or counts(c)):
                yield c
        elif (
            c.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "pobj")
            and clause.pos_ in ("VERB", "AUX")
            and is_none(c)
            and (below is None or c.i != below.i)
        ):
            yield none_word(c)


def _is_softened(negator: Token) -> bool:
    """Whether what follows a negation did happen: "not only fired", "not just fired", "did not fire until"."""
    return negator.i + 1 < len(negator.doc) and negator.nbor().lower_ in ("only", "just", "merely", "until")


def is_none(noun: Token) -> bool:
    """Whether a noun phrase counts nothing: "nobody", "no soldiers", "none of them", "not a single man", "not one"."""
    return noun.lower_ in NEGATIVE_PRONOUNS or none_word(noun) is not noun


def none_word(noun: Token) -> Token:
    """The word that makes a noun phrase nothing, "no" in "no soldiers"; the pronoun itself where that says so."""
    numbers = [c for c in noun.children if c.dep_ == "nummod"]
    parts = [c for n in (noun, *numbers) for c in n.children if c.i < noun.i]
    single = (c for c in parts if c.lower_ == "not" and c.nbor().lower_ in SINGLE)
    none = (c for c in parts if c.lower_ in ("no", "neither") and c.dep_ in NONE_DEPS and not counts(c))
    return next(single, None) or next(none, noun)


def counts(negator: Token) -> bool:
    """Whether a *no* or *not* belongs to a number: "no fewer than 40", "not more than nine"."""
    following = negator.nbor() if negator.i + 1 < len(negator.doc) else negator
    return following.lower_ in COMPARED and following.i + 1 < len(following.doc) and following.nbor().lower_ == "than"


def is_definite(noun: Token) -> bool:
    """Whether a noun phrase points to something known: "the attack", "their attack", "Tarnova"."""
    return any(c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in DEFINITE) for c in noun.children)
