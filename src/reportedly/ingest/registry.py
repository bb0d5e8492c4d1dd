"""Which reader reads what: one row a format, told from the first bytes. A new format is one module and one row."""

from __future__ import annotations

import importlib
import re
import zlib
from collections.abc import Callable, Iterator

import msgspec

from reportedly.ingest.decode import binary_kind, decode
from reportedly.ingest.finish import Finisher
from reportedly.ingest.source import HEAD_BYTES, InputSource, Raw, RefusedError, needs
from reportedly.ingest.table import delimiter_of
from reportedly.model import Diagnostic, Dispatch

_HTML_START = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|div|section|meta|title|h1|p)[\s>/]|<!--", re.IGNORECASE
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_XML_PROLOGUE = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)", re.DOTALL | re.IGNORECASE)
_HEADER_NAME = re.compile(r"[!-9;-~]+:")
_MAIL_NAMES = (
    "from:",
    "to:",
    "subject:",
    "date:",
    "message-id:",
    "received:",
    "return-path:",
    "mime-version:",
    "delivered-to:",
)
# What is broken in one line of these costs that line.
LINE_SUFFIXES = (".jsonl", ".ndjson")
# So many of them make a header.
MAIL_HEADERS = 3
_TAR_MAGIC = slice(257, 262)


class Head(msgspec.Struct, frozen=True):
    """The beginning of an input: bytes, the same as text without blanks before it, and the name's suffix."""

    data: bytes
    text: str
    suffix: str
    root: str | None

    @staticmethod
    def of(source: InputSource) -> Head:
        """The beginning of a source."""
        data = source.head()
        text = "" if binary_kind(data) else decode(_whole_characters(data), None).text
        text = text.lstrip("\ufeff \t\r\n")
        return Head(data, text, source.suffix, _root(text) if text.startswith("<") else None)


class Format(msgspec.Struct, frozen=True):
    """A row of the registry: a name, the test, and the function ("module:name") that reads or unpacks."""

    name: str
    fits: Callable[[Head], bool]
    reader: str

    def load(self) -> Callable[[InputSource], Iterator[InputSource | Raw | Diagnostic]]:
        """The function, its module imported now: a format costs nothing until it is met."""
        module, _, name = self.reader.partition(":")
        found: Callable[[InputSource], Iterator[InputSource | Raw | Diagnostic]] = getattr(
            importlib.import_module(f"reportedly.ingest.{module}"), name
        )
        return found


def _whole_characters(data: bytes) -> bytes:
    """The bytes up to the last line end, so that no character is cut in two."""
    cut = data.rfind(b"\n")
    return data[: cut + 1] if cut > 0 and len(data) >= 4096 else data


def _root(text: str) -> str | None:
    """The local name of the first element of an XML text."""
    pos = 0
    while found := _XML_PROLOGUE.match(text, pos):
        pos = found.end()
    root = _ROOT.search(text, pos, pos + 400)
    return root[1] if root else None


def _begins_warc(packed: bytes) -> bool:
    """Whether what is packed as gzip is a web archive."""
    try:
        return zlib.decompressobj(31).decompress(packed, 5) == b"WARC/"
    except zlib.error:
        return False


def _is_html(head: Head) -> bool:
    if not head.text.startswith("<"):
        return False
    return (head.root or "").lower() == "html" or (
        not head.text.startswith("<?xml") and bool(_HTML_START.match(head.text))
    )


def _is_mail(head: Head) -> bool:
    # What is attached to a mail may be anything; its header is text.
    text = head.data.decode("latin-1").removeprefix("ï»¿").lstrip()
    if text.startswith("From ") and "\n" in text[:200]:
        return _is_mail_text(text.partition("\n")[2])
    return _is_mail_text(text)


def _is_mail_text(text: str) -> bool:
    """Whether header lines, some of them a mail's, stand before the first empty line."""
    lines, blank, _ = text.replace("\r\n", "\n").partition("\n\n")
    if not blank:
        return False
    header = [line for line in lines.split("\n") if line[:1] not in (" ", "\t")]
    if lines[:1] in (" ", "\t") or not all(map(_HEADER_NAME.match, header)):
        return False
    names = {line[: line.index(":") + 1].lower() for line in header}
    return len(names.intersection(_MAIL_NAMES)) >= MAIL_HEADERS


def _is_json(head: Head) -> bool:
    return (
        head.text[:1] in ("{", "[")
        and (head.suffix in (".json", *LINE_SUFFIXES) or re.match(r"[{\[]\s*[\"{\[\]}\d]", head.text) is not None)
    ) or head.suffix in LINE_SUFFIXES


def _is_table(head: Head) -> bool:
    lines = head.text.splitlines()[:2]
    if lines and lines[0].lower().startswith("sep="):
        del lines[0]
    return bool(lines) and (head.suffix in (".csv", ".tsv") or delimiter_of(lines[0]) is not None)


