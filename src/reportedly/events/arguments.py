"""Who did it, to whom, with what: the parties and means of a trigger, read from its slots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import msgspec

from reportedly.events.noun_slots import fill, light_bearers, owners
from reportedly.events.parties import can_act, parties_of, party
from reportedly.events.scene import EventScene
from reportedly.events.slots import patients_or_doers
from reportedly.events.triggers import Found, governor
from reportedly.knowledge.check import HARM
from reportedly.model import Because, Party
from reportedly.parse import syntax
from reportedly.parse.parsed import Token
from reportedly.parse.spans import tokens_of
from reportedly.reasons import at, on, renewed

AROUND = frozenset({"at", "in", "during", "after", "before", "following"})
TOWARDS = frozenset({"to", "with", "against", "from", "by", "of", "for", "among", "between", "on", "toward", "towards"})
REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
HIT = frozenset({"of", "on", "against", "at"})
OF = frozenset({"of"})
STRUCK = frozenset({"vehicle", "building"})
FIRST_SIDE = frozenset({"subj", "light", "poss"})
INTERNATIONAL = ("IGO", "NGO", "IMG")


class Sides(msgspec.Struct, frozen=True):
    """The two sides of an event, as parties, with the reason for each."""

    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    because: tuple[Because, ...] = ()

    def given(self, side: str, parties: tuple[Party, ...], rule: str) -> Sides:
        """The sides with other parties on one of them, by a rule."""
        reasons = (Because(side, p, rule, words=at(p)) for p in parties) if parties else (Because(side, None, rule),)
        because = renewed(self.because, *reasons)
        return msgspec.structs.replace(self, because=because, **{side: parties})

    def kept(self, side: str, parties: tuple[Party, ...], rule: str) -> Sides:
        """The sides with fewer parties on one of them; ``rule`` says why nobody is left."""
        if not parties and getattr(self, side):
            return self.given(side, (), rule)
        because = tuple(b for b in self.because if b.field != side or b.value is None or b.value in parties)
        return msgspec.structs.replace(self, because=because, **{side: parties})


class Filled(NamedTuple):
    """A party with the slot that gave it, and the head of the phrase that stands in it."""

    party: Party
    slot: str
    head: Token


def sides(scene: EventScene, found: Found) -> Sides:
    """Actors and recipients of a trigger by the frame of its sense."""
    frame = found.entry.frame
    if frame.mutual:
        return _both_sides(scene, found)
    recipients = _first_filled(scene, found, frame.recipient, acting=False) or _bearing(scene, found)
    used = next((f.slot for f in recipients), None)
    doing = (slot for slot in frame.actor if slot != used)
    actors = _first_filled(scene, found, doing, acting=True)
    own = {(f.party.start, f.party.end) for f in actors}
    recipients = tuple(f for f in recipients if (f.party.start, f.party.end) not in own or syntax.is_reciprocal(f.head))
    actors, recipients = _apart(actors, recipients)
    if recipients and found.entry.pos == "v" and syntax.own_subject(found.token) is None:
        actors = _others(actors, recipients)
    return _sides(found, actors, _concerned(scene, found, actors, recipients))


def _bearing(scene: EventScene, found: Found) -> tuple[Filled, ...]:
    """Who is told to be what an event noun is about: "the mayor is the target of an inquiry"."""
    if found.entry.pos != "n" or not found.entry.frame.recipient or "borne" in found.entry.frame.recipient:
        return ()
    if not light_bearers(scene, governor(found)):
        return ()
    bearing = _first_filled(scene, found, ("borne",), acting=False)
    return tuple(f for f in bearing if not f.party.start <= found.token.idx < f.party.end)


def _apart(actors: tuple[Filled, ...], recipients: tuple[Filled, ...]) -> tuple[tuple[Filled, ...], tuple[Filled, ...]]:
    """The sides without a pronoun that was taken for the other side: "they hurt the farmers" are no farmers."""
    doing, hurt = {f.party.name for f in actors}, {f.party.name for f in recipients}
    kept = tuple(f for f in actors if f.head.pos_ != "PRON" or f.party.name not in hurt)
    others = tuple(f for f in recipients if not _is_plain_pronoun(f.head) or f.party.name not in doing)
    return kept, others


def _is_plain_pronoun(token: Token) -> bool:
    """Whether a token is a pronoun that may be somebody else's: "they hurt them", but not "they hurt themselves"."""
    return token.pos_ == "PRON" and token.lower_ not in REFLEXIVE


