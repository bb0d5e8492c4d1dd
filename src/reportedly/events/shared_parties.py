"""Parties that a trigger has from another one beside it: whose march is broken up, whom the shots disperse.

Each function takes the triggers with their types and the parties that their own slots gave, by position.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.events.arguments import Sides, is_known
from reportedly.events.slots import patients
from reportedly.events.triggers import Found
from reportedly.knowledge.event_types import EventTypes
from reportedly.model import Party
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

OCCASION = ("in", "during")
MOMENT = ("when", "after", "as")

Typed = Sequence[tuple[Found, str]]


def lend(typed: Typed, parties: Sequence[Sides], types: EventTypes) -> list[Sides]:
    """The parties of every trigger, with those that another one beside it gives."""
    at = {f.token.i: i for i, (f, _) in enumerate(typed)}
    result = list(parties)
    for i, (found, kind) in enumerate(typed):
        here = result[i]
        if found.entry.pos in ("v", "n") and not _is_told(here.recipients):
            here = _through_objects(typed, i, at, result, types)
            if kind in types.force and not _is_told(here.recipients):
                forced = _forced(typed, i, at, result, types)
                here = here.given("recipients", forced, "party.lent") if forced else here
        if kind in types.deed and found.entry.pos == "v" and not here.actors:
            lent = _on_occasion(typed, i, at, result, types) or _by_clause(typed, i, at, result, types)
            lent = lent or _on_joint_occasion(typed, i, at, result, types)
            here = here.given("actors", lent, "party.lent") if lent else here
        if kind in types.harm and found.entry.pos == "n" and not here.actors and not found.entry.frame.mutual:
            lent = _by_occasion(typed, i, at, result, types)
            here = here.given("actors", lent, "party.lent") if lent else here
        if kind in types.harm and found.entry.pos == "n" and not here.recipients:
            struck = _struck_on_occasion(typed, i, at, result, types)
            here = here.given("recipients", struck, "party.lent") if struck else here
        result[i] = here
    return _protested(typed, result, types)


def addressed(kind: str, sides: Sides, types: EventTypes) -> Sides:
    """Words are addressed to somebody: what is promised, urged or discussed is no recipient."""
    if kind in types.deed:
        return sides
    addressed_to = tuple(p for p in sides.recipients if p.kind or p.country or p.code)
    return sides if addressed_to == sides.recipients else sides.kept("recipients", addressed_to, "party.matter")


def _is_told(parties: tuple[Party, ...]) -> bool:
    return any(p.kind or p.country for p in parties)


def _through_objects(typed: Typed, i: int, at: dict[int, int], parties: list[Sides], types: EventTypes) -> Sides:
    """To condemn, repel or break up what others do is directed at them: "the police broke up a march of miners"."""
    found, kind = typed[i]
    objects = patients(found.token) if found.entry.pos == "v" else []
    if kind in types.objecting:
        objects += syntax.prep_objects(found.token, "against", "over", "at")
    inner = next((at[t.i] for t in objects if at.get(t.i, i) != i), None)
    if inner is not None and parties[inner].actors and parties[inner].actors != parties[i].actors:
        return parties[i].given("recipients", parties[inner].actors, "party.lent")
    return parties[i]


def _forced(typed: Typed, i: int, at: dict[int, int], parties: list[Sides], types: EventTypes) -> tuple[Party, ...]:
    """Whom force is used against by what it is used for: "fired tear gas to disperse students"."""
    for clause in syntax.children(typed[i][0].token, "advcl", "xcomp"):
        inner = at.get(clause.i, i)
        if clause.tag_ == "VB" and inner != i and typed[inner][1] in types.force:
            return parties[inner].recipients
    return ()


def _on_occasion(
    typed: Typed, i: int, at: dict[int, int], parties: list[Sides], types: EventTypes
) -> tuple[Party, ...]:
    """Who kills by the attack in which it is told to have happened: "killed in an air strike by the army"."""
    for noun in syntax.prep_objects(typed[i][0].token, *OCCASION):
        inner = at.get(noun.i, i)
        if inner != i and typed[inner][1] in types.harm and not typed[inner][0].entry.frame.mutual:
            harmed = {p.name for p in parties[i].recipients}
            return tuple(p for p in parties[inner].actors if p.name not in harmed)
    return ()


def _on_joint_occasion(
    typed: Typed, i: int, at: dict[int, int], parties: list[Sides], types: EventTypes
) -> tuple[Party, ...]:
    """Who kills by the attack told behind a verb joined to it: "two died and one was wounded in a raid by rebels"."""
    verb = typed[i][0].token
    alone = not any(c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ in (*OCCASION, "by")) for c in verb.children)
    if typed[i][1] not in types.harm or not alone or not syntax.is_passive(verb):
        return ()
    joined = (at[c.i] for c in syntax.children(verb, "conj") if c.i in at and syntax.is_passive(c))
    return next((lent for j in joined if (lent := _on_occasion(typed, j, at, parties, types))), ())


def _by_clause(typed: Typed, i: int, at: dict[int, int], parties: list[Sides], types: EventTypes) -> tuple[Party, ...]:
    """Who kills by what a clause says that was done then: "nine guards were killed when gunmen attacked a convoy"."""
    verb = typed[i][0].token
    befalls = syntax.is_passive(verb) or "subj" in typed[i][0].entry.frame.recipient
    if typed[i][1] not in types.harm or not befalls:
        return ()
    for clause in syntax.children(verb, "advcl"):
        inner = at.get(clause.i, i)
        timed = any(c.lower_ in MOMENT and c.i < clause.i for c in syntax.children(clause, "advmod", "mark"))
        if (
            timed
            and inner != i
            and _is_force(typed[inner], types)
            and not any(c.dep_ == "neg" for c in clause.children)
        ):
            harmed = {p.name for p in parties[i].recipients}
            return tuple(p for p in parties[inner].actors if p.name not in harmed)
    return ()


def _is_force(one: tuple[Found, str], types: EventTypes) -> bool:
    found, kind = one
    return kind in types.force & types.harm and found.entry.pos == "v" and not found.entry.frame.mutual


def _by_occasion(
    typed: Typed, i: int, at: dict[int, int], parties: list[Sides], types: EventTypes
) -> tuple[Party, ...]:
    """Whose robbery it is in which somebody is told to hurt others: "a masked man wounded a clerk in a robbery"."""
    noun = typed[i][0].token
    if noun.dep_ != "pobj" or noun.head.lower_ not in OCCASION:
        return ()
    above = noun.head.head
    outer = at.get(above.head.i if above.dep_ == "dobj" else above.i, i)
    if outer == i or typed[outer][1] not in types.deed or typed[outer][0].entry.pos != "v":
        return ()
    struck = {p.name for p in parties[i].recipients}
    return tuple(p for p in parties[outer].actors if p.kind != "country" and p.name not in struck)


def _struck_on_occasion(
    typed: Typed, i: int, at: dict[int, int], parties: list[Sides], types: EventTypes
) -> tuple[Party, ...]:
    """Whom an attack hits by what is told to have happened in it: "the junta was toppled in an offensive"."""
    noun = typed[i][0].token
    if noun.dep_ != "pobj" or noun.head.lower_ not in OCCASION or typed[i][0].entry.frame.mutual:
        return ()
    outer = at.get(noun.head.head.i, i)
    done = outer != i and typed[outer][1] in types.deed and syntax.is_passive(typed[outer][0].token)
    doing = {p.name for p in parties[i].actors}
    return tuple(p for p in parties[outer].recipients if p.name not in doing) if done else ()


def reaching(outer: Sides, inner: Sides, kind: str, inner_kind: str, types: EventTypes) -> Sides:
    """A speech act that names nobody is aimed at who shall act, or at those whom a refusal or threat concerns.

    "demanded the release of the miners by the army" is aimed at the army; a refused demand or offer is that of the one
    who made it. Nobody condemns those who were killed.
    """
    if _is_told(outer.recipients):
        return outer
    suffered = inner_kind in types.force and kind in types.objecting | types.demand
    theirs = kind in types.demand or (kind in types.denial and inner_kind in types.offered)
    own = {p.name for p in outer.actors}
    doing = tuple(p for p in inner.actors if theirs and p.name not in own)
    aimed = doing or tuple(p for p in (() if suffered else inner.recipients) if p.name not in own)
    return outer.given("recipients", aimed, "party.aimed") if aimed else outer


def _protested(typed: Typed, parties: Sequence[Sides], types: EventTypes) -> list[Sides]:
    """A protest is directed at those of whom it demands something, or whom it accuses: "marched to demand that ..."."""
    at = {f.token.i: i for i, (f, kind) in enumerate(typed) if kind in types.voiced | types.protest}
    result = list(parties)
    for i, (found, kind) in enumerate(typed):
        if kind not in types.protest or any(p.country or p.kind for p in parties[i].recipients):
            continue
        aims = (at[t.i] for t in _aims(found.token) if t.i in at and at[t.i] != i)
        own = {p.name for p in parties[i].actors}
        against = (tuple(p for p in parties[j].recipients if is_known(p) and p.name not in own) for j in aims)
        aimed = next(filter(None, against), ())
        result[i] = parties[i].given("recipients", aimed, "party.aimed") if aimed else parties[i]
    return result


def _aims(token: Token) -> list[Token]:
    """What a clause or an *in* beside a word, or beside its verb, says that it was done for ("in protest against")."""
    places = [token, token.head] if token.dep_ in ("dobj", "pobj", "nsubj") else [token]
    clauses = [t for p in places for t in syntax.children(p, "advcl", "xcomp", "acl")]
    return clauses + [t for p in places for t in syntax.prep_objects(p, "in")]
