"""The table ``figure_roles``, compiled for look-up: which words make a number of people or weapons a figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from reportedly.knowledge.load import Knowledge, Row, listed
from reportedly.knowledge.word_sets import WordSets, word_sets
from reportedly.model import FigureRole
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

HARM: Final = frozenset({
    "killed", "injured", "casualties", "captured", "arrested", "missing", "rescued", "released", "displaced",
})  # fmt: skip
VICTIMS: Final = frozenset({"killed", "injured", "captured"})


class RoleReading(NamedTuple):
    """The role of a number, the noun it counts (None where it stands alone) and the word that gave the role."""

    role: FigureRole
    noun: Token | None
    event: Token


class RoleWords(NamedTuple):
    """The table ``figure_roles``, compiled for look-up."""

    verbs: dict[str, tuple[tuple[FigureRole, str], ...]]
    forms: dict[str, tuple[FigureRole, str]]
    adjectives: dict[str, FigureRole]
    nouns: dict[tuple[str, str], FigureRole]
    tolls: dict[str, FigureRole]
    sizes: dict[str, FigureRole]
    sets: WordSets
    through: frozenset[str]
    persons: frozenset[str]
    crowd: frozenset[str]
    things: frozenset[str]
    skipped: frozenset[str]
    before_number: frozenset[str]
    harmful: frozenset[str]
    heads: frozenset[str]
    deadly: frozenset[str]
    loose: frozenset[str]
    linking: frozenset[str]
    partitive: frozenset[str]
    gathering: frozenset[str]
    endings: tuple[str, ...]


@lru_cache(maxsize=8)
def role_words(knowledge: Knowledge) -> RoleWords:
    """The words that make numbers figures; a later row is tried after an earlier one."""
    rows = knowledge.rows("figure_roles")
    verbs = _verbs(rows)
    nouns = {(word, row["slot"]): row["role"] for word, row in _of_kind(rows, "noun")}
    through = _set(rows, "through")
    return RoleWords(
        verbs=verbs,
        forms=_forms(rows),
        adjectives=_roles(rows, "adjective"),
        nouns=nouns,
        tolls=_roles(rows, "toll"),
        sizes=_roles(rows, "size"),
        sets=word_sets(knowledge),
        through=through,
        persons=_set(rows, "person"),
        crowd=_set(rows, "crowd"),
        things=_set(rows, "thing"),
        skipped=_set(rows, "skip"),
        before_number=_set(rows, "before"),
        harmful=_harmful(verbs, nouns) | through,
        heads=frozenset(word.split()[0] for word in verbs),
        deadly=_set(rows, "deadly"),
        loose=_set(rows, "loose"),
        linking=_set(rows, "linking"),
        partitive=_set(rows, "partitive"),
        gathering=_set(rows, "gathering"),
        endings=tuple(sorted(_set(rows, "ending"))),
    )


def _of_kind(rows: Sequence[Row], kind: str) -> Iterator[tuple[str, Row]]:
    """The words of one kind with their rows."""
    return ((word, row) for row in rows if row["kind"] == kind for word in listed(row["words"]))


def _set(rows: Sequence[Row], kind: str) -> frozenset[str]:
    return frozenset(word for word, _ in _of_kind(rows, kind))


def _roles(rows: Sequence[Row], kind: str) -> dict[str, FigureRole]:
    return {word: row["role"] for word, row in _of_kind(rows, kind)}


def _verbs(rows: Sequence[Row]) -> dict[str, tuple[tuple[FigureRole, str], ...]]:
    """Verbs and their longer expressions with what they make of those in each slot: "shoot", "shoot dead"."""
    verbs: dict[str, tuple[tuple[FigureRole, str], ...]] = {}
    for word, row in _of_kind(rows, "verb"):
        verbs[word] = (*verbs.get(word, ()), (row["role"], row["slot"]))
    return verbs


def _forms(rows: Sequence[Row]) -> dict[str, tuple[FigureRole, str]]:
    """Forms of single verbs with the role of their subject or object: "wounds" of "wound"."""
    single = ((w, r) for w, r in _of_kind(rows, "verb") if r["slot"] in ("obj", "subj") and " " not in w)
    return {form: (row["role"], row["slot"]) for word, row in single for form in _inflected(word)}


def _harmful(
    verbs: Mapping[str, tuple[tuple[FigureRole, str], ...]], nouns: Mapping[tuple[str, str], FigureRole]
) -> frozenset[str]:
    """The first words of what can be done to one person."""
    return frozenset(
        {v.split()[0] for v, roles in verbs.items() if any(r in VICTIMS and s != "handle" for r, s in roles)}
        | {n for (n, slot), role in nouns.items() if slot in ("of", "fatal") and role in VICTIMS}
    )


def _inflected(verb: str) -> Iterator[str]:
    """Forms of a regular verb, for headlines and capitals where the lemma cannot be trusted: "stabs", "stabbed"."""
    stem = verb.removesuffix("e")
    yield from (verb, f"{verb}s", f"{verb}es", f"{stem}ed", f"{stem}ing")
    if verb[-1] in "pbgt" and verb[-2] in "aiou":
        yield from (f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")


def done_to(noun: Token, words: RoleWords) -> FigureRole | None:
    """The role of those in the of-phrase of an event noun: "the killing of", "the fatal shooting of"."""
    lemma = noun.lemma_.lower()
    fatal = words.nouns.get((lemma, "fatal"))
    if fatal is not None and any(c.lower_ in words.deadly for c in syntax.children(noun, "amod")):
        return fatal
    return words.nouns.get((lemma, "of"))


def countable(noun: Token | None, words: RoleWords) -> bool:
    """Whether a noun can be people, or none is known: "hurt 12 riders", not "hurt 12 horses"."""
    return noun is None or noun.lemma_.lower() not in words.things


def may_suffer(verb: Token, slot: str, noun: Token | None, words: RoleWords) -> bool:
    """Whether the noun can undergo what the verb says, of people: "seized 12 rebels", not "seized 12 maps"."""
    if slot in ("handle", "lives") or noun is None or words.loose.isdisjoint(syntax.verb_lemmas(verb)):
        return True
    lemma = noun.lemma_.lower()
    known = lemma in words.persons or lemma in words.crowd or (lemma, "state") in words.nouns
    return known or noun.pos_ == "PROPN" or noun.ent_type_ in ("NORP", "PERSON") or lemma.endswith(words.endings)


def has_object(verb: Token) -> bool:
    """Whether a past tense does something to somebody ("two gunmen killed 14") and is no participle of its subject."""
    behind = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else verb
    counts = behind.pos_ == "NUM" and behind.ent_type_ not in ("DATE", "TIME") and not behind.is_punct
    done = (c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i)
    return counts or any(c.ent_type_ not in ("DATE", "TIME") for c in done)
