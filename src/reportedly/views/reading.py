"""A dispatch as a page to read: paragraphs cut where a mark begins or ends, with margin notes beside them.

Every character of the text is shown once. A piece knows what it is (words of a source, who says them, an event word,
a place) and for which claims, so that a page can light what belongs to one claim.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Literal

import msgspec

from reportedly.model import Analysis, Claim, Dispatch, Silence, Source, Span, Time
from reportedly.parse import layout
from reportedly.wording import certainty_words, source_words, telling_words

# A longer text is shown as far as this; a page of a browser is no place for a book.
LONGEST = 200_000
# The sentence that a claim stands in: where a time may stand that the claim was dated by.
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s")


class MarkedPiece(msgspec.Struct, frozen=True):
    """Some characters of the text; ``names`` say what they are, ``claims`` are pairs of claim number and part.

    ``anchors`` are the ids of the claims and silences whose words begin here, ``numbers`` the claims whose event word
    ends here.
    """

    text: str
    names: tuple[str, ...]
    claims: tuple[tuple[int, str], ...]
    anchors: tuple[str, ...]
    numbers: tuple[int, ...]


class MarginNote(msgspec.Struct, frozen=True):
    """One claim in the margin."""

    number: int
    claim: Claim
    sure: str


class VoiceNotes(msgspec.Struct, frozen=True):
    """The claims of one paragraph that one voice answers for; ``own`` is the dispatch's own voice."""

    voice: str
    own: bool
    kind: str | None
    telling: str
    notes: tuple[MarginNote, ...]


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph with its margin; ``kind`` tells the headline and the header lines from the story."""

    start: int
    kind: Literal["title", "header", "story"]
    pieces: tuple[MarkedPiece, ...]
    groups: tuple[VoiceNotes, ...]
    silences: tuple[Silence, ...]


class MarkedDispatch(msgspec.Struct, frozen=True):
    """A dispatch to read; ``cut`` is how many characters are not shown."""

    dispatch: Dispatch
    paragraphs: tuple[Paragraph, ...]
    claims: int
    cut: int


def reading(analysis: Analysis) -> MarkedDispatch:
    """The dispatch as paragraphs, pieces and notes."""
    dispatch = analysis.dispatch
    claims = tuple(sorted(analysis.claims, key=lambda c: (c.trigger.start, c.id)))
    marks = _marks(analysis, claims)
    edges = sorted({edge for start, end, _, _ in marks for edge in (start, end)})
    bounds = list(_paragraphs(dispatch))
    return MarkedDispatch(
        dispatch=dispatch,
        paragraphs=tuple(_paragraph(analysis, claims, marks, edges, span) for span in bounds),
        claims=len(claims),
        cut=max(0, len(dispatch.text) - LONGEST),
    )


_Mark = tuple[int, int, str, int]


def _marks(analysis: Analysis, claims: tuple[Claim, ...]) -> list[_Mark]:
    """Spans with what they are; the number of the claim they belong to, 0 for none."""
    marks: list[_Mark] = []
    for statement in analysis.statements:
        name = "direct" if statement.mode == "direct" else "content"
        if statement.act == "reporting":
            marks += [(s.start, s.end, name, 0) for s in statement.content]
        marks += [(s.start, s.end, "source", 0) for s in statement.source or ()]
        marks += [(s.start, s.end, "cue", 0) for s in statement.cue]
    marks += [(s.start, s.end, "silence", 0) for s in analysis.silences]
    for number, claim in enumerate(claims, start=1):
        marks += [(start, end, name, number) for start, end, name in _parts(claim, analysis)]
    return [m for m in marks if 0 <= m[0] < m[1] <= len(analysis.dispatch.text)]


def _parts(claim: Claim, analysis: Analysis) -> Iterator[tuple[int, int, str]]:
    """What a claim was read from: event word, source, place, parties, means, figures and time."""
    yield claim.trigger.start, claim.trigger.end, "trigger"
    if claim.source is not None:
        yield claim.source.start, claim.source.end, "voice"
    for place in (claim.place, claim.origin):
        if place is not None:
            yield place.start, place.end, "place"
    for party in (*claim.actors, *claim.recipients):
        yield party.start, party.end, "party"
    for means in claim.means:
        yield means.start, means.end, "means"
    for figure in claim.figures:
        yield figure.start, figure.end, "figure"
    for time in _times_of(claim, analysis.times, analysis.dispatch.text):
        yield time.start, time.end, "when"


def _times_of(claim: Claim, times: Iterable[Time], text: str) -> list[Time]:
    """The named times that say the claim's date, in its own sentence."""
    start, end = claim.evidence.start, claim.evidence.end
    left = max((m.end() for m in _SENTENCE_END.finditer(text, max(0, start - 600), start)), default=0)
    right = next((m.end() for m in _SENTENCE_END.finditer(text, end)), len(text))
    return [
        t
        for t in times
        if claim.begin is not None
        and (t.begin, t.end_date) == (claim.begin, claim.end_date)
        and left <= t.start
        and t.end <= right
    ]


