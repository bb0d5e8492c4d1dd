"""Whether a sentence tells what is so as a rule, and nothing that happened: "Senators serve six-year terms"."""

from __future__ import annotations

from reportedly.events.scene import EventScene
from reportedly.events.triggers import Found, governor
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

PRESENT = frozenset({"VBZ", "VBP"})
PAST = "VBD"
PERFECT = frozenset({"has", "have", "had", "'ve", "’ve", "'s", "’s"})
ANY = frozenset({"a", "an", "any", "every", "each"})
ANYBODY = frozenset({"anyone", "anybody"})
EVERYBODY = frozenset({"everyone", "everybody", "those"})
ALWAYS = frozenset({"every", "each"})
STOPS = frozenset({".", "!", "?"})


def tells_rule(scene: EventScene, found: Found, type_: str) -> bool:
    """Whether the clause around a trigger is in the present tense of rules and definitions.

    It says what holds of whoever is meant ("A warrant obliges states to arrest"), or holds each time.
    """
    token = governor(found)
    if _is_possible_of_any(scene, found, type_) or _is_entitled(scene, token):
        return True
    verb = _finite(token)
    if verb is None or not _ends(token):
        return False
    if _is_subject_clause(token, verb) or _is_definition(token, verb) or _is_defined(token, verb):
        return True
    if any(_is_time_and_again(t) for t in verb.subtree):
        return True
    if verb.dep_ in ("relcl", "advcl", "acl") and any(c.lower_ in ALWAYS for c in verb.head.children):
        return True  # "he worries every time he attends a summit"
    if (verb.dep_ == "ccomp" and _is_by_statute(scene, verb.head)) or (token is verb and _is_by_statute(scene, verb)):
        return True  # "the law forbids strikes"
    if _is_under_rule(scene, found, verb):
        return True
    subject = syntax.own_subject(syntax.first_conjunct(verb))
    if any(_is_day(t) for t in verb.subtree):
        return False  # "Voters go to the polls on Sunday"
    if subject is not None and _is_by_constitution(scene, token, verb, subject):
        return True
    if subject is None or subject.i in {t.i for t in found.tokens} or _states(scene, verb):
        return False
    whose = syntax.antecedent(subject)
    if _is_the_one(found):
        return False
    if type_ in scene.lexicon.types.force and "force" in scene.classes(whose):
        return False  # "Troops fire on crowds" is told under pictures
    return _is_anybody(scene, whose) or (type_ not in scene.lexicon.types.harm and _is_bare(found))


def _is_under_rule(scene: EventScene, found: Found, verb: Token) -> bool:
    """Whether a rule says what may or must be done: "the law allows the king *to dissolve* parliament"."""
    token = governor(found)
    if token is verb or scene.lemma(verb) not in scene.lexicon.words["by_rule"]:
        return False
    deed = token.head if token.dep_ == "dobj" and found.entry.pos == "n" else token
    return deed.tag_ == "VB" and deed is not verb


def _is_entitled(scene: EventScene, token: Token) -> bool:
    """Whether it is what somebody has the right to do: "soldiers have the right *to vote*"."""
    clause = next((t for t in syntax.ancestors_with_self(token) if t.pos_ == "VERB"), token)
    return clause.dep_ == "acl" and clause.tag_ == "VB" and scene.lemma(clause.head) in scene.lexicon.words["entitled"]


def _is_subject_clause(token: Token, verb: Token) -> bool:
    """Whether it is said what it is like to do it: "*Negotiating with rebels* is a mistake"."""
    if verb.lemma_ != "be" or token is verb:
        return False
    clause = next((t for t in syntax.ancestors_with_self(token) if t.head is verb), None)
    return clause is not None and clause.dep_ == "csubj" and clause.tag_ in ("VBG", "VB")


