"""Which event a figure belongs to: the one of its own clause whose word fits the figure's role."""

from __future__ import annotations

from msgspec.structs import replace

from reportedly.events.triggers import Found, governor
from reportedly.knowledge.check import HARM
from reportedly.model import Figure
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import tokens_of

FAR = 99
CUSTODY = frozenset({"arrested", "captured", "released"})
STEM = 6  # letters in which a verb and the name of its figures agree ("released")


def share_out(found: list[Found], figures: tuple[Figure, ...], doc: Doc) -> list[tuple[Figure, ...]]:
    """The figures of each trigger; a figure that no trigger of its sentence fits is left out."""
    own: list[list[Figure]] = [[] for _ in found]
    by_sentence: dict[int, list[int]] = {}
    for i, f in enumerate(found):
        by_sentence.setdefault(f.token.sent.start, []).append(i)
    for figure in figures:
        tokens = tokens_of(doc, figure.start, figure.end)
        if not tokens:
            continue
        inside = {t.i for t in tokens}
        head = next((t for t in tokens if t.head.i not in inside or t.head == t), tokens[-1])
        near = [
            (_distance(head, governor(found[i])), abs(found[i].token.i - head.i), i)
            for i in _of_its_clause(
                head, [i for i in by_sentence.get(head.sent.start, ()) if figure.role in found[i].entry.roles], found
            )
        ]
        if near:
            own[min(near)[2]].append(figure)
    _share_breath(found, own)
    return [tuple(f) for f in own]


def _share_breath(found: list[Found], own: list[list[Figure]]) -> None:
    """Add the number of one verb to the one told in the same breath: "twelve students were arrested and *released*"."""
    at = {f.token.i: i for i, f in enumerate(found) if f.entry.pos == "v"}
    for i, f in enumerate(found):
        for j in (at[c.i] for c in syntax.children(f.token, "conj") if c.i in at):
            if _in_one_breath(f.token, found[j].token):
                _lend(found, own, i, j)
                _lend(found, own, j, i)


def _in_one_breath(first: Token, second: Token) -> bool:
    """Whether two verbs have their subject or object in common: "police arrested and released 12 students"."""
    if syntax.own_subject(second) is not None:
        return False
    if syntax.is_passive(first):
        return syntax.is_passive(second) and first.tag_ == second.tag_
    return not syntax.is_passive(second) and not syntax.objects(first)


def _lend(found: list[Found], own: list[list[Figure]], source: int, target: int) -> None:
    """Give a verb without a number that of another one, in the role that is its own: "released" for "arrested"."""
    stem = found[target].token.lemma_.lower()[:STEM]
    roles = sorted(r for r in found[target].entry.roles if r.startswith(stem))
    if roles and not own[target] and len(own[source]) == 1 and {roles[0], own[source][0].role} & CUSTODY:
        own[target] += [replace(f, role=roles[0]) for f in own[source]]


def share_earlier(
    found: list[Found], figures: tuple[Figure, ...], told: list[tuple[Figure, ...]], doc: Doc
) -> tuple[list[tuple[Figure, ...]], set[int]]:
    """The replaced figures beside those that replace them, and the triggers that only name the old number.

    "90 died, up from an initial toll of 60" tells of no other toll.
    """
    own: list[list[Figure]] = [[] for _ in found]
    outdated: set[int] = set()
    for figure, shares in ((f, share_out(found, (f,), doc)) for f in figures):
        first = next((i for i, share in enumerate(shares) if share), None)
        if first is None:
            continue
        sentence = found[first].token.sent.start
        beside = (
            i
            for i, f in enumerate(found)
            if f.token.sent.start == sentence and any(t.role == figure.role for t in told[i])
        )
        at = first if told[first] else next(beside, first)
        own[at].append(figure)
        if at != first and found[first].entry.pos == "n":
            outdated.add(first)
    return [tuple(f) for f in own], outdated


def _of_its_clause(number: Token, near: list[int], found: list[Found]) -> list[int]:
    """The triggers without verbs of other clauses, where a noun for a toll stands in that of the number.

    "Two died, while the number of *injured* rose to nine".
    """
    clause = syntax.clause_head(number)
    here = {i for i in near if syntax.clause_head(found[i].token) is clause}
    toll = any(found[i].entry.pos == "n" and found[i].entry.type.startswith(HARM) for i in here)
    return [i for i in near if i in here or found[i].entry.pos != "v"] if toll else near


def _distance(a: Token, b: Token) -> int:
    """Steps between two tokens in the parse."""
    up = {t.i: n for n, t in enumerate([a, *a.ancestors])}
    for n, t in enumerate([b, *b.ancestors]):
        if t.i in up:
            return n + up[t.i]
    return FAR
