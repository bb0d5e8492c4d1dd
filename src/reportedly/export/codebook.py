"""The codes of other data sets: CAMEO scales, countries, sectors, PLOVER scores."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from reportedly.knowledge.event_types import event_types
from reportedly.knowledge.load import SHIPPED, Knowledge, Row
from reportedly.model import Party

ARMED = ("state", "nonstate")
# CAMEO's catch-all for people of whom nothing more is known, and who they are.
_ANYBODY = "CVL"
PEOPLE = ("person", "group")
# GDELT and ICEWS scripts: verbal cooperation, material cooperation, verbal conflict, material conflict.
_QUADS = ((5, 1), (8, 2), (13, 3), (20, 4))


class ActorCodes(msgspec.Struct, frozen=True):
    """An actor code taken apart: the country, then three-letter parts."""

    full: str
    country: str
    parts: tuple[str, ...]


class Codebook:
    """The tables of the exports, with a user's own rows where there are some."""

    def __init__(self, knowledge: Knowledge = SHIPPED) -> None:
        self._cameo = {row["code"]: row for row in knowledge.rows("export_cameo")}
        self._countries = {row["iso3"]: row for row in knowledge.rows("export_countries")}
        self._own = {row["cameo"] for row in self._countries.values() if row["cameo"]}
        listed = knowledge.rows("countries")
        self._names = {row["iso3"]: row["name"] for row in listed}
        self._iso2 = {row["iso3"]: row["iso2"] for row in listed}
        self._types = {(row["type"], ""): row for row in knowledge.rows("event_types") if row["quad"]}
        self._types |= {(row["type"], row["mode"]): row for row in knowledge.rows("event_modes") if row["quad"]}
        self.types = event_types(knowledge)
        self.sectors = {row["code"]: row for row in knowledge.rows("export_sectors")}
        # The first row that fits counts: a user's own before ours.
        own = tuple(n.row for n in knowledge.own("export_acled"))
        self.acled: tuple[Row, ...] = own + knowledge.rows("export_acled")
        words = knowledge.rows("export_words")
        self.words = {row["word"]: int(row["acled"]) for row in sorted(words, key=lambda r: -len(r["word"]))}

    def cameo(self, code: str) -> Row:
        """The row of a code, of its base or of its root."""
        for known in (code, code[:3], code[:2]):
            if known in self._cameo:
                return self._cameo[known]
        return {"code": code, "label": code, "goldstein": ""}

    def goldstein(self, code: str) -> float | None:
        """The scale value of a CAMEO code."""
        value = self.cameo(code)["goldstein"]
        return float(value) if value else None

    def plover(self, type_: str, mode: str | None) -> Row | None:
        """Quad class, score and CAMEO code of a PLOVER type; ``None`` for types that PLOVER does not have."""
        return self._types.get((type_, mode or "")) or self._types.get((type_, ""))

    def country(self, iso3: str | None, what: str) -> str:
        """The code of a country in another list, empty where there is none."""
        row = self._countries.get(iso3 or "")
        if row is None:
            return ""
        return row[what] or (iso3 or "" if what == "cameo" else "")

    def iso2(self, iso3: str | None) -> str:
        """The two-letter code of a country."""
        return self._iso2.get(iso3 or "", "")

    def is_country(self, code: str) -> bool:
        """Whether a code is that of a country, of ISO 3166 or CAMEO."""
        return code in self._countries or code in self._own

    def gw(self, iso3: str | None) -> str:
        """The number of Gleditsch and Ward, mostly that of the Correlates of War."""
        return self.country(iso3, "gw") or self.country(iso3, "cow")

    def name(self, iso3: str | None) -> str:
        """The English name of a country."""
        return self._names.get(iso3 or "", iso3 or "")

    def take_apart(self, party: Party | None) -> ActorCodes:
        """The country and the parts of a party's code, in the codes of CAMEO."""
        code = (party.code if party else None) or ""
        country = code[:3] if code[:3] in self._countries else ""
        rest = code[len(country) :]
        parts = [rest[i : i + 3] for i in range(0, len(rest), 3)]
        parts = [self.sectors[p]["cameo"] or p if p in self.sectors else p for p in parts]
        if party is not None and not code and party.kind in PEOPLE:
            parts = [_ANYBODY]
        country = self.country(country or (party.country if party else None), "cameo")
        return ActorCodes("".join((country, *parts)), country, tuple(parts))

    def sector_words(self, party: Party | None, what: str) -> list[str]:
        """What another data set calls the sectors of a party, each once."""
        parts = self.take_apart(party).parts
        words = [w for p in parts for w in self.sectors.get(p, {}).get(what, "").split(",") if w]
        return list(dict.fromkeys(words))

    def side(self, party: Party | None) -> str:
        """What a party is in a fight: state, nonstate, civilian, or empty where that is not told."""
        if party is None:
            return ""
        codes = self.take_apart(party)
        told = [self.sectors[p]["side"] for p in codes.parts if p in self.sectors]
        armed = [side for side in told if side in ARMED]
        if armed:
            return armed[0]
        if any(told):
            return "civilian"
        return ""


def quad_class(cameo: str) -> int:
    """The quad class of a CAMEO code: 1 and 2 cooperation, 3 and 4 conflict, each in words and in deeds."""
    root = int(cameo[:2])
    return next(quad for last, quad in _QUADS if root <= last)


@lru_cache(maxsize=4)
def codebook(knowledge: Knowledge = SHIPPED) -> Codebook:
    """The codebook with the tables of a folder."""
    return Codebook(knowledge)
