"""Who governs a cue: by the parse, and beside the cue by the surface, the last resort and often the better one.

A small parser makes the speaker of "..., a doctors' committee said." an apposition of whatever stands before the
comma. Where a cue closes a sentence or follows a quotation, what stands between the comma (or the quotation mark) and
the verb is the source.
"""

from __future__ import annotations

from itertools import islice

from reportedly.parse.parsed import Token
from reportedly.parse.syntax import children, is_passive, own_subject
from reportedly.statements.cues import verb_group
from reportedly.statements.reading import QuotedText
from reportedly.statements.sources import agent_of, finite_subject, issuer_beside

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_RELATIVE = frozenset({"who", "which", "that", "whose", "whom", "where"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_NO_START = frozenset({"IN", "TO", "VB", "VBD", "VBZ", "VBP", "VBG", "MD", "CC", "WRB", "EX"})
_RELATIVE_TAGS = frozenset({"WP", "WDT", "WP$", "WRB"})
_NO_END = _RELATIVE_TAGS | {"CC", "IN", "TO", "MD", "VBD", "VBZ", "VBP", "DT"}
_MOST = 40  # words of a source with its asides


def named_before(reading: QuotedText, first: int, bound: int) -> tuple[int, int] | None:
    """The source right before token ``first``, back to a comma or past one aside: "... , Ana Reyes, the mayor, said".

    Indices of its first and last token (none before ``bound``), or None where the words between are no noun phrase.
    """
    doc = reading.tokens
    end = first - 1
    while end >= bound and doc[end].is_space:
        end -= 1
    closed = end >= bound and doc[end].text == ","
    last = end - closed
    start = _segment(reading, last, bound)
    if start > last:
        return None
    if closed or _is_aside(doc[start : last + 1]):
        name = _segment(reading, start - 2, bound)
        if name <= start - 2 and (_is_phrase(reading, name, start - 2)):
            return _trimmed(reading, name, last)
        if closed:
            return None
    return _trimmed(reading, start, last) if _is_phrase(reading, start, last) else None


def named_between(reading: QuotedText, bound: int, first: int) -> tuple[int, int] | None:
    """Everything from ``bound``, behind a quotation, to the cue, where that is one noun phrase with asides.

    "“We stay,” Ana Reyes, the mayor of Tarnova, said": the name with its aside.
    """
    doc = reading.tokens
    while bound < first and (doc[bound].is_space or doc[bound].is_punct or doc[bound].pos_ == "CCONJ"):
        bound += 1
    while bound < first and (doc[first - 1].is_space or doc[first - 1].is_punct):
        first -= 1
    tokens = list(islice((doc[i] for i in range(bound, first) if not doc[i].is_space), _MOST + 1))
    if not tokens or len(tokens) > _MOST or not _is_phrase(reading, tokens[0].i, tokens[-1].i):
        return None
    return tokens[0].i, tokens[-1].i


def head_of(reading: QuotedText, first: int, last: int) -> Token:
    """The head noun of a phrase: "chief" in "the police chief of Sarn, Ana Reyes", "aide" in "the mayor's aide".

    It is the last noun before the first preposition, comma, verb or relative pronoun.
    """
    head = None
    for token in reading.tokens[first : last + 1]:
        if token.is_space:
            continue
        if head is not None and (
            token.text == ","
            or token.tag_ in ("IN", "VBN", "VBG", "WP", "WDT", "WP$", "TO")
            or token.pos_ in ("VERB", "AUX")
        ):
            break
        if token.pos_ in _NOMINAL and token.tag_ != "PRP$" and not (token.i < last and token.nbor(1).tag_ == "POS"):
            head = token
    return head if head is not None else reading.tokens[last]


def _segment(reading: QuotedText, last: int, bound: int) -> int:
    """First token of the stretch without comma that ends at ``last``."""
    start = last + 1
    for i in range(last, bound - 1, -1):
        token = reading.tokens[i]
        if token.text in (",", ";", ":", "–", "—", "--") or "\n" in token.text or reading.quoted(token):
            break
        if not token.is_space:
            start = i
    return start


def _is_aside(tokens: list[Token]) -> bool:
    """Whether a stretch is an apposition without article ("police chief of the town"), so that a name precedes it."""
    words = [t for t in tokens if not t.is_space]
    return (
        bool(words) and words[0].pos_ == "NOUN" and words[0].tag_ == "NN" and len(words) > 2 and words[0].text.islower()
    )


def _is_phrase(reading: QuotedText, first: int, last: int) -> bool:
    """Whether the tokens are a noun phrase: "a nurse who had fled", but not "in Sarn" and not "the nurse fled".

    A finite verb may stand only in a relative clause; no preposition or verb opens it.
    """
    tokens = [t for t in reading.tokens[first : last + 1] if not t.is_space]
    while tokens and (tokens[0].tag_ in ("CC", "RB") or tokens[0].is_punct):
        tokens.pop(0)
    if (
        not tokens
        or tokens[0].tag_ in _NO_START
        or tokens[0].tag_ in _RELATIVE_TAGS
        or tokens[-1].tag_ in _NO_END
        or len(tokens) > _MOST
    ):
        return False
    relative = False
    nominal = False
    for token in tokens:
        relative = relative or token.lower_ in _RELATIVE
        nominal = nominal or token.pos_ in _NOMINAL
        if token.tag_ in _FINITE and not relative:
            return False
    return nominal


def _trimmed(reading: QuotedText, first: int, last: int) -> tuple[int, int]:
    """The phrase without conjunctions, adverbs and punctuation before it: "the mayor" of "and later the mayor"."""
    while first < last and (
        reading.tokens[first].tag_ in ("CC", "RB") or reading.tokens[first].is_punct or reading.tokens[first].is_space
    ):
        first += 1
    return first, last


def speaker(reading: QuotedText, verb: Token) -> Token | None:
    """Who governs the cue: its subject, the issuer of "a statement saying", else a name beside the verb.

    "The union issued a statement saying that ..." gives the union.
    """
    if verb.dep_ == "acl" and verb.head.lemma_.lower() in reading.sets["paper"]:
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


def _poster(reading: QuotedText, medium: Token) -> Token | None:
    """Who speaks over a channel: "the mayor wrote on Twitter blaming the army"."""
    through = reading.channels.get(medium.lower_, frozenset())
    if medium.dep_ != "pobj" or medium.head.lower_ not in through:
        return None
    clause = next((t for t in medium.ancestors if t.pos_ == "VERB"), None)
    return finite_subject(clause) if clause is not None and not is_passive(clause) else None


def _issuer(noun: Token) -> Token | None:
    """Who makes a paper known: the mayor in "her letter", "a letter by the mayor", "The mayor issued a letter"."""
    beside = issuer_beside(noun)
    if beside is not None:
        return beside
    token = noun
    while token.dep_ in ("pobj", "prep", "dobj", "attr", "nsubjpass", "conj") and token.head != token:
        token = token.head
        if token.pos_ == "VERB":
            found = agent_of(token) if is_passive(token) else own_subject(token) or finite_subject(token)
            return None if found == noun else found
    return None


def _neighbour(reading: QuotedText, verb: Token) -> Token | None:
    """A noun phrase that touches the verb, where the parser lost the subject: "The road is open, said Smith"."""
    sentence = reading.sentence(verb)
    for chunk in _chunks(reading, verb):
        if sentence.first <= chunk.i <= sentence.last and not reading.quoted(chunk):
            return chunk
    return None


def _chunks(reading: QuotedText, verb: Token) -> list[Token]:
    """The heads of the noun phrases that touch the cue, the one before it first: "The mayor said", "said the mayor"."""
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
