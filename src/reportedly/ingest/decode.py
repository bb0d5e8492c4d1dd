"""Bytes to text: byte order marks, the encoding, bytes that belong to none."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import msgspec

from reportedly.ingest.source import InputSource, RefusedError
from reportedly.model import Diagnostic

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What text never begins with, and what it is instead.
_MAGIC = (
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"{\\rtf", "a rich text document"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"ARROW1", "an Arrow file"),
    (b"SQLite format 3", "a SQLite database"),
)
_CONTROL_BYTES = bytes(b for b in range(32) if b not in b"\t\n\r\f\v\x1b")
# Share of control bytes from which on a file is no text.
_BINARY_SHARE = 0.1
# Share of letters outside ASCII up to which undeclared 8-bit text is taken for Western European.
_WESTERN_SHARE = 0.2
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")


# Codecs of Python that are no character sets, or no safe ones.
_NO_CHARSETS = frozenset({"undefined", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"})


class Decoded(msgspec.Struct, frozen=True):
    """A text, the encoding it was in, and what there is to say about that."""

    text: str
    encoding: str
    code: str | None = None
    message: str | None = None


def binary_kind(data: bytes) -> str | None:
    """What the bytes are if they are no text: "an image", "binary data"; ``None`` for text in any encoding."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if not data or _bom(data) or _wide(data):
        return None
    controls = len(data) - len(data.translate(None, _CONTROL_BYTES))
    if controls / len(data) > _BINARY_SHARE or (b"\0" in data and not _is_utf8(data)):
        return "binary data"
    return None


def _bom(data: bytes) -> str | None:
    return next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: Latin text has a zero in every second byte."""
    sample = data[:4000]
    if len(sample) < 8:
        return None
    half = len(sample) // 2
    if sample[1::2].count(0) > half * 0.7 and sample[0::2].count(0) == 0:
        return "utf-16-le"
    if sample[0::2].count(0) > half * 0.7 and sample[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8, a character cut off at the end aside."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The bytes as text; whatever was not certain is said in ``code`` and ``message``."""
    if encoding:
        return _as_told(data, encoding)
    if bom := _bom(data):
        try:
            return Decoded(data.decode(bom), bom)
        except UnicodeDecodeError as problem:
            return _patched(data, bom, problem)
    if wide := _wide(data):
        text = data.decode(wide, "replace")
        return Decoded(text, wide, "encoding-guessed", f"no byte order mark: read as {wide.upper()}")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as problem:
        if _mostly_utf8(data):
            return _patched(data, "utf-8", problem)
    return _guessed(data)


def charset(name: str | None) -> str | None:
    """The name of a character set as the codecs have it; None for what a page or a mail made up."""
    try:
        found = codecs.lookup(name).name if name else None
        b"".decode(found or "utf-8")
    except (LookupError, ValueError):
        return None
    return found if found and found.replace("-", "_") not in _NO_CHARSETS else None


def _as_told(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as problem:
        return _patched(data, encoding, problem)
    except LookupError:
        raise RefusedError("unknown-encoding", f'there is no encoding "{encoding}" (--encoding)') from None


def _patched(data: bytes, encoding: str, problem: UnicodeDecodeError) -> Decoded:
    text = data.decode(encoding, "replace")
    bad = text.count("�") - data.count("�".encode()) * (encoding in ("utf-8", "utf-8-sig"))
    message = (
        f"{max(bad, 1)} place{'s' if bad > 1 else ''} in the bytes {'are' if bad > 1 else 'is'} no {encoding.upper()}, "
        f"the first at byte {problem.start:,}: read as U+FFFD (--encoding names another encoding)"
    )
    return Decoded(text, encoding, "bad-bytes", message)


def _mostly_utf8(data: bytes) -> bool:
    """Whether most of the characters outside ASCII are whole UTF-8 sequences."""
    text = data.decode("utf-8", "replace")
    bad = text.count("�")
    good = sum(len(run) for run in _HIGH_RUN.findall(data)) - bad
    letters = sum(1 for c in text if c > "\x7f" and c != "�")
    return bad <= 3 and letters >= bad and good > 0


def _guessed(data: bytes) -> Decoded:
    high = sum(len(run) for run in _HIGH_RUN.findall(data))
    letters = sum(1 for b in data if 65 <= b <= 90 or 97 <= b <= 122) + high
    encoding = "cp1252"
    if letters and high / letters > _WESTERN_SHARE:
        encoding = _by_statistics(data) or encoding
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding = "latin-1"
        text = data.decode(encoding)
    message = f"the bytes are no UTF-8: read as {encoding} (--encoding names another encoding)"
    return Decoded(text, encoding, "encoding-guessed", message)


def _by_statistics(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:100_000]).best()
    return best.encoding if best else None


class Lines:
    """The lines of a source as text, one after the other, in bounded memory; problems of decoding on the way.

    Iterating gives (number, line) pairs without the line feed, numbers from 1. ``doubts`` holds diagnostics that have
    not been taken yet.
    """

    def __init__(self, source: InputSource) -> None:
        self._source = source
        self._limit = source.options.max_line_bytes
        self._encoding = source.options.encoding
        self._told = False
        self.doubts: list[Diagnostic] = []

    def __iter__(self) -> Iterator[tuple[int, str]]:
        head = self._source.head()
        encoding = self._encoding or _bom(head) or _wide(head)
        if encoding and not encoding.startswith("utf-8"):
            yield from self._wide_lines(encoding)
            return
        for number, line in enumerate(self._byte_lines(), start=1):
            yield number, self._decode(line[3:] if number == 1 and line.startswith(codecs.BOM_UTF8) else line, number)

    def take_doubts(self) -> list[Diagnostic]:
        """The diagnostics since the last call."""
        taken, self.doubts = self.doubts, []
        return taken

    def _byte_lines(self) -> Iterator[bytes]:
        number = 0
        while line := self._source.stream.readline(self._limit + 1):
            number += 1
            if len(line) > self._limit:
                raise RefusedError("line-too-long", f"line of over {self._limit:,} bytes (max_line_bytes)", line=number)
            yield line.removesuffix(b"\n").removesuffix(b"\r")

    def _decode(self, line: bytes, number: int) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            decoded = decode(line, self._encoding)
        if decoded.code and not self._told:
            self._told = decoded.code == "encoding-guessed"
            message = decoded.message or ""
            self.doubts.append(self._source.diagnostic("warning", decoded.code, message, line=number))
        return decoded.text

    def _wide_lines(self, encoding: str) -> Iterator[tuple[int, str]]:
        decoded = decode(self._source.read_all(), encoding)
        if decoded.code:
            self.doubts.append(self._source.diagnostic("warning", decoded.code, decoded.message or ""))
        for number, line in enumerate(decoded.text.split("\n"), start=1):
            yield number, line.removesuffix("\r")


def decode_all(source: InputSource) -> tuple[str, list[Diagnostic]]:
    """The whole source as text, and what there is to say about its encoding."""
    decoded = decode(source.read_all(), source.options.encoding)
    doubts = [source.diagnostic("warning", decoded.code, decoded.message or "")] if decoded.code else []
    return decoded.text, doubts
