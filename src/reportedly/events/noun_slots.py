"""What stands in the slots of a trigger: subjects, objects, owners, phrases behind it, the verb that carries a noun."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from reportedly.events.owners import described, hyphened, is_fighters, is_war_there, stands_for
from reportedly.events.parties import can_act, is_nobody, is_thing
from reportedly.events.scene import EventScene
from reportedly.events.slots import bearers, doers, patients, patients_or_doers
from reportedly.events.triggers import Found, counted, governor
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

ASIDE = frozenset(
    {"on", "against", "with"}
)  # "an attack by rebels on the convoy": the parse often hangs them on "rebels"
BEYOND = ("on", "against", "of", "at", "in", "near", "to")
SHARED = frozenset({"between", "among", "involving"})
BESIDE = ASIDE | {"at"}  # what the parse hangs on the verb that carries the noun
BEHIND = 5  # so far behind an event noun a participle in commas says who did it
DATING = ("in", "on")  # "the killing in May of the mayor": the parse hangs the mayor on May


def fill(scene: EventScene, found: Found, slot: str) -> list[Token]:
    """The heads of the phrases that stand in a slot of the trigger."""
    token = governor(found)
    inside = {t.i for t in found.tokens}
    heads = [t for t in _heads(scene, token, slot, inside) if t.i not in inside or _owns(scene, t, slot)]
    if slot == "holder":
        return [t for t in heads if not is_thing(scene, t)]
    return [t for t in heads if can_act(scene, t) or "place" in scene.classes(t)] if slot == "in" else heads


def _owns(scene: EventScene, word: Token, slot: str) -> bool:
    """Whether a word of the trigger is whose deed it is as well: "the *terrorists'* attacks"."""
    return slot == "poss" and word.dep_ == "poss" and can_act(scene, word)


def _heads(scene: EventScene, token: Token, slot: str, inside: set[int]) -> list[Token]:
    """The tokens in a slot of a frame: "subj" is who attacks in "Rebels attacked", "poss" in "the rebels' attack"."""
    if (found := SLOTS.get(slot)) is not None:
        return found(scene, token)
    if slot == "holder":
        return _holders(scene, token, inside)
    heads = prepositional(scene, token, slot, inside)
    return [t for t in heads if not _is_told_on(scene, token, slot, t)]


def _is_told_on(scene: EventScene, noun: Token, preposition: str, word: Token) -> bool:
    """Whether a network is where somebody wrote of the event: "condemned the raid on Twitter"."""
    if preposition != "on" or noun.pos_ != "NOUN" or "platform" not in scene.classes(word):
        return False
    return noun.dep_ in ("dobj", "pobj") and scene.lemma(noun.head) not in scene.lexicon.words["staged"]


def owners(scene: EventScene, noun: Token) -> list[Token]:
    """The names before a noun, or before the weapon before it ("US", "US drone attacks")."""
    before = syntax.children(noun, "amod", "compound", "nmod")
    before += [o for t in before for o in _leaders(scene, t)]
    named = [t for t in before if stands_for(scene, t)]
    whose = [t for t in named if not _is_scene(scene, t, noun)]
    if named:
        return whose
    deeper = [o for t in before if t.pos_ in ("NOUN", "PROPN") for o in owners(scene, t)]
    return deeper or [t for t in before if is_fighters(scene, t)]


def _leaders(scene: EventScene, participle: Token) -> list[Token]:
    """Who leads or stages it by a word with a hyphen: *Kenyan* of "the Kenyan-led raid"."""
    if participle.lower_ not in scene.lexicon.words["led"]:
        return []
    return [c for c in participle.children if c.i < participle.i and c.dep_ != "punct"]


def _is_scene(scene: EventScene, name: Token, noun: Token) -> bool:
    """Whether a name before an event noun says where it is: "the Geneva talks", "the Korea war" of whoever wages it."""
    place = scene.places.get(name)
    if is_war_there(scene, name, noun):
        return True
    if place is None or place.demonym or name.text.isupper() or name.tag_ not in ("NNP", "NN"):
        return False
    if place.kind != "country":
        return scene.actors.get(name) is None
    alone = len(syntax.conjuncts(name)) == 1 and name.dep_ != "conj"
    return alone and "abroad" in scene.classes(noun) and not hyphened(name)


def prepositional(scene: EventScene, token: Token, preposition: str, inside: set[int]) -> list[Token]:
    """Objects of a preposition on the trigger, or on another word of it ("took control of the town")."""
    carriers = [token, *(t for t in token.subtree if t.i in inside and t != token), *_carried(token)]
    found = [t for c in carriers for t in syntax.prep_objects(c, preposition)]
    if not found and token.pos_ == "NOUN" and preposition in BESIDE and token.dep_ in ("dobj", "nsubjpass", "pobj"):
        found = syntax.prep_objects(token.head.head if token.dep_ == "pobj" else token.head, preposition)
    if not found and preposition == "to" and token.pos_ == "NOUN" and token.dep_ in ("dobj", "nsubjpass"):
        given = light_verb(scene, token)  # "made a plea to the premier"
        behind_verb = syntax.prep_objects(given[0], "to") if given is not None and given[1] == "actor" else []
        found = [t for t in behind_verb if can_act(scene, t)]
    if not found and (measure := counted(scene, token)) is not token:  # "a series of raids on a camp"
        found = syntax.prep_objects(measure, preposition) if preposition != "of" else []
        behind = measure.dep_ == "dobj" and preposition in BESIDE
        found = found or (syntax.prep_objects(measure.head, preposition) if behind else [])
    if not found and token.pos_ == "NOUN" and preposition == "of":
        found = [t for o in syntax.prep_objects(token, *DATING) for t in syntax.prep_objects(o, "of") if _is_day(o)]
    if not found and token.pos_ == "NOUN" and preposition in ASIDE:
        found = [t for o in syntax.prep_objects(token, "by", "of") for t in syntax.prep_objects(o, preposition)]
    if not found and token.pos_ == "NOUN" and token.dep_ == "conj":  # "the disappearance and killing of a clerk"
        first = syntax.first_conjunct(token)
        found = [t for t in syntax.prep_objects(first, preposition) if t.i > token.i] if first.pos_ == "NOUN" else []
    if not found and preposition in BESIDE and token.pos_ == "NOUN":  # "losses inflicted on the army"
        carried = (c for c in syntax.children(token, "acl") if _part(scene, syntax.verb_lemmas(c)))
        found = [t for c in carried for o in (c, *syntax.agents(c)) for t in syntax.prep_objects(o, preposition)]
    if not found and token.pos_ in ("NOUN", "PROPN"):
        found = _by_far(scene, token) if preposition == "by" else _told_behind(token, preposition)
    for c in carriers:
        if c.i in inside and c.lower_ == preposition:
            found += [t for o in syntax.children(c, "pobj") for t in syntax.conjuncts(o)]
    return found


def _by_far(scene: EventScene, noun: Token) -> list[Token]:
    """Who did it, by a phrase that hangs on whom it hit, on the verb, or on what is said of the act.

    "deplored raids on trawlers by gunboats", "the ambush was probably by rebels", "an ambush laid by rebels".
    """
    hit = [o for o in syntax.prep_objects(noun, *BEYOND) if ("n", scene.lemmas[o.i]) not in scene.lexicon.entries]
    found = [t for o in hit for t in syntax.prep_objects(o, "by")]
    if not found and noun.dep_ == "dobj" and not syntax.is_passive(noun.head):
        found = syntax.prep_objects(noun.head, "by")
    if not found and noun.dep_ == "nsubj" and noun.head.lemma_ == "be":
        found = syntax.prep_objects(noun.head, "by")
    staged = [c for c in syntax.children(noun, "acl") if scene.lemma(c) in scene.lexicon.words["staged"]]
    charges = [c for o in syntax.prep_objects(noun, "of") for c in syntax.children(o, "acl")]
    staged += [c for c in charges if scene.lemma(c) in scene.lexicon.words["planted"]]
    found = found or [t for c in staged for t in syntax.agents(c)] or _told_behind_comma(scene, noun)
    return [t for t in found if t.ent_type_ not in ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "CARDINAL")]


def _told_behind_comma(scene: EventScene, noun: Token) -> list[Token]:
    """Who did it by a participle in commas: "Nine died in the ambush, reportedly laid by rebels"."""
    behind = (t for t in noun.doc[noun.i + 1 : noun.i + BEHIND] if t.pos_ != "ADV")
    comma, verb = next(behind, noun), next(behind, noun)
    told = comma.text == "," and verb.tag_ == "VBN" and verb.dep_ == "advcl" and syntax.own_subject(verb) is None
    return syntax.agents(verb) if told and scene.lemma(verb) in scene.lexicon.words["staged"] else []


def _told_behind(noun: Token, preposition: str) -> list[Token]:
    """Between whom it is where a verb or a day stands in between: "clashes broke out on Monday between A and B"."""
    if preposition not in SHARED or noun.dep_ not in ("nsubj", "nsubjpass", "dobj", "attr"):
        return []
    beside = [noun.head, *syntax.prep_objects(noun.head), *syntax.children(noun.head, "npadvmod")]
    return [t for place in beside if place != noun for t in syntax.prep_objects(place, preposition)]


def _is_day(token: Token) -> bool:
    """Whether a token is a day or hour, and no party: "Monday" in "Monday's attack"."""
    return token.ent_type_ in ("DATE", "TIME") and token.pos_ in ("PROPN", "NUM")


def _carried(verb: Token) -> list[Token]:
    """The objects that may carry a preposition of the verb: "gave millions of dollars of aid to"."""
    found = syntax.children(verb, "dobj")
    for t in found:
        found += syntax.prep_objects(t, "of")
    return found


def light_verb(scene: EventScene, noun: Token) -> tuple[Token, str] | None:
    """The verb that only carries the event noun, and whose part its subject plays: "staged" in "staged a raid".

    It may govern the noun through a preposition ("came under attack"), describe it ("the raid carried out by") or carry
    a number of them ("staged a series of raids").
    """
    noun = counted(scene, syntax.first_conjunct(noun))
    return _carried_directly(scene, noun) or _carried_by_phrase(scene, noun) or _told_of(scene, noun)


def _part(scene: EventScene, forms: Iterable[str]) -> str | None:
    """Whose part the subject of a verb plays that carries its object: "staged", "was carried out"."""
    return next((p for form in forms if (p := scene.lexicon.light.get(form))), None)


def _carried_directly(scene: EventScene, noun: Token) -> tuple[Token, str] | None:
    """The verb whose object or subject the noun is: "staged a raid", "a raid was staged"."""
    if noun.dep_ not in ("dobj", "nsubjpass", "attr") or syntax.children(noun.head, "oprd"):
        return None
    part = _part(scene, _forms(noun.head))
    return (noun.head, part) if part else None


def _carried_by_phrase(scene: EventScene, noun: Token) -> tuple[Token, str] | None:
    """The verb that governs the noun through a preposition: "came under attack", "claimed responsibility for"."""
    if noun.dep_ != "pobj" or noun.head.head == noun.head:
        return None
    prep, verb = noun.head, noun.head.head
    lemma, light = scene.lemmas, scene.lexicon.light
    if part := light.get(f"{lemma[verb.i]} {prep.lower_}"):
        return verb, part
    if verb.dep_ in ("dobj", "acomp", "oprd", "attr"):
        part = light.get(f"{lemma[verb.head.i]} {lemma[verb.i]} {prep.lower_}")
        if part:
            return verb.head, part
    # "claimed responsibility on Monday for the raid"
    objects = (c for c in syntax.children(verb, "dobj") if c.i < prep.i)
    by_object = next(filter(None, (light.get(f"{lemma[verb.i]} {lemma[o.i]} {prep.lower_}") for o in objects)), None)
    if by_object is not None:
        return verb, by_object
    above = light.get(f"{lemma[verb.head.i]} {prep.lower_}") if verb.dep_ == "dobj" else None
    return (verb.head, above) if above == "object" else None


def _told_of(scene: EventScene, noun: Token) -> tuple[Token, str] | None:
    """What says whose doing the noun was: "was the work of rebels", "the raid carried out by rebels"."""
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be" and _is_work(scene, noun.head):
        return noun.head, "owner"
    for clause in syntax.children(noun, "acl", "relcl"):
        part = _part(scene, syntax.verb_lemmas(clause))
        if part and not any(c.dep_ == "advmod" and c.tag_ == "WRB" for c in clause.children):
            return clause, part
    return None


def _forms(verb: Token) -> list[str]:
    """How a verb may stand in the table, with its particle first: "set up" and "set" of "set up roadblocks"."""
    forms = syntax.verb_lemmas(verb)
    return [*(f"{form} {c.lower_}" for form in forms for c in syntax.children(verb, "prt")), *forms]


def _is_work(scene: EventScene, copula: Token) -> bool:
    """Whether it says whose doing something was: "the raid was the work of rebels"."""
    return any(scene.lemma(a) in scene.lexicon.words["work"] for a in syntax.children(copula, "attr"))


def light_doers(scene: EventScene, noun: Token) -> list[Token]:
    """Who does the event of a noun that a verb carries: "staged an offensive", "carried out the attack".

    Also who is accused of it: "is accused of the killing", "blamed the raid on rebels".
    """
    light = light_verb(scene, noun)
    if light is None:
        return []
    verb, part = light
    if part == "object":
        return patients(verb)
    if part == "laid":
        return syntax.prep_objects(verb, "on", "to")
    if part == "owner":
        return [t for a in syntax.children(verb, "attr") for t in syntax.prep_objects(a, "of")]
    # "Troops were engaged in looting": a participle that says what somebody is at.
    at = verb if noun.dep_ == "pobj" and syntax.is_passive(verb) and not syntax.agents(verb) else None
    whose = patients(verb) if at else doers(scene, verb)
    settling = scene.lexicon.words["settling"]  # "the accord signed by both ended the war"
    able = (t for t in whose if t != noun and not is_nobody(t) and scene.lemma(t) not in settling)
    return list(able) if part == "actor" else []


def light_bearers(scene: EventScene, noun: Token) -> list[Token]:
    """Who suffers the event of a noun: "suffered losses", "came under attack", "survived the bombing"."""
    light = light_verb(scene, noun)
    if light is None or light[1] not in ("recipient", "opponent"):
        return []
    verb = light[0]
    hurt = noun.dep_ == "pobj" and (syntax.is_passive(verb) or bool(syntax.objects(verb)))
    return [t for t in (patients(verb) if hurt else doers(scene, verb)) if t != noun]


def _hit(scene: EventScene, noun: Token) -> list[Token]:
    """What an attack is said to have hit: "an air strike *hit a hospital*", "raids that *targeted two mills*"."""
    verbs = [noun.head] if noun.dep_ == "nsubj" else syntax.children(noun, "relcl", "acl")
    verb = next((v for v in verbs if scene.lemma(v) in scene.lexicon.words["hitting"]), None)
    return patients(verb) if verb is not None and not syntax.is_passive(verb) else []


def _reporters(scene: EventScene, noun: Token) -> list[Token]:
    """Who tells of it, where those tell of their own: "the rebels report on advances near the coast"."""
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    told = noun.dep_ in ("pobj", "dobj") and scene.lemma(above) in scene.lexicon.telling
    return [] if not told or syntax.is_passive(above) else doers(scene, above)


def _complement_subjects(scene: EventScene, token: Token) -> list[Token]:
    """The subject of the clause that is demanded, urged, alleged ("demanded that the generals give up power").

    Not of one that says when or why: "appealed for calm *after* guards beat two monks"; of what is
    alleged in the passive whoever did it.
    """
    found = []
    senses = scene.lexicon.entries.get(("v", scene.lemma(token)), ())
    alleged = any(sense.type in scene.lexicon.types.accusation for sense in senses)
    for clause in syntax.children(token, "ccomp", "xcomp", "advcl", "acl"):
        if syntax.is_circumstance(clause):
            continue
        subject = syntax.own_subject(clause)
        if subject is not None:
            whom = syntax.conjuncts(subject)
            found += syntax.agents(clause) if alleged and syntax.is_passive(clause) else whom
        elif clause.tag_ == "VB" and clause.dep_ == "acl":  # "a call for the generals to give up power"
            found += [t for t in syntax.prep_objects(token, "for") if t.i < clause.i]
    for prep in syntax.children(token, "prep"):
        for clause in syntax.children(prep, "pcomp") if prep.lower_ not in syntax.TIMING else ():
            subject = syntax.own_subject(clause)
            found += syntax.conjuncts(subject) if subject is not None else []
    return found


def _holders(scene: EventScene, noun: Token, inside: set[int]) -> list[Token]:
    """Who is "under arrest", "in custody": what the phrase is said of."""
    token = noun
    while token.i in inside and token.head != token:
        token = token.head
    if token.pos_ in ("NOUN", "PROPN", "PRON"):
        return [token]
    return syntax.objects(token) or patients_or_doers(scene, token)


def _indirect(scene: EventScene, token: Token) -> list[Token]:
    del scene
    return syntax.children(token, "dative", "iobj")


def _whose(scene: EventScene, thing: Token) -> list[Token]:
    """Whose something is: *rebel* of "fell under rebel control", *the army* of "under the control of the army"."""
    return [*owners(scene, thing), *_genitive(scene, thing), *syntax.prep_objects(thing, "of")]


def _genitive(scene: EventScene, token: Token) -> list[Token]:
    del scene
    return [described(c) if c.tag_ == "WP$" else t for c in syntax.children(token, "poss") for t in syntax.conjuncts(c)]


def _lost(scene: EventScene, toll: Token) -> list[Token]:
    """Whose dead a toll counts: "the army's toll", not of who counts them: "raised *its* toll"."""
    return [t for t in _genitive(scene, toll) if toll.dep_ != "dobj" or t.tag_ != "PRP$"]


SLOTS: Final[Mapping[str, Callable[[EventScene, Token], list[Token]]]] = {
    "subj": doers,
    "obj": lambda _, token: patients(token),
    "iobj": _indirect,
    "poss": _genitive,
    "lost": _lost,
    "mod": owners,
    "light": light_doers,
    "borne": lambda scene, token: light_bearers(scene, token) or syntax.counted_among(token),
    "hit": _hit,
    "reporter": _reporters,
    "comp": _complement_subjects,
    "teller": lambda scene, token: doers(scene, token.head.head),
    "clause": lambda scene, token: doers(scene, token.head),
    "whose": lambda scene, token: [o for t in syntax.prep_objects(token) for o in _whose(scene, t)],
    "bearer": bearers,
}
