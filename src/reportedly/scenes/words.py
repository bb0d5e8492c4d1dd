"""The words of ``scenes.tsv``, and the event types that have a scene."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from reportedly.knowledge.event_types import event_types
from reportedly.knowledge.load import Knowledge, listed
from reportedly.knowledge.speech import speech
from reportedly.knowledge.word_sets import word_sets
from reportedly.parse.parsed import Token


class SceneWords(msgspec.Struct, frozen=True):
    """What the tables say; ``here``, ``joint``, ``compelling`` are event types, ``turns`` openings of sentences."""

    here: frozenset[str]
    joint: frozenset[str]
    compelling: frozenset[str]
    apart: frozenset[str]
    lasting: frozenset[str]
    turns: frozenset[tuple[str, ...]]
    pointing: frozenset[str]
    other: frozenset[str]
    bringing: frozenset[str]
    goal: frozenset[str]
    harm: frozenset[str]
    telling: frozenset[str]
    where: frozenset[str]
    kinds: frozenset[str]
    lately: frozenset[str]
    finding: frozenset[str]
    occasion: frozenset[str]
    lengths: frozenset[str]
    memory: frozenset[str]
    happening: frozenset[str]
    along: frozenset[str]
    sequel: frozenset[str]
    seated: frozenset[str]
    leaving: frozenset[str]
    outland: frozenset[str]
    sections: frozenset[str]
    protest: frozenset[str]
    meeting: frozenset[str]
    going: frozenset[str]
    units: frozenset[str]
    spells: frozenset[str]
    afterwards: frozenset[str]
    soon: frozenset[str]
    step: frozenset[str]
    side: frozenset[str]
    crowd: frozenset[str]
    demanding: frozenset[str]
    voicing: frozenset[str]
    family: dict[str, str]
    known: frozenset[str]
    fates: frozenset[str]


@lru_cache(maxsize=4)
def load_words(knowledge: Knowledge) -> SceneWords:
    """The words of ``scenes.tsv``, with those of the tables on incidents and days that turn away and point back."""
    said: dict[str, list[str]] = defaultdict(list)
    for row in knowledge.rows("scenes"):
        said[row["says"]] += listed(row["words"])
    types = event_types(knowledge)
    away = [w for r in knowledge.rows("incident_words") if r["where"] == "opens" for w in listed(r["words"])]
    days = knowledge.rows("events_days")
    roles: dict[str, set[str]] = defaultdict(set)
    for row in knowledge.rows("where"):
        roles[row["role"]].add(row["word"])
    return SceneWords(
        here=types.placed,
        joint=types.joint,
        seated=types.seated,
        sections=frozenset(roles["section"] | roles["town"]),
        outland=frozenset(roles["outland"]),
        protest=types.protest,
        meeting=types.meeting,
        going=frozenset(r["type"] for r in knowledge.rows("event_types") if r["family"] == "move"),
        leaving=frozenset(said["leaving"]),
        compelling=types.compelling,
        apart=frozenset(said["apart"]),
        lasting=frozenset(said["lasting"]),
        turns=frozenset(tuple(w.split()) for w in (*said["turn"], *away)),
        pointing=frozenset(r["word"] for r in days if r["role"] == "pointing"),
        other=frozenset(r["word"] for r in days if r["role"] == "other"),
        sequel=frozenset(r["word"] for r in days if r["role"] == "sequel"),
        units=frozenset(r["word"] for r in days if r["role"] == "unit" and r["value"] == "PT"),
        spells=frozenset(r["word"] for r in days if r["role"] == "unit" and r["value"] != "PT"),
        goal=frozenset(roles["goal"]),
        harm=types.harm,
        telling=speech(knowledge).telling,
        bringing=frozenset(roles["move"]),
        where=frozenset(roles["at"] - roles["aimed"]),
        kinds=frozenset(roles["piece"] & (roles["section"] | roles["town"])),
        lately=frozenset(said["lately"]),
        finding=frozenset(said["finding"]),
        occasion=frozenset(said["occasion"]),
        lengths=frozenset(said["length"]),
        memory=frozenset(said["memory"]),
        along=frozenset(said["along"]),
        afterwards=frozenset(said["afterwards"]),
        soon=frozenset(said["soon"]),
        step=frozenset(said["step"]),
        side=frozenset(said["side"]),
        crowd=frozenset(said["crowd"]),
        demanding=types.demand,
        voicing=types.spoken,
        family={r["type"]: r["family"] for r in knowledge.rows("event_types") if r["family"]},
        known=word_sets(knowledge)["known"],
        fates=word_sets(knowledge)["fate"],
        happening=frozenset(
            w for r in knowledge.rows("events_nouns") if r["type"] != "-" for w in listed(r["trigger"])
        ),
    )


def brings(trigger: Token, words: SceneWords) -> bool:
    """Whether a verb tells where somebody was brought, which is not where it happened: "flown to a clinic in X"."""
    moves = trigger.pos_ == "VERB" and trigger.lemma_.lower() in words.bringing
    return moves and any(c.dep_ == "prep" and c.lower_ in words.goal for c in trigger.children)


def points_back(told: Iterable[Token], words: SceneWords) -> bool:
    """Whether a noun means what was told before: "the attack (took place)", not "the second attack" nor "an attack".

    So does that of "committed the attack", but not of "taking up the office".
    """
    inside = list(told)
    ruled = {t.i for t in inside if t.dep_ in ("dobj", "pobj") and t.head in inside}
    nouns = (t for t in inside if t.pos_ == "NOUN")
    return any(_means_told(t, words) for t in nouns if t.i not in ruled or t.lemma_.lower() in words.happening)


def _means_told(noun: Token, words: SceneWords) -> bool:
    beside = {c.lower_ for c in noun.children}
    return bool(beside & words.pointing) and not beside & words.other