def willed(scene: EventScene, kind: str, both: Sides) -> Sides:
    """The sides without the doers of an accident that are no people: the bus that plunged killed nobody on purpose."""
    if kind not in scene.lexicon.types.accident:
        return both
    people = tuple(p for p in both.actors if p.kind in ("person", "group") and not _is_vehicle(scene, p))
    return both if people == both.actors else both.kept("actors", people, "party.accident")


def _is_vehicle(scene: EventScene, one: Party) -> bool:
    return any("vehicle" in scene.classes(t) for t in tokens_of(scene.doc, one.start, one.end))


def _sides(found: Found, actors: tuple[Filled, ...], recipients: tuple[Filled, ...]) -> Sides:
    """The sides with their reasons."""
    frame = found.entry.frame
    slots = {"actors": frame.actor, "recipients": frame.actor if frame.mutual else frame.recipient}
    reasons: list[Because] = []
    for side, filled in (("actors", actors), ("recipients", recipients)):
        reasons += [_because(side, f, governor(found)) for f in filled]
        reasons += [] if filled else [Because(side, None, "party.none", found.entry.row, detail=" ".join(slots[side]))]
    return Sides(tuple(f.party for f in actors), tuple(f.party for f in recipients), tuple(reasons))


def _because(side: str, filled: Filled, verb: Token) -> Because:
    """The slot that gave a party, straight, through a relative pronoun or as owner of what stands there."""
    party, slot, head = filled
    rule = "party.slot" if party.start <= head.idx < party.end else "party.owner"
    if syntax.antecedent(head) != head:
        rule = "party.relative"
    return Because(side, party, rule, words=(*on(verb, head), *at(party)), detail=slot)


def _others(understood: tuple[Filled, ...], others: tuple[Filled, ...]) -> tuple[Filled, ...]:
    """The understood doers who are not those that it is done to: none in "after summoning aides, the aides met"."""
    names = {f.party.name.casefold() for f in others}
    return tuple(f for f in understood if f.party.name.casefold() not in names)


def _concerned(
    scene: EventScene, found: Found, actors: tuple[Filled, ...], recipients: tuple[Filled, ...]
) -> tuple[Filled, ...]:
    """The recipients; whom a speech act is about where nobody else is told."""
    told = any(f.party.country or f.party.kind for f in recipients)
    if found.entry.type not in scene.lexicon.types.directed or found.entry.pos not in ("v", "a") or told:
        return recipients
    names = {f.party.name for f in actors}
    others = counterparts(scene, found.token, names, found.entry.type) or _conditioned(scene, found.token, names)
    return tuple(Filled(p, "about", found.token) for p in others) or recipients


def _conditioned(scene: EventScene, verb: Token, own: AbstractSet[str]) -> tuple[Party, ...]:
    """Whom a threat aims at: who must do what would avert it ("threatened a strike unless Tonga reopens the mine")."""
    objects = syntax.children(verb, "dobj", "xcomp", "ccomp")
    clauses = [c for t in (verb, *objects) for c in syntax.children(t, "advcl", "acl", "relcl")]
    for clause in clauses:
        if not any(c.lower_ in ("unless", "until", "if") for c in syntax.children(clause, "mark", "advmod")):
            continue
        subject = syntax.own_subject(clause)
        found = (party(scene, t) for t in syntax.conjuncts(subject)) if subject is not None else ()
        others = tuple(p for p in found if p is not None and is_known(p) and p.name not in own)
        if others:
            return others
    return ()


