"""Which pronouns can mean whom: gender, number, and who can have used force."""

from __future__ import annotations

from reportedly.actors.entities import Entity
from reportedly.actors.lexicon import ActorLexicon
from reportedly.parse.parsed import Token
from reportedly.parse.syntax import children

MASCULINE = frozenset({"he", "him", "his", "himself"})
FEMININE = frozenset({"she", "her", "hers", "herself"})
NEUTER = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_ARMED = ("UAF", "REB", "MIL", "COP", "CRM", "SEP", "INS")


def is_armed(entity: Entity) -> bool:
    """Whether several armed people are meant: "gunmen", "the rebels"."""
    return entity.plural and entity.kind != "person" and (entity.code or "").endswith(_ARMED)


def is_channel(token: Token, entity: Entity) -> bool:
    """Whether a medium is only where something is said: "speaking on Radio Goma, she said it would"."""
    aired = token.dep_ == "pobj" and token.head.lower_ in ("on", "via")
    return aired and entity.kind == "organization"


def kindred_of(word: str) -> frozenset[str]:
    """The pronouns of the same gender and number."""
    return next((s for s in (MASCULINE, FEMININE, NEUTER, PLURAL) if word in s), frozenset())


def agrees(word: str, entity: Entity) -> bool:
    """Whether a pronoun can mean somebody: "she" a woman, "it" one body, "they" many people."""
    if word in MASCULINE or word in FEMININE:
        wanted = "m" if word in MASCULINE else "f"
        return entity.kind == "person" and entity.gender in ("", wanted) and not entity.many
    if word in NEUTER:
        return entity.single
    return entity.plural and entity.kind != "person"


def means_nothing(token: Token, lex: ActorLexicon) -> bool:
    """Whether *it* points to no one ("it was not clear who", "it is raining", but not "it is willing to")."""
    verb = token.head
    if token.dep_ not in ("nsubj", "nsubjpass"):
        return False
    clausal = any(c.dep_ in ("ccomp", "csubj", "xcomp", "advcl", "csubjpass") and c.i > verb.i for c in verb.children)
    if verb.lemma_ == "be":
        attributes = children(verb, "acomp", "attr")
        if any(a.lower_ in lex.words("disposed") for a in attributes):
            return False
        return (
            clausal
            or any(c.dep_ == "acomp" for c in attributes)
            or any(g.dep_ in ("relcl", "ccomp", "acl") for a in attributes for g in a.children)
        )
    if verb.lemma_ in lex.words("empty_it"):
        return True
    return token.dep_ == "nsubjpass" and clausal


def may_be(subject: Token, word: str) -> bool:
    """Whether a subject of which nothing is known could be meant, so that nobody is taken: "Farmers said they"."""
    if subject.pos_ == "PRON":
        return subject.lower_ == word and word in NEUTER | PLURAL
    if word in MASCULINE | FEMININE:
        return subject.pos_ == "PROPN" and subject.ent_type_ not in _PLACES
    plural = subject.tag_ in ("NNS", "NNPS")
    return (word in NEUTER and not plural) or (word in PLURAL and plural)


def acts(pronoun: Token, lex: ActorLexicon) -> bool:
    """Whether a pronoun does what somebody does, to somebody or something: "it shelled a town", not "it worked"."""
    verb = pronoun.head
    if pronoun.dep_ != "nsubj" or verb.lemma_ in lex.agent_verbs:
        return True
    return any(c.dep_ in ("dobj", "xcomp", "ccomp", "attr") for c in verb.children)


def uses_force(verb: Token, lex: ActorLexicon) -> bool:
    """Whether a verb tells of force by its subject, and not in answer: "they shot two", not "they fired back"."""
    objects = {c.lemma_.lower() for c in children(verb, "dobj")}
    violent = lex.words("violent")
    forcing = verb.lemma_.lower() in violent or not objects.isdisjoint(violent)
    return forcing and not any(c.lower_ == "back" for c in verb.children)