FORMATS = (
    Format("WARC", lambda h: h.data.startswith(b"\x1f\x8b") and _begins_warc(h.data), "warc:read_gzip"),
    Format("gzip", lambda h: h.data.startswith(b"\x1f\x8b"), "packed:gzip_stream"),
    Format("bzip2", lambda h: h.data.startswith(b"BZh"), "packed:bzip2_stream"),
    Format("xz", lambda h: h.data.startswith(b"\xfd7zXZ\0"), "packed:xz_stream"),
    Format("zip", lambda h: h.data.startswith((b"PK\x03\x04", b"PK\x05\x06")), "zips:zip_members"),
    Format("tar", lambda h: h.data[_TAR_MAGIC] == b"ustar", "packed:tar_members"),
    Format("Parquet", lambda h: h.data.startswith(b"PAR1"), "parquet:read"),
    Format("WARC", lambda h: h.data.startswith(b"WARC/"), "warc:read"),
    Format("NITF", lambda h: h.root == "nitf", "nitf:read"),
    Format("NewsML-G2", lambda h: h.root in ("newsItem", "newsMessage", "packageItem"), "newsml:read"),
    Format("RSS or Atom", lambda h: h.root in ("rss", "feed", "RDF"), "feed:read"),
    Format("HTML", _is_html, "html:read"),
    Format("XML", lambda h: h.text.startswith("<?xml"), "registry:unknown_xml"),
    Format("mail", _is_mail, "mail:read"),
    Format("JSON", _is_json, "jsons:read"),
    Format("table", _is_table, "table:read"),
    Format("text", lambda _: True, "plain:read"),
)
_UNPACKERS = frozenset({"gzip", "bzip2", "xz", "zip", "tar"})
# Suffixes that promise what plain text is not.
_PROMISES = {
    ".gz": "gzip", ".tgz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zip": "zip", ".tar": "tar", ".parquet": "parquet",
    ".warc": "warc", ".json": "json", ".xml": "xml", ".nitf": "nitf",
}  # fmt: skip


def unknown_xml(source: InputSource) -> Iterator[Raw | Diagnostic]:
    """XML that is none of the news formats; what is not well formed or has entities is refused for that first."""
    from reportedly.ingest.xmltree import parse

    root = parse(source.read_all())
    known = ", ".join(f.name for f in FORMATS if f.name in ("NITF", "NewsML-G2", "RSS or Atom", "HTML"))
    message = f"XML, but no news format (its root is <{root.tag[:40]}>; known are {known})"
    yield source.diagnostic("error", "unknown-xml", message)


def read_source(source: InputSource) -> Iterator[Dispatch | Diagnostic]:
    """Everything that a source gives; whatever is wrong with it becomes a diagnostic, and no error gets out."""
    count, silent = 0, True
    finish = Finisher(source)
    try:
        for item in _read(source):
            silent = False
            if isinstance(item, InputSource):
                yield from read_source(item)
            elif isinstance(item, Raw):
                for made in source.each(finish, item, line=item.line, item=item.item):
                    count += isinstance(made, Dispatch)
                    yield made
            else:
                yield item
        if silent:
            yield source.diagnostic("warning", "no-records", "nothing in it that is a dispatch")
    except RefusedError as problem:
        after = f" ({count:,} read before)" if count else ""
        yield source.diagnostic("error", problem.code, problem.message + after, line=problem.line)
    except ImportError as problem:
        yield source.diagnostic("error", "missing-library", needs(problem))
    except OSError as problem:
        yield source.diagnostic("error", "unreadable", f"cannot be read: {problem.strerror or problem}")
    except Exception as problem:  # noqa: BLE001  no input may end a run: what a library did not expect is told
        what = f"{type(problem).__name__}: {problem}"[:200]
        yield source.diagnostic("error", "reader-failed", f"the reader gave up ({what})")


def _read(source: InputSource) -> Iterator[InputSource | Raw | Diagnostic]:
    head = Head.of(source)
    if not head.data.strip(b" \t\r\n") and len(head.data) < HEAD_BYTES:
        raise RefusedError("empty-file", "empty: no text in it")
    found = next(f for f in FORMATS if f.fits(head))
    if found.name in _UNPACKERS and source.depth >= source.options.max_depth:
        raise RefusedError("too-deep", f"archives nested over {source.options.max_depth} deep (max_depth)")
    lines = head.suffix in LINE_SUFFIXES and head.data.lstrip().startswith(b"{")
    if found.name in ("text", "table", "JSON") and not lines:
        _refuse_binary(head)
    if found.name == "text" and source.suffix in _PROMISES:
        promised = _PROMISES[source.suffix]
        raise RefusedError(
            f"not-{promised}", f"not {promised}, as its name says, but text: rename it to .txt to read it"
        )
    yield from found.load()(source)


def _refuse_binary(head: Head) -> None:
    if kind := binary_kind(head.data):
        raise RefusedError("not-text", f"not text but {kind}: not read")
