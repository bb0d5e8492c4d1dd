"""Well-behaved fragments of HTML (feeds, ninjs) as paragraphs of plain text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

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
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "source", "col", "embed"})
_BLANKS = re.compile(r"\s+")


class _Text(HTMLParser):
    """Collects the text of what a reader would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[list[str]] = [[]]
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.paragraphs.append([])
        if tag in _VOID:
            return
        if self._unseen or tag in _UNSEEN or any(name == "hidden" for name, _ in attrs):
            self._unseen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            del self._unseen[len(self._unseen) - 1 - self._unseen[::-1].index(tag) :]
        elif tag in _BLOCKS:
            self.paragraphs.append([])

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.paragraphs[-1].append(data)


def to_text(markup: str) -> str:
    """The visible text of an HTML fragment, paragraphs parted by empty lines; plain text comes back as it is."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    parser = _Text()
    parser.feed(markup)
    parser.close()
    lines = (_BLANKS.sub(" ", "".join(p)).strip() for p in parser.paragraphs)
    return "\n\n".join(line for line in lines if line)
