"""Near copies: dispatches that repeat one another, and what a later copy says that the earlier ones did not.

Two dispatches are copies when at least half of the four-word shingles of the one that has fewer stand in the other
(containment, Broder 1997), they were published at most three days apart, and their numbers agree: bulletins that fill
the same frame every day share their sentences and nothing else. Candidates come from a sample of the shingles (those
whose hash falls into a fixed quarter of all hashes), so that the work grows with the text and not with its square.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from reportedly.days import day_number
from reportedly.knowledge.load import Knowledge

SHINGLE = 4
CONTAINED = 0.5
# So much shared wording that the numbers may differ: a corrected or updated story, not a filled-in form.
NEARLY_ALL = 0.85
NUMBERS_AGREE = 0.6
DAYS_APART = 3
SAMPLE = 4
# A shingle in more dispatches than this is a formula ("said in a statement on") and no sign of a copy.
FORMULA = 200
# A new sentence counts as new facts when so many of its content words stand in no earlier copy.
NEW_WORDS = 4
NEW_SHARE = 0.5

_TOKEN = re.compile(r"[^\W\d_]+|\d[\d.,]*\d|\d")
_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(\[]*[A-Z0-9])|\n\s*\n|\n(?=[-–—(©])")
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], dtype=np.uint64)

Hashes = npt.NDArray[np.uint64]
Key = TypeVar("Key", bound=Hashable)


class Copy(msgspec.Struct, frozen=True):
    """A dispatch's place among its copies; see ``LedgerDispatch``."""

    lineage: str
    revision_of: str | None
    new_facts: bool | None


class Print(msgspec.Struct, frozen=True):
    """What is compared of one dispatch: shingle hashes (sorted, unique), numbers as written, day of publication."""

    shingles: Hashes
    numbers: frozenset[str]
    day: int | None


def fingerprint(text: str, published: str | None) -> Print:
    """The shingles, numbers and day of a dispatch; letter case and punctuation do not matter."""
    tokens = _TOKEN.findall(text.lower())
    numbers = frozenset(t for t in tokens if t[0].isdigit())
    return Print(shingle_hashes(tokens), numbers, day_number(published))


