"""What a governor does to the certainty of its complement: verbs, nouns, prepositions, clauses."""

from __future__ import annotations

from reportedly.claims.certainty_state import CERTAIN, CertaintyState, Step, apply, become, negative_score, presupposed
from reportedly.claims.certainty_words import CertaintyLexicon, CertaintyRule
from reportedly.claims.own_words import conjunction, is_definite, is_negated, is_none, none_word
from reportedly.claims.paths import Link, first_alike
from reportedly.claims.verdicts import is_report, judging, verdict
from reportedly.parse import syntax
from reportedly.parse.parsed import Token


def in_own_mouth(state: CertaintyState, node: Token, link: Link, words: CertaintyLexicon) -> CertaintyState:
    """The content of a cue, in the mouth of the one who says it: what "he denied" governs is denied by him."""
    name, rule = judging(link.governor, node, words) or lookup(link, words)
    any_of_it = link.frame == "obj" and any(c.lower_ == "any" for c in node.children)
    if any_of_it and (rule is None or rule.own == "CT+") and _is_withheld(link.governor, words):
        return become(state, "U", None, 0.7, Step("any", "U", link.governor))  # "did not report any arrests"
    if rule is None or link.frame in ("aside", "clause", "purpose", "subj"):
        return state
    own = "CT+" if rule.own == "PS+" and _has_come(link, node, words) else rule.own
    if _is_withheld(link.governor, words):
        own = "U" if own == "CT-" else rule.minus if rule.minus in ("U", "PS+") else own
    if own in ("CT+", "="):
        return state
    return become(state, own, rule.modality, rule.score, Step(name, own, link.governor, rule.row))


def _has_come(link: Link, node: Token, words: CertaintyLexicon) -> bool:
    """Whether somebody warns of what has come already: "warned that rebels *had burned* the mill", "*is sinking*"."""
    if link.frame != "that" or not any((w, "warned") in words.governors for w in syntax.verb_lemmas(link.governor)):
        return False
    clause = syntax.clause_head(node)
    auxiliaries = [c for c in clause.children if c.dep_ in ("aux", "auxpass")]
    if any(c.tag_ == "MD" for c in auxiliaries):
        return False
    going_on = clause.tag_ == "VBG" and bool(auxiliaries)
    return (
        going_on or clause.tag_ == "VBD" or any(c.lower_ in ("had", "has", "have", "was", "were") for c in auxiliaries)
    )


def _is_withheld(cue: Token, words: CertaintyLexicon) -> bool:
    """Whether somebody does not say it: "has not confirmed", "could not deny", "declined to confirm"."""
    if is_negated(cue, words):
        return True
    refusal = words.governors.get((cue.head.lemma_.lower(), "to")) if cue.dep_ == "xcomp" else None
    return refusal is not None and refusal.plus in ("!", "CT-") and not is_negated(cue.head, words)


def beside(reached: CertaintyState, node: Token, words: CertaintyLexicon) -> CertaintyState:
    """A coordinated word stands where the first one stands, under its conjunction: "may fire or flee".

    It is denied behind "nor" ("nor did they flee") and under the "no" of the first noun ("no raids or arrests").
    """
    first = first_alike(node)
    state = conjunction(reached, list(first.children), words)
    joints = [c for c in first.children if c.dep_ == "cc"]
    nearest = next((c for c in reversed(joints) if c.i < node.i), None)
    apart = node.pos_ in ("VERB", "AUX") and syntax.own_subject(node) is not None
    if apart and nearest is not None and nearest.lower_ == "nor":
        return state.turned(Step("nor", "turned", nearest))._replace(score=negative_score(state.score))
    if node.pos_ == "NOUN" and {c.lower_ for c in joints} & {"or", "nor"} and is_none(first):
        return state.turned(Step("no", "turned", none_word(first)))
    return state


def through(
    state: CertaintyState, node: Token, link: Link, words: CertaintyLexicon, *, last: bool, cue: Link | None = None
) -> CertaintyState:
    """The state below a governor, from that of the governor: "threatened to attack" opens it, "said" leaves it sure.

    ``last`` says that the word is the event word itself; ``cue`` is the step from the governor to the cue of the
    statement, where the governor stands right below it.
    """
    if link.frame == "to" and _is_yet_to(link.governor):
        return become(state, "CT-", None, -2.0, Step("yet to", "CT-", link.governor))
    if link.frame == "ranked" or (link.frame == "to" and _is_done(link.governor, node, words)):
        return state
    if link.frame == "wh" or (link.frame == "that" and _is_to_be_noted(link.governor, state, words)):
        return presupposed()
    told = _as_told(state, link, words, cue)
    if told is not None:
        return told
    if (too := _too(link)) is not None:
        return state.turned(Step("too", "turned", too))
    judged = None if last else judging(link.governor, node, words)
    name, rule = _paper(link, words) or judged or _caused(link, words) or lookup(link, words)
    if rule is not None and rule.own == "=":
        if cue is not None and state.sign < 0:
            return state
        rule = rule if rule.plus else None
    if rule is not None and rule.modality == "requested" and link.governor.dep_ == "pcomp":
        return state  # an order that somebody is charged with was given: "accused of ordering the raid"
    if rule is not None:
        return apply(state, rule, name, link.governor)
    return _without_rule(state, node, link, words)


