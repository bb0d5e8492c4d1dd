"""The tables of incidents and of event types, in a form that claims can be asked by."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec

from reportedly.claims.local_links import Links
from reportedly.claims.partings import PartingWords
from reportedly.knowledge.event_types import EventTypes, event_types, figure_types
from reportedly.knowledge.load import Knowledge, listed


class IncidentWords(msgspec.Struct, frozen=True):
    """The tables: kinds by type and mode, kinds by trigger, and the words that tell happenings apart."""

    families: dict[tuple[str, str], tuple[str, frozenset[str]]]
    word_families: dict[tuple[str, str], str]
    kinds: dict[tuple[str, str], frozenset[str]]
    another: frozenset[str]
    other: frozenset[str]
    past: frozenset[str]
    same: frozenset[str]
    turns: frozenset[tuple[str, ...]]
    stays: frozenset[tuple[str, ...]]
    general: frozenset[str]
    parts: dict[str, frozenset[str]]
    mass: frozenset[str]
    held: frozenset[str]
    always_general: frozenset[str]
    care: frozenset[str]
    matter: frozenset[str]
    told: frozenset[str]
    speech: frozenset[str]
    links: Links
    parting: PartingWords
    anybody: frozenset[str]
    types: EventTypes
    harmed: frozenset[str]
    harming: frozenset[str]
    near_town: re.Pattern[str]


@lru_cache(maxsize=4)
def incident_words(knowledge: Knowledge) -> IncidentWords:
    """The tables of incidents and of event types in a form that can be asked."""
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in knowledge.rows("incident_words"):
        said[row["where"], row["says"]] += listed(row["words"])
    modes = knowledge.rows("event_modes")
    return IncidentWords(
        families=_families(knowledge),
        word_families={(r["type"], w): r["within"] for r in modes if r["within"] for w in listed(r["words"])},
        kinds={(r["type"], w): frozenset(r["kinds"].split()) for r in modes if r["kinds"] for w in listed(r["words"])},
        another=frozenset(said["on", "another"]),
        other=frozenset(said["on", "other"]),
        past=frozenset(said["on", "past"]),
        same=frozenset(said["on", "same"]),
        turns=frozenset(tuple(w.split()) for w in said["opens", "other"]),
        stays=frozenset(tuple(w.split()) for w in said["opens", "same"]),
        general=frozenset(said["is", "general"]),
        parts=_parts(said),
        held=frozenset(said["is", "held"]),
        mass=frozenset(said["is", "mass"]),
        always_general=frozenset(said["is", "always"]),
        care=frozenset(said["after", "care"]),
        matter=frozenset(said["after", "matter"]),
        told=frozenset(w for r in knowledge.rows("denials") if r["says"] == "told" for w in r["forms"].split()),
        speech=frozenset(
            r["within"] or r["type"] for r in knowledge.rows("event_types") if r["family"].startswith("words-")
        ),
        links=Links(**{k: frozenset(said["between", k]) for k in ("same", "cause", "occasion", "deal")}),
        parting=PartingWords(**{k: frozenset(said["between", k]) for k in ("apart", "memory", "sequel")}),
        anybody=frozenset(said["who", "anybody"]),
        types=event_types(knowledge),
        harmed=figure_types(knowledge).harmed,
        harming=_harming(knowledge),
        near_town=_near_town(knowledge),
    )


def _families(knowledge: Knowledge) -> dict[tuple[str, str], tuple[str, frozenset[str]]]:
    """The family and the kinds of each type, and of each of its modes."""
    plain = {r["type"]: r["within"] or r["type"] for r in knowledge.rows("event_types")}
    families = {(type_, ""): (family, frozenset[str]()) for type_, family in plain.items()}
    for row in knowledge.rows("event_modes"):
        if row["mode"]:
            family = row["within"] or plain.get(row["type"], "")
            families[row["type"], row["mode"]] = (family, frozenset(row["kinds"].split()))
    return families


def _parts(said: Mapping[tuple[str, str], Sequence[str]]) -> dict[str, frozenset[str]]:
    """Words for a side of the compass with the sides: "northeastern" with north and east."""
    sides: dict[str, frozenset[str]] = {}
    for (where, side), words in said.items():
        if where == "part":
            sides |= {word: sides.get(word, frozenset()) | {side} for word in words}
    return sides


def _harming(knowledge: Knowledge) -> frozenset[str]:
    """Verbs that tell of the dead and the hurt by themselves, whether they are counted or not."""
    tolls = figure_types(knowledge).toll
    rows = (r for r in knowledge.rows("figure_roles") if r["kind"] == "verb" and r["role"] in tolls)
    words = (w for r in rows if r["slot"] in ("obj", "subj") for w in listed(r["words"]))
    return frozenset(w for w in words if " " not in w)


def _near_town(knowledge: Knowledge) -> re.Pattern[str]:
    """How far behind the name of a place a town is told: "Orhei, some 12 km north of Sarn"."""
    units = "|".join(re.escape(row["word"]) for row in knowledge.rows("where") if row["role"] == "unit")
    return re.compile(
        rf",?(?:\s+\w+)?\s+(?P<far>\d{{1,3}})[\s-](?:{units})(?:\s+\w+){{0,2}}\s+(?:of|from)\s+"
        r"(?P<town>[A-Z]\w+(?: [A-Z]\w+)*)"
    )
