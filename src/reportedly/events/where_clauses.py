"""What a clause and a name show of where something happened, whatever the places of the dispatch."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.events.when_words import DatingWords, carrier, is_calm
from reportedly.model import Place, Span
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

# What leads to what somebody fled from, or what made him go.
FLED = frozenset(["after", "because", "since", "as", "when"])


def governing_verb(token: Token) -> Token | None:
    """The verb of the clause around a word: "burned" for "mill" in "burned the mill"."""
    return next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), None)


def is_told_as_fact(verb: Token) -> bool:
    """Whether a clause is about what happened: "rebels burned it", not "may burn it", "to burn it", "if they burn it".

    What shall or may be need not be where one speaks of it.
    """
    return not any(c.tag_ in ("MD", "TO") or (c.dep_ == "mark" and c.lower_ in ("if", "unless")) for c in verb.children)


def is_contrast(clause: Token) -> bool:
    """Whether a clause tells what others did elsewhere: "was held in X, while police caught nine others".

    Or what was at another time: "had long quarrelled over X, but their envoys met". What went on meanwhile is no
    contrast: "was shot while troops were searching homes in X".
    """
    if clause.dep_ == "conj":
        return clause.pos_ in ("VERB", "AUX") and _is_of_other_tense(clause)
    led = any(c.dep_ == "mark" and c.lower_ == "while" for c in clause.children)
    told = led and clause.dep_ == "advcl" and clause.tag_ != "VBG"
    return told and syntax.own_subject(clause) is not None


def _is_of_other_tense(clause: Token) -> bool:
    """Whether a clause with a verb of its own changes the tense: "first met in X and has since burned nine mills"."""
    own = any(c.dep_ == "aux" for c in clause.children) or syntax.own_subject(clause) is not None
    return own and _is_before(clause) != _is_before(clause.head)


def _is_before(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lemma_.lower() == "have" for c in verb.children)


def is_left_behind(clause: Token, going: Token, moves: frozenset[str]) -> bool:
    """Whether a clause tells what others did where somebody came from: "reached Chad after rebels burned a mill"."""
    led = clause.dep_ == "advcl" and any(c.dep_ in ("mark", "advmod") and c.lower_ in FLED for c in clause.children)
    goes = going.lemma_.lower() in moves and not syntax.children(going, "prt")
    return led and goes and syntax.own_subject(clause) is not None


def is_cause(preposition: Token, verb: Token, happening: frozenset[str]) -> bool:
    """Whether a phrase is in what somebody acts on account of: "resigned over the raid on a mill *in Gao*"."""
    for t in (preposition, *preposition.ancestors):
        if t.i == verb.i:
            return False
        if t.lower_ in ("over", "about") and any(o.lemma_.lower() in happening for o in syntax.children(t, "pobj")):
            return True
    return False


def stands_alone(clause: Token) -> bool:
    """Whether a clause below goes on with another matter: "was jailed in 1996, and was charged after riots"."""
    if is_contrast(clause):
        return True
    first = min((c for c in clause.children if c.dep_ == "auxpass"), key=lambda c: c.i, default=None)
    if clause.dep_ != "conj":
        return False
    if first is None:  # "was arrested in 1996 and held in X"
        passive = clause.tag_ == "VBN" and syntax.is_passive(clause.head)
        return passive and any(t.ent_type_ == "DATE" for t in clause.doc[clause.head.i : clause.i])
    breaks = any(t.text == "," and t.head == clause.head for t in clause.doc[clause.head.i : first.i])
    return breaks or any(t.ent_type_ == "DATE" for t in clause.doc[clause.head.i : first.i])


def is_deed_of(state: Place, owner: Token, noun: Token, aimed: frozenset[str]) -> bool:
    """Whether an event is a state's own doing, and not in it: "France's bombing of the port", "Mali's war"."""
    at_whom = any(c.dep_ == "prep" and c.lower_ in aimed for c in noun.children)
    return state.kind == "country" and owner.dep_ == "poss" and at_whom


