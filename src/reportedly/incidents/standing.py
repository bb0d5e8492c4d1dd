"""How well an incident is supported, and why, in words.

*single source*, *corroborated* (two or more independent voices say that it happened), *contested* (one denies what
another claims, their figures cannot both hold, or two sides each tell of the other's losses) or *denied* (nobody holds
it any more, somebody denies it). Agreement is counted over people and bodies: copies and agencies that carry one
spokesman add nothing, and what a publisher tells in its own voice beside the sources that it credits is not a second
witness.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Literal

import msgspec

from reportedly.incidents.families import FORCE, HARM, WORDS, family, is_retraction, turns_down
from reportedly.incidents.sides import is_country, one_side, rest_of, sides
from reportedly.incidents.voices import Utterance, Voice, is_generic
from reportedly.incidents.wording import words
from reportedly.knowledge.event_types import event_types
from reportedly.model import Claim, Figure, IncidentFigure, Standing

Says = Literal["affirms", "denies", "both", "uncommitted"]

AFFIRMED = ("CT+", "PR+", "PS+")
DENIED = ("CT-", "PR-")
# A toll only grows: a later figure that is higher is an update, one that is lower cannot hold beside the earlier.
CUMULATIVE = (
    "killed",
    "injured",
    "casualties",
    "captured",
    "surrendered",
    "arrested",
    "displaced",
    "rescued",
    "released",
)
# "About 350" holds for anything within this share of it.
APPROXIMATELY = 0.1


class Verdict(msgspec.Struct, frozen=True):
    """A standing and the reason for it."""

    standing: Standing
    reason: str


def main_family(voices: Sequence[Voice]) -> str:
    """The kind of happening that most claims tell; what is only said about it, and its rejection, come last."""
    claims = [u.claim for v in voices for u in v.said]
    counts = Counter(family(c) for c in claims if c.type not in event_types().denial) or Counter(
        family(c) for c in claims
    )
    return max(counts, key=lambda f: (f != WORDS, counts[f], f))


def tells(claim: Claim, kind: str) -> bool:
    """Whether a claim says that something of this kind happened."""
    return claim.factuality in AFFIRMED and family(claim) == kind


def says(voice: Voice, kind: str) -> Says:
    """What a voice holds of the incident, over all its claims."""
    affirms = any(tells(u.claim, kind) for u in voice.said)
    denies = any(denies_it(u.claim, kind) for u in voice.said)
    if affirms and denies:
        return "both"
    return "affirms" if affirms else "denies" if denies else "uncommitted"


def denies_it(claim: Claim, kind: str) -> bool:
    """Whether a claim says that nothing of this kind happened, or denies what others say of it."""
    if turns_down(claim, kind):
        return claim.factuality in AFFIRMED
    return claim.factuality in DENIED and family(claim) == kind


def crediting(voices: Sequence[Voice], kind: str) -> set[str]:
    """The dispatches that credit somebody with telling the incident."""
    return {u.dispatch for v in voices if not v.own for u in v.said if tells(u.claim, kind)}


def witnesses(voices: Sequence[Voice], kind: str) -> list[Voice]:
    """The voices that say it happened and that different people answer for.

    A publisher counts where it tells the incident in a dispatch that credits nobody for it, outside the headline; all
    publishers that are not named count as one.
    """
    credited = crediting(voices, kind)
    return [
        v
        for v in voices
        if any(tells(u.claim, kind) and not (v.own and (u.in_title or u.dispatch in credited)) for u in v.said)
    ]


def independent(a: Voice, b: Voice) -> bool:
    """Whether different people answer for the two voices and neither only carries a copy of the other."""
    if a is b:
        return False
    mine, theirs = ({u.dispatch for u in v.said} for v in (a, b))
    if a.own and b.own:
        return {u.lineage for u in a.said} != {u.lineage for u in b.said}
    if (a.own and mine <= theirs) or (b.own and theirs <= mine):
        return False
    return not (_speaks_for_state(a, b) or _speaks_for_state(b, a))


def _speaks_for_state(a: Voice, b: Voice) -> bool:
    """Whether one is a country and the other nothing but its organ ("Iraq", "the official Iraqi news agency")."""
    return is_country(a.name) and sides(a.name) == sides(b.name) and is_generic(rest_of(b.name))


def standing(voices: Sequence[Voice], figures: Sequence[IncidentFigure]) -> Verdict:
    """The standing of an incident told by these voices with these figures."""
    kind = main_family(voices)
    held = [v for v in voices if says(v, kind) in ("affirms", "both")]
    deniers = [v for v in voices if says(v, kind) in ("denies", "both") and not v.own]
    if not held:
        if deniers:
            return Verdict("denied", f"{_list(deniers)} denied it; nobody in the ledger stands by it")
        return Verdict("single source", f"told by {_list(list(voices)[:1])}, who does not commit to it")
    dispute = _denial(deniers, held, kind) or first_conflict(figures) or _opposed(held, kind)
    if dispute is not None:
        return Verdict("contested", dispute)
    apart = _apart(witnesses(voices, kind))
    if len(apart) > 1:
        return Verdict("corroborated", f"{_list(apart)} tell it independently of each other")
    return Verdict("single source", f"only {_list(apart or held[:1])} {'tells' if apart or held else 'tell'} it")


def _denial(deniers: Sequence[Voice], held: Sequence[Voice], kind: str) -> str | None:
    """Who denies what somebody else says, in words."""
    for denier in deniers:
        against = [u.claim for u in denier.said if denies_it(u.claim, kind)]
        for voice in held:
            told = [u.claim for u in voice.said if tells(u.claim, kind)]
            if voice is not denier and any(answers(no, yes) for no in against for yes in told):
                return f"{denier.name} denies what {voice.name} says"
    return None


def answers(denial: Claim, told: Claim) -> bool:
    """Whether a denial is about what a claim tells.

    Who is accused of shelling denies an attack, and who denies a denial names no act; but that no warrant was sought
    says nothing against an arrest, so that of other kinds the act has to be the same.
    """
    if turns_down(denial, family(told)) or family(told) in (FORCE, HARM):
        return True
    if not words(denial.trigger.text).keys().isdisjoint(words(told.trigger.text)):
        return True
    one_act = (denial.type, denial.mode) == (told.type, told.mode)
    return one_act and not {p.name for p in denial.recipients}.isdisjoint(p.name for p in told.recipients)


def _opposed(held: Sequence[Voice], kind: str) -> str | None:
    """The first two voices of which each tells of losses or defeats of the other's side, in words."""
    if kind != FORCE:
        return None
    told = [(v, _side(v), _struck(v)) for v in held if not v.own]
    for i, (a, mine, hits) in enumerate(told):
        for b, theirs, hit_back in told[i + 1 :]:
            if not mine & theirs and hits & theirs and hit_back & mine:
                return f"{a.name} and {b.name} each tell of the other side's losses"
    return None