def _paragraphs(dispatch: Dispatch) -> Iterator[Span]:
    """Where paragraphs stand; line ends that only broke a line at a column are none."""
    shown = layout.prepare(dispatch, LONGEST)
    text = dispatch.text[:LONGEST]
    # A header that is blanked for the parser ends in a break of its own, where the text has a letter.
    cuts = {m.end() for m in re.finditer(r"\n", shown) if text[m.start()].isspace()}
    cuts |= {0, len(text), min(dispatch.body_start, len(text))}
    title = dispatch.title_span
    if title is not None and title.end <= len(text):
        cuts |= {title.start, title.end}
    for start, end in pairwise(sorted(cuts)):
        words = text[start:end]
        if words.strip():
            yield Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))


def _paragraph(
    analysis: Analysis, claims: tuple[Claim, ...], marks: list[_Mark], edges: list[int], span: Span
) -> Paragraph:
    here = [m for m in marks if m[0] < span.end and m[1] > span.start]
    inner = [e for e in edges if span.start < e < span.end]
    numbered = [(n, c) for n, c in enumerate(claims, start=1) if span.start <= c.trigger.start < span.end]
    return Paragraph(
        start=span.start,
        kind=_kind(analysis.dispatch, span),
        pieces=tuple(_pieces(analysis.dispatch.text, here, [span.start, *inner, span.end], claims)),
        groups=_groups(numbered, analysis.dispatch.agency),
        silences=tuple(s for s in analysis.silences if span.start <= s.start < span.end),
    )


def _kind(dispatch: Dispatch, span: Span) -> Literal["title", "header", "story"]:
    title = dispatch.title_span
    if title is not None and title.holds(span):
        return "title"
    return "header" if span.end <= dispatch.body_start else "story"


def silence_anchor(start: int) -> str:
    """The id of the words that tell of a silence, by where they begin."""
    return f"silence-{start}"


def _pieces(text: str, marks: list[_Mark], edges: list[int], claims: tuple[Claim, ...]) -> Iterator[MarkedPiece]:
    starts: Mapping[int, list[_Mark]] = _by(marks, 0)
    active: list[_Mark] = [m for m in marks if m[0] < edges[0]]
    for start, end in pairwise(edges):
        active = [m for m in active if m[1] > start] + starts.get(start, [])
        trigger = [m for m in active if m[2] == "trigger"]
        anchors = [claims[m[3] - 1].id for m in sorted(trigger, key=lambda m: m[3]) if m[0] == start]
        anchors += [silence_anchor(start) for m in active if m[2] == "silence" and m[0] == start]
        yield MarkedPiece(
            text=text[start:end],
            names=tuple(sorted({m[2] for m in active})),
            claims=tuple(sorted({(m[3], m[2]) for m in active if m[3]})),
            anchors=tuple(dict.fromkeys(anchors)),
            numbers=tuple(sorted(m[3] for m in trigger if m[1] == end)),
        )


def _by(marks: list[_Mark], place: int) -> Mapping[int, list[_Mark]]:
    found: dict[int, list[_Mark]] = defaultdict(list)
    for mark in marks:
        found[int(mark[place])].append(mark)
    return found


def _groups(numbered: list[tuple[int, Claim]], agency: str | None) -> tuple[VoiceNotes, ...]:
    """The claims of a paragraph under their voices, in the order in which these first speak."""
    groups: dict[tuple[str | None, str | None, str], list[MarginNote]] = {}
    kinds: dict[tuple[str | None, str | None, str], Source | None] = {}
    for number, claim in numbered:
        source = claim.source
        key = (source.name if source else None, source.kind if source else None, telling_words(claim))
        kinds[key] = source
        groups.setdefault(key, []).append(MarginNote(number, claim, certainty_words(claim)))
    return tuple(
        VoiceNotes(
            voice=key[0] or source_words(None, agency),
            own=key[0] is None,
            kind=key[1],
            telling=key[2],
            notes=tuple(notes),
        )
        for key, notes in groups.items()
    )
