"""What is judged rather than told: reports that are denied or called false, and deeds denied or claimed in an aside."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.parse.parsed import Token
from reportedly.parse.syntax import children, conjuncts, np_tokens, own_subject, tells_of_report
from reportedly.statements.cues import Cue, CueLexicon, StatementDraft
from reportedly.statements.frames import Site, draft_of
from reportedly.statements.reading import QuotedText, subtree
from reportedly.statements.sources import agent_of, issuer_beside

_BEFORE_A_REPORT = frozenset({"as", "at", "over", "off", "aside"})
_RELATIVE = frozenset({"WDT", "WP"})


def report(at: Site) -> set[int] | None:
    """The words of others that somebody rejects or doubts: "The bank rejected claims that it was closing".

    What the report is called behind it belongs to the content ("called the reports *a lie*").
    """
    noun = next((t for t in _objects(at.verb) if t.lemma_.lower() in at.reading.reports), None)
    if noun is None:
        return None
    content = set(subtree(noun))
    for child in at.verb.children:
        called = child.dep_ in ("oprd", "acomp", "xcomp", "ccomp") or (child.dep_ == "prep" and child.lower_ == "as")
        if called and child.left_edge.i > max(content):
            content.update(subtree(child))
    return {i for i in content if i > at.verb.i}


def in_judged_report(reading: QuotedText, verb: Token, cues: CueLexicon) -> bool:
    """Whether a verb says what a report tells that somebody judges: "The bank rejected posts *claiming* it closed".

    Whoever issued the report speaks beside the judge: "rejected reports *by the union* that claim it closed".
    """
    noun = verb.head
    if noun.lemma_.lower() not in reading.reports or not tells_of_report(verb) or issuer_beside(noun) is not None:
        return False
    judge = next((t for t in noun.ancestors if t.pos_ == "VERB"), None)
    cue = cues.verbs.get(judge.lower_) if judge is not None else None
    return judge is not None and cue is not None and "told" in cue.frames and noun in _objects(judge)


def _objects(verb: Token) -> Iterator[Token]:
    """The nouns that a verb may judge, objects first; in "called the reports lies" the object may be a subject."""
    for child in children(verb, "dobj", "attr", "oprd"):
        yield from (t for t in conjuncts(child) if t.i > verb.i)
    for prep in children(verb, "prep", "prt"):
        if prep.lower_ in _BEFORE_A_REPORT and prep.i > verb.i:
            yield from (t for c in children(prep, "pobj") for t in conjuncts(c))
    for clause in children(verb, "ccomp", "oprd", "xcomp"):
        subject = own_subject(clause)
        if clause.i > verb.i and subject is not None:
            yield subject


def aside(reading: QuotedText, verb: Token, cue: Cue) -> list[StatementDraft]:
    """A clause about a noun in which somebody denies, claims or confirms what it names, or gives the blame for it.

    The content is the noun: "The raid, *which the army denied*, ...", "The raid, *denied by the army*, ...".
    """
    if "which" not in cue.frames or verb.dep_ not in ("relcl", "acl") or verb.head.i > verb.i:
        return []
    if any(c.i > verb.i for c in children(verb, "ccomp")):
        return []
    holder = _answering(verb)
    if holder is None:
        return []
    inside = set(subtree(verb))
    content = {t.i for t in np_tokens(verb.head) if t.i not in inside}
    if "obj-on" in cue.frames:
        content |= {i for c in children(verb, "prep") if c.lower_ in ("on", "for") for i in subtree(c)}
    return draft_of(reading, cue, verb, holder, content)


def _answering(verb: Token) -> Token | None:
    """Who denies or claims it, where the clause's pronoun is what is denied: the army, in "a raid the army denied"."""
    agent = agent_of(verb)
    if agent is not None or verb.dep_ == "acl":
        return agent
    subjects = [c for c in children(verb, "nsubj") if c.tag_ not in _RELATIVE]
    gap = any(t.tag_ in _RELATIVE or t.lower_ == "that" for t in verb.subtree if t.i < verb.i)
    return subjects[-1] if subjects and gap else None
