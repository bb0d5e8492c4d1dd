"""Who says it: the words that name the source, their head, and what kind of source it is."""

from __future__ import annotations

from functools import lru_cache

from reportedly.knowledge.load import Knowledge
from reportedly.knowledge.word_sets import WordSets
from reportedly.model import Actor, SourceKind, Span
from reportedly.parse.parsed import Token
from reportedly.parse.spans import TokenIndex
from reportedly.parse.syntax import agents, antecedent, own_subject, prep_objects, subject
from reportedly.statements.reading import QuotedText

_CLAUSAL = frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis"})
_NICKNAME = 40  # characters: a longer quotation in a source is what it says, not part of its name
_BODIES = frozenset({"body", "media", "document"})
_PRONOUNS = frozenset(
    {"he", "she", "i", "we", "they", "it", "you", "him", "her", "them", "us", "me", "who", "which", "that", "this",
     "one", "both", "some", "others", "many", "several", "these", "those", "his", "their", "its", "my", "our"}
)  # fmt: skip
_THINGS = frozenset({"that", "which"})
_PERSONAL = frozenset({"he", "she", "i", "him", "her", "me"})
_SEVERAL = frozenset({"many", "some", "others", "several", "few", "most", "all", "both", "those", "these"})
_ONE = frozenset({"a", "an", "one", "another"})


def finite_subject(verb: Token) -> Token | None:
    """The subject of a verb that can be a source: "The mayor came back and said": the mayor."""
    found = own_subject(verb)
    if found is None or found.dep_ == "nsubjpass":
        found = subject(verb) if verb.dep_ != "relcl" else found or subject(verb)
    return found


def source_spans(reading: QuotedText, holder: Token, stop: Token) -> tuple[Span, ...] | None:
    """The words of the source, "the mayor of Sarn" of "the mayor of Sarn, which is cut off, said".

    It is the noun phrase of ``holder`` on its side of the cue ``stop``, of *that* and *which* the noun that they stand
    for. Modifiers and appositions that identify stay; a clause with "which" behind a comma is news about the source and
    goes.
    """
    sentence = reading.sentence(stop)
    dropped = asides(holder)
    if holder.lower_ in _THINGS and (noun := antecedent(holder)) is not holder:
        dropped = asides(noun) | {t.i for t in stop.subtree}
        holder = noun
    kept = []
    for token in holder.subtree:
        if token.i in dropped or token.is_space or not sentence.first <= token.i <= sentence.last:
            continue
        if (token.i < stop.i) == (holder.i < stop.i) and token.i != stop.i:
            kept.append(token.i)
    kept = _around(reading, kept, holder.i)
    spans = reading.spans(kept)
    return tuple(spans) or None


def _around(reading: QuotedText, indices: list[int], head: int) -> list[int]:
    """The words of a source without a conjunction before it ("and the mayor") and without long quotations in it.

    A nickname stays: "Ana “the Fox” Reyes".
    """
    while indices and reading.tokens[indices[0]].dep_ in ("cc", "punct", "mark"):
        indices.pop(0)
    if reading.quoted(reading.tokens[head]):
        return indices
    return [i for i in indices if (quote := reading.quote_at[i]) is None or quote.end - quote.start < _NICKNAME]


def asides(holder: Token) -> set[int]:
    """Tokens of clauses about the source that do not identify it: "the union, which is small".

    A clause with "who" says who it is where a name is new: "Ana Reyes, who leads it".
    """
    found: set[int] = set()
    for child in holder.children:
        if child.dep_ in ("relcl", "acl", "advcl", "ccomp", "parataxis") and child.i > holder.i:
            tokens = list(child.subtree)
            opener = holder.doc[tokens[0].i - 1]
            told = tokens[0].lower_ != "who" or _known(holder)
            if opener.text in (",", "–", "—", "--") and told:
                found.update(t.i for t in tokens)
        elif child.dep_ in ("cc", "punct") and child.text in (";", ":"):
            found.add(child.i)
    return found


def _known(holder: Token) -> bool:
    """Whether the text has named the source before: the second "Reyes", but never "the mayor"."""
    return holder.pos_ == "PROPN" and any(t.text == holder.text for t in holder.doc[: holder.i])


def agent_of(verb: Token) -> Token | None:
    """Who is named behind "by" in a passive: "was announced by the envoy"."""
    return next(iter(agents(verb)), None)


