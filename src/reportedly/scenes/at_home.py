"""The country of what happened at no told place, in a dispatch that is about that one country.

"Rebels in northern Peru burned a mill. ... Attacks on farms have doubled since May": the attacks were in Peru. Only the
country is given, never a point of it, and none where the sentence or anybody in it points abroad.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from reportedly.config import Config
from reportedly.model import Claim, Dispatch, Party, Place
from reportedly.parse.parsed import Doc, Token
from reportedly.scenes.beside import is_background
from reportedly.scenes.story import Leading, country_of, leading_of
from reportedly.scenes.words import SceneWords

DENIED = frozenset({"CT-", "PR-", "PS-"})
# The roles in a code of those who act abroad in the name of a state.
STATE = ("GOV", "MIL", "SPY")


class AtHome:
    """Answers for the claims of one dispatch."""

    def __init__(
        self, doc: Doc, dispatch: Dispatch, places: Sequence[Place], words: SceneWords, config: Config
    ) -> None:
        self._places, self._words, self._config = places, words, config
        self._leading = leading_of(doc, dispatch, places, config)
        self._names = _names(places, self._leading)

    def country(self, claim: Claim, trigger: Token, today: str | None) -> Place | None:
        """The country as a place without a point, None where it might have been abroad."""
        leading = self._leading
        if leading is None or claim.type not in self._words.here or claim.factuality in DENIED:
            return None
        nations = {p.country for p in (*claim.actors, *claim.recipients) if p.country}
        # What is long over may have been anywhere, unless somebody of the country had a part in it.
        needed = not leading.alone or is_background(claim, today)
        if nations - {leading.country} or (needed and not nations) or self._is_abroad(trigger, leading.country):
            return None
        if not leading.alone and any(_is_state(p) for p in claim.actors):
            return None  # "The army killed nine" may be of a war abroad
        place = country_of(self._names, leading.country, claim.trigger.start, self._config)
        return replace(place, demonym=False, lat=None, lon=None) if place is not None else None

    def _is_abroad(self, trigger: Token, country: str) -> bool:
        """Whether the sentence names another country, or a place that nobody knows."""
        first, last = trigger.sent.start_char, trigger.sent.end_char
        return any(p.country != country for p in self._places if first <= p.start < last)


def _names(places: Sequence[Place], leading: Leading | None) -> Sequence[Place]:
    """The places without those that call the country otherwise than most do: "South Yemen" beside "Yemen"."""
    if leading is None:
        return places
    called = Counter(p.name for p in places if p.kind == "country" and p.country == leading.country)
    most = called.most_common(1)[0][0] if called else None
    return [p for p in places if p.kind != "country" or p.country != leading.country or p.name == most]


def _is_state(party: Party) -> bool:
    """Whether it is a state or its forces."""
    return party.kind == "country" or (party.code or "")[3:6] in STATE
