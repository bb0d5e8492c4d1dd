"""What dates an event is made of: times in the parse, and the words that carry events through time."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from reportedly.events.nearness import load_words
from reportedly.knowledge.event_types import event_types
from reportedly.knowledge.load import SHIPPED, Knowledge, listed
from reportedly.knowledge.word_sets import word_sets
from reportedly.model import Time
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

Days = tuple[str | None, str | None]
UNKNOWN: Days = (None, None)
VERBAL = ("VERB", "AUX")
# A time behind one of these is not when it happened, but what it lasted to, came after or was compared with.
NOT_WHEN = frozenset(
    ["until", "till", "before", "after", "by", "to", "than", "as", "following", "despite", "against", "about", "over"]
)
OPEN = frozenset(["since", "from"])
AT = frozenset(["in", "at", "near", "on"])
OWN_NOUN = frozenset(["poss", "compound", "amod", "nmod", "nummod"])
INSIDE = frozenset(["in", "during", "by", "amid", "with", "through", "throughout"])


class DatingWords(NamedTuple):
    """Words that tie times to events.

    Verbs of saying, nouns that name events, those among them that are only talk or votes, verbs that carry such nouns
    with their slots and phase; words of ``events_days.tsv`` that count events, say what one is of an event, lead to
    what one is accused of, or are soon over; verbs whose infinitive is still to come ("voted on Sunday to expel them");
    verbs about what was before, verbs that say what went before, nouns of what answers it; adverbs of what came later;
    of ``word_sets.tsv`` what somebody is known for, and verbs of what he meets with elsewhere; verbs that
    tell that something was.
    """

    saying: frozenset[str]
    happening: frozenset[str]
    calm: frozenset[str]
    carriers: dict[str, tuple[frozenset[str], str]]
    rounds: frozenset[str]
    stages: frozenset[str]
    matters: frozenset[str]
    brief: frozenset[str]
    opening: frozenset[str]
    probing: frozenset[str]
    sequel: frozenset[str]
    answer: frozenset[str]
    later: frozenset[str]
    known: frozenset[str]
    fates: frozenset[str]
    noting: frozenset[str]


class Placed(NamedTuple):
    """A time in the parse: its first token, the word that it dates at first sight, how it hangs on it, preposition."""

    time: Time
    first: int
    anchor: Token
    dep: str
    prep: str
    last: int
    word: str


@lru_cache(maxsize=4)
def load_dating_words(knowledge: Knowledge = SHIPPED) -> DatingWords:
    """The words of the tables ``cues``, ``events_nouns``, ``times_carriers`` and ``events_days``."""
    saying = {r["lemma"] for r in knowledge.rows("cues") if r["pos"] == "verb" and "clause" in r["frames"].split()}
    nouns = [(t, r["type"]) for r in knowledge.rows("events_nouns") if r["type"] != "-" for t in listed(r["trigger"])]
    carriers = {r["verb"]: (frozenset(r["slot"].split()), r["phase"]) for r in knowledge.rows("times_carriers")}
    near = load_words(knowledge)
    happening = frozenset(n for n, _ in nouns if " " not in n)
    placed = event_types(knowledge).placed
    calm = happening - {n for n, kind in nouns if kind in placed}
    opening = (r for r in knowledge.rows("factuality") if r["kind"] in ("governor", "noun") and r["plus"] == "U")
    ahead = frozenset(w for r in opening if "to" in r["frames"].split(",") for w in listed(r["words"]))
    tied = (near.round, near.stage, near.matter, near.brief, ahead, near.probing, near.sequel, near.answer, near.later)
    sets = word_sets(knowledge)
    return DatingWords(frozenset(saying), happening, calm, carriers, *tied, sets["known"], sets["fate"], sets["noting"])


def is_saying(token: Token, lexicon: DatingWords) -> bool:
    """Whether a word is a verb of saying, whose time is not that of what it says: "said on Monday that rebels fled"."""
    return token.pos_ in VERBAL and token.lemma_.lower() in lexicon.saying


def carrier(verb: Token, lexicon: DatingWords) -> tuple[frozenset[str], str]:
    """The slots and the phase of a carrying verb: "staged" in "staged a raid", "began" in "the raid began"."""
    lemma = verb.lemma_.lower()
    particle = next((c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod")), "")
    return lexicon.carriers.get(f"{lemma} {particle}") or lexicon.carriers.get(lemma) or (frozenset(), "")


def is_inside(noun: Token) -> bool:
    """Whether a noun stands behind a word of the same moment: "killed in the raid"."""
    return noun.dep_ == "pobj" and noun.head.lower_ in INSIDE


def is_of_matter(token: Token, verb: Token, words: DatingWords) -> bool:
    """Whether a word stands in what somebody is held or accused for: "jailed for an attack on Basra in 2009"."""
    node, below = token, token
    while node.i != verb.i and node.head.i != node.i:
        if node.lower_ in words.matters:
            # "Held on charges in X" is held there; "on charges of killing nine in X" is not.
            told = node.pos_ == "NOUN" and below.i != node.i and below.lower_ not in AT
            if told or (node.head.i == verb.i and _leads_to_deed(node, words)):
                return True
        node, below = node.head, node
    return False


def _leads_to_deed(preposition: Token, words: DatingWords) -> bool:
    """Whether what stands behind a preposition is an act: "of shelling", "over the attack", not "for three days"."""
    objects = [c for c in preposition.children if c.dep_ in ("pobj", "pcomp")]
    return any(o.tag_ == "VBG" or o.lemma_.lower() in words.happening for o in objects)


def is_calm(token: Token, words: DatingWords) -> bool:
    """Whether what came before is only talk or a vote, which was elsewhere: "attacked hours after talks in X"."""
    subject = syntax.own_subject(token)
    return any(t.lemma_.lower() in words.calm for t in (token, subject) if t is not None)


def is_noted(noun: Token, words: DatingWords) -> bool:
    """Whether a verb of saying only tells that something was: "clashes were reported in X", not "the clash was".

    So does "doctors confirmed a case of cholera in X".
    """
    verb = noun.head
    passive = noun.dep_ == "nsubjpass" and not any(c.dep_ == "ccomp" for c in verb.children)
    active = noun.dep_ == "dobj" and verb.lemma_.lower() in words.noting and noun.lemma_.lower() not in words.calm
    beside = (c for c in noun.children if c.dep_ in ("det", "poss"))
    return (passive or active) and not any(c.lower_ not in ("a", "an", "some", "no") for c in beside)


def is_later(verb: Token, words: DatingWords) -> bool:
    """Whether a verb tells what came another day than what it is joined to: "held on Monday and *later* freed"."""
    return any(c.lower_ in words.later and c.dep_ == "advmod" for c in verb.children)


def is_perfect(verb: Token) -> bool:
    """Whether a verb stands in the present perfect, which no past day goes with: "have been hurt and freed"."""
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not auxiliaries:
        return is_perfect(verb.head)
    return any(c.lower_ in ("has", "have", "'ve", "’ve") for c in auxiliaries)
