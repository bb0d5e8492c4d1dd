"""Events as coders of event data count them: one act of an incident, between two parties, told in many places.

An incident becomes one act for each PLOVER type that somebody says happened in it, and an act one event for each pair
of parties. Copies of a story are mentions of one event, never further events.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, TypeVar

import msgspec

from reportedly.days import day_of
from reportedly.export.cases import Case, CaseClaim
from reportedly.export.codebook import Codebook
from reportedly.export.counting import IN_PASSING, NO_CODE, NO_DATE, NO_DAY, NO_PARTIES, LeftOut, happened
from reportedly.ids import content_id
from reportedly.incidents.units import place_of
from reportedly.model import Claim, Incident, Party, Place

T = TypeVar("T")
Key = str | None

# The widest interval, in days, that data sets of events by the day can hold.
MONTH = 31


class ActDays(msgspec.Struct, frozen=True):
    """The days of an event, both included; ``known`` is where they come from: told, or the day of publication."""

    begin: date
    end: date
    known: Literal["told", "publication"]

    @property
    def days(self) -> int:
        """How many days the interval holds."""
        return (self.end - self.begin).days + 1


class Act(msgspec.Struct, frozen=True):
    """What somebody says happened in an incident, of one PLOVER type."""

    incident: Incident
    type: str
    told: tuple[CaseClaim, ...]

    @property
    def mode(self) -> str | None:
        """The PLOVER mode that most claims give."""
        return most(t.claim.mode for t in self.told if t.claim.mode)

    @property
    def cameo(self) -> str | None:
        """The CAMEO code that most claims give, the finer of equally frequent ones."""
        counts = Counter(t.claim.cameo for t in self.told if t.claim.cameo)
        return max(counts, key=lambda c: (counts[c], len(c or ""), c or "")) if counts else None

    @property
    def place(self) -> Place | None:
        """Where it happened: the place that its claims give, else that of the incident if this is what it is about."""
        return self.told_place or (self.incident.place if self.is_main else None)

    @property
    def told_place(self) -> Place | None:
        """The most precise place that its claims give, as for an incident."""
        return place_of(t.claim for t in self.told)

    @property
    def when(self) -> ActDays | None:
        """When it happened: the days that most claims give, else those of the incident, else the day of publication."""
        told = self.told_when
        if told is None and self.is_main:
            told = _interval(self.incident.begin, self.incident.end_date)
        published = [d for t in self.told if (d := day(t.dispatch.published)) is not None]
        return told or (ActDays(min(published), min(published), "publication") if published else None)

    @property
    def told_when(self) -> ActDays | None:
        """The days that most claims give."""
        given = most((t.claim.begin, t.claim.end_date) for t in self.told if t.claim.begin)
        return _interval(*given) if given else None

    @property
    def is_main(self) -> bool:
        """Whether this is what the incident is about: its day and place hold for it then."""
        return self.type == self.incident.type


def _interval(begin: str | None, end: str | None) -> ActDays | None:
    first = day(begin)
    return ActDays(first, max(day(end) or first, first), "told") if first else None


class Pair(msgspec.Struct, frozen=True):
    """An act between two parties, of which one may be unknown."""

    id: str
    act: Act
    cameo: str
    when: ActDays
    actor: Party | None
    recipient: Party | None

    @property
    def told(self) -> tuple[CaseClaim, ...]:
        """The claims that tell it."""
        return self.act.told


def acts(case: Case, left: LeftOut) -> list[Act]:
    """The acts of an incident; what is denied, planned or left open is none."""
    by_type: dict[str, list[CaseClaim]] = {}
    for told in happened(case.told, left):
        by_type.setdefault(told.claim.type, []).append(told)
    return [Act(case.incident, type_, tuple(told)) for type_, told in sorted(by_type.items())]


def pairs(case: Case, book: Codebook, left: LeftOut) -> Iterator[Pair]:
    """The events of an incident in the manner of CAMEO coders: a code, a day, a source and a target."""
    for whole in acts(case, left):
        for (actor, recipient), told in _between(whole, book, left):
            act = Act(whole.incident, whole.type, told)
            coded = _coded(act, book, left)
            if coded is not None:
                cameo, when = coded
                yield Pair(
                    id=content_id("e", act.incident.id, act.type, actor, recipient),
                    act=act,
                    cameo=cameo,
                    when=when,
                    actor=_party(actor, (p for t in told for p in t.claim.actors), book),
                    recipient=_party(recipient, (p for t in told for p in t.claim.recipients), book),
                )


def _coded(act: Act, book: Codebook, left: LeftOut) -> tuple[str, ActDays] | None:
    """The CAMEO code and the days of an act; one that is only mentioned on the way has the general code of its type."""
    row = book.plover(act.type, act.mode)
    when, own = act.when, act.cameo
    cameo = own or (row["cameo"] if row else None)
    if cameo is None:
        left.note(NO_CODE, act.told)
    elif when is None:
        left.note(NO_DATE, act.told)
    elif when.days > MONTH:
        left.note(NO_DAY, act.told)
    elif own is None and when.known != "told":
        left.note(IN_PASSING, act.told)
    else:
        return cameo, when
    return None


def _between(act: Act, book: Codebook, left: LeftOut) -> Iterator[tuple[tuple[Key, Key], tuple[CaseClaim, ...]]]:
    """The pairs of parties of an act with the claims that tell them; where there is one pair, it is told by all."""
    groups: dict[tuple[Key, Key], list[CaseClaim]] = {}
    for told in act.told:
        for pair in sorted(_pairs_of(told.claim, book), key=str):
            groups.setdefault(pair, []).append(told)
    merged = _merged(groups)
    nobody = [t for pair in list(merged) if not any(map(_is_code, pair)) for t in merged.pop(pair)]
    if len(merged) != 1:
        left.note(NO_PARTIES, nobody)
        nobody = []
    for pair, told_of in sorted(merged.items(), key=lambda x: str(x[0])):
        yield pair, tuple(_once([*told_of, *nobody]))


def _pairs_of(claim: Claim, book: Codebook) -> set[tuple[Key, Key]]:
    """Who did it to whom, by their keys: each actor with each recipient, nobody with himself."""
    actors: set[Key] = {_key(p, book) for p in claim.actors}
    recipients: set[Key] = {_key(p, book) for p in claim.recipients}
    found = {(a, r) for a in actors or {None} for r in recipients or {None} if a is None or a != r}
    return found or {(a, None) for a in actors}


def key(party: Party) -> str:
    """By what a party is the same in several claims: its code, else its name."""
    return party.code or party.name.casefold()


def _merged(groups: dict[tuple[Key, Key], list[CaseClaim]]) -> dict[tuple[Key, Key], list[CaseClaim]]:
    """Pairs of which less is told brought to the one fuller pair that agrees with them."""
    kept: dict[tuple[Key, Key], list[CaseClaim]] = {}
    for pair in sorted(groups, key=lambda p: (-_fullness(p), str(p))):
        homes = [k for k in kept if _fits(pair, k)]
        kept.setdefault(homes[0] if homes else pair, []).extend(groups[pair])
    return kept


def _fullness(pair: tuple[Key, Key]) -> int:
    return sum(2 if _is_code(k) else 1 if k else 0 for k in pair)


def _fits(pair: tuple[Key, Key], fuller: tuple[Key, Key]) -> bool:
    """Whether each side is the same, or is not told, or has only a name where the fuller pair has a code."""
    both = list(zip(pair, fuller, strict=True))
    return any(a is not None and a == b for a, b in both) and all(a == b or _tells_less(a, b) for a, b in both)


def _tells_less(side: Key, fuller: Key) -> bool:
    return side is None or (not _is_code(side) and _is_code(fuller))


def _is_code(value: Key) -> bool:
    return value is not None and value.isupper()


def _key(party: Party, book: Codebook) -> str:
    """By what a party is the same for coders of events: its code, else its name."""
    return book.take_apart(party).full or party.name.casefold()


def _party(wanted: Key, given: Iterable[Party], book: Codebook) -> Party | None:
    """The party of a key under the name that most claims give it."""
    found = [p for p in given if _key(p, book) == wanted]
    name = most(p.name for p in found)
    return next((p for p in found if p.name == name), None)


def most(values: Iterable[T]) -> T | None:
    """The most frequent value, the first in the alphabet of equally frequent ones; ``None`` where there is none."""
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], str(v))) if counts else None


def _once(told: Sequence[CaseClaim]) -> list[CaseClaim]:
    return list({t.claim.id: t for t in told}.values())


# What makes the first day of a year and of a month.
_FIRST = {4: "-01-01", 7: "-01"}


def day(value: str | None) -> date | None:
    """The day of an ISO date or time; a month or a year begins with its first."""
    return day_of(f"{value}{_FIRST.get(len(value), '')}") if value else None


def order(told: CaseClaim) -> tuple[str, str, int]:
    """Tellings in the order of publication, then by dispatch and place in it."""
    return (told.dispatch.published or "9999", told.dispatch.id, told.claim.trigger.start)


def mentions(told: Iterable[CaseClaim]) -> dict[tuple[str, int], CaseClaim]:
    """Where an event is told: one mention for each sentence of each dispatch, in the order of publication."""
    found: dict[tuple[str, int], CaseClaim] = {}
    for t in sorted(told, key=order):
        found.setdefault((t.dispatch.id, t.sentence_number), t)
    return found


def publishers(told: Iterable[CaseClaim]) -> list[str]:
    """The publishers of the dispatches, each once; those that are not named count as one."""
    return sorted({t.dispatch.agency or "" for t in told})


def number(id_: str) -> int:
    """An id as a whole number below 2**48, for formats whose ids are numbers."""
    return int(id_.rsplit("-", 1)[-1], 16)
