"""From what an input holds to a dispatch: checks of text, date, language and id that are the same for all formats."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from reportedly.ingest.datelines import unreadable_day
from reportedly.ingest.dates import Doubt, read_date
from reportedly.ingest.headers import annotate, id_of
from reportedly.ingest.language import language_of
from reportedly.ingest.source import InputSource, Raw, storable
from reportedly.model import Dateline, Diagnostic, Dispatch, Level, Span

# spaCy's own limit; longer texts are read, their analysis stops earlier.
LONG_TEXT = 1_000_000
# A text of over so many characters with fewer blanks than one in so many is no prose.
DENSE_FROM, DENSE = 5_000, 400
# So many ids of a source are remembered to find repeated ones: bounded memory for inputs of any size.
IDS_KEPT = 50_000

_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# Both and what cannot be stored: one look at a text that has none of them.
_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
# UTF-8 that was read as Western European: these letters begin the pairs that come of it.
_MOJIBAKE_HINT = re.compile(r"[ÃÂÐÑØÙâ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


class Finisher:
    """Makes dispatches of the records of one source."""

    def __init__(self, source: InputSource) -> None:
        self._source = source
        self._options = source.options
        self._seen: dict[tuple[str, str | None], int] = {}

    def __call__(self, raw: Raw) -> Iterator[Dispatch | Diagnostic]:
        """The dispatch that a record gives, and before it everything there is to say about it; none without a text."""
        text = raw.text
        if text is None or (isinstance(text, str) and not text.strip()):
            yield self._say("error", "no-text", "no text", raw)
            return
        if not isinstance(text, str):
            yield self._say("error", "text-not-a-string", f"the text is no string but {_kind(text)}", raw)
            return
        if _is_dense(text):
            yield self._say("error", "not-prose", f"{len(text):,} characters with hardly a blank: no prose", raw)
            return
        yield from self._doubts_of_text(text, raw)
        if _ODD.search(text):
            yield from self._doubts_of_characters(text, raw)
            text = storable(text)
        published = read_date(raw.published, day_first=self._options.day_first)
        if isinstance(published, Doubt):
            yield self._say("warning", published.code, published.message, raw)
            published = None
        dispatch = self._dispatch(raw, text, published)
        if (repeated := self._repeated(dispatch, raw)) is not None:
            yield repeated
            if repeated.code == "duplicate-record":
                return
        yield from self._doubts_of_dateline(dispatch, raw)
        if dispatch.lang != "en" and self._options.lang is None:
            message = f'the text is in "{dispatch.lang}", not in English: read, but not analysed (--lang en forces it)'
            yield self._say("warning", "language-not-supported", message, raw, dispatch=dispatch.id)
        yield dispatch

    def _dispatch(self, raw: Raw, text: str, published: str | None) -> Dispatch:
        title = _string(raw.title)
        day = read_date(raw.day) if raw.day is not None else None
        place = _string(raw.place)
        return annotate(
            Dispatch(
                id=_string(raw.id) or id_of(text, published, self._options.knowledge),
                text=text,
                published=published,
                agency=_string(raw.agency),
                title=title,
                lang=self._language(text, raw),
                url=_string(raw.url),
                version=_string(raw.version),
                note=raw.note,
                file=self._source.title,
                dateline=Dateline(place, day if isinstance(day, str) else None, Span(0, 0)) if place else None,
            ),
            self._options.knowledge,
        )

    def _language(self, text: str, raw: Raw) -> str:
        if self._options.lang:
            return self._options.lang
        stated = re.split(r"[-_]", _string(raw.lang) or "")[0].lower()
        return language_of(text) or (stated if len(stated) == 2 else "en")

    def _doubts_of_text(self, text: str, raw: Raw) -> Iterator[Diagnostic]:
        if len(text) > LONG_TEXT:
            message = f"very long text ({len(text):,} characters): read whole, but only its beginning is analysed"
            yield self._say("warning", "very-long-text", message, raw)
        if not text.isascii() and _MOJIBAKE_HINT.search(text) and _is_mojibake(text):
            message = "mojibake suspected (UTF-8 that was once read as another encoding): kept as it is"
            yield self._say("warning", "mojibake", message, raw)

    def _doubts_of_characters(self, text: str, raw: Raw) -> Iterator[Diagnostic]:
        if found := _UNSTORABLE.search(text):
            code, what = ("nul", "NUL") if found[0] == "\0" else ("lone-surrogate", "half of a surrogate pair")
            line = raw.line
            if raw.text_line is not None:
                line = raw.text_line + text.count("\n", 0, found.start())
            message = f"{what} in the text, at character {found.start():,}: read as U+FFFD"
            yield self._say("warning", code, message, msgspec.structs.replace(raw, line=line))
        if found := _CONTROLS.search(text):
            first = f"the first (U+{ord(found[0]):04X}) at character {found.start():,}"
            yield self._say("warning", "control-characters", f"control characters in the text, {first}: kept", raw)

    def _doubts_of_dateline(self, dispatch: Dispatch, raw: Raw) -> Iterator[Diagnostic]:
        line = dispatch.dateline
        if line is None or line.date is not None:
            return
        if day := unreadable_day(dispatch.text[line.span.start : line.span.end]):
            message = f'"{day}" in the dateline is no day that can be read: its day stays unknown'
            yield self._say("warning", "unreadable-date", message, raw, dispatch=dispatch.id)

    def _repeated(self, dispatch: Dispatch, raw: Raw) -> Diagnostic | None:
        """What to say of an id that this source had before."""
        key = (dispatch.id, dispatch.version)
        digest = hash((dispatch.text, dispatch.published))
        before = self._seen.get(key)
        if before is None:
            if len(self._seen) >= IDS_KEPT:
                del self._seen[next(iter(self._seen))]
            self._seen[key] = digest
            return None
        if before == digest:
            return self._say("warning", "duplicate-record", f'"{dispatch.id}" again, with the same text: left out', raw)
        return self._say("warning", "duplicate-id", f'the id "{dispatch.id}" again, with another text: both kept', raw)

    def _say(self, level: Level, code: str, message: str, raw: Raw, *, dispatch: str | None = None) -> Diagnostic:
        made = self._source.diagnostic(level, code, message, line=raw.line, item=raw.item)
        return msgspec.structs.replace(made, dispatch=dispatch) if dispatch else made


def _string(value: object) -> str | None:
    """A field as text: trimmed, ``None`` where it is empty or no value of its own."""
    if value is None or isinstance(value, bool | dict | list):
        return None
    return storable(str(value)).strip() or None


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), type(value).__name__)


def _is_dense(text: str) -> bool:
    """Whether a long text in Latin letters has hardly a blank."""
    if len(text) < DENSE_FROM or not text[:1000].isascii():
        return False
    words = text.split(None, len(text) // DENSE + 1)
    return len(words) <= len(text) // DENSE and sum(map(len, words)) > DENSE * len(words)


def _is_mojibake(text: str) -> bool:
    from ftfy.badness import is_bad

    return bool(is_bad(text[:20_000]))
