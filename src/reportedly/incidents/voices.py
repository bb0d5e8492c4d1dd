"""Who speaks: one person or body under all the names that a ledger has for it.

Conservative: names are brought together only where one holds every telling word of the other, and a name that would fit
two voices is left alone. A spokesman is the voice of the body that is named with him; what a publisher tells in its own
voice is one voice in all copies; unnamed people are known only inside the dispatches that copy one another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from reportedly.knowledge.event_types import event_types
from reportedly.knowledge.load import SHIPPED
from reportedly.model import Claim, Source, SourceKind

UNNAMED_PUBLISHER = "publisher not named"
KNOWN_ONLY_HERE = ("anonymous", "group")

# Two letters can be anything.
SHORTEST_ACRONYM = 3

_SMALL = frozenset({"the", "a", "an", "of", "for", "in", "and", "to", "on", "at", "s", "local", "own"})
# What follows describes the source and is no part of its name.
_DESCRIPTION = re.compile(r",| (?:who|which|that|whose|close to|loyal to|based in|led by|speaking|quoted by) ")


class Utterance(msgspec.Struct, frozen=True):
    """A claim with what is needed to tell who speaks: its dispatch's publisher, lineage and the roles of its people."""

    claim: Claim
    dispatch: str
    lineage: str
    published: str | None
    publisher: str | None
    body: str | None
    in_title: bool


class Voice(msgspec.Struct):
    """One person or body, or a publisher speaking for itself (``own``)."""

    name: str
    kind: SourceKind
    own: bool
    words: frozenset[str]
    names: set[str]
    home: str | None
    said: list[Utterance]


class Judgement(msgspec.Struct, frozen=True):
    """What a person decided about two names."""

    a: str
    verdict: str
    b: str


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return frozenset(word for row in SHIPPED.rows("generic_sources") for word in telling_words(row["word"]))


@lru_cache(maxsize=100_000)
def telling_words(name: str) -> frozenset[str]:
    """The words of a name without case, possessives, plurals and particles."""
    plain = (
        _DESCRIPTION.split(name, maxsplit=1)[0]
        .casefold()
        .replace("’", "'")
        .replace("'s ", " ")
        .replace("s' ", "s ")
        .replace("-", " ")
    )
    words = (w.strip(".,;:'\"“”()") for w in plain.split())
    return (
        frozenset(w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in words if w) - _SMALL
    )


def is_acronym(short: str, long: str) -> bool:
    """Whether a name in capitals is made of the first letters of another ("INA", "the official Iraqi news agency").

    The letters have to be those of the last words of the longer name, small words aside or with them.
    """
    letters = short.strip().replace(".", "")
    if not (letters.isalpha() and letters.isupper() and len(letters) >= SHORTEST_ACRONYM):
        return False
    words = [w.strip(".,;:'\"“”()") for w in _DESCRIPTION.split(long, maxsplit=1)[0].replace("-", " ").split()]
    telling = [w for w in words if w and w.casefold() not in _SMALL]
    return any("".join(w[0] for w in given[-len(letters) :] if w).upper() == letters for given in (telling, words))


def is_generic(words: frozenset[str]) -> bool:
    """Whether the words say what kind of source it is and not which one."""
    return words <= _generic()


def voices(said: Sequence[Utterance], judgements: Iterable[Judgement] = ()) -> list[Voice]:
    """The voices behind the claims of one incident, each with its claims, by name."""
    found: dict[tuple[bool, frozenset[str], str | None], Voice] = {}
    for utterance in said:
        name, kind, own = _speaker(utterance)
        words = frozenset({name.casefold()}) if own else telling_words(name)
        home = utterance.lineage if not own and (kind in KNOWN_ONLY_HERE or is_generic(words)) else None
        voice = found.setdefault((own, words, home), Voice(name, kind, own, words, set(), home, []))
        teller = teller_of(utterance.claim)
        voice.names.add(teller.name if teller else name)
        voice.said.append(utterance)
    return sorted(_joined(list(found.values()), list(judgements)), key=lambda v: (v.own, v.name))


def _speaker(utterance: Utterance) -> tuple[str, SourceKind, bool]:
    teller = teller_of(utterance.claim)
    if teller is None:
        return utterance.publisher or UNNAMED_PUBLISHER, "media", True
    if utterance.body is not None:
        return utterance.body, "organization", False
    return teller.name, teller.kind, False


def teller_of(claim: Claim) -> Source | None:
    """Who answers for a claim: its source; of an accusation or denial that the dispatch tells itself, who makes it."""
    if claim.source is not None or claim.type not in event_types().answering or not claim.actors:
        return claim.source
    speaker = claim.actors[0]
    return Source(speaker.name, "named" if speaker.kind == "person" else "organization", speaker.start, speaker.end)


def _joined(found: list[Voice], judgements: list[Judgement]) -> list[Voice]:
    """Shorter names brought to the one longer name that holds them."""
    apart = {frozenset((j.a, j.b)) for j in judgements if j.verdict == "different"}
    told_same = {frozenset((j.a, j.b)) for j in judgements if j.verdict == "same"}
    kept: list[Voice] = []
    for voice in sorted(found, key=lambda v: (-len(v.words), v.own, v.name, v.home or "")):
        homes = [k for k in kept if _judged(k, voice, told_same)]
        homes = homes or [k for k in kept if _may_be(k, voice) and not _judged(k, voice, apart)]
        if len(homes) == 1:
            homes[0].names |= voice.names
            homes[0].said += voice.said
        else:
            kept.append(voice)
    return kept


def _judged(a: Voice, b: Voice, pairs: set[frozenset[str]]) -> bool:
    return any(frozenset((x, y)) in pairs for x in a.names | {a.name} for y in b.names | {b.name})


def _may_be(longer: Voice, shorter: Voice) -> bool:
    """Whether the shorter name can be the longer one told in brief."""
    if longer.own or shorter.own:
        return False
    if any(is_acronym(name, longer.name) for name in shorter.names):
        return True
    if not shorter.words <= longer.words:
        return False
    if any(f"{name}{mark}" in longer.name for name in shorter.names for mark in ("'s ", "’s ", "' ", "’ ")):
        return False  # a ministry is not its country, nor an office its ministry
    if is_generic(shorter.words):
        # "Police" may be any police, so only that which the same copies name in full; two such words are less common.
        lineages = {u.lineage for u in longer.said}
        return shorter.kind not in KNOWN_ONLY_HERE and (shorter.home in lineages or len(shorter.words) > 1)
    return longer.home is None or longer.home == shorter.home


def dominant_kind(said: Sequence[Utterance]) -> SourceKind:
    """The kind of source that most of the claims give."""
    counts: dict[SourceKind, int] = defaultdict(int)
    for utterance in said:
        if (teller := teller_of(utterance.claim)) is not None:
            counts[teller.kind] += 1
    return max(counts, key=lambda k: (counts[k], k)) if counts else "media"
