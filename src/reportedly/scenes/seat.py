"""The state in which something happens by whose office or rule it is: courts try at home, presidents resign at home."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from reportedly.config import Config
from reportedly.model import Claim, Place
from reportedly.parse.parsed import Token
from reportedly.scenes.story import country_of
from reportedly.scenes.words import SceneWords

# The roles in a code of those who hold people in their own country alone: police and courts.
AT_HOME = ("COP", "JUD")
# Those in a code that hold the offices of a state.
OFFICE = ("GOV", "LEG", "JUD", "PTY", "OPP", "ELI")
HAPPENED = frozenset({"CT+", "PR+", "PS+"})


def ruling_of(claim: Claim, words: SceneWords) -> str | None:
    """The state whose police or courts hold somebody, which they do at home: "Kenyan police arrested nine"."""
    doers = {p.country for p in claim.actors if p.code and p.code[3:6] in AT_HOME}
    return doers.pop() if claim.type in words.compelling and len(doers) == 1 else None


def crowd_of(claim: Claim, words: SceneWords) -> str | None:
    """The country of people who protest, which they do at home where nothing else is told: "Turks marched"."""
    crowds = {p.country for p in claim.actors if p.country and p.kind != "country"}
    return crowds.pop() if claim.type in words.protest and len(crowds) == 1 else None


def seat_of(
    claim: Claim, trigger: Token, places: Sequence[Place], words: SceneWords, config: Config, home: str | None
) -> Place | None:
    """The state whose office somebody takes or leaves: "The president of Peru resigned", "Kenya's ruling party won".

    Where none is named, the one in which the story plays: "The finance minister resigned".
    """
    leaves = trigger.lemma_.lower() in words.leaving and claim.type in words.joint
    if not (leaves or claim.type in words.seated) or claim.factuality not in HAPPENED:
        return None
    parties = (*claim.actors, *claim.recipients)
    holders = {p.country for p in parties if p.country and p.code and p.code[3:6] in OFFICE}
    if home and not holders and not {p.country for p in parties if p.country}:
        holders = {home}
    if len(holders) != 1 or {p.country for p in parties if p.country} - holders:
        return None
    country = country_of(places, holders.pop() or "", claim.trigger.start, config)
    return replace(country, demonym=False) if country is not None else None
