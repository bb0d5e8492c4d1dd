"""The content of a cue: behind it by its frames in the order in which they are tried, before it, or around it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from reportedly.parse.parsed import Token
from reportedly.parse.syntax import children, is_passive, own_subject
from reportedly.statements.cues import Cue, StatementDraft, verb_group
from reportedly.statements.frames import (
    Site,
    behind_preposition,
    bounded,
    draft_of,
    finding,
    for_to,
    gerund,
    infinitive,
    is_infinitive,
    is_relative_that,
    joined_verbs,
    last_before,
    mark_of,
    naming,
    object_and,
    object_to,
    on_to,
    tally,
    tally_object,
    whole_object,
    with_tail,
)
from reportedly.statements.judged import report
from reportedly.statements.reading import QuotedText, subtree
from reportedly.statements.speakers import head_of, named_before

_PREPOSITIONS = {
    "about": "about", "of": "of", "for": "for", "on": "on", "to-noun": "to", "with": "with", "against": "against",
    "in": "in", "over": "over", "from": "from",
}  # fmt: skip
_SUBORDINATORS = frozenset(
    {"when", "after", "before", "while", "although", "though", "because", "since", "once", "until", "as"}
)


def right_content(reading: QuotedText, verb: Token, cue: Cue) -> set[int] | None:
    """The content behind the verb, by the first frame of the cue that is filled: "said that nobody was hurt"."""
    frames = cue.frames
    for frame, rule in _RULES:
        if frame in frames and (content := rule(Site(reading, verb, cue))):
            whole = bounded(reading, verb, content | _joined(Site(reading, verb, cue), frame, max(content)))
            return _without_narration(reading, whole, frames)
    prepositions = {word for name, word in _PREPOSITIONS.items() if name in frames}
    if prepositions and (content := behind_preposition(verb, prepositions)):
        return bounded(reading, verb, content)
    return None


def _without_narration(reading: QuotedText, content: set[int], frames: AbstractSet[str]) -> set[int]:
    """The content without a clause of the narrator: "denied the raid, *which* killed two", "praised men *who* fled"."""
    if "which" not in frames and "judging" not in frames:
        return content
    for i in sorted(content)[1:]:
        token, before = reading.tokens[i], reading.tokens[i - 1]
        apart = before.text == "," or "judging" in frames
        if token.tag_ in ("WDT", "WP", "WP$") and apart and not reading.quoted(token):
            return {k for k in content if k < i - (before.text == ",")} or content
    return content


def _clause(at: Site) -> set[int] | None:
    """A finite clause behind the cue, with or without "that": "The mayor said (that) the dam would hold"."""
    for child in at.verb.children:
        if child.i <= at.verb.i or (child.left_edge.i > at.verb.i and child.left_edge.tag_ in ("WP$", "WDT")):
            continue
        if child.dep_ == "ccomp" or (
            child.dep_ in ("advcl", "relcl", "acl", "dep", "parataxis") and mark_of(child) == "that"
        ):
            if is_infinitive(child) and "to" not in at.cue.frames and "obj-to" not in at.cue.frames:
                continue
            if child.tag_ == "VBG" and own_subject(child) is None and not children(child, "aux"):
                continue
            end = _resumed(child)
            return with_tail(at.reading, at.verb, {i for i in subtree(child) if at.verb.i < i < end})
    return _told_that(at.verb) or _that(at.reading, at.verb)


def _resumed(clause: Token) -> int:
    """Where the narrator takes the word again, or the end of the text.

    "He said he would stay and left the room": no modal governs a past tense, so that "left" is the narrator's.
    """
    modal = clause.tag_ == "VB" and any(c.tag_ == "MD" for c in children(clause, "aux"))
    past = next((v for v in joined_verbs(clause) if v.tag_ == "VBD"), None) if modal else None
    return len(clause.doc) if past is None else last_before(past) + 1


def _joined(at: Site, frame: str, last: int) -> set[int]:
    """What goes on with the content where a parser may have hung it on the cue: "said A, and that B"."""
    if frame == "clause":
        return _joined_clauses(at.verb, last)
    return _joined_gerunds(at.reading, last) if frame in ("ing", "obj-of") else set()


def _joined_clauses(verb: Token, last: int) -> set[int]:
    """More clauses with "that" ("said A, and that B"), and passive ones whose pronoun cannot mean the source."""
    behind = [c for c in children(verb, "conj", "ccomp", "advcl") if c.i > last]
    more = [c for c in behind if mark_of(c) == "that" or (c.dep_ == "conj" and _about_others(c, verb))]
    joints = [c.i for c in children(verb, "cc", "punct") if more and last < c.i < more[-1].i]
    return {i for c in more for i in subtree(c) if i > last} | set(joints)


def _about_others(clause: Token, cue: Token) -> bool:
    """Whether a passive clause tells of others: "A communique said four tanks attacked, but they were repelled"."""
    pronoun, source = own_subject(clause), own_subject(cue)
    if pronoun is None or source is None or not is_passive(clause):
        return False
    many = source.tag_ in ("NNS", "NNPS") or source.lower_ in ("they", "we")
    return pronoun.lower_ == "they" and not many


def _joined_gerunds(reading: QuotedText, last: int) -> set[int]:
    """The second of two gerunds: "accused them of shelling the town, and (of) burning the market"."""
    following = [t for t in reading.words(last + 1, last + 6) if t.text != "," and t.lower_ != "of"][:2]
    if len(following) < 2 or following[0].dep_ != "cc" or following[1].tag_ != "VBG":
        return set()
    return set(range(last + 1, max(subtree(following[1])) + 1)) if own_subject(following[1]) is None else set()


def _told_that(verb: Token) -> set[int] | None:
    """A clause that the parser hung on the hearer or on a time ("told reporters on Monday that ...")."""
    for child in verb.children:
        if child.i > verb.i and child.dep_ in ("dobj", "dative", "prep", "npadvmod", "pobj"):
            for t in child.subtree:
                if (
                    t.dep_ in ("acl", "relcl", "ccomp")
                    and t.i > child.i
                    and (mark_of(t) == "that" and not is_relative_that(t))
                ):
                    return {i for i in subtree(t) if i > verb.i}
    return None


def _that(reading: QuotedText, verb: Token) -> set[int] | None:
    """What follows a *that* right behind the verb, whatever the parser made of it: "He said that nobody was hurt".

    The content runs to the end of the sentence.
    """
    _, last = verb_group(verb)
    follower = reading.after(reading.tokens[last])
    if (
        follower is None
        or follower.lower_ != "that"
        or follower.tag_ not in ("IN", "WDT")
        or follower.i > reading.sentence(verb).last
    ):
        return None
    return set(range(follower.i, reading.sentence(verb).last + 1))


_RULES = (
    ("told", report),
    ("clause", _clause),
    ("on-to", on_to),
    ("for", for_to),
    ("to", infinitive),
    ("obj-to", object_to),
    ("naming", naming),
    ("obj-as", object_and("as", whole=True)),
    ("obj-of", object_and("of", whole=False)),
    ("obj-with", object_and("with", whole=False)),
    ("obj-for", object_and("for", whole=True)),
    ("obj-on", object_and("on", whole=True)),
    ("obj-at", object_and("at", whole=True)),
    ("tally", tally),
    ("tally-obj", tally_object),
    ("subject", finding),
    ("ing", gerund),
    ("obj", whole_object),
)


def closing(reading: QuotedText, verb: Token, cue: Cue) -> list[StatementDraft] | None:
    """An attribution that closes its sentence, read off the surface.

    "The road is open, a committee close to the opposition said on Sunday": what stands before the comma is the content,
    the noun phrase behind it the source.
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


