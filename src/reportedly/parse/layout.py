"""The reading text: the dispatch with everything that misleads a parser of running prose taken out, offsets kept.

Every replacement has the length of what it replaces, so an offset into the reading text is an offset into the dispatch.
A line feed in the reading text means a paragraph break and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from reportedly.config import DEFAULT
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.knowledge.word_sets import word_sets
from reportedly.model import Dateline, Dispatch
from reportedly.parse.casing import Casing
from reportedly.parse.legible import legible

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\xa0\u2028\u2029\ufeff\ufffd]")
_BREAK = re.compile(r"(?<![^\S\n])[^\S\n]*+\n[^\S\n]*+")
_BRACKETED = re.compile(r"\(([^()\n]{2,160}(?:\n[^()\n]{0,80})?)\)|\[([^\[\]\n]{2,160}(?:\n[^\[\]\n]{0,80})?)\]")
_INDENTED = re.compile(r"[^\S\n]{2,}\S")
_HOUR_END = re.compile(r"(?<=\d[ ])([AaPp])\.([Mm])\.(?=\s+([A-Z][a-z]+)\b)")
_WHOSE = re.compile(r"\[(\w[\w ]{2,20})\][^\S\n]*(\[[^\[\]\n\d]{2,90}\])")
_TURN = re.compile(r"^([^\S\n]*\[[^\[\]\n\d]{2,70}\])[^\S\n](?=[^\S\n]*[^\s\[])", re.MULTILINE)

# Wire services break lines at 60 to 80 columns; a longer line was broken by its author.
WIDEST_COLUMN = 110
# A line that had room for the next word (up to this share of the column) ended a paragraph.
ROOM = 0.8


def prepare(
    dispatch: Dispatch,
    max_chars: int,
    casing: Casing | None = None,
    knowledge: Knowledge = SHIPPED,
    *,
    max_words: int = DEFAULT.max_words,
    inner: Sequence[Dateline] = (),
) -> str:
    """The reading text of a dispatch: same length as its text, see the module; of a longer one the beginning.

    A speaker's label in square brackets at the head of a paragraph ("[MORALES] We met ...") becomes one of its own.
    Datelines inside the text (``inner``) open paragraphs, and are read by the reader too.
    ``casing`` gives capitals-only passages the letters they would have in mixed case; without it they stay as they are.
    """
    text = _CONTROL.sub(" ", legible(dispatch.text, max_chars, max_words).text)
    text = _blank_header(text, dispatch, _labels(knowledge)["voice"])
    for line in inner:
        text = _blank(text, line.span.start, min(line.span.end, len(text)), paragraph=True)
    text = _ended_hours(_blank_labels(text, knowledge), knowledge)
    text = _TURN.sub("\\1\n", _join_lines(text))
    if casing is not None:
        text = "\n".join(casing.restore(text.split("\n"), headline=dispatch.title_span is not None))
    return text


def _blank(text: str, start: int, end: int, *, paragraph: bool = False) -> str:
    """The text with ``[start, end)`` made blank; with ``paragraph`` it becomes a paragraph break."""
    if start >= end:
        return text
    gap = "\n" * paragraph + " " * (end - start - paragraph)
    return text[:start] + gap + text[end:]


def _blank_header(text: str, dispatch: Dispatch, voices: tuple[str, ...]) -> str:
    """Header line, byline and dateline are read by the reader; what is left is the headline and the story.

    Where a bulletin says whose speech or communique follows, its bracket stays, as a paragraph of its own.
    """
    end = min(dispatch.body_start, len(text))
    title = dispatch.title_span
    whose = next((m for m in _WHOSE.finditer(text, 0, end + 1) if m[1].casefold() in voices), None)
    if title is None and whose is not None and whose.end(2) < end:
        text = _blank(text, whose.end(2), end, paragraph=True)
        return _blank(text, 0, whose.start(2), paragraph=True)
    if title is None or title.end > end:
        return _blank(text, 0, end, paragraph=True)
    return _blank(_blank(text, title.end, end, paragraph=True), 0, title.start)


@lru_cache(maxsize=4)
def _labels(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    kinds: dict[str, list[str]] = {"label": [], "mark": [], "sign": [], "voice": [], "close": []}
    for row in knowledge.rows("labels"):
        kinds[row["kind"]].append(row["text"].casefold())
    return {kind: tuple(texts) for kind, texts in kinds.items()}


def _blank_labels(text: str, knowledge: Knowledge) -> str:
    labels = _labels(knowledge)

    def blank(match: re.Match[str]) -> str:
        inner = " ".join((match[1] or match[2]).split()).casefold()
        if inner.startswith(labels["label"]) or (match[2] and inner in labels["mark"]):
            return " " * len(match[0])
        return match[0]

    text = _BRACKETED.sub(blank, text)
    stripped = text.rstrip()
    last = stripped.rfind("\n") + 1
    if last and stripped[last:].strip(" .-/()").casefold() in labels["sign"]:
        text = _blank(text, last, len(stripped))
    return text


def _ended_hours(text: str, knowledge: Knowledge) -> str:
    """Hours that close a sentence with one full stop, as nothing else tells a parser: "at 10  AM. The blast"."""
    opening = word_sets(knowledge)["opening"]
    return _HOUR_END.sub(lambda m: f" {m[1]}{m[2]}." if m[3].lower() in opening else m[0], text)


def _join_lines(text: str) -> str:
    """Line ends inside a paragraph made blanks: copy that was broken at a column is running text again."""
    lines = [line for line in text.split("\n") if line.strip()]
    width = sorted(len(line.rstrip()) for line in lines)[int(len(lines) * 0.9)] if len(lines) > 1 else 0
    if not 0 < width <= WIDEST_COLUMN:
        return text
    out, at = [], 0
    for found in _BREAK.finditer(text):
        start, end = found.span()
        line_start = text.rfind("\n", 0, start) + 1
        out.append(text[at:start])
        out.append(found[0] if _ends_paragraph(text, line_start, start, width) else found[0].replace("\n", " "))
        at = end
    return "".join(out) + text[at:]


def _ends_paragraph(text: str, line_start: int, start: int, width: int) -> bool:
    """Whether the line end behind ``start`` closes a paragraph: blank line, indented next line, or room left."""
    line = text[line_start:start]
    newline = text.index("\n", start)
    following = text[newline + 1 : newline + 1 + width + 20].split("\n", 1)[0]
    if not line.strip() or not following.strip():
        return True
    if _INDENTED.match(following) and not _INDENTED.match(line):
        return True
    needed = len(line.rstrip()) + 1 + len(following.split()[0])
    return needed <= width * ROOM