def _side(voice: Voice) -> frozenset[str]:
    return frozenset().union(*(sides(name) for name in voice.names | {voice.name}))


def _struck(voice: Voice) -> frozenset[str]:
    """The sides to which a voice says that harm was done, apart from its own."""
    names = {p.name for u in voice.said if tells(u.claim, FORCE) for p in u.claim.recipients}
    names |= {f.of for u in voice.said if tells(u.claim, FORCE) for f in u.claim.figures if f.of}
    return frozenset().union(*(sides(name) for name in names)) - _side(voice)


def _apart(found: Sequence[Voice]) -> list[Voice]:
    """The voices of which each is independent of those before it, sources before publishers."""
    taken: list[Voice] = []
    for voice in found:
        if all(independent(voice, other) for other in taken):
            taken.append(voice)
    return taken


def figures_of(voices: Sequence[Voice]) -> tuple[list[IncidentFigure], list[IncidentFigure]]:
    """What each voice stands by for each number, and what it has since replaced or withdrawn.

    The latest figure counts (by the day for which it is said, then by its place in the dispatch); but of several that
    one dispatch gives of a toll the highest is the toll, unless one is taken back between them: the others count parts
    of it. Shares of another figure are left to their claims, a figure that a voice denies is none of its own, and
    people told one by one are counted only where nobody gives a number.
    """
    given: dict[tuple[int, str, str | None], list[tuple[Utterance, Figure]]] = defaultdict(list)
    for n, voice in enumerate(voices):
        for utterance in voice.said:
            for figure in utterance.claim.figures:
                if figure.part_of is None and utterance.claim.factuality not in DENIED and not _is_name(figure):
                    given[n, figure.role, side(figure)].append((utterance, figure))
    counted = {role for (_, role, _), told in given.items() if any(not _is_single(f) for _, f in told)}
    taken_back = [u for v in voices for u in v.said if is_retraction(u.claim)]
    stand: list[IncidentFigure] = []
    earlier: list[IncidentFigure] = []
    for (n, role, _), told in given.items():
        if role in counted and all(_is_single(f) for _, f in told):
            continue
        *old, last = [_figure(voices[n], u, f) for u, f in _whole(sorted(told, key=_order), taken_back)]
        stand.append(last)
        earlier += [f for f in old if (f.low, f.high) != (last.low, last.high)]
    return stand, earlier