def _is_possible_of_any(scene: EventScene, found: Found, type_: str) -> bool:
    """Whether it is told what such a thing can do or must be: "An infection can cause fever", "A storm must reach"."""
    noun = found.token
    if found.entry.pos != "n" or noun.dep_ not in ("nsubj", "nsubjpass") or type_ not in scene.lexicon.types.placed:
        return False
    modal = any(c.lower_ in ("can", "must", "should") and c.tag_ == "MD" for c in noun.head.children)
    any_one = all(c.dep_ in ("amod", "compound", "punct", "prep") or c.lower_ in ANY for c in noun.children)
    return modal and any_one and not any(_is_day(t) or t.pos_ == "PROPN" for t in noun.subtree)


def _is_the_one(found: Found) -> bool:
    """Whether a clause says what comes of an event that everybody knows: "Hospitals are full after *the* storm"."""
    token = found.token
    known = any(c.lower_ in ("the", "this", "that", "these", "those") or c.dep_ == "poss" for c in token.children)
    return found.entry.pos == "n" and known and token.dep_ == "pobj" and token.head.lower_ in syntax.TIMING


def _is_day(token: Token) -> bool:
    """Whether a word dates its clause: "votes on *Sunday*", "meets *today*"; "on Sundays" is time and again."""
    return token.ent_type_ == "DATE" and token.dep_ in ("pobj", "npadvmod") and token.tag_ in ("NNP", "NN")


def _is_by_constitution(scene: EventScene, deed: Token, verb: Token, subject: Token) -> bool:
    """Whether it is told how offices are filled in a state: "The king appoints the premier", and nobody is named."""
    done = scene.lemma(deed) in scene.lexicon.words["constitutive"] and deed in (verb, *syntax.children(verb, "ccomp"))
    other = syntax.own_subject(deed) if syntax.is_passive(deed) else next(iter(syntax.children(deed, "dobj")), None)
    return done and all(_is_an_office(t) for t in (subject, other) if t is not None)


def _is_an_office(noun: Token) -> bool:
    """Whether a phrase names an office or a body, and nobody by name: "the premier", "citizens", "two chambers"."""
    named = [t for t in (noun, *noun.children) if t.pos_ == "PROPN" and t.ent_type_ == "PERSON"]
    return not named and (noun.pos_ == "NOUN" or any(c.lower_ == "the" for c in noun.children))


def _is_by_statute(scene: EventScene, telling: Token) -> bool:
    """Whether the words of a law are told: "the constitution says that the senate elects the president"."""
    subject = syntax.own_subject(telling)
    return subject is not None and scene.lemma(subject) in scene.lexicon.words["statute"]


def of_anyone(found: Found) -> bool:
    """Whether it is told of whoever does it: "anyone who crosses the line", "the law punishes those who kill"."""
    clause = next((t for t in syntax.ancestors_with_self(governor(found)) if t.dep_ == "relcl"), None)
    if clause is None:
        return False
    whose, determiners = clause.head, {c.lower_ for c in clause.head.children if c.dep_ == "det"}
    if whose.lower_ in ANYBODY or "any" in determiners:
        return True
    present = clause.tag_ in PRESENT or any(c.tag_ in PRESENT for c in clause.children if c.dep_ in ("aux", "auxpass"))
    return present and (whose.lower_ in EVERYBODY or not determiners.isdisjoint(ALWAYS))


def _is_bare(found: Found) -> bool:
    """Whether a trigger is a plural that names no single event: "the party uses primary elections"."""
    token = found.token
    if found.entry.pos != "n" or token.tag_ != "NNS" or token.dep_ not in ("dobj", "pobj", "conj"):
        return False
    return all(c.dep_ in ("amod", "compound", "punct", "cc", "conj") for c in token.children)


