"""What stands behind a cue: its frames in the order in which they are tried, and where a content ends."""

from __future__ import annotations

from reportedly.parse.parsed import Token
from reportedly.parse.syntax import children, is_passive, own_subject
from reportedly.statements.complements import (
    finding,
    for_to,
    gerund,
    infinitive,
    naming,
    object_and,
    object_to,
    on_to,
    tally,
    tally_object,
    whole_object,
)
from reportedly.statements.cues import Cue, verb_group
from reportedly.statements.pieces import (
    Site,
    behind_preposition,
    bounded,
    is_infinitive,
    is_relative_that,
    joined_verbs,
    last_before,
    mark_of,
    with_tail,
)
from reportedly.statements.reading import Reading, subtree

_PREPOSITIONS = {
    "about": "about", "of": "of", "for": "for", "on": "on", "to-noun": "to", "with": "with", "against": "against",
    "in": "in", "over": "over", "from": "from",
}  # fmt: skip


def right_content(reading: Reading, verb: Token, cue: Cue) -> set[int] | None:
    """The content that stands behind the verb, by the first frame of the cue that is filled."""
    frames = cue.frames
    for frame, rule in _RULES:
        if frame in frames and (content := rule(Site(reading, verb, cue))):
            return bounded(reading, verb, content | _joined(Site(reading, verb, cue), frame, max(content)))
    prepositions = {word for name, word in _PREPOSITIONS.items() if name in frames}
    if prepositions and (content := behind_preposition(verb, prepositions)):
        return bounded(reading, verb, content)
    return None


def _clause(at: Site) -> set[int] | None:
    for child in at.verb.children:
        if child.i <= at.verb.i:
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

    As in "said he would stay and left the room": no modal governs a past tense.
    """
    modal = clause.tag_ == "VB" and any(c.tag_ == "MD" for c in children(clause, "aux"))
    past = next((v for v in joined_verbs(clause) if v.tag_ == "VBD"), None) if modal else None
    return len(clause.doc) if past is None else last_before(past) + 1


def _joined(at: Site, frame: str, last: int) -> set[int]:
    """What goes on with the content behind its last word, where a parser may have hung it on the cue."""
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
    """As in "A communique said four tanks attacked, but they were repelled"."""
    pronoun, source = own_subject(clause), own_subject(cue)
    if pronoun is None or source is None or not is_passive(clause):
        return False
    many = source.tag_ in ("NNS", "NNPS") or source.lower_ in ("they", "we")
    return pronoun.lower_ == "they" and not many


def _joined_gerunds(reading: Reading, last: int) -> set[int]:
    """As in "accused X of shelling the town, and (of) burning the market": the second gerund."""
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


def _that(reading: Reading, verb: Token) -> set[int] | None:
    """As in "that" right behind the verb, whatever the parser made of it.

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
