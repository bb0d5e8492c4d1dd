"""The questions that a desk asks of an incident: did it happen, who did it, where, when, and how many.

Each is answered by voice and has a standing of its own. A denial of authorship ("we did not do it") is about *who*
alone; numbers for different times, groups or sides cannot contest each other.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from reportedly.incidents.families import FORCE, HARM, OFFICE, is_said_of_it
from reportedly.incidents.figures import amount, counted_people, first_conflict, is_part
from reportedly.incidents.independence import dependence, independent, may_contest
from reportedly.incidents.sides import sides
from reportedly.incidents.stances import (
    Says,
    answers,
    denies_authorship,
    denies_event,
    is_denied,
    one_act,
    one_thing,
    says,
    side_of,
    tells,
    witnesses,
)
from reportedly.incidents.voices import Utterance, Voice
from reportedly.knowledge.event_types import event_types
from reportedly.model import Claim, IncidentFigure, Party, Question, QuestionStanding, View

HAPPENED, WHO, WHERE, WHEN = "happened", "who", "where", "when"
# Before the name of whom a source says that he did not do it.
NOT = "not "
_SAID: dict[Says, str] = {
    "affirms": "yes", "denies": "no", "both": "both, at different times", "uncommitted": "leaves it open",
}  # fmt: skip


def questions(voices: Sequence[Voice], figures: Sequence[IncidentFigure], kind: str) -> dict[str, Question]:
    """What the voices say to each question that any of them answers, in the order in which a desk asks."""
    found = {HAPPENED: _happened(voices, kind)}
    found |= {name: q for name, q in ((WHO, _who(voices, kind)), (WHERE, _where(voices, kind))) if q is not None}
    found |= {name: q for name, q in ((WHEN, _when(voices, kind)),) if q is not None}
    roles = dict.fromkeys(f.role for f in figures)
    return found | {role: _how_many([f for f in figures if f.role == role], voices) for role in roles}


def _happened(voices: Sequence[Voice], kind: str) -> Question:
    views = tuple(View(v.name, _SAID[says(v, kind)], tuple(u.claim.id for u in v.said)) for v in voices)
    held = [v for v in voices if says(v, kind) in ("affirms", "both")]
    deniers = [v for v in voices if says(v, kind) in ("denies", "both") and not v.own]
    if not held:
        if deniers:
            return Question("denied", f"{listed(deniers)} denied it; nobody in the ledger stands by it", views)
        return Question("single source", f"told by {listed(voices[:1])}, who does not commit to it", views)
    dispute = _denial(deniers, held, kind)
    if dispute is not None:
        return Question("contested", dispute, views)
    found = witnesses(voices, kind)
    apart, together = _apart(found), _apart(_of_one_thing(found, kind))
    if len(together) > 1 and not is_said_of_it(frozenset({kind})):
        return Question("agreed", f"{listed(together)} tell it independently of each other", views)
    if len(apart) > 1:
        return Question("single source", f"{listed(apart)} each tell a part of it, and none what another tells", views)
    return Question("single source", _only(apart or held[:1], found), views)


def _of_one_thing(found: Sequence[Voice], kind: str) -> list[Voice]:
    """The voices that tell what another one tells independently of them; the first two of them are such two."""
    told = {id(v): [u for u in v.said if tells(u, kind)] for v in found}
    pairs = [
        (v, w)
        for v, w in itertools.combinations(found, 2)
        if independent(v, w) and any(one_thing(a, b) for a in told[id(v)] for b in told[id(w)])
    ]
    return list({id(v): v for pair in pairs for v in pair}.values())


def _only(one: Sequence[Voice], others: Sequence[Voice]) -> str:
    """That one voice alone tells it, who carries that voice, and why those beside it are no second one."""
    (voice,) = one
    quoting = sorted({u.publisher for u in voice.said if u.publisher and not voice.own})
    parts = [f"only {voice.name} tells it"]
    if len(quoting) > 1:
        parts.append(f"{_joined(quoting)} {'both' if len(quoting) == 2 else 'all'} quote {voice.name}")
    parts += [f"{o.name} beside it: {dependence(voice, o)}" for o in others if o is not voice and not o.own]
    return "; ".join(parts)


def _denial(deniers: Sequence[Voice], held: Sequence[Voice], kind: str) -> str | None:
    """Who denies what somebody else says, in words."""
    for denier in deniers:
        against = [u for u in denier.said if denies_event(u, denier, kind)]
        for voice in held:
            if voice is not denier and any(_answers(no, voice, kind) for no in against):
                return f"{denier.name} denies what {voice.name} says"
    return None


def _answers(no: Utterance, voice: Voice, kind: str) -> bool:
    """Whether a denial is about what a voice tells."""
    told = [u for u in voice.said if tells(u, kind)]
    if no.claim.type in event_types(no.knowledge).denial:
        return any(is_denied(no, u) for u in told)
    return any(answers(no, yes) for yes in told)


def _apart(found: Sequence[Voice]) -> list[Voice]:
    """The voices of which each is independent of those before it, sources before publishers."""
    taken: list[Voice] = []
    for voice in found:
        if all(independent(voice, other) for other in taken):
            taken.append(voice)
    return taken


def _who(voices: Sequence[Voice], kind: str) -> Question | None:
    """Whom the voices name as doers, and who denies to have done it."""
    named = [(v, party, u.claim.id) for v in voices for u in v.said if tells(u, kind) for party in u.claim.actors]
    denied = [
        (v, party, u.claim.id)
        for v in voices
        for u in v.said
        if denies_authorship(u, v, kind)
        for party in u.claim.actors
    ]
    opposed = _opposed(voices, kind)
    if not named and not denied and opposed is None:
        return None
    views = (*_views((v, p.name, c) for v, p, c in named), *_views((v, f"{NOT}{p.name}", c) for v, p, c in denied))
    rivals = (
        _rivals(voices, named, kind)
        if kind in (FORCE, HARM)
        else _rival_holders(voices, kind)
        if kind == OFFICE
        else None
    )
    dispute = _refused(voices, named, denied, kind) or rivals or opposed
    if dispute is not None:
        return Question("contested", dispute, views)
    return _agreement([v for v, _, _ in named] or [v for v, _, _ in denied], views)


_Named = tuple[Voice, Party, str]


def _refused(voices: Sequence[Voice], named: Sequence[_Named], denied: Sequence[_Named], kind: str) -> str | None:
    """Who denies to have done what others say that it did, or what they say happened and nobody else is said to do."""
    said = {u.claim.id: u for v in voices for u in v.said}
    for voice, party, told in named:
        for denier, other, no in denied:
            one = _one_side(voice, party, other) or party.name == other.name
            if voice is not denier and one and answers(said[no], said[told]):
                return f"{denier.name} denies to have done it, {voice.name} says so"
    refused = {c for _, _, c in denied}
    denials = [u for v in voices for u in v.said if u.claim.id in refused]
    others = [
        v
        for v in voices
        if says(v, kind) == "affirms"
        and not any(v is d for d, _, _ in denied)
        and any(answers(no, yes) for no in denials for yes in v.said if tells(yes, kind))
    ]
    # "Gunmen" are anybody, and so may be those who deny it.
    if denied and others and not any(p.country for _, p, _ in named):
        return f"{denied[0][0].name} denies to have done it, {others[0].name} says that it happened"
    return None


def _one_side(voice: Voice, a: Party, b: Party) -> bool:
    return bool(sides(a.name, voice.knowledge) & sides(b.name, voice.knowledge))


def _rivals(voices: Sequence[Voice], named: Sequence[_Named], kind: str) -> str | None:
    """Two that each name another country as the doer; in a battle both sides are doers, and no rivals."""
    struck = {p.country for v in voices for u in v.said if tells(u, kind) for p in u.claim.recipients}
    said = {u.claim.id: u for v in voices for u in v.said}
    alone = [(v, p, said[c]) for v, p, c in named if p.country and p.country not in struck]
    for n, (voice, party, told) in enumerate(alone):
        for other, second, rival in alone[n + 1 :]:
            apart = party.country != second.country and voice is not other and independent(voice, other)
            both = any(v is voice and p.country == second.country for v, p, _ in alone)
            if apart and not both and one_act(told, rival):
                return f"{voice.name} says that {party.name} did it, {other.name} {second.name}"
    return None


def _rival_holders(voices: Sequence[Voice], kind: str) -> str | None:
    """Two that each name another holder of one office: both said to have won it, or been sworn in.

    Who gives an office to somebody ("Parliament elected Ann Lee") does not hold it.
    """
    held: list[tuple[Voice, set[str]]] = []
    for voice in voices:
        taken = [u.claim for u in voice.said if tells(u, kind) and not u.claim.recipients]
        names = {p.name for c in taken for p in c.actors if p.country is None and p.name[:1].isupper()}
        held += [(voice, names)] if names else []
    for n, (voice, names) in enumerate(held):
        for other, others in held[n + 1 :]:
            if names.isdisjoint(others) and independent(voice, other):
                return f"{voice.name} says that it was {min(names)}, {other.name} {min(others)}"
    return None


def _opposed(voices: Sequence[Voice], kind: str) -> str | None:
    """The first two voices of which each tells of losses or defeats of the other's side, in words."""
    if kind != FORCE:
        return None
    held = [v for v in voices if says(v, kind) in ("affirms", "both") and not v.own]
    told = [(v, side_of(v), _struck(v)) for v in held]
    for i, (a, mine, hits) in enumerate(told):
        for b, theirs, hit_back in told[i + 1 :]:
            if not mine & theirs and hits & theirs and hit_back & mine:
                return f"{a.name} and {b.name} each tell of the other side's losses"
    return None


