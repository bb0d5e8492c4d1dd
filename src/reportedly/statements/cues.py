"""Words that attribute: a table of cues with their frames, where they stand in a text, and the draft made of one."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from reportedly.knowledge.load import Knowledge, Row
from reportedly.model import Span, StatementAct
from reportedly.parse.parsed import Token

_LEFT = frozenset({"aux", "auxpass", "neg", "advmod"})
_VOWELS = frozenset("aeiou")


class Cue(msgspec.Struct, frozen=True):
    """One entry of ``cues.tsv``: lemma, part of speech (verb, noun, adverb), frames, what it does, where its row is."""

    lemma: str
    pos: str
    frames: frozenset[str]
    act: StatementAct
    row: str = ""


class CueLexicon(msgspec.Struct, frozen=True):
    """Cues by word form."""

    verbs: dict[str, Cue]
    nouns: dict[str, Cue]
    adverbs: dict[str, Cue]


@lru_cache(maxsize=4)
def lexicon(knowledge: Knowledge) -> CueLexicon:
    """The cues in force, every inflected form spelled out: "deny", "denies", "denied", "denying"."""
    found = CueLexicon({}, {}, {})
    for numbered in knowledge.numbered("cues"):
        row = numbered.row
        act: StatementAct = "attitude" if row["act"] == "attitude" else "reporting"
        cue = Cue(row["lemma"], row["pos"], frozenset(row["frames"].split()), act, numbered.place)
        where = {"verb": found.verbs, "noun": found.nouns, "adverb": found.adverbs}[row["pos"]]
        for form in forms_of(row):
            where[form] = cue
    return found


def forms_of(row: Row) -> set[str]:
    """The lemma of a row and its inflected forms: "deny" gives "denies", "denied" and "denying"."""
    lemma, irregular = row["lemma"], set(row["forms"].split())
    if row["pos"] == "adverb":
        return {lemma} | irregular
    ends_y = lemma.endswith("y") and lemma[-2] not in _VOWELS
    plural = lemma[:-1] + "ies" if ends_y else lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    if row["pos"] == "noun":
        return {lemma, plural} | irregular
    past = lemma + "d" if lemma.endswith("e") else lemma[:-1] + "ied" if ends_y else lemma + "ed"
    participle = lemma[:-1] + "ing" if lemma.endswith("e") and not lemma.endswith(("ee", "oe")) else lemma + "ing"
    return {lemma, plural, past, participle} | irregular


def verb_cue(token: Token, words: CueLexicon) -> Cue | None:
    """The cue that a verb in the text is, if any; adjectives made of verbs ("the alleged plot") are none."""
    cue = words.verbs.get(token.lower_)
    if cue is None or token.dep_ in ("amod", "compound", "aux", "auxpass") or _is_charged(token):
        return None
    if token.tag_.startswith("VB"):
        return cue
    predicate = token.dep_ in ("ROOT", "ccomp", "conj", "parataxis", "advcl", "relcl")
    return cue if predicate and any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children) else None


def _is_charged(token: Token) -> bool:
    """Whether it is what somebody is said to have done, and no word of theirs: "accused of ordering the killing"."""
    if token.dep_ != "pcomp" or token.tag_ != "VBG" or token.head.lower_ not in ("of", "with"):
        return False
    verb = token.head.head
    undergone = verb.tag_ == "VBN" or any(c.dep_ in ("dobj", "nsubjpass") for c in verb.children)
    return verb.pos_ == "VERB" and undergone


def verb_group(verb: Token) -> tuple[int, int]:
    """First and last index of the verb with the auxiliaries, adverbs and particle that stand right beside it.

    "had not yet pointed out" is one group.
    """
    first = last = verb.i
    own = {c.i: c.dep_ for c in verb.children}
    while own.get(first - 1) in _LEFT:
        first -= 1
    while own.get(last + 1) == "prt":
        last += 1
    while verb.doc[first].dep_ == "advmod" and verb.doc[first].tag_.startswith("W"):
        first += 1
    return first, last


class StatementDraft(msgspec.Struct):
    """What is known of one attribution: cue, the verb (or noun) that anchors it, who says it and what.

    ``holder`` is the head of the source, ``direct`` whether a quotation stands beside the cue, ``outer`` who hands the
    word over ("X quoted Y as saying"), ``handed`` whether somebody does, ``lead`` whose sentence it goes on with.
    """

    cue: Cue
    anchor: Token
    cue_span: Span
    source: tuple[Span, ...] | None
    holder: Token | None
    content: list[Span]
    direct: bool = False
    outer: StatementDraft | None = None
    handed: bool = False
    lead: StatementDraft | None = None
