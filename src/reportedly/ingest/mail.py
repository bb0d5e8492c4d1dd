"""Mail: one message, or a mailbox of several (mbox)."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart

from reportedly.ingest.markup import to_text
from reportedly.ingest.source import Raw, RefusedError, Source
from reportedly.model import Diagnostic


def read(source: Source) -> Iterator[Raw | Diagnostic]:
    """The plain part of each message, else its HTML part as text."""
    for number, data in enumerate(_messages(source), start=1):
        yield _raw(data, None if number == 1 else f"message {number}")


def _messages(source: Source) -> Iterator[bytes]:
    if not source.head().startswith(b"From "):
        yield source.read_all()
        return
    message: list[bytes] = []
    size, blank = 0, True
    for line in source.stream:
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


def _raw(data: bytes, item: str | None) -> Raw:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return Raw(
        text=_text(message),
        id=str(message.get("Message-ID", "")).strip().strip("<>") or None,
        published=str(message.get("Date", "")).strip() or None,
        title=str(message.get("Subject", "")).strip() or None,
        agency=_sender(message),
        lang=message.get("Content-Language"),
        item=item,
    )


def _text(message: EmailMessage) -> str | None:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return None
    content = _content(part)
    if part.get_content_type() == "text/html":
        return to_text(content)
    return content.replace("\r\n", "\n").strip()


def _content(part: MIMEPart) -> str:
    """The decoded body; a character set that does not exist is read as UTF-8, else as Western European."""
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError, KeyError):
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else str(payload).encode("utf-8", "replace")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("cp1252", "replace")


def _sender(message: EmailMessage) -> str | None:
    addresses = getattr(message.get("From"), "addresses", ())
    return next((a.display_name for a in addresses if a.display_name), None)
