"""Who governs a cue."""

from __future__ import annotations

from reportedly.parse.parsed import Token
from reportedly.parse.syntax import children, is_passive, own_subject
from reportedly.statements.cues import verb_group
from reportedly.statements.reading import Reading
from reportedly.statements.sources import agent_of, finite_subject

_PAPERS = frozenset(
    {"statement", "letter", "message", "tweet", "post", "email", "communique", "memo", "note", "interview", "speech",
     "release", "address", "bulletin", "comment", "remark", "call", "appeal"}
)  # fmt: skip


def speaker(reading: Reading, verb: Token) -> Token | None:
    """Who governs the cue: its subject; for "a statement saying", whoever issued the statement.

    Else a name beside the verb.
    """
    if verb.dep_ == "acl" and verb.head.lemma_.lower() in _PAPERS:
        return _issuer(verb.head) or verb.head
    if verb.dep_ == "acl" and (poster := _poster(reading, verb.head)) is not None:
        return poster
    subjects = children(verb, "nsubj", "nsubjpass")
    beside = (c for c in subjects if reading.quote_at[c.i] is reading.quote_at[verb.i])
    found = next(beside, subjects[0] if subjects else None)
    if found is not None and not (found.lower_ in ("it", "there") and found.dep_ == "expl"):
        return found
    if verb.dep_ in ("relcl", "acl"):
        return verb.head
    found = finite_subject(verb)
    if found is not None:
        return found
    return _neighbour(reading, verb)


def _poster(reading: Reading, medium: Token) -> Token | None:
    """Who speaks over a channel: "the mayor wrote on Twitter blaming the army"."""
    through = reading.channels.get(medium.lower_, frozenset())
    if medium.dep_ != "pobj" or medium.head.lower_ not in through:
        return None
    clause = next((t for t in medium.ancestors if t.pos_ == "VERB"), None)
    return finite_subject(clause) if clause is not None and not is_passive(clause) else None


def _issuer(noun: Token) -> Token | None:
    owner = next(iter(children(noun, "poss")), None)
    by = next((o for p in children(noun, "prep") if p.lower_ in ("by", "from") for o in children(p, "pobj")), None)
    if owner is not None or by is not None:
        return owner or by
    token = noun
    while token.dep_ in ("pobj", "prep", "dobj", "attr", "nsubjpass", "conj") and token.head != token:
        token = token.head
        if token.pos_ == "VERB":
            found = agent_of(token) if is_passive(token) else own_subject(token) or finite_subject(token)
            return None if found == noun else found
    return None


def _neighbour(reading: Reading, verb: Token) -> Token | None:
    """A noun phrase that touches the verb, where the parser lost the subject ("... ," said Smith)."""
    sentence = reading.sentence(verb)
    for chunk in _chunks(reading, verb):
        if sentence.first <= chunk.i <= sentence.last and not reading.quoted(chunk):
            return chunk
    return None


def _chunks(reading: Reading, verb: Token) -> list[Token]:
    first, last = verb_group(verb)
    found = []
    behind, ahead = reading.before(reading.tokens[first]), reading.after(reading.tokens[last])
    for token, to_left in ((behind, True), (ahead, False)):
        if token is not None and token.pos_ in ("NOUN", "PROPN", "PRON") and token.tag_ not in ("WP", "WDT", "WP$"):
            head = token
            while (
                head.head.pos_ in ("NOUN", "PROPN")
                and head.dep_ in ("compound", "nmod", "amod", "poss", "flat")
                and (head.head.i < verb.i) == to_left
            ):
                head = head.head
            found.append(head)
        elif (
            token is not None and not to_left and token.pos_ in ("DET", "ADJ") and token.head.pos_ in ("NOUN", "PROPN")
        ):
            found.append(token.head)
    return found