@lru_cache(maxsize=500_000)
def _token_hash(token: str) -> int:
    return int.from_bytes(hashlib.blake2b(token.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def shingle_hashes(tokens: Sequence[str]) -> Hashes:
    """64-bit hashes of all runs of four tokens, sorted and unique; a shorter text is one shingle."""
    if not tokens:
        return np.empty(0, dtype=np.uint64)
    values = np.array([_token_hash(t) for t in tokens], dtype=np.uint64)
    width = min(SHINGLE, len(values))
    total = np.zeros(len(values) - width + 1, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for i in range(width):
            total += (
                values[i : len(values) - width + 1 + i] ^ (values[i : len(values) - width + 1 + i] >> 29)
            ) * _FACTORS[i]
        total ^= total >> np.uint64(32)
        total *= _FACTORS[0]
    return np.unique(total)


def sample(shingles: Hashes) -> Hashes:
    """The shingles by which copies are looked up."""
    kept: Hashes = shingles[shingles % np.uint64(SAMPLE) == 0]
    return kept


def containment(a: Print, b: Print) -> float:
    """Share of the shingles of the one with fewer that stand in the other."""
    least = min(len(a.shingles), len(b.shingles))
    return len(np.intersect1d(a.shingles, b.shingles, assume_unique=True)) / least if least else 0.0


def are_copies(a: Print, b: Print) -> bool:
    """Whether one of the two dispatches repeats the other; see the module."""
    if a.day is not None and b.day is not None and abs(a.day - b.day) > DAYS_APART:
        return False
    shared = containment(a, b)
    if shared < CONTAINED:
        return False
    fewer = a if len(a.shingles) <= len(b.shingles) else b
    return shared >= NEARLY_ALL or _numbers_agree(fewer.numbers, (b if fewer is a else a).numbers)


def _numbers_agree(shorter: frozenset[str], longer: frozenset[str]) -> bool:
    return not shorter or len(shorter & longer) / len(shorter) >= NUMBERS_AGREE


def candidates(prints: Mapping[Key, Print]) -> set[tuple[Key, Key]]:
    """Pairs that share enough sampled shingles to be worth a comparison."""
    index: dict[int, list[Key]] = defaultdict(list)
    for key, item in prints.items():
        for value in sample(item.shingles).tolist():
            index[value].append(key)
    shared: dict[tuple[Key, Key], int] = defaultdict(int)
    for keys in index.values():
        if 2 <= len(keys) <= FORMULA:
            for i, a in enumerate(keys):
                for b in keys[i + 1 :]:
                    shared[a, b] += 1
    return set(shared)


def groups(keys: Iterable[Key], pairs: Iterable[tuple[Key, Key]]) -> list[list[Key]]:
    """Connected components over the pairs, each in the order of ``keys``."""
    up: dict[Key, Key] = {k: k for k in keys}

    def root(key: Key) -> Key:
        while up[key] != key:
            up[key] = up[up[key]]
            key = up[key]
        return key

    for a, b in pairs:
        up[root(a)] = root(b)
    out: dict[Key, list[Key]] = defaultdict(list)
    for key in up:
        out[root(key)].append(key)
    return list(out.values())


def update_number(text: str, knowledge: Knowledge) -> int:
    """The place in a series that the headline claims (UPDATE 2, CORRECTED), 0 for a first take."""
    match = _later(knowledge).match(text.lstrip()[:80])
    return int(match[1] or 1) if match is not None else 0


@lru_cache(maxsize=8)
def _later(knowledge: Knowledge) -> re.Pattern[str]:
    """A mark in capitals that a take is not the first, behind two words at most: "Peru-quake UPDATE 2"."""
    marks = (row["text"] for row in knowledge.rows("headers") if row["note"] in ("update", "correction", "repeat"))
    known = "|".join(re.escape(mark.upper()) for mark in sorted(marks, key=len, reverse=True))
    return re.compile(rf"\W*(?:\w+\W+){{0,2}}?(?:{known})\W{{0,3}}(\d{{1,2}})?\b")


@lru_cache(maxsize=8)
def _numerals(knowledge: Knowledge) -> dict[str, int]:
    return {row["word"]: int(row["value"]) for row in knowledge.rows("numerals")}


@lru_cache(maxsize=8)
def _furniture(knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(row["text"] for row in knowledge.rows("furniture"))


def number_values(text: str, knowledge: Knowledge) -> frozenset[int | str]:
    """The numbers of a text by value, whether in digits or in words (*nine*, *9*); decimals as written."""
    words = _numerals(knowledge)
    out: set[int | str] = set()
    for token in _TOKEN.findall(text.lower()):
        if token in words:
            out.add(words[token])
        elif token[0].isdigit():
            plain = token.replace(",", "")
            out.add(int(plain) if plain.isdigit() else token)
    return frozenset(out)


def adds_facts(text: str, earlier: Sequence[str], knowledge: Knowledge) -> bool:
    """Whether a copy gives a number, or a sentence of its own, that none of the earlier copies has.

    Credits, footers and pointers to other stories are no facts.
    """
    known_numbers = frozenset().union(*(number_values(t, knowledge) for t in earlier))
    known_words = frozenset(w for t in earlier for w in _TOKEN.findall(t.lower()))
    told = [s for s in _SENTENCE.split(text) if s and not _is_furniture(s, knowledge)]
    return any(_is_new(s, known_numbers, known_words, knowledge) for s in told)


def _is_new(sentence: str, numbers: frozenset[int | str], words: frozenset[str], knowledge: Knowledge) -> bool:
    if number_values(sentence, knowledge) - numbers and len(_TOKEN.findall(sentence)) > SHINGLE:
        return True
    content = {w for w in _TOKEN.findall(sentence.lower()) if len(w) > SHINGLE}
    new = content - words
    return len(new) >= NEW_WORDS and len(new) >= NEW_SHARE * len(content)


def _is_furniture(sentence: str, knowledge: Knowledge) -> bool:
    plain = " ".join(_TOKEN.findall(sentence.lower()))
    return any(f" {x} " in f" {plain} " for x in _furniture(knowledge))
