"""Who did it, to whom, with what: the parties and means of a trigger, read from its slots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import msgspec

from reportedly.events.lexicon import MeansWord
from reportedly.events.parties import can_act, is_thing, parties_of, party, stands_for
from reportedly.events.scene import Scene
from reportedly.events.slots import bearers, doers, patients, patients_or_doers
from reportedly.events.triggers import Found, governor
from reportedly.model import Because, Means, Party
from reportedly.parse import syntax
from reportedly.parse.parsed import Token
from reportedly.reasons import at, on, renewed

ASIDE = frozenset(
    {"on", "against", "with"}
)  # "an attack by rebels on the convoy": the parse often hangs them on "rebels"
BEYOND = ("on", "against", "of", "at", "in", "near", "to")
SHARED = frozenset({"between", "among", "involving"})
BESIDE = ASIDE | {"at"}  # what the parse hangs on the verb that carries the noun
DATING = ("in", "on")  # "the killing in May of the mayor": the parse hangs the mayor on May
AROUND = frozenset({"at", "in", "during", "after", "before", "following"})
TOWARDS = frozenset({"to", "with", "against", "from", "by", "of", "for", "among", "between", "on", "toward", "towards"})
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


def sides(scene: Scene, found: Found) -> Sides:
    """Actors and recipients of a trigger by the frame of its sense."""
    frame = found.entry.frame
    if frame.mutual:
        return _both_sides(scene, found)
    recipients = _first_filled(scene, found, frame.recipient, acting=False)
    used = next((f.slot for f in recipients), None)
    doing = (slot for slot in frame.actor if slot != used)
    actors = _first_filled(scene, found, doing, acting=True)
    own = {(f.party.start, f.party.end) for f in actors}
    recipients = tuple(f for f in recipients if (f.party.start, f.party.end) not in own)
    if recipients and found.entry.pos == "v" and syntax.own_subject(found.token) is None:
        actors = _others(actors, recipients)
    return _sides(found, actors, _concerned(scene, found, actors, recipients))


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
    """The understood doers who are not those that it is done to, as in "after summoning aides, the aides met"."""
    names = {f.party.name.casefold() for f in others}
    return tuple(f for f in understood if f.party.name.casefold() not in names)


def _concerned(
    scene: Scene, found: Found, actors: tuple[Filled, ...], recipients: tuple[Filled, ...]
) -> tuple[Filled, ...]:
    """The recipients; whom a speech act is about where nobody else is told."""
    told = any(f.party.country or f.party.kind for f in recipients)
    if found.entry.type not in scene.lexicon.types.directed or found.entry.pos not in ("v", "a") or told:
        return recipients
    others = counterparts(scene, found.token, {f.party.name for f in actors})
    return tuple(Filled(p, "about", found.token) for p in others) or recipients


def _both_sides(scene: Scene, found: Found) -> Sides:
    """The sides of what people do with each other: "A met B" has one each, in "A and B met" all are on both."""
    slots = found.entry.frame.actor
    first = _distinct(f for slot in slots if slot in FIRST_SIDE for f in _able(scene, found, slot))
    everyone = _distinct(f for slot in slots for f in _able(scene, found, slot))
    names = {f.party.name.casefold() for f in first}
    second = tuple(f for f in everyone if f.party.name.casefold() not in names)
    first = first or (_attending(scene, found, second) if second else ())
    if first and second:
        return _sides(found, first, second)
    return _sides(found, everyone, everyone if len(everyone) > 1 else _concerned(scene, found, everyone, ()))


def _attending(scene: Scene, found: Found, others: tuple[Filled, ...]) -> tuple[Filled, ...]:
    """Who does something at or around a meeting with others: "said after talks with the envoy"."""
    noun = syntax.first_conjunct(found.token)
    if found.entry.type not in scene.lexicon.types.meeting or noun.dep_ != "pobj" or noun.head.lower_ not in AROUND:
        return ()
    if not syntax.prep_objects(noun, "with"):
        return ()
    verb = noun.head.head
    subjects = patients_or_doers(scene, verb) if verb.pos_ in ("VERB", "AUX") else []
    able = (t for t in subjects if can_act(scene, syntax.antecedent(t)))
    somebody = (Filled(p, "around", t) for t in able for p in parties_of(scene, t, acting=True))
    return _others(_distinct(somebody), others)


def _able(scene: Scene, found: Found, slot: str) -> Iterator[Filled]:
    """The parties in a slot; beside the subject only phrases that are somebody."""
    for token in fill(scene, found, slot):
        if slot in ("subj", "light") or can_act(scene, token):
            yield from (Filled(p, slot, token) for p in parties_of(scene, token, acting=True))


def counterparts(scene: Scene, verb: Token, own: AbstractSet[str], depth: int = 3) -> tuple[Party, ...]:
    """Whom a speech act concerns by what it is about: "refused to respond to a demand of the union"."""
    inner = syntax.children(verb, "dobj", "xcomp", "dative", "acl")
    preps = syntax.children(verb, "prep")
    inner += [t for p in preps if p.lower_ in TOWARDS for t in syntax.children(p, "pobj", "pcomp")]
    inner += syntax.children(verb, "poss")
    if verb.pos_ == "NOUN":
        inner += _owners(scene, verb)
    inner += [t for p in preps if p.lower_ == "in" for t in syntax.children(p, "pobj") if _is_dispute(scene, t)]
    for token in inner:
        if scene.actors.get(token) is not None or _is_state(scene, token):
            found = (party(scene, t) for t in syntax.conjuncts(token))
            others = tuple(p for p in found if p is not None and is_known(p) and not p.name.startswith(tuple(own)))
        else:
            others = counterparts(scene, token, own, depth - 1) if depth else ()
        if others:
            return others
    return ()


def _is_dispute(scene: Scene, token: Token) -> bool:
    """Whether a noun is something that others are on the other side of ("in its war with", "in talks with")."""
    return not scene.classes(token).isdisjoint({"fighting", "meeting", "tie"})


def is_known(one: Party) -> bool:
    """Whether a party has a country or is an international body."""
    return one.country is not None or (one.code or "").startswith(INTERNATIONAL)


def _is_state(scene: Scene, token: Token) -> bool:
    place = scene.places.get(token)
    return place is not None and place.kind == "country"


def _first_filled(scene: Scene, found: Found, slots: Iterable[str], *, acting: bool) -> tuple[Filled, ...]:
    """The parties of the first slot that names somebody."""
    vague: tuple[Filled, ...] = ()
    for slot in slots:
        heads = fill(scene, found, slot)
        filled = _distinct(Filled(p, slot, t) for t in heads for p in parties_of(scene, t, acting=acting))
        if any(f.party.country or f.party.kind for f in filled):
            return filled
        vague = vague or filled
    return vague


def _distinct(filled: Iterable[Filled]) -> tuple[Filled, ...]:
    by_name: dict[str, Filled] = {}
    for f in filled:
        by_name.setdefault(f.party.name.casefold(), f)
    return tuple(by_name.values())


# ---- slots ----------------------------------------------------------------------------------------------------------


def fill(scene: Scene, found: Found, slot: str) -> list[Token]:
    """The heads of the phrases that stand in a slot of the trigger."""
    token = governor(found)
    inside = {t.i for t in found.tokens}
    heads = [t for t in _heads(scene, token, slot, inside) if t.i not in inside]
    if slot == "holder":
        return [t for t in heads if not is_thing(scene, t)]
    return [t for t in heads if can_act(scene, t) or "place" in scene.classes(t)] if slot == "in" else heads


def _heads(scene: Scene, token: Token, slot: str, inside: set[int]) -> list[Token]:
    if slot == "subj":
        return doers(scene, token)
    if slot == "obj":
        return patients(token)
    if slot == "iobj":
        return syntax.children(token, "dative", "iobj")
    if slot == "poss":
        return [t for c in syntax.children(token, "poss") for t in syntax.conjuncts(c)]
    if slot == "mod":
        return _owners(scene, token)
    if slot == "light":
        return light_doers(scene, token)
    if slot == "borne":
        return light_bearers(scene, token) or _among(token)
    if slot == "comp":
        return _complement_subjects(token)
    if slot == "teller":
        return doers(scene, token.head.head)
    if slot == "clause":
        return doers(scene, token.head)
    if slot == "bearer":
        return bearers(scene, token)
    if slot == "holder":
        return _holders(scene, token, inside)
    return prepositional(token, slot, inside)


def _owners(scene: Scene, noun: Token) -> list[Token]:
    """The names before a noun, or before the weapon before it ("US", "US drone attacks")."""
    before = syntax.children(noun, "amod", "compound", "nmod")
    before += [o for t in before for o in _leaders(scene, t)]
    named = [t for t in before if stands_for(scene, t)]
    whose = [t for t in named if not _is_scene(scene, t, noun)]
    if named:
        return whose
    deeper = [o for t in before if t.pos_ in ("NOUN", "PROPN") for o in _owners(scene, t)]
    return deeper or [t for t in before if _is_fighters(scene, t)]


def _leaders(scene: Scene, participle: Token) -> list[Token]:
    """Who leads or stages it by a word with a hyphen: *Kenyan* of "the Kenyan-led raid"."""
    if participle.lower_ not in scene.lexicon.words["led"]:
        return []
    return [c for c in participle.children if c.i < participle.i and c.dep_ != "punct"]


def _is_fighters(scene: Scene, noun: Token) -> bool:
    """Whether a common noun before a deed is who did it ("a guerrilla ambush"), and not with what ("a tank attack")."""
    classes = scene.classes(noun)
    return "force" in classes and noun.pos_ in ("NOUN", "ADJ") and classes.isdisjoint({"vehicle", "weapon", "building"})


def _is_scene(scene: Scene, name: Token, noun: Token) -> bool:
    """Whether a name before an event noun says where it is: "the Geneva talks", "the Korea war" of whoever wages it."""
    place = scene.places.get(name)
    if place is None or place.demonym or name.text.isupper() or name.tag_ not in ("NNP", "NN"):
        return False
    if place.kind != "country":
        return scene.actors.get(name) is None
    alone = len(syntax.conjuncts(name)) == 1 and name.dep_ != "conj"
    return alone and "abroad" in scene.classes(noun) and not _hyphened(name)


def _hyphened(name: Token) -> bool:
    """Whether a name is one of two that a dash joins ("the Iran-Iraq war")."""
    doc = name.doc
    return any(0 <= i < len(doc) and doc[i].text in ("-", "–", "/") for i in (name.i - 1, name.i + 1))


def prepositional(token: Token, preposition: str, inside: set[int]) -> list[Token]:
    """Objects of a preposition on the trigger, or on another word of it ("took control of the town")."""
    carriers = [token, *(t for t in token.subtree if t.i in inside and t != token), *_carried(token)]
    found = [t for c in carriers for t in syntax.prep_objects(c, preposition)]
    if not found and token.pos_ == "NOUN" and preposition in BESIDE and token.dep_ in ("dobj", "nsubjpass", "pobj"):
        found = syntax.prep_objects(token.head.head if token.dep_ == "pobj" else token.head, preposition)
    if not found and token.pos_ == "NOUN" and preposition == "of":
        found = [t for o in syntax.prep_objects(token, *DATING) for t in syntax.prep_objects(o, "of") if _is_day(o)]
    if not found and token.pos_ == "NOUN" and preposition in ASIDE:
        found = [t for o in syntax.prep_objects(token, "by", "of") for t in syntax.prep_objects(o, preposition)]
    if not found and token.pos_ in ("NOUN", "PROPN"):
        found = _by_far(token) if preposition == "by" else _told_behind(token, preposition)
    for c in carriers:
        if c.i in inside and c.lower_ == preposition:
            found += [t for o in syntax.children(c, "pobj") for t in syntax.conjuncts(o)]
    return found


def _by_far(noun: Token) -> list[Token]:
    """Who did it by a phrase that hangs on whom it hit, or on the verb: "deplored raids on trawlers by gunboats".

    Or by what is said of it: "the ambush was probably by rebels".
    """
    found = [t for o in syntax.prep_objects(noun, *BEYOND) for t in syntax.prep_objects(o, "by")]
    if not found and noun.dep_ == "dobj" and not syntax.is_passive(noun.head):
        found = syntax.prep_objects(noun.head, "by")
    if not found and noun.dep_ == "nsubj" and noun.head.lemma_ == "be":
        found = syntax.prep_objects(noun.head, "by")
    return [t for t in found if t.ent_type_ not in ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "CARDINAL")]


def _told_behind(noun: Token, preposition: str) -> list[Token]:
    """Between whom it is where a verb or a day stands in between: "clashes broke out on Monday between A and B"."""
    if preposition not in SHARED or noun.dep_ not in ("nsubj", "nsubjpass", "dobj", "attr"):
        return []
    beside = [noun.head, *syntax.prep_objects(noun.head), *syntax.children(noun.head, "npadvmod")]
    return [t for place in beside if place != noun for t in syntax.prep_objects(place, preposition)]


def _is_day(token: Token) -> bool:
    return token.ent_type_ in ("DATE", "TIME") and token.pos_ in ("PROPN", "NUM")


def _carried(verb: Token) -> list[Token]:
    """The objects that may carry a preposition of the verb: "gave millions of dollars of aid to"."""
    found = syntax.children(verb, "dobj")
    for t in found:
        found += syntax.prep_objects(t, "of")
    return found


def light_verb(scene: Scene, noun: Token) -> tuple[Token, str] | None:
    """The verb that only carries the event noun, and whose part its subject plays."""
    noun = syntax.first_conjunct(noun)
    lemma = scene.lemmas
    if noun.dep_ in ("dobj", "nsubjpass", "attr"):
        part = next((p for form in syntax.verb_lemmas(noun.head) if (p := scene.lexicon.light.get(form))), None)
        if part:
            return noun.head, part
    if noun.dep_ == "pobj" and noun.head.head != noun.head:
        verb = noun.head.head
        part = scene.lexicon.light.get(f"{lemma[verb.i]} {noun.head.lower_}")
        if part:
            return verb, part
        above = f"{lemma[verb.head.i]} {lemma[verb.i]} {noun.head.lower_}"
        part = scene.lexicon.light.get(above) if verb.dep_ in ("dobj", "acomp", "oprd", "attr") else None
        if part:
            return verb.head, part
        part = scene.lexicon.light.get(f"{lemma[verb.head.i]} {noun.head.lower_}") if verb.dep_ == "dobj" else None
        if part == "object":
            return verb.head, part
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be" and _is_work(scene, noun.head):
        return noun.head, "owner"
    for clause in syntax.children(noun, "acl", "relcl"):
        if any(c.dep_ == "advmod" and c.tag_ == "WRB" for c in clause.children):
            continue
        part = next((p for form in syntax.verb_lemmas(clause) if (p := scene.lexicon.light.get(form))), None)
        if part:
            return clause, part
    return None


def _is_work(scene: Scene, copula: Token) -> bool:
    """Whether it says whose doing something was: "the raid was the work of rebels"."""
    return any(scene.lemma(a) in scene.lexicon.words["work"] for a in syntax.children(copula, "attr"))


def light_doers(scene: Scene, noun: Token) -> list[Token]:
    """Who stages the offensive, carries out the attack, is accused of the killing."""
    light = light_verb(scene, noun)
    if light is None:
        return []
    verb, part = light
    if part == "object":
        return patients(verb)
    if part == "owner":
        return [t for a in syntax.children(verb, "attr") for t in syntax.prep_objects(a, "of")]
    # "Troops were engaged in looting": a participle that says what somebody is at.
    at = verb if noun.dep_ == "pobj" and syntax.is_passive(verb) and not syntax.agents(verb) else None
    return [t for t in (patients(verb) if at else doers(scene, verb)) if t != noun] if part == "actor" else []


def _among(noun: Token) -> list[Token]:
    """Who is said to be among them: "two engineers were among the wounded"."""
    verb = noun.head.head
    if noun.dep_ != "pobj" or noun.head.lower_ != "among" or verb.lemma_ != "be":
        return []
    subject = syntax.own_subject(verb)
    return syntax.conjuncts(subject) if subject is not None else syntax.children(verb, "attr")


def light_bearers(scene: Scene, noun: Token) -> list[Token]:
    """Who suffers the losses, comes under the attack, survives the bombing."""
    light = light_verb(scene, noun)
    if light is None or light[1] not in ("recipient", "opponent"):
        return []
    verb = light[0]
    hurt = noun.dep_ == "pobj" and (syntax.is_passive(verb) or bool(syntax.objects(verb)))
    return [t for t in (patients(verb) if hurt else doers(scene, verb)) if t != noun]


def _complement_subjects(token: Token) -> list[Token]:
    """The subject of the clause that is demanded, urged, alleged ("demanded that the generals give up power")."""
    found = []
    for clause in syntax.children(token, "ccomp", "xcomp", "advcl", "acl"):
        subject = syntax.own_subject(clause)
        if subject is not None:
            found += syntax.conjuncts(subject)
    for prep in syntax.children(token, "prep"):
        for clause in syntax.children(prep, "pcomp"):
            subject = syntax.own_subject(clause)
            found += syntax.conjuncts(subject) if subject is not None else []
    return found


def _holders(scene: Scene, noun: Token, inside: set[int]) -> list[Token]:
    """Who is "under arrest", "in custody": what the phrase is said of."""
    token = noun
    while token.i in inside and token.head != token:
        token = token.head
    if token.pos_ in ("NOUN", "PROPN", "PRON"):
        return [token]
    return syntax.objects(token) or patients_or_doers(scene, token)


# ---- means ----------------------------------------------------------------------------------------------------------


class Weapon(NamedTuple):
    """A means named in the text and the word of the table that it is."""

    means: Means
    word: MeansWord


def weapons_in(scene: Scene, clause: Iterable[Token]) -> tuple[Weapon, ...]:
    """Weapons and instruments named in the clause of an assault."""
    seen = []
    for token in clause:
        hit = means_at(scene, token)
        if hit is not None and (hit[0] > 1 or token.dep_ not in ("compound", "amod")) and not _is_taken(scene, token):
            start, end = scene.doc[token.i - hit[0] + 1].idx, token.idx + len(token)
            seen.append(Weapon(Means(scene.dispatch.text[start:end], start, end), hit[1]))
    return tuple(seen)


def _is_taken(scene: Scene, weapon: Token) -> bool:
    """Whether a weapon is what is seized, found or handed over, and not what it is done with."""
    first = syntax.first_conjunct(weapon)
    return first.dep_ in ("dobj", "nsubjpass") and "taking" in scene.classes(first.head)


def means_at(scene: Scene, token: Token) -> tuple[int, MeansWord] | None:
    """The means that ends on this token: how many tokens it has, and what the table says of it."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    for entry in scene.lexicon.means.get(scene.lemmas[token.i], ()):
        n = _spelled(scene, token, entry.words)
        if n:
            return n, entry
    return None


def _spelled(scene: Scene, token: Token, words: tuple[str, ...]) -> int:
    i = token.i
    for word in reversed(words):
        while i >= 0 and scene.doc[i].lower_ == "-":
            i -= 1
        if i < 0 or word not in (scene.lemmas[i], scene.doc[i].lower_):
            return 0
        i -= 1
    return token.i - i
