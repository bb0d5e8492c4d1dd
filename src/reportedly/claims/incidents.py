"""Which claims of one dispatch are about one happening."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from reportedly.ids import content_id
from reportedly.model import Claim, Dispatch

# Types that tell the same kind of happening in different words (a bombing is told as ASSAULT and as its toll).
FAMILIES = {"ASSAULT": "violence", "HAZARD": "hazard"}


def local_incidents(claims: Sequence[Claim], dispatch: Dispatch) -> tuple[Claim, ...]:
    """The claims with ``incident`` filled: claims that agree on type, time, place and participants share one.

    Each claim joins the latest incident before it with which nothing speaks against it; a missing value is no conflict.
    """
    groups: list[list[Claim]] = []
    for claim in claims:
        home = next((g for g in reversed(groups) if all(compatible(claim, other) for other in g)), None)
        if home is None:
            groups.append([claim])
        else:
            home.append(claim)
    of = {c.id: content_id("i", dispatch.id, g[0].id) for g in groups for c in g}
    return tuple(msgspec.structs.replace(c, incident=of[c.id]) for c in claims)


def compatible(a: Claim, b: Claim) -> bool:
    """Whether two claims of one dispatch can be about one happening."""
    return (
        FAMILIES.get(a.type, a.type) == FAMILIES.get(b.type, b.type)
        and _same_realm(a, b)
        and _times_meet(a, b)
        and _places_meet(a, b)
        and _share({p.name for p in a.actors}, {p.name for p in b.actors})
        and _share({p.name for p in a.recipients}, {p.name for p in b.recipients})
    )


def _same_realm(a: Claim, b: Claim) -> bool:
    """A planned act and a done one are two happenings."""
    wished = ("planned", "requested", "threatened", "conditional")
    return (a.modality in wished) == (b.modality in wished)


def _times_meet(a: Claim, b: Claim) -> bool:
    if a.begin is None or b.begin is None:
        return True
    return a.begin <= (b.end_date or b.begin) and b.begin <= (a.end_date or a.begin)


def _places_meet(a: Claim, b: Claim) -> bool:
    if a.place is None or b.place is None:
        return True
    if a.place.country != b.place.country:
        return a.place.country is None or b.place.country is None
    wide = ("country", "region", "admin1", None)
    return a.place.name == b.place.name or a.place.kind in wide or b.place.kind in wide


def _share(a: set[str], b: set[str]) -> bool:
    return not a or not b or bool(a & b)
