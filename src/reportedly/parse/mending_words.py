"""The words that mends of a parse need, as the table has them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from reportedly.knowledge.load import Knowledge, Row, listed
from reportedly.parse.numbers import NumberWords, quantity_words


class MendWords(NamedTuple):
    """The table ``parse_mends``, and the nouns of ``roles`` that one person can be."""

    ended: dict[str, str]
    ends: frozenset[str]
    same: frozenset[str]
    glued: frozenset[str]
    numbers: NumberWords
    people: frozenset[str]
    nominal: frozenset[str]
    charging: frozenset[str]
    undergone: frozenset[str]
    pasts: dict[str, str]
    prefixes: tuple[str, ...]
    gerund: frozenset[str]
    standing: frozenset[str]
    held: frozenset[str]
    taking: frozenset[str]
    aim: frozenset[str]
    giving: frozenset[str]
    moving: frozenset[str]
    blaming: frozenset[str]
    pursuing: frozenset[str]
    appointing: frozenset[str]
    summoning: frozenset[str]
    penal: frozenset[str]
    voicing: frozenset[str]
    robbing: frozenset[str]
    sending: frozenset[str]
    recording: frozenset[str]
    guise: frozenset[str]
    laying: frozenset[str]
    several: dict[str, str]
    suffered: frozenset[str]


@lru_cache(maxsize=4)
def mend_words(knowledge: Knowledge) -> MendWords:
    """The words that the rules need, from the table in force: "shot" and "stabbed", "retook" and "stole"."""
    rows = knowledge.rows("parse_mends")
    return MendWords(
        ended=_with_lemma(rows, "ended"),
        ends=_listed(rows, "end"),
        same=_listed(rows, "same"),
        glued=_listed(rows, "glued"),
        numbers=quantity_words(knowledge),
        people=_people(knowledge.rows("roles")),
        nominal=_listed(rows, "nominal"),
        charging=_listed(rows, "charging"),
        undergone=_listed(rows, "undergone"),
        pasts=_with_lemma(rows, "past"),
        prefixes=tuple(sorted(_listed(rows, "prefix"))),
        gerund=_listed(rows, "gerund"),
        standing=_listed(rows, "standing"),
        held=_listed(rows, "held"),
        taking=_listed(rows, "taking"),
        aim=_listed(rows, "aim"),
        giving=_listed(rows, "giving"),
        moving=_listed(rows, "moving"),
        blaming=_listed(rows, "blaming"),
        pursuing=_listed(rows, "pursuing"),
        appointing=_listed(rows, "appointing"),
        penal=_listed(rows, "penal"),
        summoning=_listed(rows, "summoning"),
        voicing=_listed(rows, "voicing"),
        robbing=_listed(rows, "robbing"),
        sending=_listed(rows, "sending"),
        recording=_listed(rows, "recording"),
        guise=_listed(rows, "guise"),
        laying=_listed(rows, "laying"),
        several=_with_lemma(rows, "several"),
        suffered=_listed(rows, "suffered") | _listed(rows, "undergone"),
    )


def _listed(rows: tuple[Row, ...], kind: str) -> frozenset[str]:
    return frozenset(w for r in rows if r["kind"] == kind for w in listed(r["words"]))


def _with_lemma(rows: tuple[Row, ...], kind: str) -> dict[str, str]:
    """The forms of one kind with their verbs: "stabbed" with "stab"."""
    return {w: r["lemma"] for r in rows if r["kind"] == kind for w in listed(r["words"])}


def _people(roles: tuple[Row, ...]) -> frozenset[str]:
    """The last words of offices and callings before *of*: *mayor*, *minister* of "prime minister"."""
    return frozenset(r["head"].partition(" of ")[0].split()[-1] for r in roles if r["kind"] == "person")
