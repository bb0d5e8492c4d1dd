"""Ids from content and place, so that a second run, another machine and a cluster agree."""

from __future__ import annotations

import hashlib


def content_id(prefix: str, *parts: object) -> str:
    """``prefix-`` and 12 hexadecimal digits of a blake2b digest of the parts."""
    digest = hashlib.blake2b("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=6)
    return f"{prefix}-{digest.hexdigest()}"