def _struck(voice: Voice) -> frozenset[str]:
    """The sides to which a voice says that harm was done, apart from its own."""
    names = {p.name for u in voice.said if tells(u, FORCE) for p in u.claim.recipients}
    names |= {f.of for u in voice.said if tells(u, FORCE) for f in u.claim.figures if f.of}
    return frozenset().union(*(sides(name, voice.knowledge) for name in names)) - side_of(voice)


def _where(voices: Sequence[Voice], kind: str) -> Question | None:
    """Places by voice; only different countries contest each other, for a village and its district are one place."""
    told = [(v, place, u.claim.id) for v in voices for u in v.said if tells(u, kind) and (place := u.claim.place)]
    if not told:
        return None
    views = _views((v, p.name, c) for v, p, c in told)
    for n, (voice, place, _) in enumerate(told):
        for other, second, _ in told[n + 1 :]:
            abroad = place.country and second.country and place.country != second.country
            if abroad and independent(voice, other):
                reason = f"{voice.name} says that it happened in {place.name}, {other.name} in {second.name}"
                return Question("contested", reason, views)
    return _agreement([v for v, _, _ in told], views)


def _when(voices: Sequence[Voice], kind: str) -> Question | None:
    """Days by voice; days that do not meet, with one day of doubt, contest each other."""
    told = [(v, u.claim, u.claim.id) for v in voices for u in v.said if tells(u, kind) and u.claim.begin]
    if not told:
        return None
    views = _views((v, _interval(c), key) for v, c, key in told)
    return _agreement([v for v, _, _ in told], views)


