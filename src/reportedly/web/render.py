"""Templates to pages: everything is escaped, and characters that hide or turn text are made visible."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reportedly.days import day_words
from reportedly.export.tables import amount_words, figure_words
from reportedly.model import LedgerClaim, Place
from reportedly.views.citation import citation
from reportedly.wording import (
    FACTUALITY,
    KIND,
    certainty_words,
    correction_words,
    interval_words,
    judged_words,
    source_words,
    telling_words,
)

# Control characters have pictures in Unicode; what reorders a line for readers only is replaced.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb]")


def visible(value: object) -> object:
    """A value as it is shown: nothing for ``None``; hidden and turning characters as pictures."""
    if value is None:
        return ""
    if isinstance(value, str):
        shown = _CONTROL.sub(_picture, value)
        return Markup(shown) if isinstance(value, Markup) else shown  # noqa: S704  markup of ours, made by escaping
    return value


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def place_words(place: Place | None) -> str:
    """A place with its country: "Kassala, SDN"."""
    if place is None:
        return ""
    return f"{place.name}, {place.country}" if place.country and place.kind != "country" else place.name


def number_words(value: int) -> str:
    """A whole number with its thousands apart."""
    return f"{value:,}"


def short(text: str | None, length: int = 160) -> str:
    """The first words of a text."""
    words = " ".join((text or "")[: length * 4].split())
    return words if len(words) <= length else words[:length].rsplit(" ", 1)[0][:length] + " …"


def cited(held: LedgerClaim, base: str) -> str:
    """A claim as it is cited, with the address at which it can be read again."""
    return citation(held, f"{base}/claims/{quote(held.claim.id, safe='')}")


@lru_cache(maxsize=1)
def static_version() -> str:
    """A digest of the static files, for addresses that can be kept for ever."""
    digest = blake2b(digest_size=6)
    for item in sorted(files("reportedly.web").joinpath("static").iterdir(), key=lambda f: f.name):
        digest.update(item.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates with what they may use."""
    env = Environment(
        loader=PackageLoader("reportedly.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=visible,
        auto_reload=False,
    )
    env.filters |= {
        "certainty": certainty_words,
        "day": lambda v: day_words(v) if v else "",
        "interval": lambda r: interval_words(r.begin, r.end_date),
        "figure": figure_words,
        "amount": lambda f: amount_words(f.low, f.high, approx=f.approx),
        "place": place_words,
        "telling": telling_words,
        "source_words": source_words,
        "number": number_words,
        "short": short,
        "citation": cited,
        "factuality": FACTUALITY.get,
        "judged": lambda held: judged_words(held.judged, held.judged_by),
        "correction": correction_words,
    }
    env.globals |= {"FACTUALITY": FACTUALITY, "KIND": KIND, "static_version": static_version}
    return env


def page(template: str, **values: Any) -> str:  # noqa: ANN401  what a template is given
    """A template filled in."""
    return environment().get_template(template).render(values)