def _is_single(figure: Figure) -> bool:
    """Whether nobody counted: "a woman" was hurt."""
    return figure.low == figure.high == 1 and figure.text.split(maxsplit=1)[:1] in (["a"], ["an"], ["the"])


def _is_name(figure: Figure) -> bool:
    """Whether the figure is a person by name, and so no number that anybody gave."""
    words = figure.text.split()
    return figure.low == figure.high == 1 and len(words) > 1 and all(w[:1].isupper() for w in (words[0], words[-1]))


def _whole(told: Sequence[tuple[Utterance, Figure]], taken_back: Sequence[Utterance]) -> list[tuple[Utterance, Figure]]:
    """The figures of one number in order, without those that count parts of a toll told before in the same dispatch."""
    out: list[tuple[Utterance, Figure]] = []
    for utterance, figure in told:
        if out and _is_part(out[-1], (utterance, figure), taken_back):
            continue
        out.append((utterance, figure))
    return out


def _is_part(
    before: tuple[Utterance, Figure], given: tuple[Utterance, Figure], taken_back: Sequence[Utterance]
) -> bool:
    (first, whole), (second, part) = before, given
    if first.dispatch != second.dispatch or part.role not in CUMULATIVE or whole.low is None or part.high is None:
        return False
    between = range(first.claim.trigger.start, second.claim.trigger.start)
    withdrawn = any(u.dispatch == second.dispatch and u.claim.trigger.start in between for u in taken_back)
    return part.high < whole.low and not withdrawn


def _order(given: tuple[Utterance, Figure]) -> tuple[bool, str, str, int, int]:
    """Earlier first; of two numbers in one breath ("raised to 35 from 13") the higher is the later."""
    utterance, figure = given
    start = utterance.claim.trigger.start
    return (not utterance.in_title, _as_of(utterance), utterance.dispatch, start, figure.low or figure.high or 0)


def side(figure: Figure) -> str | None:
    """Whose number it is, where that is somebody in particular (a name)."""
    return figure.of if figure.of is not None and figure.of[:1].isupper() else None


def _as_of(utterance: Utterance) -> str:
    return (utterance.claim.said or utterance.published or "")[:10]


def _figure(voice: Voice, utterance: Utterance, figure: Figure) -> IncidentFigure:
    return IncidentFigure(
        role=figure.role,
        of=side(figure),
        source=voice.name,
        low=figure.low,
        high=figure.high,
        approx=figure.approx,
        as_of=_as_of(utterance) or None,
        claim=utterance.claim.id,
        dispatch=utterance.dispatch,
    )


def first_conflict(figures: Sequence[IncidentFigure]) -> str | None:
    """The first two figures of different sources that cannot both hold, in words."""
    for i, a in enumerate(figures):
        for b in figures[i + 1 :]:
            if a.source != b.source and a.role == b.role and one_side(a.of, b.of) and conflict(a, b):
                return f"{a.source} says {amount(a)} {a.role}, {b.source} {amount(b)}"
    return None


def conflict(a: IncidentFigure, b: IncidentFigure) -> bool:
    """Whether two figures for one number cannot both hold."""
    if a.as_of and b.as_of and a.as_of != b.as_of:
        if a.role not in CUMULATIVE:
            return False
        first, later = (a, b) if a.as_of < b.as_of else (b, a)
        return _most(later) < _least(first)
    return _most(a) < _least(b) or _most(b) < _least(a)


def _least(figure: IncidentFigure) -> float:
    low = float(figure.low or 0)
    return low * (1 - APPROXIMATELY) if figure.approx else low


def _most(figure: IncidentFigure) -> float:
    if figure.high is None:
        return float("inf")
    return figure.high * (1 + APPROXIMATELY) if figure.approx else float(figure.high)


def amount(figure: IncidentFigure) -> str:
    """A figure in words, as a desk would write it."""
    about = "about " if figure.approx else ""
    if figure.low is None:
        return f"at most {figure.high}"
    if figure.high is None:
        return f"{about or 'at least '}{figure.low}"
    return f"{about}{figure.low}" if figure.low == figure.high else f"{about}{figure.low} to {figure.high}"


def _list(voices: Sequence[Voice]) -> str:
    names = [v.name for v in voices]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