def issuer_beside(noun: Token) -> Token | None:
    """Who makes a report known, in its own phrase: "her letter", "a letter by the mayor", "posts shared by troops"."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    return owner or next(iter((*prep_objects(noun, "by", "from"), *_sharers(noun))), None)


def _sharers(noun: Token) -> list[Token]:
    return [t for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN" for t in agents(c)]


@lru_cache(maxsize=4)
def _kinds(knowledge: Knowledge) -> dict[str, str]:
    return {row["word"]: row["kind"] for row in knowledge.rows("source_kinds")}


@lru_cache(maxsize=4)
def document_words(knowledge: Knowledge) -> frozenset[str]:
    """Nouns for papers, polls and pictures, which "show" and "find" things."""
    return frozenset(word for word, kind in _kinds(knowledge).items() if kind == "document")


@lru_cache(maxsize=4)
def report_words(knowledge: Knowledge) -> frozenset[str]:
    """Nouns for what is told, which can be denied or called false."""
    return frozenset(w for row in knowledge.rows("denials") if row["says"] == "told" for w in row["forms"].split())


def can_speak(noun: Token, knowledge: Knowledge) -> bool:
    """Whether a noun names somebody or something that says things: "a nurse", "the ministry", "a daily", "a report"."""
    listed = noun.lower_ in _kinds(knowledge) or noun.lemma_.lower() in _kinds(knowledge)
    return listed or noun.ent_type_ in ("PERSON", "ORG", "GPE")


def actor_of(holder: Token, actors: TokenIndex[Actor]) -> Actor | None:
    """The actor whose mention stands on the head of the source."""
    return actors.get(holder) or actors.get(antecedent(holder))


def kind_of(
    reading: QuotedText, holder: Token, spans: tuple[Span, ...], actor: Actor | None, knowledge: Knowledge
) -> SourceKind | None:
    """What kind of source it is, by its head noun, the names in it and its actor; None where nothing tells.

    "Mayor Ana Reyes" is named, "a nurse" anonymous, "residents" a group, "the ministry" an organization.
    """
    head = antecedent(holder)
    kinds = _kinds(knowledge)
    if head.lower_ in _PRONOUNS:
        if head.lower_ == "one":
            return "anonymous"
        return _kind_of_actor(head, actor, knowledge) or ("group" if head.lower_ in _SEVERAL else None)
    phrase = [t for s in spans for t in reading.doc.char_span(s.start, s.end, alignment_mode="expand") or ()]
    own = [t for t in phrase if not any(a.dep_ in _CLAUSAL for a in _path(t, head))]
    word = _kind_word(head, own, kinds)
    listed = "" if word is None else kinds.get(word.lower_) or kinds[word.lemma_.lower()]
    if listed == "nobody":
        return None
    personal = listed not in _BODIES and (actor is None or actor.kind == "person")
    if personal and (_person_named(own, head, listed) or _gave_name(phrase, reading.sets)):
        return "named"
    if (actor is None or actor.kind != "person") and _is_masthead(head, kinds):
        return "media"
    if word is not None:
        return _by_noun(listed, word, kinds, reading.sets)
    if actor is not None and not (head.tag_ == "NNS" and actor.kind != "person"):
        return _kind_of_actor(head, actor, knowledge)
    return _by_form(head, kinds)


def _is_masthead(head: Token, kinds: dict[str, str]) -> bool:
    """Whether a name is that of a paper or a channel by its last word: "The Guardian", "the Jerusalem Post"."""
    if head.pos_ != "PROPN" or not head.text[:1].isupper() or kinds.get(head.lower_) != "masthead":
        return False
    return any(c.dep_ == "compound" or (c.dep_ == "det" and c.lower_ == "the") for c in head.children)


def _by_form(head: Token, kinds: dict[str, str]) -> SourceKind | None:
    """What number, article and ending tell of a source that no table knows: "fishers" are a group, "a fisher" none."""
    if head.ent_type_ == "NORP" or (head.tag_ in ("NNS", "NNPS", "CD") and not head.text.isupper()):
        return "group"
    if head.ent_type_ in ("ORG", "GPE", "LOC", "FAC"):
        return "organization"
    if head.pos_ == "PROPN":
        return "named"
    alone = any(c.dep_ in ("det", "nummod") and c.lower_ in _ONE for c in head.children)
    personal = any(f"-{head.lemma_.lower()[-n:]}" in kinds for n in (3, 4, 5))
    return "anonymous" if head.tag_ == "NN" and (alone or personal) else None


def _path(token: Token, head: Token) -> list[Token]:
    found = []
    while token.i != head.i and token.head != token:
        found.append(token)
        token = token.head
    return found


def _person_named(own: list[Token], head: Token, listed: str) -> bool:
    """Whether the phrase names a person, as its head or beside it.

    "spokesman Ivan Petrov" does, and so does "Ivan Petrov, a spokesman".
    """
    if listed in ("person", "spokesperson") and head.pos_ == "PROPN":
        return True
    named = ("appos", "compound", "nmod", "conj", "flat")
    return any(
        t.ent_type_ == "PERSON" and t.pos_ == "PROPN" and (t.i == head.i or t.dep_ in named) and _level(t, head)
        for t in own
    )


def _gave_name(phrase: list[Token], sets: WordSets) -> bool:
    """Whether a name is given inside the description: "a resident who gave his name only as Idris"."""
    told = any(t.lemma_.lower() in sets["given"] for t in phrase)
    return told and any(
        (t.lower_ == "as" or t.lower_ in sets["called"]) and t.nbor(1).pos_ == "PROPN" for t in phrase[:-1]
    )


def _level(token: Token, head: Token) -> bool:
    """Whether a name is the head's own: "Miller" in "spokesman Ivan Miller", but not in "Miller's spokesman"."""
    while token.i != head.i:
        if token.dep_ in ("poss", "pobj", "amod") or token.head == token:
            return False
        token = token.head
    return True