def _finite(token: Token) -> Token | None:
    """The verb in the simple present whose clause a word stands in: "flee" in "thousands flee each year".

    None where the clause is in another tense: "fled", "will flee", "have fled".
    """
    for node in syntax.ancestors_with_self(token):
        if node.pos_ not in ("VERB", "AUX"):
            continue
        if node.tag_ == PAST:
            return None
        below = [c for c in node.children if c.dep_ in ("aux", "auxpass")]
        if any(c.tag_ in ("MD", PAST) or c.lower_ in PERFECT for c in below):
            return None
        if node.tag_ in PRESENT:
            return None if below and not any(c.lower_ in ("do", "does") for c in below) else node
        if any(c.tag_ in PRESENT for c in below):
            return node if node.tag_ in ("VBN", "VB") else None
    return None


def _ends(token: Token) -> bool:
    """Whether its sentence ends as sentences do; headlines tell news in the present tense: "Rebels shell port"."""
    last = [t for t in token.sent[-3:] if t.is_punct]
    return any(t.text in STOPS for t in last)


def _is_time_and_again(token: Token) -> bool:
    """Whether a word says that it is so each time: "during every election", "each year", "kills two *a* day"."""
    if token.lower_ in ("a", "an"):  # not "a year ago", "a day after"
        counted = token.head.head.pos_ in ("VERB", "NOUN", "NUM") and token.head.head.i < token.i
        return token.head.dep_ == "npadvmod" and counted
    return token.lower_ in ALWAYS and token.dep_ == "det" and token.head.dep_ in ("pobj", "npadvmod")


def _states(scene: EventScene, verb: Token) -> bool:
    """Whether a verb says what somebody tells, wants or holds at present, which is news: "the mayor denies it"."""
    lemmas = syntax.verb_lemmas(verb)
    told = frozenset() if syntax.is_passive(verb) else scene.lexicon.telling
    return any(w in told or w in scene.lexicon.words["at_present"] for w in lemmas)


def _is_anybody(scene: EventScene, noun: Token) -> bool:
    """Whether a phrase means whoever is such: "senators", "a warrant", "any state"; nobody that the dispatch knows."""
    if noun.pos_ != "NOUN":
        return False
    actor = scene.actors.get(noun)
    if actor is not None and (len(actor.mentions) > 1 or actor.country is not None):
        return False
    before = [c for c in noun.children if c.i < noun.i]
    determiners = {c.lower_ for c in before if c.dep_ in ("det", "poss")}
    if noun.tag_ == "NN":
        return bool(determiners & ANY) and not syntax.children(noun, "acl", "relcl")
    return not (determiners - ANY) and not any(
        c.dep_ in ("nummod", "poss") or scene.places.get(c) or scene.actors.get(c) for c in before
    )


def _is_definition(noun: Token, verb: Token) -> bool:
    """Whether it says what something is: "hepatitis is a liver infection", "murder is the killing of a person".

    Not that there is one.
    """
    subject = syntax.own_subject(verb)
    if noun.dep_ != "attr" or noun.head is not verb or subject is None or subject.pos_ not in ("NOUN", "PROPN"):
        return False
    if any(c.lower_ in ANY for c in noun.children):
        return not syntax.children(noun, "relcl")
    bare = not any(c.i < subject.i for c in subject.children)
    of_any = [t for t in syntax.prep_objects(noun, "of") if any(c.lower_ in ANY for c in t.children)]
    return bare and bool(of_any)


def _is_defined(noun: Token, verb: Token) -> bool:
    """Whether it is told what such things are: "A hurricane is a kind of storm", and none of them that came."""
    plural = noun.tag_ == "NNS" and not any(c.dep_ == "det" for c in noun.children)
    any_one = noun.tag_ == "NN" and any(c.lower_ in ("a", "an") for c in noun.children)
    bare = (plural or any_one) and not any(c.dep_ in ("poss", "nummod", "relcl", "acl") for c in noun.children)
    told = noun.dep_ == "nsubj" and noun.head is verb and verb.lemma_ == "be"
    return bare and told and any(c.dep_ == "attr" and c.pos_ == "NOUN" for c in verb.children)