def _without_rule(state: CertaintyState, node: Token, link: Link, words: CertaintyLexicon) -> CertaintyState:
    """The state below a governor of which the table says nothing, by the kind of complement.

    An infinitive is left open ("volunteered to attack"), a clause with *that* is as sure as what governs it.
    """
    if link.prep is not None:
        return _through_preposition(state, node, link, words)
    if link.frame == "aside" and node.dep_ in ("acl", "amod", "relcl") and is_none(link.governor):
        denied = presupposed().turned(Step("no", "turned", none_word(link.governor)))
        return denied._replace(score=negative_score(CertaintyState().score))
    if link.frame == "aside":
        return presupposed()
    if link.frame == "clause":
        return _adverbial(state, node, words)
    if link.frame == "purpose":
        return become(state, "U", "planned", 1.6, Step("purpose", "U", node))
    if link.frame == "whether":
        return become(state, "U", None, 0.7, Step("whether", "U", link.governor))
    if link.frame == "to":
        verbal = link.governor.pos_ == "VERB"
        effect = "U" if verbal or state.sign > 0 else "PS-"
        step = Step(f"{link.governor.lower_} to", effect, link.governor)
        return become(state, effect, "planned", 1.6 if verbal else 1.2, step)
    if link.frame in ("obj", "subj") and (is_definite(node) or (link.frame == "subj" and state.sign < 0)):
        return presupposed()
    return state


def _as_told(state: CertaintyState, link: Link, words: CertaintyLexicon, cue: Link | None) -> CertaintyState | None:
    """What a report tells, under the verdict on the report ("claims that P are false", "denied rumours of P").

    None where the governor is no report or nothing is said of it.
    """
    report = link.governor if is_report(link.governor, words) else _reporting_subject(link, words)
    if report is None or link.frame in ("aside", "clause", "purpose"):
        return None
    judged = judging(cue.governor if cue is not None else report.head, report, words) is not None
    said = verdict(report, words)
    if said is not None:
        effect = "CT+" if said.true else "CT-"
        step = Step(said.word.lower_, effect, said.word, said.row)
        return become(presupposed() if judged else state, effect, None, 2.6 if said.true else -2.6, step)
    if judged and report.dep_ in ("dobj", "obj", "nsubjpass", "pobj"):
        return state
    rule = words.nouns.get((report.lemma_.lower(), "that")) if report is not link.governor else None
    return apply(state, rule, report.lower_, report) if rule is not None else None


def _reporting_subject(link: Link, words: CertaintyLexicon) -> Token | None:
    """The report that stands apart from what it tells: "rumours spread that P", "rumour has it that P"."""
    if link.frame != "that" or link.governor.pos_ not in ("VERB", "AUX"):
        return None
    subject = syntax.own_subject(link.governor)
    objects = [c for c in syntax.children(link.governor, "dobj") if c.lower_ != "it"]
    return subject if subject is not None and not objects and is_report(subject, words) else None


def _too(link: Link) -> Token | None:
    """The *too* of "too tired to march", "too few tanks to attack": it does not come about."""
    if link.frame not in ("to", "to+n", "purpose") or link.governor.pos_ == "VERB":
        return None
    measures = (m for m in (link.governor, *syntax.children(link.governor, "amod")) if m.pos_ in ("ADJ", "ADV"))
    return next((c for m in measures for c in m.children if c.lower_ == "too" and c.i < m.i), None)


def _paper(link: Link, words: CertaintyLexicon) -> tuple[str, CertaintyRule] | None:
    """The plan or paper that holds what is told: "the plan involves arrests", "the accord provides for a truce"."""
    verb = link.governor
    if not (link.frame == "obj" or (link.frame == "for" and verb.pos_ == "VERB")):
        return None
    if not any((lemma, "holds") in words.governors for lemma in syntax.verb_lemmas(verb)):
        return None
    subject = syntax.own_subject(verb)
    rule = words.nouns.get((subject.lemma_.lower(), "holds")) if subject is not None else None
    return (subject.lower_, rule) if subject is not None and rule is not None else None


def _caused(link: Link, words: CertaintyLexicon) -> tuple[str, CertaintyRule] | None:
    """What a verb makes its object do, where that seems a purpose: "caused a wave to *flood* the port"."""
    noun = link.governor
    verb = noun.head if link.frame == "to" and noun.dep_ == "dobj" else noun if link.frame == "purpose" else None
    if verb is None or verb.pos_ != "VERB" or not syntax.children(verb, "dobj"):
        return None
    causing = ((n, words.governors.get((n, "to"))) for n in syntax.verb_lemmas(verb))
    return next(((n, r) for n, r in causing if r is not None and r.plus == "=" and r.minus == "U"), None)


def _is_yet_to(governor: Token) -> bool:
    """Whether the governor is the *have* or *be* of "has yet to"."""
    return governor.lemma_ in ("have", "be") and any(c.lower_ == "yet" for c in governor.children)


