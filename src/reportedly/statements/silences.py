"""Who says nothing, and about what: "declined to comment", "did not say how many", "could not be reached"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from reportedly.config import Config
from reportedly.knowledge.load import Knowledge, knowledge_of
from reportedly.knowledge.word_sets import WordSets, word_sets
from reportedly.model import Actor, Dispatch, Silence
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import TokenIndex
from reportedly.parse.syntax import (
    antecedent,
    children,
    conjuncts,
    has_to,
    is_negated,
    np_extent,
    own_subject,
    prep_objects,
    subject,
)

_NOTHING = frozenset({"nothing", "anything", "more", "whether", "if", "little"})
_TOPIC_PREPOSITIONS = ("about", "on", "of", "regarding", "concerning", "over", "as")
_NO = frozenset({"no", "any", "little", "further"})


class Mute(msgspec.Struct):
    """A silence in the parse.

    Whose verb it is, the predicate that says what is not told, who is silent, and the default topic.
    """

    verb: Token
    predicate: Token
    holders: list[Token]
    about: str


# The words of one kind, each with the objects that it needs and what it is about; the kinds of silences.tsv.
_Words = dict[str, tuple[frozenset[str], str]]
_Silences = dict[str, _Words]


@lru_cache(maxsize=4)
def _table(knowledge: Knowledge) -> _Silences:
    found: _Silences = defaultdict(dict)
    for row in knowledge.rows("silences"):
        found[row["kind"]][row["word"]] = (frozenset(row["object"].split()), row["about"])
    return found


@lru_cache(maxsize=4)
def _topics(knowledge: Knowledge) -> dict[str, str]:
    return {row["word"]: row["about"] for row in knowledge.rows("silence_topics")}


def find_silences(
    doc: Doc,
    dispatch: Dispatch,  # noqa: ARG001  the same call for every stage
    actors: tuple[Actor, ...],
    config: Config,
) -> tuple[Silence, ...]:
    """The silences of a dispatch in text order; several silent parties make several records."""
    index = TokenIndex(doc, ((m.start, m.end, a) for a in actors for m in a.mentions))
    found = []
    for mute in mutes(doc, knowledge_of(config)):
        start, end = _clause(mute)
        about, of = _topic(mute, index, knowledge_of(config))
        found += [Silence(_name(holder, index), about, of, start, end) for holder in mute.holders]
    return tuple(dict.fromkeys(found))


def mutes(doc: Doc, knowledge: Knowledge) -> list[Mute]:
    """Every silence of the parse, in text order: "had no comment", "did not say who fired", "could not be reached"."""
    table = _table(knowledge)
    found: list[Mute] = []
    known = {*table["verb"], *table["noun"], *table["quiet"], *table["reach"]}
    for token in doc:
        lemma = token.lemma_.lower()
        if lemma not in known and token.lower_ not in known:
            continue
        if lemma in table["verb"] and token.pos_ in ("VERB", "AUX"):
            found += _unspoken(token, *table["verb"][lemma], table)
        if lemma in table["noun"] or token.lower_ in table["noun"]:
            found += _no_comment(
                token, table["noun"].get(lemma, table["noun"].get(token.lower_, (frozenset(), "")))[1], table["light"]
            )
        if lemma in table["quiet"]:
            found += _quiet(token, table["quiet"][lemma][1], table["keeping"], word_sets(knowledge)["mute"])
        if lemma in table["reach"]:
            found += _unreached(token, table["reach"][lemma][1], word_sets(knowledge))
    return [m for m in found if m.holders]


def _unspoken(verb: Token, needed: frozenset[str], about: str, table: _Silences) -> Iterator[Mute]:
    """A verb of speech that is negated or refused: "He did not say how many", "She refused to comment"."""
    governor = verb.head if verb.dep_ in ("xcomp", "ccomp", "advcl") else None
    refused = governor is not None and governor.lemma_.lower() in table["refusal"] and has_to(verb)
    silent = refused or is_negated(verb) or (needed == {"clause"} and _says_nothing(verb)) or _neither(verb)
    if not silent or _unsaid_names(verb, table["naming"], refused=bool(refused)) or not _fits(verb, needed):
        return
    if (
        verb.tag_ == "VB"
        and not refused
        and any(c.lower_ in ("could", "can", "ca", "cannot", "should", "must") for c in verb.children)
    ):
        return
    main = governor if refused and governor is not None else verb
    yield Mute(main, verb, _holders(main), about)


def _says_nothing(verb: Token) -> bool:
    return any(c.lower_ in ("nothing", "little") for c in children(verb, "dobj"))


def _neither(verb: Token) -> bool:
    """Whether "neither" denies the verb: "The army neither explained nor commented"."""
    return any(c.lower_ == "neither" for c in verb.children)


def _unsaid_names(verb: Token, naming: _Words, *, refused: bool) -> bool:
    """Whether it is a condition of speaking, and no silence: "The nurse declined to be named".

    So is what reporters do of their own: "a source, whom it did not name".
    """
    if any(c.dep_ == "auxpass" for c in verb.children):
        return True
    if verb.lemma_ in naming and verb.dep_ == "relcl" and any(c.tag_ == "WP" for c in children(verb, "dobj")):
        return True
    return refused and verb.lemma_ in naming and not children(verb, "dobj")


def _fits(verb: Token, needed: frozenset[str]) -> bool:
    """Whether the verb has the object that makes it a silence: "did not say how many", "did not return a call"."""
    if needed == {"any"}:
        return not (own := children(verb, "ccomp")) or not any(c.lower_ == "that" for c in own[0].children)
    if needed == {"clause"}:
        if any(c.lower_ in _NOTHING for c in verb.children) or prep_objects(verb, "about"):
            return True
        return any(_is_question(c) for c in children(verb, "ccomp", "xcomp", "advcl", "dobj") if c.i > verb.i)
    named = {t.lemma_.lower() for t in (*children(verb, "dobj"), *prep_objects(verb, "to", "for"))}
    named |= {t.lower_ for t in children(verb, "dobj")}
    return bool(named & needed)


def _is_question(clause: Token) -> bool:
    """Whether a clause is an indirect question: "how many had died", "whether he had resigned"."""
    first = clause.left_edge
    return first.tag_ in ("WRB", "WP", "WDT", "WP$") or first.lower_ in ("whether", "if", "how", "what", "which")


def _no_comment(noun: Token, about: str, light: _Words) -> Iterator[Mute]:
    """A noun for words under a *no* or *without*: "The ministry had no comment", "There was no word from Lome"."""
    if not any(c.lower_ in _NO or c.lower_ == "n't" for c in noun.children):
        return
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_.lower() in light:
        if any(c.lower_ in ("no", "little") for c in noun.children) or is_negated(verb):
            yield Mute(verb, noun, _holders(verb), about)
    elif noun.dep_ in ("attr", "nsubj", "nsubjpass", "ROOT") and any(c.lower_ == "no" for c in noun.children):
        hosts = [noun, verb] if noun.dep_ != "ROOT" else [noun]
        holders = [t for h in hosts for t in prep_objects(h, "from", "by")]
        yield Mute(verb if noun.dep_ != "ROOT" else noun, noun, holders, about)


def _quiet(word: Token, about: str, keeping: _Words, mute: frozenset[str]) -> Iterator[Mute]:
    """A verb of staying with a word for silence: "The union remained silent about the strike".

    With "be" only a word of the set ``mute`` is one: "was silent", but not "was quiet".
    """
    verb = word.head
    kept = word.dep_ in ("acomp", "oprd", "attr", "dobj", "xcomp", "advmod") and verb.lemma_.lower() in keeping
    if kept and not is_negated(verb) and (verb.lemma_ != "be" or word.lower_ in mute):
        yield Mute(verb, word, _holders(verb), about)


def _unreached(word: Token, about: str, sets: WordSets) -> Iterator[Mute]:
    """Somebody of whom no words could be had: "The owner could not be reached for comment"."""
    if word.pos_ == "VERB" and word.tag_ == "VBN":
        aside = word.dep_ in ("advcl", "ccomp", "relcl") and not prep_objects(word, "for")
        if is_negated(word) and not aside and any(c.dep_ == "auxpass" for c in word.children):
            yield Mute(word, word, _holders(word), about)
    elif word.dep_ in ("acomp", "oprd", "attr"):
        denied = is_negated(word.head) or is_negated(word) or word.lower_.startswith("un")
        for_comment = {t.lemma_.lower() for t in (*prep_objects(word, "for"), *prep_objects(word.head, "for"))}
        reached = bool(for_comment & sets["reaction"]) or (word.lower_.startswith("unreach"))
        if denied and reached:
            yield Mute(word.head, word, _holders(word.head), about)


def _holders(verb: Token) -> list[Token]:
    """Who is silent: the subject with everybody coordinated to it: "The army and the police gave no details"."""
    holder = own_subject(verb)
    if holder is None or holder.tag_ in ("WP", "WDT"):
        holder = subject(verb)
    if holder is None or holder.dep_ == "expl" or holder.lower_ in ("there", "it's"):
        return []
    return conjuncts(antecedent(holder)) if holder.tag_ not in ("WP", "WDT") else [antecedent(holder)]


def _clause(mute: Mute) -> tuple[int, int]:
    """The clause to read: from the silent party, where it stands before the verb, to the end of what is not told."""
    tokens = [t for t in mute.verb.subtree if not t.is_space and not _elsewhere(t, mute)]
    tokens += [mute.verb, mute.predicate]
    for holder in mute.holders:
        if holder.i < mute.verb.i:
            tokens.append(holder.doc[holder.i])
            tokens.append(next(iter(holder.subtree)))
        elif holder.i > mute.verb.i:
            tokens.append(holder)
    first, last = min(tokens, key=lambda t: t.i), max(tokens, key=lambda t: t.i)
    doc = first.doc
    while last.is_punct and last.i > first.i:
        last = doc[last.i - 1]
    return first.idx, last.idx + len(last)


def _elsewhere(token: Token, mute: Mute) -> bool:
    """Whether a token belongs to another clause joined to the silence: "left" in "He gave no details and left"."""
    while token.i != mute.verb.i:
        if token.dep_ in ("conj", "cc", "parataxis", "punct") and token.head.i == mute.verb.i:
            return True
        if (
            token.dep_ in ("ccomp", "advcl")
            and token.head.i == mute.verb.i
            and token.i < mute.verb.i
            and token.i != mute.predicate.i
        ):
            return True
        token = token.head
    return False


def _topic(mute: Mute, index: TokenIndex[Actor], knowledge: Knowledge) -> tuple[str, str | None]:
    """What is not told, and whose it is: "did not say how many miners had died" is about those killed, miners."""
    topics = _topics(knowledge)
    scope = [t for t in mute.predicate.subtree if t.i > mute.predicate.i and not _elsewhere(t, mute)]
    if mute.predicate.pos_ == "NOUN":
        scope += [t for p in children(mute.verb, "prep") if p.lower_ in _TOPIC_PREPOSITIONS for t in p.subtree]
    for token in scope:
        about = topics.get(token.lemma_.lower()) or topics.get(token.lower_)
        if about is not None:
            return about, _whose(token, index)
    if mute.about in ("comment", "identity"):
        matter = _matter(mute, word_sets(knowledge))
        return (mute.about, None) if matter is None else (matter.lemma_.lower(), _whose(matter, index))
    matter = _matter(mute, word_sets(knowledge))
    return (matter.text if matter is not None else mute.about or "details"), (
        _whose(matter, index) if matter is not None else None
    )


def _matter(mute: Mute, sets: WordSets) -> Token | None:
    """The noun that the silence is about: behind a preposition ("no comment on the raid"), an object, in a question."""
    hosts = (mute.predicate, mute.verb, *children(mute.predicate, "dobj"))
    found = next((t for h in hosts for t in prep_objects(h, *_TOPIC_PREPOSITIONS)), None)
    if found is None and mute.about != "comment":
        found = next((o for o in children(mute.predicate, "dobj") if o.lower_ not in _NOTHING), None)
    if found is None:
        clause = next((c for c in children(mute.predicate, "ccomp", "xcomp", "advcl") if c.i > mute.predicate.i), None)
        if clause is not None:
            found = next((t for t in clause.subtree if t.pos_ in ("NOUN", "PROPN")), clause)
    return found if found is not None and found.lemma_.lower() not in sets["matter"] else None


def _whose(token: Token, index: TokenIndex[Actor]) -> str | None:
    """Whom the thing not told concerns: the miners in "their fate", "the fate of the miners", "how the miners died"."""
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    if owner is None and token.pos_ in ("VERB", "AUX"):
        owner = own_subject(token)
    if owner is None:
        owner = next(iter(prep_objects(token, "among", "of", "in")), None)
    if owner is None:
        owner = next((c for c in children(token, "amod", "compound") if c.ent_type_ in ("NORP", "GPE", "ORG")), None)
    return _name(owner, index) if owner is not None else None


def _name(holder: Token, index: TokenIndex[Actor]) -> str:
    """The actor's name where one is known, else the words of the text without a leading article."""
    actor = index.get(holder)
    if actor is not None:
        return actor.name
    start, end = np_extent(holder)
    words = holder.doc.text[start:end].split()
    return " ".join(words[1:] if len(words) > 1 and words[0].lower() in ("the", "a", "an") else words)