def _both_sides(scene: EventScene, found: Found) -> Sides:
    """The sides of what people do with each other: "A met B" has one each, in "A and B met" all are on both."""
    slots = found.entry.frame.actor
    if len(between := _distinct(_able(scene, found, "between"))) > 1 and found.entry.pos == "n":
        return _sides(found, between, between)  # "hosted talks between Chad and the rebels"
    first = _distinct(f for slot in slots if slot in FIRST_SIDE for f in _able(scene, found, slot))
    everyone = _distinct(f for slot in slots for f in _able(scene, found, slot))
    names = {f.party.name.casefold() for f in first}
    second = tuple(f for f in everyone if f.party.name.casefold() not in names)
    first = first or (_attending(scene, found, second) if second else ())
    if first and second:
        return _sides(found, first, second)
    if not first and any(fill(scene, found, slot) for slot in slots if slot in FIRST_SIDE):
        return _sides(found, (), everyone)  # "they met the rebels": one side stands there, unnamed
    return _sides(found, everyone, everyone if len(everyone) > 1 else _concerned(scene, found, everyone, ()))


def _attending(scene: EventScene, found: Found, others: tuple[Filled, ...]) -> tuple[Filled, ...]:
    """Who does something around a meeting or quarrel with others: "left after talks with the envoy", "sought talks"."""
    noun = syntax.first_conjunct(found.token)
    shared = scene.lexicon.types.meeting | scene.lexicon.types.accusation
    if found.entry.type not in shared or not syntax.prep_objects(noun, "with"):
        return ()
    verb: Token | None = None
    if noun.dep_ == "dobj" and scene.lemma(noun.head) in scene.lexicon.words["attend"]:
        verb = noun.head
    elif noun.dep_ == "pobj":
        verb = noun.head.head if noun.head.lower_ in AROUND else _goes_for(scene, noun.head)
    if verb is None:
        return ()
    subjects = patients_or_doers(scene, verb) if verb.pos_ in ("VERB", "AUX") else []
    able = (t for t in subjects if can_act(scene, syntax.antecedent(t)))
    somebody = (Filled(p, "around", t) for t in able for p in parties_of(scene, t, acting=True))
    return _others(_distinct(somebody), others)


def _goes_for(scene: EventScene, purpose: Token) -> Token | None:
    """The verb of who is somewhere, or on the way, for something: "is in Doha for", "flew to Ankara for"."""
    if purpose.lower_ != "for":
        return None
    verb = next((t for t in purpose.ancestors if t.pos_ in ("VERB", "AUX")), None)
    if verb is None or (verb.lemma_ != "be" and scene.lemma(verb) not in scene.lexicon.words["travel"]):
        return None
    return verb


def _able(scene: EventScene, found: Found, slot: str) -> Iterator[Filled]:
    """The parties in a slot; beside the subject only phrases that are somebody."""
    for token in fill(scene, found, slot):
        if slot in ("subj", "light") or can_act(scene, token):
            able = (p for p in parties_of(scene, token, acting=True) if not _is_itself(scene, found, p))
            yield from (Filled(p, slot, token) for p in able)


def counterparts(
    scene: EventScene, verb: Token, own: AbstractSet[str], kind: str = "", depth: int = 3
) -> tuple[Party, ...]:
    """Whom a speech act concerns by what it is about: "refused to respond to a demand of the union"."""
    inner = syntax.children(verb, "dobj", "xcomp", "dative", "acl")
    preps = syntax.children(verb, "prep")
    victims = _suffering(scene, verb) & (HIT if kind in scene.lexicon.types.objecting else OF)
    towards = [p for p in preps if p.lower_ in TOWARDS - victims]
    inner += [t for p in towards for t in syntax.children(p, "pobj", "pcomp")]
    inner += syntax.children(verb, "poss")
    if verb.pos_ == "NOUN":
        inner += owners(scene, verb)
    inner += [t for p in preps if p.lower_ == "in" for t in syntax.children(p, "pobj") if _is_dispute(scene, t)]
    for token in inner:
        if scene.actors.get(token) is not None or _is_state(scene, token):
            found = (party(scene, t) for t in syntax.conjuncts(token))
            others = tuple(p for p in found if p is not None and is_known(p) and not p.name.startswith(tuple(own)))
        else:
            others = counterparts(scene, token, own, kind, depth - 1) if depth else ()
        if others:
            return others
    return ()


