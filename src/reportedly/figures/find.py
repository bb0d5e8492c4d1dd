"""From numbers and their event words to figures."""

from __future__ import annotations

from typing import Final

from reportedly.config import Config
from reportedly.figures.earlier import corrected, replaced
from reportedly.figures.quantities import Quantity, find_quantities, quantity_words
from reportedly.figures.reasons import amount
from reportedly.figures.roles import counted, read_role
from reportedly.figures.singles import single_victims
from reportedly.figures.words import RoleReading, RoleWords, role_words
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Because, Figure, Figures, Place
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import tokens_of
from reportedly.reasons import at

ZERO_ROLES: Final = frozenset(
    {"killed", "injured", "casualties", "captured", "arrested", "missing", "rescued", "released"}
)
SHARE_REACH: Final = 16


def find_figures(doc: Doc, places: tuple[Place, ...], config: Config) -> Figures:
    """Every number that counts people harmed, held, missing, displaced, freed or gathered, or troops and weapons.

    Ages, times, money, distances, shares of a hundred and ordinals are no figures. A single victim without a number ("a
    man was shot dead") counts one; a town that fell does not.
    """
    words, numbers = role_words(knowledge_of(config)), quantity_words(knowledge_of(config))
    quantities = find_quantities(doc, numbers)
    found: list[tuple[Quantity, Figure]] = []
    for q in quantities:
        figure = _figure(doc, q, [f for _, f in found], [p for p, _ in found], words)
        if figure is not None:
            found.append((q, figure))
    turns = replaced(doc, quantities, {q: f.role for q, f in found}, numbers)
    found = corrected(doc, quantities, found, turns)
    towns = {t.i for p in places if p.geonames is not None for t in tokens_of(doc, p.start, p.end)}
    taken = {i for q, _ in found for i in range(q.first, q.last + 1)}
    singles = list(single_victims(doc, words, taken, towns))
    told = [*(f for q, f in found if q not in turns), *singles]
    earlier = [f for q, f in found if q in turns]
    because = [b for q, f in found for b in amount(doc, q, f, numbers)]
    because += [Because("figures", f, "amount.single", words=at(f)) for f in singles]
    return Figures(tuple(sorted(told, key=_position)), tuple(sorted(earlier, key=_position)), tuple(because))


def _position(figure: Figure) -> tuple[int, int]:
    return figure.start, figure.end


def _figure(doc: Doc, q: Quantity, before: list[Figure], quantities: list[Quantity], words: RoleWords) -> Figure | None:
    whole = _share_of(doc, q, before)
    reading = read_role(doc, q, words)
    if reading is None and whole is not None:
        noun, _ = counted(doc, q)
        reading = RoleReading(whole.role, noun, doc[q.core])
    if reading is None:
        reading = _like_the_one_before(doc, q, before)
    if reading is None or (q.low == 0 and q.high == 0 and reading.role not in ZERO_ROLES):
        return None
    if whole is not None and whole.role != reading.role:
        whole = None
    low, high = _covered(doc, q, quantities, reading.noun)
    start, end = doc[q.first].idx, doc[q.last].idx + len(doc[q.last])
    return Figure(
        role=reading.role,
        low=low,
        high=high,
        approx=q.approx,
        text=doc[q.first : q.last + 1].text,
        start=start,
        end=end,
        of=_of_whom(reading.noun, q, words),
        part_of=whole.text if whole is not None else None,
    )


def _covered(doc: Doc, q: Quantity, quantities: list[Quantity], noun: Token | None) -> tuple[int | None, int | None]:
    """The bounds of a number; a bound covers what is coordinated behind it: "at least 12 soldiers and 3 guards"."""
    if q.hedged or q.approx or q.low is None or not quantities:
        return q.low, q.high
    last = quantities[-1]
    holder = noun if noun is not None else doc[q.last_core]
    other, _ = counted(doc, last)
    first = other if other is not None else doc[last.last_core]
    if last.hedged and last.high is None and holder.dep_ == "conj" and holder.head.i == first.i:
        return q.low, None
    return q.low, q.high


def _share_of(doc: Doc, q: Quantity, before: list[Figure]) -> Figure | None:
    """The figure that this number is a share of: "including 12 clerks", "12 of them"."""
    if not before:
        return None
    whole = next((f for f in reversed(before) if f.part_of is None), before[-1])
    sent = doc[q.core].sent
    if whole.end <= sent.start_char and not _of_them(doc, q):
        return None
    if _of_them(doc, q) or _in_brackets(doc, q, whole):
        return whole
    first = max(sent.start, q.first - SHARE_REACH)
    for i in range(q.first - 1, first - 1, -1):
        token = doc[i]
        if token.idx < whole.end:
            return None
        if token.lower_ in ("including", "among") and (
            token.lower_ == "including" or doc[i + 1].lower_ in ("them", "whom")
        ):
            return whole
        if (token.pos_ in ("VERB", "AUX") and token.tag_ in ("VBD", "VBZ", "VBP", "MD")) or token.text in (";", ":"):
            return None
    return None


def _in_brackets(doc: Doc, q: Quantity, whole: Figure) -> bool:
    """Whether a number stands in brackets right behind what was counted: "six miners (four Poles and two Czechs)"."""
    opening = next((t for t in doc[max(q.first - SHARE_REACH, 0) : q.first][::-1] if t.text in "()"), None)
    if opening is None or opening.text != "(" or opening.idx < whole.end:
        return False
    between = [t for t in doc[opening.i - SHARE_REACH : opening.i] if t.idx >= whole.end]
    return not any(t.pos_ in ("VERB", "AUX") or t.text in ";:," for t in between)


def _of_them(doc: Doc, q: Quantity) -> bool:
    """Whether a number is a share of those told before: "12 of them", "two of whom"."""
    behind = [t.lower_ for t in doc[q.last + 1 : q.last + 3]]
    return behind in (["of", "them"], ["of", "whom"])


def _like_the_one_before(doc: Doc, q: Quantity, before: list[Figure]) -> RoleReading | None:
    """A number alone after *and* counts what the one before it counts: "killed 7 people in A and 10 in B"."""
    if not before or before[-1].end <= doc[q.core].sent.start_char or q.first == 0 or q.last + 1 >= len(doc):
        return None
    joint, behind = doc[q.first - 1], doc[q.last + 1]
    between = doc[q.first - 1].idx - before[-1].end
    if joint.lower_ == "and" and behind.lower_ in ("in", "on", "at", "near") and behind.pos_ == "ADP" and between < 80:
        return RoleReading(before[-1].role, None, doc[q.core])
    return None


def _of_whom(noun: Token | None, q: Quantity, words: RoleWords) -> str | None:
    """The counted people or things in the words of the text, "young miners" of "12 other young miners".

    None for bare crowds: "12 people".
    """
    if noun is None or noun.pos_ == "PRON":
        return None
    tokens = [t for t in syntax.np_tokens(noun) if t.i > q.last and t.i <= noun.i and not t.is_space]
    while tokens and (
        tokens[0].dep_ in ("det", "case", "prep", "punct", "nummod", "quantmod")
        or tokens[0].lower_ in ("of", "the", "other", "others", "more")
    ):
        tokens = tokens[1:]
    if not tokens or (len(tokens) == 1 and noun.lemma_.lower() in words.crowd):
        return None
    return str(noun.doc[tokens[0].i : noun.i + 1].text)
