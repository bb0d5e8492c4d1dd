"""Mail: one message, or a mailbox of several (mbox)."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart

import msgspec

from reportedly.ingest.decode import decode
from reportedly.ingest.markup import to_text
from reportedly.ingest.source import InputSource, Raw, RefusedError
from reportedly.knowledge.load import Knowledge
from reportedly.model import Diagnostic

# What the mail library raises where a header is not what it expects.
BROKEN = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError)
# So much of a line is read at once.
READ_BYTES = 1_000_000


def read(source: InputSource) -> Iterator[Raw | Diagnostic]:
    """The plain part of each message, else its HTML part as text."""
    for number, data in enumerate(_messages(source), start=1):
        item = None if number == 1 else f"message {number}"
        yield from source.each(_read_message, source, data, item, item=item)


def _messages(source: InputSource) -> Iterator[bytes]:
    if not source.head().startswith(b"From "):
        yield source.read_all()
        return
    message: list[bytes] = []
    size, blank = 0, True
    while line := source.stream.readline(READ_BYTES):
        if line.startswith(b"From ") and blank:
            if message:
                yield b"".join(message)
            message, size = [], 0
            continue
        size += len(line)
        if size > source.options.max_member_bytes:
            raise RefusedError("too-large", "a message is larger than max_member_bytes")
        message.append(line)
        blank = not line.strip()
    if message:
        yield b"".join(message)


def _read_message(source: InputSource, data: bytes, item: str | None) -> Iterator[Raw | Diagnostic]:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    fields = {name: _field(message, name) for name in ("Message-ID", "Date", "Subject", "Content-Language")}
    raw = Raw(
        text=None,
        id=(fields["Message-ID"] or "").strip("<>") or None,
        published=fields["Date"],
        title=fields["Subject"],
        agency=_sender(message),
        lang=fields["Content-Language"],
        item=item,
    )
    try:
        part = message.get_body(preferencelist=("plain", "html"))
        if part is not None:
            content, guessed = _content(part)
            if guessed:
                yield source.diagnostic("warning", "encoding-guessed", guessed, item=item)
            raw = msgspec.structs.replace(raw, text=_text(part, content, source.options.knowledge))
    except BROKEN as problem:
        what = f"not readable as a mail ({type(problem).__name__}: {problem})"
        yield source.diagnostic("error", "broken-mail", what[:200], item=item)
        return
    yield raw


def _field(message: EmailMessage, name: str) -> str | None:
    """A header field; what the library cannot take apart as it was written."""
    try:
        value = message.get(name)
    except BROKEN:
        value = next((written for given, written in message.raw_items() if given.lower() == name.lower()), None)
    return str(value).strip() or None if value is not None else None


def _text(part: MIMEPart, content: str, knowledge: Knowledge) -> str:
    if part.get_content_type() == "text/html":
        return to_text(content, knowledge)
    return content.replace("\r\n", "\n").strip()


def _content(part: MIMEPart) -> tuple[str, str | None]:
    """The decoded body; where its character set does not exist, what it was taken for is said."""
    try:
        return str(part.get_content()), None
    except (LookupError, ValueError):
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else str(payload).encode("utf-8", "replace")
        found = decode(data)
        return found.text, found.message or f"its character set is not known: read as {found.encoding}"


def _sender(message: EmailMessage) -> str | None:
    try:
        addresses = getattr(message.get("From"), "addresses", ())
    except BROKEN:
        return None
    return next((a.display_name for a in addresses if a.display_name), None)
