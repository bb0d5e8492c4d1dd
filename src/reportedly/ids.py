"""Ids from content and place, so that a second run, another machine and a cluster agree."""

from __future__ import annotations

import hashlib

from reportedly.model import Span


def content_id(prefix: str, *parts: object) -> str:
    """``prefix-`` and 12 hexadecimal digits of a blake2b digest of the parts."""
    digest = hashlib.blake2b("\x1f".join(map(_written, parts)).encode("utf-8", "surrogatepass"), digest_size=6)
    return f"{prefix}-{digest.hexdigest()}"


def _written(part: object) -> str:
    """A part as it has always been written into ids, however records show themselves elsewhere."""
    if isinstance(part, Span):
        return f"Span(start={part.start}, end={part.end})"
    if isinstance(part, tuple):
        return f"({', '.join(map(_written, part))}{',' if len(part) == 1 else ''})"
    return str(part)
