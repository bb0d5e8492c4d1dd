"""The reading text: the dispatch with everything that misleads a parser of running prose taken out, offsets kept.

Every replacement has the length of what it replaces, so an offset into the reading text is an offset into the dispatch.
A line feed in the reading text means a paragraph break and nothing else.
"""

from __future__ import annotations

import re

from reportedly.model import Dispatch

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd]")


def prepare(dispatch: Dispatch, max_chars: int) -> str:
    """The reading text of a dispatch: same length as its text (or ``max_chars``), see the module."""
    text = dispatch.text[:max_chars]
    return _CONTROL.sub(" ", text)
