"""What each claim and each voice holds of a happening: that it happened, that it did not, or that another did it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from reportedly.incidents.families import FORCE, HARM, OFFICE, TALKS, WORDS, family, is_said_of_it, turns_down
from reportedly.incidents.mentions import is_plural
from reportedly.incidents.names import telling_words
from reportedly.incidents.sides import sides
from reportedly.incidents.voices import Utterance, Voice, said_on
from reportedly.incidents.wording import words
from reportedly.knowledge.event_types import event_types
from reportedly.knowledge.load import Knowledge
from reportedly.model import Claim

Says = Literal["affirms", "denies", "both", "uncommitted"]

AFFIRMED = ("CT+", "PR+", "PS+")
DENIED = ("CT-", "PR-")


def main_family(voices: Sequence[Voice]) -> str:
    """The kind of happening that most claims tell; what is only said about it, and its rejection, come last."""
    said = [u for v in voices for u in v.said]
    told = [u for u in said if u.claim.type not in event_types(u.knowledge).denial] or said
    counts = Counter(family(u.claim, u.knowledge) for u in told)
    return max(counts, key=lambda f: (f != WORDS, counts[f], f))


def tells(utterance: Utterance, kind: str) -> bool:
    """Whether a voice says that something of this kind happened."""
    return utterance.claim.factuality in AFFIRMED and family(utterance.claim, utterance.knowledge) == kind


def says(voice: Voice, kind: str) -> Says:
    """What a voice holds of the incident; who only denies to have done it leaves it open.

    The last word counts: a ministry that withdraws its report denies what it told the day before.
    """
    denials = [u for u in voice.said if denies_event(u, voice, kind)]
    denied = max(map(said_on, denials), default=None)
    held = [u for u in voice.said if tells(u, kind) and not (denials and _is_beside(u, denials))]
    affirmed = max((said_on(u) for u in held), default=None)
    if affirmed is None or denied is None:
        return "affirms" if affirmed is not None else "denies" if denied is not None else "uncommitted"
    if affirmed == denied:
        return _last_words(voice, affirmed, kind)
    return "affirms" if affirmed > denied else "denies"


def _last_words(voice: Voice, day: str, kind: str) -> Says:
    """What a voice holds in the end that affirms and denies on one day.

    Where all its dispatches of that day come to the same ("It withdrew its report that seven were kidnapped. Nobody was
    kidnapped, it said"), that; else both.
    """
    told: dict[str, Utterance] = {}
    denials = [u for u in voice.said if denies_event(u, voice, kind)]
    for utterance in (u for u in voice.said if said_on(u) == day and not _is_beside(u, denials)):
        if tells(utterance, kind) or denies_event(utterance, voice, kind):
            last = told.get(utterance.dispatch)
            if last is None or _is_later(utterance, last):
                told[utterance.dispatch] = utterance
    ends = {denies_event(u, voice, kind) for u in told.values()}
    return "both" if len(ends) > 1 else "denies" if True in ends else "affirms"


def _is_beside(utterance: Utterance, denials: Sequence[Utterance]) -> bool:
    """Whether what a voice that denies an event tells of it is no taking back of the denial.

    Who denies an attack may speak of "the attack" all the same, and tell in the same dispatch what happened instead
    ("No boat was attacked. It was seized").
    """
    claim, knowledge = utterance.claim, utterance.knowledge
    mine = words(claim.trigger.text, knowledge).keys()
    here = [u for u in denials if u.dispatch == utterance.dispatch and u is not utterance]
    named = [u for u in here if u.claim.type not in event_types(knowledge).denial]
    instead = named and all(mine.isdisjoint(words(u.claim.trigger.text, knowledge)) for u in named)
    return claim.factuality in AFFIRMED and (utterance.presupposed or bool(instead))


def _is_later(utterance: Utterance, other: Utterance) -> bool:
    return utterance.claim.trigger.start > other.claim.trigger.start


def denies_event(utterance: Utterance, voice: Voice, kind: str) -> bool:
    """Whether a voice says that nothing of this kind happened ("The town has not fallen", the army said)."""
    if utterance.of_number or not denies_it(utterance, kind) or _is_detail(utterance, voice, kind):
        return False
    return not denies_authorship(utterance, voice, kind)


def _is_detail(utterance: Utterance, voice: Voice, kind: str) -> bool:
    """Whether a voice tells of the happening in the same dispatch and only says what did not come of it.

    "Gunboats shelled the port *without hurting* a sailor" does not deny the shelling.
    """
    claim, knowledge = utterance.claim, voice.knowledge
    told = [u.claim for u in voice.said if u.dispatch == utterance.dispatch and tells(u, kind)]
    mine = words(claim.trigger.text, knowledge).keys()
    apart = all(mine.isdisjoint(words(c.trigger.text, knowledge)) for c in told)
    return claim.factuality in DENIED and bool(told) and apart


def denies_authorship(utterance: Utterance, voice: Voice, kind: str) -> bool:
    """Whether a voice denies that its own side did it ("We did not shell the hospital", the army said)."""
    claim = utterance.claim
    if not denies_it(utterance, kind) or not claim.actors:
        return False
    if claim.type in event_types(utterance.knowledge).denial:
        return claim.mode == "deny-authorship"
    own = side_of(voice)
    return utterance.of_own or any(
        sides(party.name, voice.knowledge) & own or party.name in voice.names for party in claim.actors
    )


def denies_it(utterance: Utterance, kind: str) -> bool:
    """Whether a voice says that nothing of this kind happened, or denies what others say of it."""
    claim = utterance.claim
    if turns_down(claim, kind, utterance.knowledge):
        return claim.factuality in AFFIRMED
    return claim.factuality in DENIED and not utterance.undone and family(claim, utterance.knowledge) == kind


def crediting(voices: Sequence[Voice], kind: str) -> set[str]:
    """The dispatches that credit somebody with telling the incident."""
    return {u.dispatch for v in voices if not v.own for u in v.said if tells(u, kind)}


def witnesses(voices: Sequence[Voice], kind: str) -> list[Voice]:
    """The voices that say it happened and that different people answer for.

    A publisher counts where it tells the incident in a dispatch that credits nobody for it, outside the headline; all
    publishers that are not named count as one. Who only takes it as known ("condemned the murder") tells nothing.
    """
    credited = crediting(voices, kind)
    return [v for v in voices if any(_bears_witness(u, v, credited, kind) for u in v.said)]


def _bears_witness(utterance: Utterance, voice: Voice, credited: set[str], kind: str) -> bool:
    carried = voice.own and (utterance.in_title or utterance.dispatch in credited)
    return tells(utterance, kind) and not utterance.presupposed and not carried


def answers(answer: Utterance, to: Utterance) -> bool:
    """Whether a denial is about what somebody else tells.

    Who rejects an accusation names no act, and who is accused of shelling denies an attack on the town; but that a
    plane "did not catch fire" says nothing against its crash, nor that no warrant was sought against an arrest, nor "no
    casualties" against a shelling of the same town.
    """
    denial, told, knowledge = answer.claim, to.claim, to.knowledge
    kind = family(told, knowledge)
    if turns_down(denial, kind, knowledge):
        return True
    if denial.modality not in (None, told.modality):
        return False  # who will not come to a meeting does not deny that one was held
    if kind in (FORCE, HARM) and denial.mode is not None and (denial.type, denial.mode) == (told.type, told.mode):
        return True
    if not words(denial.trigger.text, knowledge).keys().isdisjoint(words(told.trigger.text, knowledge)):
        return (_of_one_scene(denial, told, knowledge) and one_thing(answer, to)) or not (
            denial.place or denial.actors or denial.recipients
        )
    one_act = kind not in (FORCE, HARM) and (denial.type, denial.mode) == (told.type, told.mode)
    return one_act and not {p.name for p in denial.recipients}.isdisjoint(p.name for p in told.recipients)


def is_denied(answer: Utterance, told: Utterance) -> bool:
    """Whether a denial without an act of its own ("denied it") is of what its dispatch tells with it."""
    return told.dispatch == answer.dispatch and told.claim.incident == answer.claim.incident


def one_thing(one: Utterance, other: Utterance) -> bool:
    """Whether two claims of one incident are shown to tell the same of it.

    They share the word or the mode for it, a number or somebody by name, and another of these or the place, the day or
    the country. Of what there are few of, disasters and changes of office, one of these is enough.
    """
    a, b, knowledge = one.claim, other.claim, one.knowledge
    if _are_others(a, b, knowledge):
        return False
    kind = family(a, knowledge)
    if is_said_of_it(frozenset({kind})):
        # Two who condemn an attack each do so for themselves; only of the same one can two tell the same.
        return not _doers(a, knowledge).isdisjoint(_doers(b, knowledge))
    mode = a.mode is not None and (a.type, a.mode) == (b.type, b.mode)
    act, number = mode or _one_word(a, b, knowledge), not _counted(a).isdisjoint(_counted(b))
    shown = act + number + _share_name(a, b, knowledge)
    if kind in (HARM, OFFICE) or (kind == TALKS and mode):
        return bool(shown) or _at_one_place(a, b)
    return shown > 1 or (shown == 1 and (_at_one_place(a, b) or _at_one_time(a, b)))


def one_act(one: Utterance, other: Utterance) -> bool:
    """Whether two claims name the same act: by the same word, or by its mode."""
    a, b = one.claim, other.claim
    same = words(a.trigger.text, one.knowledge).keys() & words(b.trigger.text, one.knowledge).keys()
    return bool(same) or (a.mode is not None and (a.type, a.mode) == (b.type, b.mode))


def _one_word(a: Claim, b: Claim, knowledge: Knowledge) -> bool:
    """Whether both have the same word for it; that a place has *hurricanes* is told by none who tells of one."""
    at_large = family(a, knowledge) == HARM
    if any((at_large or c.begin is None) and not c.figures and is_plural(c, knowledge) for c in (a, b)):
        return False
    return not words(a.trigger.text, knowledge).keys().isdisjoint(words(b.trigger.text, knowledge))


def _at_one_place(a: Claim, b: Claim) -> bool:
    """Whether both give one place, at least one of them in its own words, that is no country."""
    if a.place is None or b.place is None or "told" not in (a.place_from, b.place_from):
        return False
    return a.place.name == b.place.name and a.place.kind != "country"


def _on_one_day(a: Claim, b: Claim) -> bool:
    return a.begin is not None and (a.begin, a.end_date) == (b.begin, b.end_date)


def _at_one_time(a: Claim, b: Claim) -> bool:
    """Whether both give the same day, or places of the same country and no other days."""
    country = a.place is not None and b.place is not None and a.place.country == b.place.country is not None
    return _on_one_day(a, b) or (country and not (a.begin and b.begin))


def _of_one_scene(denial: Claim, told: Claim, knowledge: Knowledge) -> bool:
    """Whether more than a country ties a denial to what is told: a place in it, a day, or somebody by name."""
    return _at_one_place(denial, told) or _on_one_day(denial, told) or _share_name(denial, told, knowledge)


def _counted(claim: Claim) -> set[tuple[str, int | None, int | None]]:
    return {(f.role, f.low, f.high) for f in claim.figures if f.part_of is None}


def _doers(claim: Claim, knowledge: Knowledge) -> set[str]:
    """The telling words of who did it."""
    return {word for p in claim.actors for word in telling_words(p.name, knowledge)}


def _are_others(a: Claim, b: Claim, knowledge: Knowledge) -> bool:
    """Whether the two befell other people by name."""
    mine, theirs = ([telling_words(p.name, knowledge) for p in c.recipients if p.kind == "person"] for c in (a, b))
    named = bool(mine and theirs) and _is_named(a) and _is_named(b)
    return named and not any(x & y for x in mine for y in theirs)


def _is_named(claim: Claim) -> bool:
    return all(p.name[:1].isupper() for p in claim.recipients if p.kind == "person")


def _share_name(a: Claim, b: Claim, knowledge: Knowledge) -> bool:
    """Whether somebody by name takes part in both, be it by a part of the name."""
    ours, theirs = _named(a, knowledge), _named(b, knowledge)
    return any(x and y and (x <= y or y <= x) for x in ours for y in theirs)


def _named(claim: Claim, knowledge: Knowledge) -> list[frozenset[str]]:
    """The telling words of each of those by name who take part."""
    return [telling_words(p.name, knowledge) for p in (*claim.actors, *claim.recipients) if p.name[:1].isupper()]


def side_of(voice: Voice) -> frozenset[str]:
    """Whose side a voice is on: its country, or its own telling words."""
    return frozenset().union(*(sides(name, voice.knowledge) for name in voice.names | {voice.name}))
