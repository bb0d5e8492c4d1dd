"""What is asked about an incident and how well each answer stands: the top of its page."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from reportedly.model import Incident, Question
from reportedly.wording import interval_words

_PLAIN: Mapping[str, str] = {
    "happened": "Did it happen",
    "who": "Who did it",
    "where": "Where",
    "when": "When",
}
# A question shows so many answers, an answer so many voices; the rest is counted.
ANSWERS, VOICES = 8, 6


class Answer(msgspec.Struct, frozen=True):
    """One answer with the voices that give it (name and claim); ``more`` are further voices."""

    words: str
    voices: tuple[tuple[str, str], ...]
    more: int


class AskedQuestion(msgspec.Struct, frozen=True):
    """One question: how its answers stand, why, and the answers, that of most voices first."""

    question: str
    standing: str
    reason: str
    answers: tuple[Answer, ...]
    more: int


def asked(incident: Incident) -> tuple[AskedQuestion, ...]:
    """The questions about an incident: whether, who, where and when, then each number."""
    order = {name: n for n, name in enumerate(_PLAIN)}
    names = sorted(incident.questions, key=lambda name: order.get(name, len(order)))
    return tuple(_asked(name, incident.questions[name]) for name in names)


def _asked(name: str, question: Question) -> AskedQuestion:
    given: dict[str, dict[str, str]] = {}
    spelt: dict[str, str] = {}
    for view in question.views:
        words = _words(name, view.value)
        spelt.setdefault(words.casefold(), words)
        given.setdefault(spelt[words.casefold()], {}).setdefault(view.source, next(iter(view.claims), ""))
    answers = sorted(given.items(), key=lambda a: -len(a[1]))
    made = tuple(_answer(words, voices) for words, voices in answers[:ANSWERS])
    title = _PLAIN.get(name, f"How many {name}")
    return AskedQuestion(title, question.standing, question.reason, made, max(0, len(answers) - ANSWERS))


def _answer(words: str, voices: Mapping[str, str]) -> Answer:
    return Answer(words, tuple(voices.items())[:VOICES], max(0, len(voices) - VOICES))


def _words(name: str, value: str) -> str:
    """An answer as a person reads it: days in words."""
    if name != "when":
        return value
    begin, _, end = value.partition(" to ")
    return interval_words(begin, end or None)