def _ends_sentence(reading: QuotedText, verb: Token, last: int, cue: Cue) -> bool:
    """Whether only circumstances and a hearer stand between the cue and the end: "..., he told reporters on Monday"."""
    for token in reading.words(last + 1, reading.sentence(verb).last + 1):
        if token.text in (",", ";") or reading.quoted(token):
            return True
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD") or token.lower_ == "that":
            return False
        if token.dep_ == "dobj" and token.head.i == verb.i and "recipient" not in cue.frames:
            return False
    return True


def left_content(reading: QuotedText, verb: Token, holder: Token | None) -> set[int] | None:
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


def _attribution(reading: QuotedText, verb: Token, holder: Token) -> tuple[int, int]:
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


def _reporting_position(reading: QuotedText, verb: Token, first: int) -> bool:
    """Whether the parse lets "X said" stand inside or behind what X says.

    That is where it is a clause of its own, where the content is its complement, or where the content is its head: "The
    dam, the mayor said, had burst".
    """
    if any(c.dep_ == "ccomp" and c.i < first for c in verb.children):
        return True
    if verb.dep_ in ("parataxis", "ROOT") or (verb.dep_ in ("ccomp", "dep") and verb.head.i != verb.i):
        return (
            not any(c.dep_ in ("dobj", "xcomp") and c.i > verb.i for c in verb.children)
            or verb.lemma_ in reading.sets["addressing"]
        )
    return verb.dep_ == "advcl" and reading.tokens[first].dep_ != "mark" and verb.tag_ != "VBG"


def _left_limit(reading: QuotedText, verb: Token, first: int) -> int:
    """Where content before the attribution begins: at the sentence, or behind its last semicolon.

    "Nobody was hurt; the bridge is closed, police said": only the second clause is theirs.
    """
    sentence = reading.sentence(verb)
    for i in range(first - 2, sentence.first, -1):
        if reading.tokens[i].text == ";" and not reading.quoted(reading.tokens[i]):
            return i + 1
    return sentence.first


def _as(reading: QuotedText, first: int) -> bool:
    """Whether the attribution is an as-clause: "The bus, as the coach said, was late"."""
    before = reading.before(reading.tokens[first])
    return reading.tokens[first].lower_ == "as" or (before is not None and before.lower_ == "as")


def around_as(reading: QuotedText, verb: Token, first: int) -> set[int] | None:
    """The clause that an as-clause hangs on: "As the coach said, the bus was late"."""
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