def _suffering(scene: EventScene, noun: Token) -> frozenset[str]:
    """The prepositions behind which those stand who undergo it: nobody condemns the monks of "the killing of monks"."""
    senses = scene.lexicon.entries.get(("n", scene.lemma(noun)), ()) if noun.pos_ == "NOUN" else ()
    forced = (s for s in senses if s.type in scene.lexicon.types.force and not s.frame.mutual)
    return HIT & {slot for s in forced for slot in s.frame.recipient}


def _is_dispute(scene: EventScene, token: Token) -> bool:
    """Whether a noun is something that others are on the other side of ("in its war with", "in talks with")."""
    return not scene.classes(token).isdisjoint({"fighting", "meeting", "tie"})


def is_known(one: Party) -> bool:
    """Whether a party has a country or is an international body."""
    return one.country is not None or (one.code or "").startswith(INTERNATIONAL)


def _is_state(scene: EventScene, token: Token) -> bool:
    place = scene.places.get(token)
    return place is not None and place.kind == "country"


def _first_filled(scene: EventScene, found: Found, slots: Iterable[str], *, acting: bool) -> tuple[Filled, ...]:
    """The parties of the first slot that names somebody."""
    vague: tuple[Filled, ...] = ()
    for slot in slots:
        heads = _alike([t for t in fill(scene, found, slot) if not _is_charge(scene, found, slot, t)], scene)
        heads = [t for t in heads if not (acting and _is_struck(scene, t))]
        filled = _distinct(Filled(p, slot, t) for t in heads for p in parties_of(scene, t, acting=acting))
        filled = tuple(f for f in filled if not _is_itself(scene, found, f.party) and not _is_polled(scene, found, f))
        if any(f.party.country or f.party.kind for f in filled):
            return filled
        vague = vague or filled
    return vague


def _is_itself(scene: EventScene, found: Found, one: Party) -> bool:
    """Whether somebody is the event noun itself, taken for a body: "the Gulf presidential summit" holds no summit.

    The victims of "flood victims" are people.
    """
    own = scene.actors.get(found.token) if found.entry.pos == "n" else None
    return own is not None and own.name == one.name and "person" not in scene.classes(found.token)


def _is_polled(scene: EventScene, found: Found, filled: Filled) -> bool:
    """Whether a country is where people vote, and takes no office: "the French election", "elections in Chad"."""
    named = filled.slot in ("mod", "poss", "of") and filled.party.kind == "country"
    return named and found.entry.pos == "n" and scene.lemma(found.token) in scene.lexicon.words["occasion"]


def _alike(heads: list[Token], scene: EventScene) -> list[Token]:
    """What stands in a slot without deeds joined to somebody there: "the repression of miners and its support for"."""
    if len(heads) < 2 or not can_act(scene, heads[0]):
        return heads
    return [t for t in heads if can_act(scene, t) or ("n", scene.lemma(t)) not in scene.lexicon.entries]


def _is_struck(scene: EventScene, thing: Token) -> bool:
    """Whether a thing is what an attack hit, and did nothing: "the bombing of a bus that killed nine"."""
    deed = thing.head.head if thing.dep_ == "pobj" and thing.head.lower_ in ("of", "on") else thing
    if deed is thing or scene.actors.get(thing) is not None or scene.classes(thing).isdisjoint(STRUCK):
        return False
    harm = scene.lexicon.types.harm
    return any(e.type in harm for e in scene.lexicon.entries.get(("n", scene.lemma(deed)), ()))


def _is_charge(scene: EventScene, found: Found, slot: str, token: Token) -> bool:
    """Whether what stands behind *of* is what went off: "the explosion of a bomb" hit no bomb."""
    harmful = found.entry.type.startswith(HARM) or found.entry.type in scene.lexicon.types.harm
    if slot != "of" or found.entry.pos != "n" or not harmful:
        return False
    classes = scene.classes(token)
    return "weapon" in classes and classes.isdisjoint({"human", "vehicle", "building"})


def _distinct(filled: Iterable[Filled]) -> tuple[Filled, ...]:
    by_name: dict[str, Filled] = {}
    for f in filled:
        by_name.setdefault(f.party.name.casefold(), f)
    return tuple(by_name.values())