def is_echoed(verb: Token, happening: frozenset[str], echo: frozenset[str]) -> bool:
    """Whether a clause tells what an event met with, and so elsewhere: "the rally drew criticism across Kenya"."""
    if verb.pos_ != "VERB" or not any(o.lemma_.lower() in echo for o in syntax.objects(verb)):
        return False
    return any(s.lemma_.lower() in happening for s in syntax.children(verb, "nsubj"))


def is_held(clause: Token, dating: DatingWords) -> bool:
    """Whether a clause tells that its event is carried out: "the talks that will be held in Oslo"."""
    return "pass" in carrier(clause, dating)[0] and syntax.is_passive(clause)


def is_borne(preposition: Token, verb: Token, dating: DatingWords) -> bool:
    """Whether a verb only bears the event behind a preposition: "teachers in Sarn went on strike"."""
    return preposition.dep_ == "prep" and preposition.lower_ in carrier(verb, dating)[0]


def is_sequel(event: Token, verb: Token, dating: DatingWords) -> bool:
    """Whether a clause tells what went before an event, which was elsewhere: "the strike came after a raid on Gao"."""
    if verb.lemma_.lower() not in dating.sequel:
        return False
    if any(m.lower_ in ("after", "before") for c in syntax.children(verb, "advcl") for m in c.children):
        return True  # "the blast came a week after the parties met in Doha"
    below = (t for t in verb.subtree if t.i > verb.i and t.lemma_.lower() in dating.happening)
    return any(t != event for t in below)


def is_doer(place: Place, states: Sequence[Span]) -> bool:
    """Whether a country is named for the state that did it ("a US drone strike", "the French army")."""
    return place.kind == "country" and any(s.meets(Span(place.start, place.end)) for s in states)


def in_other_clause(token: Token, verb: Token, kinds: frozenset[str], dating: DatingWords) -> bool:
    """Whether another clause lies between a word and a verb above: "in" in "fled as rebels burned it in Sarn"."""
    for t in token.ancestors:
        if t == verb:
            return False
        if t.dep_ in kinds and t.pos_ in ("VERB", "AUX"):
            return True
        if (t.dep_ == "advcl" and (is_calm(t, dating) or is_contrast(t))) or (t.i < verb.i and is_aside(t, dating)):
            return True
        if (t.head.i == verb.i or t.head.dep_ == "pcomp") and is_to_come(t, dating):
            return True
    return True


def is_to_come(clause: Token, dating: DatingWords) -> bool:
    """Whether an infinitive tells what somebody only decides on, wherever he is: "agreed *to send* men to Kosovo".

    What "was to be held in Oslo" or "is expected to open in Oslo" shall be there.
    """
    verb = clause.head
    decides = verb.lemma_.lower() in dating.opening and verb.lemma_ != "be" and not syntax.is_passive(verb)
    return decides and clause.dep_ == "xcomp" and syntax.has_to(clause)


def is_aside(clause: Token, dating: DatingWords) -> bool:
    """Whether a participle says what once befell somebody: "a mayor *jailed* in Oslo was elected"."""
    led = clause.dep_ in ("acl", "advcl") and clause.tag_ == "VBN"
    return led and clause.lemma_.lower() in dating.known | dating.fates


def is_temporal(clause: Token, temporal: frozenset[str]) -> bool:
    """Whether a clause says when or why: "when a bomb went off"."""
    return clause.dep_ == "advcl" and any(c.lower_ in temporal for c in clause.children if c.dep_ in ("mark", "advmod"))


def ravaged(noun: Token, dating: DatingWords) -> list[Token]:
    """What an event is said to do its work in: "the wave of kidnappings that is rocking the country"."""
    of = noun.head.head
    around = (of,) if noun.dep_ == "pobj" and of.lemma_.lower() in dating.rounds else ()
    clauses = (c for n in (noun, *around) for c in syntax.children(n, "relcl", "acl"))
    done = (c for c in clauses if "subj" in carrier(c, dating)[0] and not syntax.is_passive(c))
    return [o for c in done for o in syntax.objects(c)]
