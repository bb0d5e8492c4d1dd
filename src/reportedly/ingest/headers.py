"""What stands above and before the story in agency copy: headline, byline, dateline, notes.

``annotate`` fills in what a dispatch does not say of itself yet; its text is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import msgspec

from reportedly.ids import content_id
from reportedly.ingest.datelines import DatelineLine, find_dateline, story_start
from reportedly.ingest.dates import read_date
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.model import Dateline, Dispatch, Span

# How much of a text can be header, in characters and in lines.
HEAD_CHARS = 4000
HEAD_LINES = 14
LONGEST_HEADLINE = 200
# Over a dateline of a place alone.
LONGEST_WEAK_HEADLINE = 140
# A headline with at most so many lines of deck under it.
MOST_DECK_LINES = 3

DATE_HEADER = re.compile(r"\s*date[ \t]+(\d{4}-\d{2}-\d{2})(?![\d-])[ \t]*(?:\r?\n\s*)?")
_SLUG_HEAD = re.compile(r"^[\W_]*([^\W\d_][\w&' ]{1,24}?)(?:\s+\d{1,2})?\s*(?:[-–—:]|$)")
_SENTENCE_END = re.compile(r"[.;,:]['\"”’)]*$")
_BYLINE_END = re.compile(r"[^\n]{3,60}?\s[-–—]{1,2}\s+")
_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"[*•·▪–-]\s+\S")


class _Part(msgspec.Struct, frozen=True):
    """A line of the head without the blanks around it."""

    start: int
    end: int
    text: str


class _Head(msgspec.Struct):
    """What was found so far."""

    prose: list[_Part]
    deck: list[_Part]
    dateline: DatelineLine | None = None
    story: int | None = None


class _HeaderWords(NamedTuple):
    """Slug words with their notes, beginnings of bylines and of time stamps, and how slugs are numbered."""

    slugs: dict[str, str]
    bylines: tuple[str, ...]
    stamps: tuple[str, ...]
    numbered: re.Pattern[str]


@lru_cache(maxsize=8)
def _words(knowledge: Knowledge) -> _HeaderWords:
    rows = knowledge.rows("headers")

    def of(kind: str) -> tuple[str, ...]:
        return tuple(row["text"].casefold() for row in rows if row["kind"] == kind)

    before, behind = ("|".join(map(re.escape, of(kind))) for kind in ("numbered", "ordinal"))
    return _HeaderWords(
        slugs={row["text"].casefold(): row["note"] for row in rows if row["kind"] == "slug"},
        bylines=of("byline"),
        stamps=of("stamp"),
        numbered=re.compile(rf"(?:{before})\s*(\d{{1,2}})\b|\b(\d)(?:st|nd|rd|th) (?:{behind})\b", re.IGNORECASE),
    )


def annotate(dispatch: Dispatch, knowledge: Knowledge = SHIPPED) -> Dispatch:
    """The dispatch with title, dateline, agency, note and story start found in its own text; only gaps are filled."""
    text = dispatch.text
    header = DATE_HEADER.match(text)
    stated = header and read_date(header[1])
    begin = header.end() if header and isinstance(stated, str) else 0
    published = dispatch.published or (stated if begin and isinstance(stated, str) else None)
    head = _read_head(text, begin, published, dispatch.title, knowledge)
    title_span = dispatch.title_span or _title_span(head, text, dispatch.title)
    title = dispatch.title or (text[title_span.start : title_span.end].split("\n")[0].strip() if title_span else None)
    found = head.dateline
    start = begin if begin and header else (found.start if found else 0)
    dateline = dispatch.dateline or (
        Dateline(found.place, found.date, Span(story_start(text, 0) if begin else start, found.end)) if found else None
    )
    note, number = _note(title or (head.prose[0].text if head.prose else ""), head, knowledge)
    return msgspec.structs.replace(
        dispatch,
        published=published,
        title=title,
        title_span=title_span,
        dateline=dateline,
        agency=dispatch.agency or (found.agency if found else None),
        body_start=dispatch.body_start or _body_start(head, begin, title_span, text),
        note=dispatch.note or note,
        version=dispatch.version or number,
    )


def split_headline(text: str, knowledge: Knowledge = SHIPPED) -> tuple[str, str | None]:
    """The text from its dateline on and the headline over it, where nothing else stands between the two."""
    found = annotate(Dispatch(id="", text=text), knowledge)
    if found.title_span is None or found.dateline is None:
        return text, None
    start = found.dateline.span.start
    between = text[found.title_span.end : start]
    headline = text[found.title_span.start : found.title_span.end]
    if between.strip() or "\n" in headline or text[: found.title_span.start].strip():
        return text, None
    return text[text.rfind("\n", 0, start) + 1 :], headline.strip()


def id_of(text: str, published: str | None, knowledge: Knowledge = SHIPPED) -> str:
    """The id of a text that has none of its own: the same by whatever way it comes, as a file, a record or a string.

    A file gives the headline over a dateline apart and drops the blanks around a text, so that neither counts.
    """
    begin = text.rfind("\n", 0, len(text) - len(text.lstrip())) + 1
    return content_id("d", split_headline(text[begin:].rstrip(), knowledge)[0], published or "")


def _parts(text: str, begin: int) -> Iterator[_Part]:
    """The lines of the head that are not empty."""
    for number, line in enumerate(_LINE.finditer(text, begin, begin + HEAD_CHARS)):
        bare = line[0].strip()
        if bare:
            start = line.start() + len(line[0]) - len(line[0].lstrip())
            yield _Part(start, start + len(bare), bare)
        if number > HEAD_LINES * 2:
            return


def _read_head(text: str, begin: int, published: str | None, title: str | None, knowledge: Knowledge) -> _Head:
    head = _Head(prose=[], deck=[])
    for number, part in enumerate(_parts(text, begin)):
        if number >= HEAD_LINES:
            break
        found = find_dateline(text, part.start, published, knowledge) or _behind_byline(
            text, part, published, knowledge
        )
        if found and (found.strong or _only_headline_above(head)):
            head.dateline = found
            break
        if title and not head.prose and part.text == title.strip():
            head.prose.append(part)
        elif _is_furniture(part.text, knowledge):
            head.deck.append(part)
        elif not _may_be_headline(part, head):
            head.story = head.story if head.story is not None else part.start
            break
        else:
            head.prose.append(part)
    return head


def _only_headline_above(head: _Head) -> bool:
    return len(head.prose) <= 1 and all(len(p.text) <= LONGEST_WEAK_HEADLINE for p in head.prose)


def _behind_byline(text: str, part: _Part, published: str | None, knowledge: Knowledge) -> DatelineLine | None:
    """A dateline on the line of the byline: "By our correspondent — CHICAGO, April 7 -"."""
    bylines = _words(knowledge).bylines
    if not part.text.casefold().startswith(tuple(b + " " for b in bylines)):
        return None
    found = _BYLINE_END.match(text, part.start)
    line = find_dateline(text, found.end(), published, knowledge) if found else None
    return msgspec.structs.replace(line, start=part.start) if line and line.strong else None


def _may_be_headline(part: _Part, head: _Head) -> bool:
    return len(part.text) <= LONGEST_HEADLINE and len(head.prose) < MOST_DECK_LINES


def _is_furniture(line: str, knowledge: Knowledge) -> bool:
    """Whether a line tells nothing itself: byline, stamp, slug, remark in brackets, bullet of a deck."""
    slugs, bylines, stamps, _ = _words(knowledge)
    folded = line.casefold()
    if len(line) <= 100 and any(folded.startswith((b + " ", b + ",")) or folded == b for b in bylines):
        return not _SENTENCE_END.search(line) and len(line.split()) <= 12
    if len(line) <= 80 and folded.startswith(stamps) and any(c.isdigit() for c in line):
        return not line.endswith(".")
    if folded.strip(" .:*-") in slugs:
        return True
    if line[0] == "(" and line[-1] == ")" and len(line) <= 160:
        return True
    # A bullet that is a sentence tells a part of the story: "- Three guards were hurt."
    return bool(_BULLET.match(line)) and len(line) <= LONGEST_HEADLINE and not _SENTENCE_END.search(line)


def _title_span(head: _Head, text: str, title: str | None) -> Span | None:
    if not head.prose:
        return None
    first = head.prose[0]
    if head.dateline:
        # A deck under the headline tells something too: it stays with it.
        run = [p for p in head.prose if p.start < head.dateline.start]
        return Span(run[0].start, run[-1].end) if run else None
    if title and first.text == title.strip():
        return Span(first.start, first.end)
    return Span(first.start, first.end) if not title and _stands_apart(text, head) else None


def _stands_apart(text: str, head: _Head) -> bool:
    """Whether the first line is a headline: no sentence, and the line was ended on purpose."""
    first = head.prose[0]
    if _SENTENCE_END.search(first.text) or len(first.text.split()) < 3 or _next_start(text, first.end) is None:
        return False
    rest = text[first.end :]
    gap = rest[: len(rest) - len(rest.lstrip())]
    lines = [line.strip() for line in rest.lstrip()[:2000].split("\n") if line.strip()]
    if gap.count("\n") > 1:
        return len(rest.strip()) > len(first.text)
    width = max(len(line) for line in lines)
    return len(first.text) + 1 + len(lines[0].split()[0]) <= 0.8 * width


def _next_start(text: str, end: int) -> int | None:
    start = story_start(text, end)
    return start if start < len(text) else None


def _body_start(head: _Head, begin: int, title: Span | None, text: str) -> int:
    if head.dateline:
        return head.dateline.end
    # Without a dateline only the title and the lines around it that tell nothing are header.
    end = title.end if title else begin
    for part in head.deck:
        if not text[end : part.start].strip():
            end = part.end
    start = _next_start(text, end)
    return start if start is not None and end else begin


def _note(first: str, head: _Head, knowledge: Knowledge) -> tuple[str | None, str | None]:
    """What the slug words of the head say of the item, and the number behind "UPDATE"."""
    words = _words(knowledge)
    notes: list[str] = []
    number = None
    for line in [first, *(p.text for p in head.deck)]:
        for piece in re.split(r"(?<=[-–—:])", line)[:2]:
            word = _SLUG_HEAD.match(piece)
            if word and (note := words.slugs.get(word[1].strip().casefold())):
                notes.append(note)
        if found := words.numbered.search(line[:40]):
            number = number or found[1] or found[2]
    ranked = [n for n in ("kill", "correction", "update", "repeat") if n in notes]
    return (ranked[0] if ranked else None), number
