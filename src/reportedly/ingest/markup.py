"""Well-behaved fragments of HTML (feeds, ninjs) as paragraphs of plain text.

One pass from left to right, whatever stands there: the time grows with the length and with nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

from reportedly.ingest.blocks import story
from reportedly.knowledge.load import Knowledge

_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figure", "footer", "h1",
        "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "table", "td",
        "th", "tr", "ul",
    }
)  # fmt: skip
_UNSEEN = frozenset(
    {"script", "style", "noscript", "iframe", "figcaption", "head", "template", "svg", "object", "select"}
)
# What is in these is no markup up to their end tag.
_RAW = frozenset({"script", "style"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "source", "col", "embed"})
# An element that only markup has.
_ELEMENT = re.compile(r"</(?:p|div|li|ul|ol|h[1-6]|blockquote)\s*>|<(?:p|br|hr)\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)")
_REST = re.compile(r"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_HIDDEN = re.compile(r"[\s/]hidden(?=[\s=/>]|\Z)", re.IGNORECASE)
# References to numbers that no character has; the library would compute them first.
_ENDLESS = re.compile(r"&#[0-9]{8,}+;?|&#[xX][0-9a-fA-F]{7,}+;?")


class _Tag:
    """A tag: its name in small letters, whether it ends an element, what stands behind the name."""

    __slots__ = ("closing", "name", "rest")

    def __init__(self, name: str, *, closing: bool, rest: str) -> None:
        self.name = name.lower()
        self.closing = closing
        self.rest = rest

    @property
    def hidden(self) -> bool:
        """Whether the element says that it is not to be seen."""
        return bool(self.rest) and _HIDDEN.search(_QUOTED.sub('""', self.rest)) is not None


def _pieces(markup: str) -> Iterator[str | _Tag]:
    """Text and tags in order; comments, declarations and instructions are left out."""
    at, quotes = 0, True
    while (begin := markup.find("<", at)) >= 0:
        yield markup[at:begin]
        found = _TAG.match(markup, begin)
        if found is None:
            at = _behind_declaration(markup, begin)
            if at == begin + 1:
                yield "<"
            continue
        rest = _REST.match(markup, found.end()) if quotes else None
        # A quotation mark that is never closed: from here on none is believed.
        quotes = quotes and rest is not None
        end = rest.end() if rest else markup.find(">", found.end()) + 1
        if not end:
            return
        tag = _Tag(found[2], closing=bool(found[1]), rest=markup[found.end() : end - 1])
        yield tag
        at = _behind_raw(markup, tag, end)
    yield markup[at:]


def _behind_declaration(markup: str, begin: int) -> int:
    """Where what ``<`` opens ends, if it is no tag; a lone ``<`` is a character."""
    if markup.startswith("<!--", begin):
        end = markup.find("-->", begin + 2)
        return end + 3 if end >= 0 else len(markup)
    if markup.startswith(("<!", "<?", "</"), begin):
        return markup.find(">", begin) + 1 or len(markup)
    return begin + 1


def _behind_raw(markup: str, tag: _Tag, end: int) -> int:
    """Where the end tag of a script or a style stands, else ``end``."""
    if tag.closing or tag.name not in _RAW:
        return end
    found = re.compile(f"</{tag.name}", re.IGNORECASE).search(markup, end)
    return found.start() if found else len(markup)


class _Seen:
    """What of the markup a reader sees: open elements that are unseen, and the text outside of them."""

    def __init__(self) -> None:
        self.paragraphs: list[list[str]] = [[]]
        self._unseen: list[str] = []
        self._open: Counter[str] = Counter()

    def take(self, piece: str | _Tag) -> None:
        """The next piece."""
        if isinstance(piece, str):
            if not self._unseen:
                self.paragraphs[-1].append(piece)
        elif piece.closing:
            self._end(piece.name)
        else:
            self._start(piece)

    def _start(self, tag: _Tag) -> None:
        if tag.name in _BLOCKS:
            self.paragraphs.append([])
        if tag.name not in _VOID and (self._unseen or tag.name in _UNSEEN or tag.hidden):
            self._unseen.append(tag.name)
            self._open[tag.name] += 1

    def _end(self, name: str) -> None:
        if self._open[name]:
            while (last := self._unseen.pop()) != name:
                self._open[last] -= 1
            self._open[name] -= 1
        elif name in _BLOCKS:
            self.paragraphs.append([])


def to_text(markup: str, knowledge: Knowledge) -> str:
    """The visible text of an HTML fragment, paragraphs parted by empty lines; plain text comes back as it is."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    seen = _Seen()
    for piece in _pieces(markup):
        seen.take(piece)
    return story((unescape(_ENDLESS.sub("�", "".join(p))) for p in seen.paragraphs), knowledge)


def unmarked(text: str, knowledge: Knowledge) -> str:
    """As ``to_text``, for text that may be markup: some feeds escape theirs twice, some items call theirs plain."""
    return to_text(text, knowledge) if _ELEMENT.search(text) else text.strip()
