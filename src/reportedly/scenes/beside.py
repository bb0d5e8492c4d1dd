"""How two claims of a dispatch stand to each other: how far apart, of the same victims, of other places."""

from __future__ import annotations

from reportedly.days import days_between
from reportedly.model import Claim

# In days; what one sentence tells of a happening may be dated by its month alone.
WEEK, MONTH = 6, 30
# What was over so many days before the dispatch is background and sets no scene.
BACKGROUND = 45
# What is told to be, has not happened.
UNREAL = frozenset({"planned", "requested", "threatened", "conditional"})


def is_of_country(claim: Claim) -> bool:
    """Whether a claim is known to have been in a country, and no more."""
    return claim.place is not None and claim.place.kind == "country"


def how_far(steps: int, other: Claim) -> tuple[float, int]:
    """How far another claim is told, before counting as nearer than behind."""
    return abs(steps) + 0.5 * (steps > 0), other.trigger.start


def lasts(claim: Claim, longest: int) -> bool:
    """Whether the days of a claim are known, and few enough to be a happening's."""
    if claim.begin is None or claim.end_date is None:
        return False
    return days_between(claim.begin, claim.end_date) <= longest


def is_background(claim: Claim, today: str | None) -> bool:
    """Whether it was over long before: "the protests began in June" and go on are not."""
    if claim.begin is None or today is None:
        return False
    return days_between(claim.end_date or claim.begin, today) > BACKGROUND


def is_past(day: str, today: str | None) -> bool:
    """Whether a day is more than a week ago, on which nobody need have been arrested for what was done then."""
    return today is not None and days_between(day, today) > WEEK


def are_apart(claim: Claim, other: Claim) -> bool:
    """Whether both are told of other places, none of which holds the other: Gao and Kidal, not Gao and Mali."""
    a, b = claim.place, other.place
    if a is None or b is None or not claim.place_from == other.place_from == "told" or a.name == b.name:
        return False
    return not (a.country == b.country and "country" in (a.kind, b.kind))


def share_victims(claim: Claim, other: Claim) -> bool:
    """Whether the same are named as those to whom it was done."""
    return not {p.name.casefold() for p in claim.recipients}.isdisjoint(p.name.casefold() for p in other.recipients)


def are_of_others(claim: Claim, other: Claim) -> bool:
    """Whether each names the persons to whom it was done, and they are others: "the murder of X", told beside Y's.

    "The minister" may be either of them.
    """
    here, there = ({p.name for p in c.recipients if p.kind == "person" and p.name.istitle()} for c in (claim, other))
    return bool(here and there) and here.isdisjoint(there)


def is_spared(claim: Claim) -> bool:
    """Whether it tells of nobody what the happening did to none: "No one was hurt"."""
    return bool(claim.figures) and all(f.high == 0 for f in claim.figures)
