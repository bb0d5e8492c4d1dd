"""XML as a tree. A document type may be named, and is never fetched; what one declares itself is refused."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.entities import html5
from xml.parsers import expat

from reportedly.ingest.blocks import story
from reportedly.ingest.source import RefusedError
from reportedly.knowledge.load import Knowledge

MAX_DEPTH = 400
_BLANKS = re.compile(r"\s+")
# XML has no such characters, texts do; "references" to them neither.
_CONTROLS = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]"
    rb"|&#(?:0{0,9}(?:[0-8]|1[124-9]|2[0-9]|3[01])|x0{0,9}(?:[0-8bcefBCEF]|1[0-9a-fA-F]));"
)
_WIDE = (b"\xff\xfe", b"\xfe\xff")
# An element costs memory however short it is.
MAX_TAGS = 1_000_000

Element = ET.Element


def parse(data: bytes) -> Element:
    """The root element; tags carry no namespaces.

    References to the characters that HTML names are read where a document type is named. Raises RefusedError for
    entities and other declarations, for XML that is not well formed (with its line) and for elements nested too deep.
    """
    if data.count(b"<") > MAX_TAGS:
        raise RefusedError("too-large", f"over {MAX_TAGS:,} tags: more than is held in memory at once")
    data = _without_controls(data)
    tree = _Tree()
    try:
        tree.parser.Parse(data, True)  # noqa: FBT003  the C function takes no keywords
    except expat.ExpatError as problem:
        line = data.count(b"\n") + 1 if problem.code in _AT_THE_END else problem.lineno
        what = expat.ErrorString(problem.code)
        raise RefusedError(
            "broken-xml", f"not well-formed XML: {what} (line {line}, column {problem.offset + 1})", line=line
        ) from None
    except (ValueError, LookupError) as problem:
        raise RefusedError("broken-xml", f"not readable as XML: {problem}", line=1) from None
    return tree.builder.close()


class _Tree:
    """A tree that grows as a file is parsed; raises RefusedError for what is not to be in one."""

    def __init__(self) -> None:
        self.builder = ET.TreeBuilder()
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        self._depth = 0
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.builder.data
        parser.EntityDeclHandler = parser.ElementDeclHandler = parser.AttlistDeclHandler = self._refuse
        parser.NotationDeclHandler = parser.UnparsedEntityDeclHandler = self._refuse
        parser.SkippedEntityHandler = self._skipped
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.buffer_text = True

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            line = self.parser.CurrentLineNumber
            raise RefusedError("nesting-too-deep", f"elements nested over {MAX_DEPTH} deep", line=line)
        self.builder.start(_local(tag), {_local(key): value for key, value in attributes.items()})

    def _end(self, tag: str) -> None:
        self._depth -= 1
        self.builder.end(_local(tag))

    def _refuse(self, *_: object) -> None:
        message = "XML that declares entities or anything else is refused; take the declarations out to read it"
        raise RefusedError("entities-refused", message, line=self.parser.CurrentLineNumber)

    def _skipped(self, name: str, parameter: bool) -> None:  # noqa: FBT001  as the library calls it
        """A reference to a character that HTML names: "&eacute;"."""
        if parameter or name + ";" not in html5:
            self._refuse()
        self.builder.data(html5[name + ";"])


def _without_controls(data: bytes) -> bytes:
    """The file with a replacement for each character that XML does not know; a NUL is no character of a wide one."""
    return data if b"\0" in data[:4] or data[:2] in _WIDE else _CONTROLS.sub(b"&#xFFFD;", data)


# Errors that mean that the file ends too early: the break is where the file ends, not where the open part began.
_AT_THE_END = frozenset(
    expat.errors.codes[message]
    for message in (expat.errors.XML_ERROR_NO_ELEMENTS, expat.errors.XML_ERROR_UNCLOSED_TOKEN,
                    expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION, expat.errors.XML_ERROR_PARTIAL_CHAR)
)  # fmt: skip


def _local(tag: str) -> str:
    return tag.rpartition(" ")[2]


def find(root: Element, *names: str) -> Element | None:
    """The first element with one of the names, names tried in order, the root included."""
    return next((found for name in names for found in root.iter(name)), None)


def text_of(element: Element | None) -> str | None:
    """All text inside an element on one line, ``None`` where there is none."""
    if element is None:
        return None
    return _BLANKS.sub(" ", "".join(element.itertext())).strip() or None


def value_of(root: Element, name: str, attribute: str) -> str | None:
    """An attribute of the first element of a name that has it."""
    return next((v for found in root.iter(name) if (v := found.get(attribute))), None)


def paragraphs(element: Element, knowledge: Knowledge, *, skip: frozenset[str], blocks: frozenset[str]) -> str:
    """The text of the paragraphs under an element, parted by empty lines; what is in ``skip`` is left out."""
    return story(("".join(p) for p in _pieces(element, skip, blocks)), knowledge)


def _pieces(element: Element, skip: frozenset[str], blocks: frozenset[str]) -> Iterator[list[str]]:
    current: list[str] = [element.text or ""]
    for child in element:
        if child.tag in skip:
            pass
        elif child.tag in blocks:
            yield current
            yield from _pieces(child, skip, blocks)
            current = []
        else:
            for piece in _pieces(child, skip, blocks):
                current.extend(piece)
        current.append(child.tail or "")
    yield current