def _kind_word(head: Token, own: list[Token], kinds: dict[str, str]) -> Token | None:
    """The noun that tells the kind of source: one for a medium anywhere in it, else the head, else one beside it.

    "The newspaper Delta Times" is a medium, "police commander Sow" a person.
    """
    beside = [t for t in own if t.head.i == head.i and t.dep_ in ("appos", "compound", "nmod")]
    listed = [t for t in (head, *beside) if t.lower_ in kinds or t.lemma_.lower() in kinds]
    listed = [t for t in listed if (kinds.get(t.lower_) or kinds[t.lemma_.lower()]) != "masthead"]
    listed = [t for t in listed if t.dep_ == "appos" or t.i == head.i or _speaking(t, kinds)]
    media = (t for t in listed if (kinds.get(t.lower_) or kinds[t.lemma_.lower()]) == "media")
    personal = listed and kinds.get(listed[0].lemma_.lower()) in ("person", "spokesperson", "source", "document")
    return next(media, listed[0]) if listed and not personal else next(iter(listed), None)


def _speaking(part: Token, kinds: dict[str, str]) -> bool:
    """Whether a noun before the head tells who speaks ("commander Sow") and not of what ("statistics board")."""
    return (kinds.get(part.lower_) or kinds[part.lemma_.lower()]) not in ("document", "body", "crowd")


def _by_noun(kind: str, word: Token, kinds: dict[str, str], sets: WordSets) -> SourceKind:
    """What a noun of the tables makes of a source by its kind and number: "a news agency", "two residents"."""
    plural = word.tag_ in ("NNS", "NNPS") and word.lower_ not in kinds
    if kind == "person":
        return "group" if plural else "anonymous"
    if kind == "body" and word.lemma_.lower() in sets["agency"] and _is_for_news(word, sets):
        return "media"
    if kind in ("spokesperson", "body"):
        return "group" if plural and kind == "body" else "organization"
    table: dict[str, SourceKind] = {"source": "anonymous", "media": "media", "document": "document", "crowd": "group"}
    return table[kind]


def _is_for_news(word: Token, sets: WordSets) -> bool:
    """Whether a word for news makes a medium of the agency: "a news agency"."""
    return any(c.lower_ in sets["news"] for c in word.children)


def _kind_of_actor(head: Token, actor: Actor | None, knowledge: Knowledge) -> SourceKind | None:
    """What the actor behind a source makes of it: "he" is named, "Delta Television" a medium, "miners" a group."""
    if actor is None:
        return "named" if head.lower_ in _PERSONAL else None
    last = actor.name.split()[-1].lower() if actor.name.split() else ""
    listed = next(
        (k for w in actor.name.lower().split() if (k := _kinds(knowledge).get(w)) in ("media", "document", "source")),
        None,
    )
    if actor.kind != "person" and (listed == "source" or (actor.code or "").endswith("JRN")):
        return "anonymous" if listed == "source" else "media"
    if actor.kind == "person":
        if listed == "source" or (actor.name == actor.name.lower()):
            return "organization" if _kinds(knowledge).get(last) == "spokesperson" else "anonymous"
        return "named"
    if listed == "media":
        return "media"
    return "group" if actor.kind == "group" and actor.name == actor.name.lower() else "organization"
