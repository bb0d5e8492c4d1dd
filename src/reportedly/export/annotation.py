"""W3C Web Annotations: one a claim, on the clause that tells it.

Positions are counted in UTF-16 code units, as the texts of browsers are, and stand in code points beside them; the
quote with what stands before and behind it finds the place in any other rendering of the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import msgspec

from reportedly.export.cases import CaseClaim
from reportedly.export.registry import Job
from reportedly.wording import certainty_words

Json = dict[str, object]

_CONTEXT = 32
_HEAD = {
    "@context": ["http://www.w3.org/ns/anno.jsonld", {"reportedly": "urn:reportedly:"}],
    "id": "urn:reportedly:page",
    "type": "AnnotationPage",
}


def frame(_job: Job) -> tuple[bytes, bytes]:
    """What stands before and behind the annotations."""
    return msgspec.json.encode(_HEAD)[:-1] + b',"items":[\n', b"\n]}\n"


def records(told: CaseClaim, _job: Job) -> Iterator[Json]:
    """The annotation of a claim."""
    c, d = told.claim, told.dispatch
    yield {
        "id": f"urn:reportedly:claim:{c.id}",
        "type": "Annotation",
        "motivation": "describing",
        "generator": {"type": "Software", "name": f"reportedly {told.made_by.reportedly}"},
        "body": [
            _body("classifying", f"{c.type} {c.mode}" if c.mode else c.type),
            _body("describing", f"{told.chain or 'The dispatch itself'}: {certainty_words(c)}"),
            _body("tagging", c.factuality),
        ],
        "target": {
            "source": d.url or f"urn:reportedly:dispatch:{d.id}",
            "selector": [
                _position(d.text, c.evidence.start, c.evidence.end),
                _quote(d.text, c.evidence.start, c.evidence.end),
            ],
        },
        "reportedly:dispatch": d.id,
        "reportedly:incident": told.incident,
        "reportedly:standing": told.standing,
        "reportedly:decided": told.decided or None,
        "reportedly:claim": c,
    }


def _body(purpose: str, value: str) -> Json:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "language": "en", "value": value}


def _position(text: str, start: int, end: int) -> Json:
    return {
        "type": "TextPositionSelector",
        "start": utf16_offset(text, start),
        "end": utf16_offset(text, end),
        "reportedly:codePoints": [start, end],
    }


def _quote(text: str, start: int, end: int) -> Json:
    return {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - _CONTEXT) : start],
        "suffix": text[end : end + _CONTEXT],
    }


def utf16_offset(text: str, position: int) -> int:
    r"""A position in code points as one in UTF-16 code units.

    >>> utf16_offset("a\U0001F600b", 2)
    3
    """
    return position if _is_narrow(text) else len(text[:position].encode("utf-16-le", "surrogatepass")) // 2


@lru_cache(maxsize=8)
def _is_narrow(text: str) -> bool:
    """Whether every character is one code unit: then nothing has to be counted."""
    return text.isascii() or max(text, default="") < "\U00010000"
