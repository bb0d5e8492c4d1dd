"""Which voices of one incident are independent: whether different people are shown to answer for them.

Agreement is counted over people and bodies, so that ten agencies that carry one spokesman are one source. What makes
two voices one is a closed list (``DEPENDENCES``), each condition with its reason in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reportedly.incidents.names import country_of, generic_words, is_country, is_generic, rest_of, telling_words
from reportedly.incidents.sides import sides
from reportedly.incidents.voices import UNNAMED_PUBLISHER, Voice, teller_of
from reportedly.knowledge.load import Knowledge
from reportedly.model import Source


def independent(a: Voice, b: Voice) -> bool:
    """Whether different people are shown to answer for the two voices; see ``dependence``."""
    return dependence(a, b) is None


def dependence(a: Voice, b: Voice) -> str | None:
    """Why two voices are not shown to be independent, in words; ``None`` where they are.

    They are where none of the conditions below holds; in doubt one does.
    """
    return next((reason for holds, reason in DEPENDENCES if holds(a, b) or holds(b, a)), None)


def may_contest(a: Voice, b: Voice, *, beside: bool) -> bool:
    """Whether two numbers of these voices, told ``beside`` each other in one dispatch or not, are of two mouths.

    Who may be one with another for all that is known is shown to be none by giving another number; but not who carries
    the other, or bears its name. A publisher's number beside that of a source counts others.
    """
    if a.own or b.own:
        return not beside and not _one_copy(a, b)
    return not any(holds(a, b) or holds(b, a) for holds in (_one_voice, _told_by, _short_name))


def _one_voice(a: Voice, b: Voice) -> bool:
    return a is b


def _one_copy(a: Voice, b: Voice) -> bool:
    """Publishers of the same copy."""
    return a.own and b.own and {u.lineage for u in a.said} == {u.lineage for u in b.said}


def _carries(a: Voice, b: Voice) -> bool:
    """A publisher that quotes the other, in this dispatch or in an earlier one: it knows it from there."""
    if not a.own or b.own:
        return False
    quoting = {u.publisher for u in b.said if u.publisher}
    return a.said[0].publisher in quoting or not {u.dispatch for u in a.said}.isdisjoint(u.dispatch for u in b.said)


def _speaks_for_state(a: Voice, b: Voice) -> bool:
    """A country and what is nothing but its organ ("Iraq", "the official Iraqi news agency")."""
    return _is_organ(b.name, a.name, a.knowledge)


def _is_organ(name: str, state: str, knowledge: Knowledge) -> bool:
    """Whether a name is that of a state with words that only say what kind of source it is."""
    if not is_country(state, knowledge) or sides(state, knowledge) != sides(name, knowledge):
        return False
    return is_generic(rest_of(name, knowledge), knowledge)


def _nobody_known(a: Voice, b: Voice) -> bool:
    """People of whom the name does not say who they are ("sources", "local media"), beside anybody but a publisher."""
    return not b.own and (a.described or "unknown" in a.groups) and bool(a.groups & UNKNOWN)


def _unnamed(a: Voice, b: Voice) -> bool:
    """A publisher that is not named may be anybody, the other among them."""
    return a.own and a.name == UNNAMED_PUBLISHER and a is not b


def _same_kind(a: Voice, b: Voice) -> bool:
    """Two that are only described, and alike: "officials" and "local officials", "rescuers" and "a rescue official".

    The army of one country is never that of another.
    """
    if not (a.described and b.described) or (a.scope and b.scope and a.scope != b.scope):
        return False
    return bool(a.groups & b.groups) or not _told_words(a).isdisjoint(_told_words(b))


def _told_words(voice: Voice) -> frozenset[str]:
    """The words of its names, without those for countries."""
    return frozenset().union(*(rest_of(name, voice.knowledge) for name in voice.names | {voice.name}))


def _any_official(a: Voice, b: Voice) -> bool:
    """Unnamed officials beside one who holds an office or wears a uniform: he may be the one who is quoted."""
    return a.generic and a.groups == OFFICIAL and not b.own and bool(b.groups & HOLD_OFFICE)


def _told_by(a: Voice, b: Voice) -> bool:
    """What one says comes through the other ("witnesses told the Telegraph", "the Post said, quoting witnesses")."""
    return not a.own and any(not b.names.isdisjoint((*u.claim.chain[:-1], u.claim.to)) for u in a.said)


def _one_name(a: Voice, b: Voice) -> bool:
    """A person and whoever has a word of his name, in the name or role: "the widow of Major Lee" and "Mrs. Lee"."""
    if a.own or b.own or not any(t is not None and t.kind == "named" for t in _tellers(a)):
        return False
    mine, theirs = _own_words(a), _own_words(b)
    return not mine.isdisjoint(theirs | {w for u in b.said if u.role for w in telling_words(u.role, b.knowledge)})


def _tellers(voice: Voice) -> Iterator[Source | None]:
    return (teller_of(u.claim, voice.knowledge) for u in voice.said)


def _own_words(voice: Voice) -> frozenset[str]:
    """The words of its names that name neither a country nor a kind of source."""
    words = (rest_of(name, voice.knowledge) for name in voice.names | {voice.name})
    return frozenset().union(*words) - generic_words(voice.knowledge)


def _holds_office(a: Voice, b: Voice) -> bool:
    """The holder of an office and the office: "General Lee", the defence minister, and "the minister of defence"."""
    if a.own or b.own or not b.words:
        return False
    return any(b.words <= telling_words(f"{u.role} {a.name}", a.knowledge) for u in a.said if u.role)


def _one_state(a: Voice, b: Voice) -> bool:
    """Two that speak for one state: it and a body of its name, its government and its army, a head and a minister."""
    if a.own or b.own:
        return False
    mine, theirs = _states(a), _states(b)
    if is_country(a.name, a.knowledge):
        return not mine.isdisjoint(theirs)
    official = bool(a.groups & SPEAK_FOR_STATE) and bool(b.groups & SPEAK_FOR_STATE)
    return official and (not mine or not theirs or not mine.isdisjoint(theirs))


def _states(voice: Voice) -> frozenset[str]:
    """The countries that its name, its roles and its scope say it is of."""
    named = (country_of(words, voice.knowledge) for words in (voice.name, *(u.role for u in voice.said if u.role)))
    return frozenset(c for c in (voice.scope, *named) if c)


def _one_of_them(a: Voice, b: Voice) -> bool:
    """People who are only described, and a person by name whom one dispatch quotes beside them: one of them, maybe."""
    described = a.generic and a.groups <= PEOPLE and not b.own and b.kind == "named" and not b.groups
    return described and not {u.lineage for u in a.said}.isdisjoint(u.lineage for u in b.said)


def _short_name(a: Voice, b: Voice) -> bool:
    """A body and whatever bears its short name: "the Workers' Front (WF)" and "a bulletin by WF"."""
    if a.own or b.own:
        return False
    short = frozenset().union(*(telling_words(u.alias, a.knowledge) for u in a.said if u.alias))
    return not short.isdisjoint(_told_words(b))


UNKNOWN = frozenset({"unknown", "media"})
OFFICIAL = frozenset({"official"})
HOLD_OFFICE = frozenset({"official", "office", "police", "army"})
SPEAK_FOR_STATE = frozenset({"official", "police", "army"})
PEOPLE = frozenset({"people", "party"})
# The closed list of what makes two voices one for standing; any of them is enough.
DEPENDENCES: tuple[tuple[Callable[[Voice, Voice], bool], str], ...] = (
    (_one_voice, "they are one"),
    (_one_copy, "one copies the other"),
    (_carries, "the publisher quotes the other"),
    (_speaks_for_state, "one is the organ of the other"),
    (_told_by, "one is quoted by the other"),
    (_one_name, "they share a name"),
    (_short_name, "one bears the short name of the other"),
    (_holds_office, "one holds the office that is the other"),
    (_one_state, "both speak for one state"),
    (_one_of_them, "one may be among the others"),
    (_nobody_known, "nobody can tell who they are"),
    (_unnamed, "nobody can tell who published it"),
    (_same_kind, "they may be the same people"),
    (_any_official, "the unnamed officials may be the other"),
)
