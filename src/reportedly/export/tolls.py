"""The dead of an incident as its sources give them: per source, over all, and by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from reportedly.export.acts import key, most
from reportedly.export.cases import CaseClaim
from reportedly.export.codebook import Codebook
from reportedly.model import Figure, Incident, IncidentFigure, Party


class Amount(msgspec.Struct, frozen=True):
    """A number between two bounds, of which one may not be told."""

    low: int | None
    high: int | None

    def __add__(self, other: Amount) -> Amount:
        low = None if self.low is None and other.low is None else (self.low or 0) + (other.low or 0)
        high = None if self.high is None or other.high is None else self.high + other.high
        return Amount(low, high)


class Death(msgspec.Struct, frozen=True):
    """A number of dead that a source stands by, with the claim it was read from."""

    source: str
    figure: IncidentFigure
    told: CaseClaim

    @property
    def read(self) -> Figure | None:
        """The figure as it stands in the claim, with its words."""
        wanted = (self.figure.role, self.figure.low, self.figure.high)
        return next((f for f in self.told.claim.figures if (f.role, f.low, f.high) == wanted), None)


def deaths(incident: Incident, told: Iterable[CaseClaim]) -> list[Death]:
    """The dead that the sources of these claims stand by."""
    by_claim = {t.claim.id: t for t in told}
    return [
        Death(f.source, f, by_claim[f.claim]) for f in incident.figures if f.role == "killed" and f.claim in by_claim
    ]


def totals(given: Sequence[Death], amount: Callable[[Death], Amount]) -> dict[str, Amount]:
    """All the dead by source: its number for everybody, or the sum of its numbers for the sides."""
    out: dict[str, Amount] = {}
    for source in dict.fromkeys(d.source for d in given):
        mine = [d for d in given if d.source == source]
        whole = [d for d in mine if d.figure.of is None] or mine
        total = amount(whole[0])
        for death in whole[1:]:
            total += amount(death)
        out[source] = total
    return out


def as_given(death: Death) -> Amount:
    """The bounds as the program reads them."""
    return Amount(death.figure.low, death.figure.high)


def as_acled_counts(death: Death, words: Mapping[str, int]) -> Amount:
    """The bounds with ACLED's values for words of quantity ("dozens" is 12 there)."""
    read = death.read
    text = read.text.casefold() if read else ""
    if not any(c.isdigit() for c in text):
        value = next((n for word, n in words.items() if word in text), None)
        if value is not None:
            return Amount(value, value)
    return as_given(death)


def most_conservative(by_source: Mapping[str, Amount]) -> int:
    """The smallest number that a source gives, 0 where none gives one; of "at most 46" the bound."""
    given = [a.low if a.low is not None else a.high for a in by_source.values()]
    return min((n for n in given if n is not None), default=0)


def agreed(by_source: Mapping[str, Amount]) -> int | None:
    """The number that all sources give alike; a lower bound ("at least 6") is given by itself."""
    given = set(by_source.values())
    if len(given) != 1:
        return None
    only = next(iter(given))
    return only.low


def bounds(by_source: Mapping[str, Amount]) -> tuple[int | None, int | None]:
    """The lowest and the highest number that any source gives; no upper bound where one is open."""
    lows = [a.low for a in by_source.values() if a.low is not None]
    highs = [a.high for a in by_source.values()]
    high = None if not highs or any(h is None for h in highs) else max(h for h in highs if h is not None)
    return (min(lows) if lows else None), high


class TollSides(msgspec.Struct, frozen=True):
    """Two parties to violence and what each is: state, nonstate, civilian or not told."""

    a: Party | None
    b: Party | None
    kind_a: str
    kind_b: str


def sides(told: Sequence[CaseClaim], book: Codebook) -> TollSides:
    """Who acts and who suffers in most claims."""
    a = main_party((p for t in told for p in t.claim.actors), book)
    b = main_party((p for t in told for p in t.claim.recipients if a is None or key(p) != key(a)), book)
    # A country does violence by its forces; whom it hits there is another question.
    kind = book.side(a) or ("state" if a is not None and a.kind == "country" else "")
    return TollSides(a, b, kind, book.side(b))


def main_party(given: Iterable[Party], book: Codebook) -> Party | None:
    """The party that most claims name; of several those that are said to fight or not, by their code first."""
    found = list(given)
    sided = [p for p in found if book.side(p)]
    preferred = ([p for p in sided if p.code], sided, [p for p in found if p.code], found)
    wanted = next((most(key(p) for p in some) for some in preferred if some), None)
    name = most(p.name for p in found if key(p) == wanted)
    return next((p for p in found if key(p) == wanted and p.name == name), None)


def bucket(death: Death, parties: TollSides, book: Codebook) -> str:
    """To whom the dead belong: a, b, civilians or unknown."""
    of = death.figure.of or (death.read.of if death.read else None)
    claim = death.told.claim
    named = [p for p in (*claim.recipients, *claim.actors) if of and p.name.casefold() == of.casefold()]
    victims = named or ([] if death.figure.of else list(claim.recipients))
    kinds = {_side_of(p, parties, book) for p in victims}
    return kinds.pop() if len(kinds) == 1 else "unknown"


def _side_of(party: Party, parties: TollSides, book: Codebook) -> str:
    if book.side(party) == "civilian":
        return "civilians"
    for name, side in (("a", parties.a), ("b", parties.b)):
        if side is not None and key(side) == key(party):
            return name
    return "unknown"