def _interval(claim: Claim) -> str:
    begin, end = claim.begin or "", claim.end_date or claim.begin or ""
    return begin if begin == end else f"{begin} to {end}"


def _how_many(figures: Sequence[IncidentFigure], voices: Sequence[Voice]) -> Question:
    by_name = {v.name: v for v in voices}
    views = _views((by_name[f.source], amount(f) + (f" ({f.of})" if f.of else ""), f.claim) for f in figures)
    said = {u.claim.id: u for v in voices for u in v.said}
    whose = {f.claim: counted_people(f, said[f.claim]) for f in figures if f.claim in said}
    whole = [f for f in figures if f.claim not in said or not is_part(f, said[f.claim])]
    dispute = first_conflict(whole, voices[0].knowledge, whose, partial(_of_two_mouths, by_name))
    if dispute is not None:
        return Question("contested", dispute, views)
    return _agreement([by_name[f.source] for f in figures], views)


def _of_two_mouths(by_name: Mapping[str, Voice], a: IncidentFigure, b: IncidentFigure) -> bool:
    return may_contest(by_name[a.source], by_name[b.source], beside=a.dispatch == b.dispatch)


def _agreement(told: Sequence[Voice], views: tuple[View, ...]) -> Question:
    """Agreed where two independent voices say it, else the word of one."""
    apart = _apart(list({id(v): v for v in told}.values()))
    standing: QuestionStanding = "agreed" if len(apart) > 1 else "single source"
    return Question(standing, f"{listed(apart)} {'say so' if len(apart) > 1 else 'alone says so'}", views)


def _views(told: Iterable[tuple[Voice, str, str]]) -> tuple[View, ...]:
    """One view a source and value, with the claims that say it."""
    found: dict[tuple[str, str], list[str]] = {}
    for voice, value, claim in told:
        found.setdefault((voice.name, value), []).append(claim)
    return tuple(View(name, value, tuple(dict.fromkeys(claims))) for (name, value), claims in found.items())


def listed(voices: Sequence[Voice]) -> str:
    """The names of voices as a sentence has them."""
    return _joined([v.name for v in voices])


def _joined(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