def _is_done(governor: Token, node: Token, words: CertaintyLexicon) -> bool:
    """Whether somebody had to do it, and so did it, or did it by voting: "had to flee", "voted to elect Reyes"."""
    past = governor.tag_ in ("VBD", "VBN")
    voted = (governor.lemma_.lower(), "votes") in words.governors and (node.lemma_.lower(), "voted") in words.governors
    return past and (governor.lemma_ == "have" or voted)


def _is_to_be_noted(governor: Token, state: CertaintyState, words: CertaintyLexicon) -> bool:
    """Whether readers are asked to note something, which is so: "it should be noted that", "bear in mind that"."""
    asked = state.modality == "requested"
    return asked and any((lemma, "noted") in words.governors for lemma in syntax.verb_lemmas(governor))


def _through_preposition(state: CertaintyState, node: Token, link: Link, words: CertaintyLexicon) -> CertaintyState:
    """The state behind a preposition: "in case of attack" is a condition, "after the attack" takes it for granted.

    Behind "of" and "by" a deed is as sure as what governs it: "accused of shelling".
    """
    prep = link.prep
    assert prep is not None
    phrase = prep.lower_
    if _is_condition(prep, node):
        return become(state, "U", "conditional", 0.8, Step("in case", "U", prep))
    phrases = [*(f"{c.lower_} {phrase}" for c in prep.children if c.i < prep.i), phrase]
    rule = next((r for p in phrases if (r := words.preps.get(p)) is not None), None)
    if rule is not None:
        return apply(state if rule.plus != "CT-" else presupposed(), rule, phrase, prep)
    if phrase in ("of", "by") and (node.dep_ == "pcomp" or not is_definite(node)):
        return state
    if (state.level < CERTAIN or _is_predicate(prep)) and not is_definite(node):
        return state
    return presupposed()


def _is_condition(prep: Token, node: Token) -> bool:
    """Whether a phrase is "in case of", "in the event that"; not "in the 800-metre event", "in this case"."""
    if prep.lower_ != "in" or node.dep_ != "pobj" or node.lower_ not in ("case", "event"):
        return False
    following = node.nbor().lower_ if node.i + 1 < len(node.doc) else ""
    plain = all(c.lower_ == "the" for c in node.children if c.i < node.i)
    return plain and (following in ("of", "that") or (node.lower_ == "case" and node.i == prep.i + 1))


def _is_predicate(prep: Token) -> bool:
    """Whether a phrase is all that a clause says: "were never under attack", "are no longer in contact"."""
    verb = prep.head
    return verb.lemma_ == "be" and prep.i > verb.i and not syntax.children(verb, "acomp", "attr", "oprd", "ccomp")


def _adverbial(state: CertaintyState, node: Token, words: CertaintyLexicon) -> CertaintyState:
    """An adverbial clause: taken for granted behind its conjunction, as sure as the main clause where it has none.

    "left after the army shelled the town" takes the shelling for granted; "fled, leaving two dead" is as sure as the
    flight.
    """
    mark = next((c for c in node.children if c.dep_ in ("mark", "advmod") and c.lower_ in words.marks), None)
    if mark is None:
        return state if node.tag_ in ("VBG", "VBN") and state.sign > 0 else presupposed()
    if (
        mark.lower_ in ("when", "after", "before", "once", "as", "until", "while")
        and state.level == 0
        and node.tag_ in ("VBZ", "VBP")
    ):
        return state
    return presupposed()


def lookup(link: Link, words: CertaintyLexicon) -> tuple[str, CertaintyRule | None]:
    """The rule of a governor for this complement, and the name to tell it by: "threaten" for "threatened to attack".

    A deed behind a preposition has a rule of its own first: "warned against attacking".
    """
    governors = words.nouns if link.governor.pos_ in ("NOUN", "PROPN") else words.governors
    deed = link.prep is not None and any(c.dep_ == "pcomp" or c.tag_ == "VBG" for c in link.prep.children)
    frames = (f"{link.frame}+ing", link.frame) if deed else (link.frame,)
    for name in _names(link.governor):
        rule = next((r for f in frames if (r := governors.get((name, f))) is not None), None)
        if rule is not None:
            return (f"{name} {link.prep.lower_}" if link.prep is not None else name), rule
    return syntax.verb_lemmas(link.governor)[0], None


def _names(governor: Token) -> list[str]:
    """What a governor may stand as in the table, its particle with it ("held *back* from shooting")."""
    lemmas = syntax.verb_lemmas(governor)
    beside = (c for c in governor.children if c.dep_ in ("advmod", "acomp") and c.i == governor.i + 1)
    near = (*(c for c in governor.children if c.dep_ == "prt"), *beside)
    phrases = [f"{lemma} {c.lower_}" for c in near for lemma in lemmas]
    verb = governor.head
    if governor.pos_ == "ADV" and verb.pos_ == "VERB" and governor.i == verb.i + 1:
        phrases += [f"{lemma} {governor.lower_}" for lemma in syntax.verb_lemmas(verb)]
    return [*phrases, *lemmas, governor.lower_]
