"""Content that stands before its attribution or around it ("..., X said")."""

from __future__ import annotations

from reportedly.parse.parsed import Token
from reportedly.statements.cues import Cue, verb_group
from reportedly.statements.draft import Draft
from reportedly.statements.pieces import bounded, draft_of
from reportedly.statements.reading import Reading, subtree
from reportedly.statements.surface import head_of, named_before

_SUBORDINATORS = frozenset(
    {"when", "after", "before", "while", "although", "though", "because", "since", "once", "until", "as"}
)


def closing(reading: Reading, verb: Token, cue: Cue) -> list[Draft] | None:
    """An attribution that closes its sentence ("..., a committee close to the opposition said on Sunday").

    Read off the surface.
    """
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or reading.quoted(verb):
        return None
    first, last = verb_group(verb)
    sentence = reading.sentence(verb)
    named = named_before(reading, first, sentence.first)
    if named is None or not _ends_sentence(reading, verb, last, cue):
        return None
    before = reading.before(reading.tokens[named[0]])
    if before is None or before.text not in (",", "–", "—", "--") or before.i <= sentence.first:
        return None
    content = set(range(_left_limit(reading, verb, named[0]), before.i))
    if not any(
        reading.tokens[i].tag_ in ("VBD", "VBZ", "VBP", "MD") or reading.quote_at[i] is not None for i in content
    ):
        return None
    if reading.tokens[min(content)].lower_ in _SUBORDINATORS:
        return None
    source = reading.trimmed(*named)
    holder = head_of(reading, *named)
    return draft_of(
        reading, cue, verb, holder, bounded(reading, verb, content), (source,) if source is not None else None
    )


def _ends_sentence(reading: Reading, verb: Token, last: int, cue: Cue) -> bool:
    """Whether nothing but circumstances (and a hearer) stands between the cue and a comma or the end."""
    for token in reading.words(last + 1, reading.sentence(verb).last + 1):
        if token.text in (",", ";") or reading.quoted(token):
            return True
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD") or token.lower_ == "that":
            return False
        if token.dep_ == "dobj" and token.head.i == verb.i and "recipient" not in cue.frames:
            return False
    return True


def left_content(reading: Reading, verb: Token, holder: Token | None) -> set[int] | None:
    """The content of an attribution that follows or interrupts it ("..., X said"; "The army, X said, ...")."""
    if holder is None:
        return None
    sentence = reading.sentence(verb)
    first, last = _attribution(reading, verb, holder)
    if _as(reading, first):
        return around_as(reading, verb, first)
    before = reading.before(reading.tokens[first])
    if before is None or before.i < sentence.first or before.text not in (",", "–", "—", "-", "--", ";", ")"):
        return None
    if not _reporting_position(reading, verb, first):
        return None
    content = set(range(_left_limit(reading, verb, first), before.i))
    after = reading.after(reading.tokens[last])
    if (
        after is not None
        and after.text == ","
        and verb.head.i > after.i
        and verb.dep_ in ("parataxis", "ccomp", "advcl", "ROOT", "dep")
    ):
        content.update(range(after.i + 1, sentence.last + 1))
    return bounded(reading, verb, content) if content else None


def _attribution(reading: Reading, verb: Token, holder: Token) -> tuple[int, int]:
    """First and last token of "X said on Monday": source, cue and what hangs on the cue up to the next comma."""
    first, last = verb_group(verb)
    sentence = reading.sentence(verb)
    names = [
        t.i for t in holder.subtree if sentence.first <= t.i <= sentence.last and (t.i < verb.i) == (holder.i < verb.i)
    ]
    if holder.i < verb.i and names:
        first = min(first, *names)
    elif names:
        last = max(last, *names)
    for token in reading.tokens[last + 1 : sentence.last + 1]:
        if token.text in (",", ";", "–", "—") or token.i > sentence.last or reading.quoted(token):
            break
        last = token.i
    return first, last


def _reporting_position(reading: Reading, verb: Token, first: int) -> bool:
    """Whether the parse lets "X said" be an insertion.

    A clause of its own, with the content as complement or as its head.
    """
    if any(c.dep_ == "ccomp" and c.i < first for c in verb.children):
        return True
    if verb.dep_ in ("parataxis", "ROOT") or (verb.dep_ in ("ccomp", "dep") and verb.head.i != verb.i):
        return not any(c.dep_ in ("dobj", "xcomp") and c.i > verb.i for c in verb.children) or verb.lemma_ == "tell"
    return verb.dep_ == "advcl" and reading.tokens[first].dep_ != "mark" and verb.tag_ != "VBG"


def _left_limit(reading: Reading, verb: Token, first: int) -> int:
    """Where content before the attribution begins.

    At the sentence, or behind an earlier semicolon of the same sentence.
    """
    sentence = reading.sentence(verb)
    for i in range(first - 2, sentence.first, -1):
        if reading.tokens[i].text == ";" and not reading.quoted(reading.tokens[i]):
            return i + 1
    return sentence.first


def _as(reading: Reading, first: int) -> bool:
    before = reading.before(reading.tokens[first])
    return reading.tokens[first].lower_ == "as" or (before is not None and before.lower_ == "as")


def around_as(reading: Reading, verb: Token, first: int) -> set[int] | None:
    """As in "As X said, ..." and "..., as X said": the clause that the as-clause hangs on."""
    sentence = reading.sentence(verb)
    mark = first if reading.tokens[first].lower_ == "as" else first - 1
    zone = set(subtree(verb)) | {mark}
    if verb.dep_ not in ("advcl", "ccomp", "ROOT", "parataxis", "acl", "pcomp", "relcl"):
        return None
    if mark <= sentence.first + 1:
        return set(range(max(zone) + 1, sentence.last + 1)) or None
    before = reading.before(reading.tokens[mark])
    if before is None or before.text not in (",", "–", "—", "-", "--"):
        return None
    behind = range(max(zone) + 1, sentence.last + 1) if verb.head.i > max(zone) else ()
    return {*range(sentence.first, before.i), *behind} or None
