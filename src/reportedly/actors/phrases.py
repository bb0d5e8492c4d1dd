"""The shape of a phrase that means somebody: which word heads it, and which words before it belong to it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import msgspec

from reportedly.actors.coding import ActorCoding
from reportedly.actors.lexicon import ActorEntry
from reportedly.model import ActorKind
from reportedly.parse.parsed import Token

NAMED, DESCRIBED, PRONOUN = "named", "described", "pronoun"
PERSONAL = frozenset({
    "he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself", "they", "them", "their",
    "theirs", "themselves", "who", "whom", "whose", "which", "that", "i", "me", "my", "we", "us", "our", "myself",
})  # fmt: skip
_INNER = frozenset(
    {
        "compound",
        "amod",
        "nmod",
        "advmod",
        "npadvmod",
        "quantmod",
        "punct",
        "nummod",
        "det",
        "poss",
        "case",
        "cc",
        "conj",
    }
)
_STOP = frozenset({"det", "poss", "case", "predet", "preconj", "cc", "relcl", "appos", "prep"})
_FILLER_TAGS = frozenset({"CD", "DT", "PDT", "RB", "RBR", "RBS", "IN", "$", "JJS", "JJR", "HYPH", "SYM", "PRP"})
NOMINAL = ("NOUN", "PROPN", "PRON", "ADJ", "NUM")


class ActorMention(msgspec.Struct):
    """One phrase that means somebody; ``start`` and ``end`` are token positions, ``head`` the token that governs it.

    ``name`` is what the phrase calls them, ``noun`` the singular of its head, ``tail`` what follows it.
    ``sure`` is false where only the statistical model says what kind of name it is.
    """

    type: str
    head: Token
    start: int
    end: int
    name: str
    kind: ActorKind | None
    coding: ActorCoding
    entry: ActorEntry | None = None
    noun: str = ""
    modifiers: frozenset[str] = frozenset()
    role: str | None = None
    gender: str = ""
    plural: bool = False
    definite: bool = False
    counted: bool = False
    owner: Token | None = None
    tail: str = ""
    sure: bool = True

    @property
    def key(self) -> str:
        """The name without regard to capitals."""
        return self.name.casefold()


def heads_phrase(token: Token) -> bool:
    """Whether a word can head a phrase that means somebody: "guards" in "two prison guards", but not "prison"."""
    if token.is_space or token.dep_ in ("punct", "det"):
        return False
    if token.pos_ in ("ADJ", "NUM") and token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj"):
        return False
    if token.dep_ in ("compound", "amod", "nmod") and token.head.i > token.i:
        return False
    return not (token.i + 1 < len(token.doc) and token.doc[token.i + 1].text == "-" and not token.whitespace_)


def is_pronoun(token: Token) -> bool:
    """Whether a word of PERSONAL is a pronoun here: "that" is in "the raid that failed", but not in "said that".

    An "it" that is an expletive is none.
    """
    if token.dep_ == "expl":
        return False
    if token.lower_ in ("that", "which", "who", "whom", "whose"):
        return token.tag_ in ("WP", "WDT", "WP$") and (
            token.lower_ != "that" or token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")
        )
    return token.tag_ in ("PRP", "PRP$")


def pronoun_mention(token: Token) -> ActorMention:
    """A pronoun as a mention of whom it stands for, which is found out later."""
    return ActorMention(PRONOUN, token, token.i, token.i + 1, token.text, None, ActorCoding(None, None, None))


def belongs(token: Token, head: Token) -> bool:
    """Whether a word before a noun modifies it, directly or through another one: "local" in "local police chief"."""
    if (
        token.is_space
        or token.dep_ not in _INNER
        or token.dep_ in _STOP
        or token.text in (",", ";", "(", ")", '"', "“", "”", ":", "'", "--", "—", "–")
    ):
        return False
    if token.tag_ in ("DT", "PDT", "PRP$", "WDT", "POS", "WP$", "IN", "WRB"):
        return False
    up = token
    for _ in range(6):
        if up == head:
            return True
        if up.dep_ in _STOP:
            return False
        up = up.head
    return False


def noun_named(name: Token, naming: AbstractSet[str]) -> Token | None:
    """The noun behind which a participle gives a name: *faction* of "a faction called the Dawn Brigade".

    None where several are named at once: "two men identified as Ali and Omar".
    """
    verb = name.head.head if name.head.lower_ == "as" else name.head
    given = name.dep_ in ("oprd", "dobj", "attr", "pobj", "appos") and verb.lower_ in naming
    if not given or verb.dep_ != "acl" or verb.head.i > verb.i:
        return None
    return None if any(c.dep_ == "conj" for c in name.children) else verb.head


def is_many(token: Token) -> bool:
    """Whether a modifier counts more than one ("127 million head of cattle": no chief of anything)."""
    return token.dep_ == "nummod" and token.lower_ not in ("one", "1")


def is_filler(token: Token, fillers: AbstractSet[str]) -> bool:
    """Whether a word at the edge of a phrase only counts, points or measures: "the", "two" and "some two guards"."""
    return token.tag_ in _FILLER_TAGS or token.lower_ in fillers or token.is_punct


def text_of(tokens: object) -> str:
    """The characters of the tokens with single blanks."""
    parts = list(tokens)  # type: ignore[call-overload]
    return " ".join("".join(t.text_with_ws for t in parts).split())
