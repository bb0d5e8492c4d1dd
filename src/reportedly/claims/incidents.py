"""Which claims of one dispatch are about one happening.

A reader takes an event for one that has been told already unless something speaks for another: another day, another
town, other victims, another kind of act, the word *another*. The claims are read in text order; each joins the
happening that most speaks for, or opens one. War and violence at large, and what is only planned or wished, belong to
no single happening: they are kept together, apart from what happened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from reportedly.claims.incident_words import incident_words
from reportedly.claims.local_links import ClaimTie
from reportedly.claims.telling import Telling, TellingReader, length
from reportedly.config import DEFAULT, Config
from reportedly.ids import content_id
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Claim, Dispatch
from reportedly.parse.parsed import Doc

# What happens to people: of these families one can be the harm, the means or the occasion of another.
BODILY: Final = frozenset({"violence", "detention", "hazard"})
ACROSS: Final = ({"n", "s"}, {"e", "w"})
# What several do to one another, or suffer from nobody in particular.
JOINT: Final = BODILY | {"talks", "protest"}
# So many happenings are remembered: one further back is not meant without more ado.
REMEMBERED: Final = 24
# What agreements and differences add; a claim joins where the sum is highest, if it is not below zero.
SAME_SENTENCE: Final = 1.0
NEXT_SENTENCE: Final = 1.0
SAME_VICTIMS: Final = 3.0
OTHER_NAMED_VICTIMS: Final = -2.0
SAME_DOERS: Final = 1.0
SAME_TOWN: Final = 2.0
SAME_DAY: Final = 1.0
SAME_KIND: Final = 1.0
OTHER_KIND: Final = -2.5
POINTED_BACK: Final = 2.0
TURNED_AWAY: Final = -1.5


class Happening:
    """The claims brought together so far, and what they say between them."""

    def __init__(self, first: Telling) -> None:
        self.claims: list[Claim] = []
        self.realm, self.family = first.realm, first.family
        self.kinds: set[str] = set()
        self.towns: set[tuple[str, str]] = set()
        self.countries: set[str] = set()
        self.parts: set[str] = set()
        self.victims: set[str] = set()
        self.persons: set[str] = set()
        self.doers: set[str] = set()
        self.days: tuple[int, int] | None = None
        self.season = first.season
        self.sentence = first.sentence
        self.add(first)

    def add(self, telling: Telling) -> None:
        """Take a claim in: the narrowest days count, of everything else all."""
        self.claims.append(telling.claim)
        self.kinds |= telling.kinds
        self.towns |= telling.towns
        self.countries |= telling.countries
        self.parts |= telling.parts
        self.victims |= telling.victims
        self.persons |= telling.persons
        self.doers |= telling.doers
        self.sentence = telling.sentence
        if telling.days and (self.days is None or length(telling.days) < length(self.days)):
            self.days = telling.days


def local_incidents(
    claims: Sequence[Claim], dispatch: Dispatch, doc: Doc, config: Config = DEFAULT
) -> tuple[Claim, ...]:
    """The claims, given in text order, with ``incident`` filled: claims about one happening share one."""
    happenings: list[Happening] = []
    reader = TellingReader(doc, incident_words(knowledge_of(config)))
    told = [reader.telling(c) for c in claims]
    tied = _tied(told, reader.ties(claims))
    home: dict[int, Happening] = {}
    for n, telling in enumerate(told):
        if telling.answers and happenings:
            happenings[-1].claims.append(telling.claim)
            continue
        found = next((home[m] for m in tied[n] if m in home), None) or _home(telling, happenings)
        if found is None:
            found = Happening(telling)
        else:
            found.add(telling)
            happenings.remove(found)
        happenings.append(found)
        home[n] = found
    of = {c.id: content_id("i", dispatch.id, h.claims[0].id) for h in happenings for c in h.claims}
    return tuple(msgspec.structs.replace(c, incident=of[c.id]) for c in claims)


def _tied(told: Sequence[Telling], found: Sequence[ClaimTie]) -> Mapping[int, Sequence[int]]:
    """For each claim those that it is tied to: directly, across kinds of act and harm; else within one family."""
    out: dict[int, list[int]] = defaultdict(list)
    for tie in found:
        a, b = told[tie.a], told[tie.b]
        kindred = a.family == b.family or (tie.direct and {a.family, b.family} <= BODILY)
        # Who dies on Friday of the wounds of Tuesday's bombing is a death of the bombing.
        later = tie.befell and {a.family, b.family} <= BODILY and a.days and b.days and a.days[0] <= b.days[0]
        if (kindred or later) and (_days_meet(a.days, b.days) or later):
            out[tie.a].append(tie.b)
            out[tie.b].append(tie.a)
    return out


def _home(telling: Telling, happenings: Sequence[Happening]) -> Happening | None:
    """The happening that the claim speaks most for, of equals the one told last; None where it opens another."""
    best: tuple[float, Happening] | None = None
    for happening in reversed(happenings[-REMEMBERED:]):
        if possible(telling, happening):
            score = evidence(telling, happening)
            if score >= 0 and (best is None or score > best[0]):
                best = score, happening
    return best[1] if best else None


def possible(telling: Telling, happening: Happening) -> bool:
    """Whether a claim can be about a happening at all: no day, town or country stands against it."""
    if telling.family != happening.family or (telling.realm != happening.realm and not telling.back):
        return False
    if happening.realm != "told":
        return telling.realm == happening.realm
    return (
        _days_meet(telling.days, happening.days)
        and not (telling.season and happening.days)
        and not (telling.days and happening.season)
        and _towns_meet(telling.towns, happening.towns)
        and not _across(telling.parts, happening.parts)
        and not _others_did(telling, happening)
        and (not telling.countries or not happening.countries or bool(telling.countries & happening.countries))
    )


def evidence(telling: Telling, happening: Happening) -> float:
    """What speaks for (above zero) and against a claim being about a happening."""
    if happening.realm != "told":
        return 0.0
    score = {0: SAME_SENTENCE, 1: NEXT_SENTENCE}.get(telling.sentence - happening.sentence, 0.0)
    score += _victims(telling, happening)
    score += SAME_DOERS if telling.doers & happening.doers else 0.0
    score += SAME_TOWN if telling.towns & happening.towns else 0.0
    score += SAME_DAY if telling.days and happening.days else 0.0
    if telling.kinds and happening.kinds:
        score += SAME_KIND if telling.kinds & happening.kinds else OTHER_KIND
    score += POINTED_BACK if telling.back else 0.0
    return score + (TURNED_AWAY if telling.away and telling.sentence != happening.sentence else 0.0)


def _victims(telling: Telling, happening: Happening) -> float:
    """The same ones speak for one happening; others speak against it only where both are people with names."""
    if telling.victims & happening.victims:
        return SAME_VICTIMS
    apart = telling.persons and happening.persons and not telling.persons & happening.persons
    return OTHER_NAMED_VICTIMS if apart else 0.0


def _others_did(telling: Telling, happening: Happening) -> bool:
    """Whether somebody else did it: what each does alone (no fight, accident or talks) is a happening of its own."""
    if telling.family in JOINT or not telling.doers or not happening.doers:
        return False
    return not _words_of(telling.doers) & _words_of(happening.doers)


def _words_of(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in name.split() if len(word) > 2}


def _days_meet(a: tuple[int, int] | None, b: tuple[int, int] | None) -> bool:
    return a is None or b is None or (a[0] <= b[1] and b[0] <= a[1])


def _towns_meet(mine: frozenset[tuple[str, str]], theirs: set[tuple[str, str]]) -> bool:
    """Whether no two places of one kind differ: two towns are two places, a town and a province may be one."""
    shared = {k for k, _ in mine} & {k for k, _ in theirs}
    return all(any(t[0] == kind and t in theirs for t in mine) for kind in shared)


def _across(mine: frozenset[str], theirs: set[str]) -> bool:
    """Whether two places lie on opposite sides of the compass and share none."""
    return not mine & theirs and any({a, b} in ACROSS for a in mine for b in theirs)
