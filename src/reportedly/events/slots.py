"""Who does what a verb says and to whom it is done: the understood subjects and objects of a parse."""

from __future__ import annotations

from reportedly.events.scene import EventScene
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

# How many words on two verbs are still told in one breath ("shot and badly wounded").
BREATH = 3
AUXILIARY = frozenset({"aux", "auxpass"})
JOINING = frozenset({"and", "&"})
BETWEEN = JOINING | {",", "the"}
ABOUT = ("of", "for", "over", "about", "to", "on", "against", "with")
PEOPLED = frozenset({"human", "place", "building"})
WHEN = frozenset({"DATE", "TIME"})
WILLING = frozenset({"human", "force", "person", "group", "polity", "people", "org", "vehicle", "measure", "part"})


def doers(scene: EventScene, verb: Token) -> list[Token]:
    """Who does what the verb says: "rebels and deserters fled", "was shot by rebels", "the rebels vowed to fight"."""
    if syntax.is_passive(verb) or _is_found(verb):
        agents = syntax.agents(verb) or _agents_behind(scene, verb) or _agents_beyond(scene, verb)
        return [d for t in agents for d in _wielders(scene, t) or [t]]
    subject = controller(scene, verb)
    if subject is None or _is_open(subject):
        return []
    return _wielders(scene, subject) or _listed(scene, _said_of(scene, subject))


def _is_open(subject: Token) -> bool:
    """Whether "what" stands before a subject, which then only says what others are: "What police put at 900 came"."""
    return any(c.tag_ in ("WP", "WDT") and c.dep_ == "det" and c.i < subject.i for c in subject.children)


def _agents_behind(scene: EventScene, verb: Token) -> list[Token]:
    """Who did it by a phrase that the parse takes for a place or hangs on one: "seized in Goma by twenty soldiers"."""
    for link in verb.subtree:
        host = link.head
        if link.lower_ != "by" or link.dep_ not in ("prep", "agent") or link.i < verb.i:
            continue
        where = scene.places.get(host) is not None or "place" in scene.classes(host) or host.ent_type_ in WHEN
        aim = host.dep_ == "xcomp" and host.head is verb and not syntax.objects(host)  # "forced to flee by rebels"
        if host is verb or aim or (where and host.pos_ in ("NOUN", "PROPN", "NUM")):
            return [t for o in syntax.children(link, "pobj") for t in syntax.conjuncts(o) if _is_willing(scene, t)]
    return []


def _agents_beyond(scene: EventScene, verb: Token) -> list[Token]:
    """Who did it by the phrase behind a second participle told in one breath: "was rejected and denounced by Chad"."""
    joined = (c for c in syntax.children(verb, "conj") if c.i > verb.i and c.tag_ == "VBN" and syntax.is_passive(c))
    second = next((c for c in joined if all(t.text == "," or t.dep_ == "cc" for t in verb.doc[verb.i + 1 : c.i])), None)
    if second is None or any(c.dep_ in ("nsubjpass", "auxpass", "aux") for c in second.children):
        return []
    return syntax.agents(second) or _agents_behind(scene, second) or _agents_beyond(scene, second)


def _wielders(scene: EventScene, weapon: Token) -> list[Token]:
    """Whose weapon it was: the students of "hurt by a grenade thrown by students", "hit by shots from students"."""
    if "weapon" not in scene.classes(weapon) or scene.actors.get(weapon) is not None:
        return []
    laid = (c for c in syntax.children(weapon, "acl") if scene.lemma(c) in scene.lexicon.words["planted"])
    thrown = weapon.dep_ in ("nsubj", "nsubjpass")  # "a bomb from the war killed two" is nobody's
    whose = [t for c in laid for t in syntax.agents(c)] or ([] if thrown else syntax.prep_objects(weapon, "from"))
    return [t for t in whose if _is_willing(scene, t)]


def _is_willing(scene: EventScene, token: Token) -> bool:
    return scene.actors.get(token) is not None or not scene.classes(token).isdisjoint(WILLING)


def _said_of(scene: EventScene, noun: Token) -> Token:
    """Who is said to be the one that does it: *Tonga* of "Tonga became the first state to sign"."""
    subject = syntax.own_subject(noun.head) if noun.dep_ == "attr" else None
    if subject is None or (noun.head.lemma_ != "be" and noun.head.lemma_ not in scene.lexicon.words["becoming"]):
        return noun
    return subject if scene.actors.get(subject) is not None or scene.places.get(subject) is not None else noun


def _listed(scene: EventScene, subject: Token) -> list[Token]:
    """A subject with what is coordinated to it; countries that stand in a row before the verb are all of it.

    "Chile, Peru, and Norway signed": the parse takes some of them for appositions or for clauses of their own.
    """
    found = syntax.conjuncts(subject)
    if not _is_country(scene, subject):
        return found
    row = [*_row(scene, subject, -1)[::-1], subject, *_row(scene, subject, 1)]
    joined = any(scene.doc[t.i - 1].lower_ in JOINING for t in row[1:])
    return found if len(row) <= len(found) or not joined else row


def _row(scene: EventScene, token: Token, step: int) -> list[Token]:
    """The countries beside a country with only commas, "and" and articles between: "Chile, Peru, and Norway"."""
    found: list[Token] = []
    i = token.i + step
    while 0 <= i < len(scene.doc):
        word = scene.doc[i]
        if _is_country(scene, word):
            found.append(word)
        elif word.lower_ not in BETWEEN:
            break
        i += step
    return found


def _is_country(scene: EventScene, token: Token) -> bool:
    """Whether a token names a country: "Chad signed", but not "Chadian troops"."""
    place = scene.places.get(token)
    return place is not None and place.kind == "country" and not place.demonym and token.pos_ == "PROPN"


def patients(verb: Token) -> list[Token]:
    """To whom it is done: "shot a nurse", "a nurse was shot", "a nurse shot in Sarn", "the wounded nurse"."""
    if _is_found(verb):
        return patients(verb.head)
    if not syntax.is_passive(verb):
        return [syntax.antecedent(t) for t in syntax.objects(verb)] or _shared_objects(verb)
    if verb.dep_ in ("acl", "amod") and syntax.own_subject(verb) is None:
        whom = syntax.conjuncts(verb.head) if verb.dep_ == "acl" else [verb.head]
        return (syntax.counted_among(verb.head) if verb.head.lower_ == "those" else []) or whom
    if (told := _told_before(verb)) is not None:
        return patients(told)
    subject = syntax.subject(verb)
    return syntax.conjuncts(subject) if subject is not None else []


def _told_before(verb: Token) -> Token | None:
    """The passive whose victims a number goes on with: "they said 20 men *were killed* and nine wounded".

    The parse often joins it to the verb of saying, and hurts those who told of it.
    """
    saying = verb.head
    bare = verb.dep_ == "conj" and verb.tag_ == "VBN" and not any(c.dep_ in AUXILIARY for c in verb.children)
    if not bare or syntax.is_passive(saying) or verb.i == 0 or not verb.nbor(-1).like_num:
        return None
    return next((c for c in syntax.children(saying, "ccomp") if c.i < verb.i and syntax.is_passive(c)), None)


def _is_found(verb: Token) -> bool:
    """Whether a participle says as what somebody is found: "twenty people were confirmed *killed*"."""
    if verb.dep_ not in ("oprd", "acomp", "xcomp") or verb.tag_ != "VBN" or not syntax.is_passive(verb.head):
        return False
    return not any(c.dep_ in ("nsubj", "nsubjpass", "dobj", "aux") for c in verb.children)


def _shared_objects(verb: Token) -> list[Token]:
    """The objects of a verb told in one breath with this one: "shot and killed two men"."""
    other = next((c for c in syntax.children(verb, "conj") if c.i - verb.i <= BREATH), None)
    if other is None:
        return []
    between = (c for c in verb.children if verb.i < c.i < other.i)
    return [] if any(c.dep_ in ("prep", "prt", "ccomp", "xcomp") for c in between) else syntax.objects(other)


def controller(scene: EventScene, verb: Token) -> Token | None:
    """The understood subject; in "accused them of looting" and "stopped them from voting" it is the object."""
    if (own := syntax.own_subject(verb)) is not None:
        return syntax.antecedent(own)
    clause = verb
    while clause.dep_ in ("conj", "xcomp") and syntax.own_subject(clause) is None and clause.head != clause:
        if clause.dep_ == "xcomp" and _is_used(scene, clause):
            return controller(scene, clause.head)
        if clause.dep_ == "xcomp" and _names_controller(scene, clause):
            break
        if (aim := _aim_of(scene, clause)) is not None:
            return _resolved_by(scene, aim)
        clause = clause.head
    if clause.dep_ == "pcomp" and (governed := _governed_by(scene, clause.head)) is not None:
        return governed
    if clause.dep_ == "acomp" and syntax.own_subject(clause) is None:
        return controller(scene, clause.head)
    if clause.tag_ == "VB" and (allowed := _given_time(scene, clause)) is not None:
        return allowed
    if clause.dep_ == "acl" and (whose := _of_a_noun(scene, clause, verb)):
        return whose[0]
    if clause.dep_ in ("xcomp", "advcl") and clause.tag_ == "VB" and syntax.own_subject(clause) is None:
        addressed = _called_on(scene, clause.head, clause)
        if addressed is not None:
            return addressed
    if _results_from_passive(clause):
        return next(iter(syntax.agents(clause.head)), None)
    return _teller(scene, verb) or _interrupted(verb) or syntax.subject(verb)


def _aim_of(scene: EventScene, clause: Token) -> Token | None:
    """What is said to be to do something: *mission* of "their mission was to burn the mill"."""
    subject = syntax.own_subject(clause.head) if clause.dep_ == "xcomp" and clause.head.lemma_ == "be" else None
    return subject if subject is not None and scene.lemma(subject) in scene.lexicon.words["resolve"] else None


def _governed_by(scene: EventScene, link: Token) -> Token | None:
    """Whom a verb or noun before a preposition makes the one that does what stands behind it: "stopped them from"."""
    above = link.head
    if link.lower_ not in ("of", "for", "from", "into", "with"):
        return None
    held = above.head.head if above.dep_ == "pobj" else above
    if held.pos_ == "VERB" and scene.lemma(above) in scene.lexicon.words["held_for"]:
        return next(iter(patients(held)), None)  # "arrested a man on suspicion of planting the bomb"
    if above.pos_ in ("NOUN", "PROPN", "PRON") and above.dep_ == "dobj":
        given = scene.lemma(above.head) in scene.lexicon.words["entrust"]
        return _entrusted(above) if given else syntax.antecedent(above)
    governed = next(iter(patients(above)), None) if above.pos_ in ("VERB", "AUX") else None
    return syntax.antecedent(governed) if governed is not None else None


def _given_time(scene: EventScene, clause: Token) -> Token | None:
    """Who is given time to do something: *the rebels* of "gave the rebels two days to leave"."""
    spans = [clause.head] if clause.dep_ == "acl" else syntax.children(clause.head, "dobj", "npadvmod")
    giving = (t.head for t in spans if "time" in scene.classes(t))
    return next((whom for verb in giving for whom in syntax.children(verb, "dative")), None)


def _of_a_noun(scene: EventScene, clause: Token, verb: Token) -> list[Token | None]:
    """Who does what a clause behind a noun says: the mayor in "the mayor's decision to resign".

    None in the list where nobody is told; an empty list where the noun does not say it.
    """
    if scene.lemma(clause.head) in scene.lexicon.words["resolve"]:
        if clause.tag_ == "VB":
            return [_resolved_by(scene, clause.head)]
        if clause.tag_ == "VBN" and clause is not verb and syntax.agents(clause):
            return [syntax.agents(clause)[0]]
    if clause.tag_ == "VBG" and _is_of_others(scene, clause.head):
        return [next(iter([*syntax.children(clause.head, "poss"), *_makers(scene, clause.head)]), None)]
    user = _user(scene, clause, clause.head) if clause.tag_ in ("VB", "VBG") else None
    return [controller(scene, user)] if user is not None else []


def _is_of_others(scene: EventScene, matter: Token) -> bool:
    """Whether somebody deals with words of others: "the court denied *a Kenyan appeal* challenging the ruling"."""
    held = matter.dep_ == "dobj" and scene.lemma(matter.head) in scene.lexicon.words["received"]
    return held and _is_matter(scene, matter)


def _entrusted(matter: Token) -> Token | None:
    """Who is given a matter to see to, else who has it: "gave *him* the task of planning", "*he* has the task of"."""
    given = next(iter(syntax.children(matter.head, "dative")), None)
    to_whom = next(iter(syntax.children(given, "pobj")), given) if given is not None else None
    return to_whom if to_whom is not None else syntax.subject(matter.head)


def _teller(scene: EventScene, verb: Token) -> Token | None:
    """Who says both where words follow what others suffered: "Kenya said two were hurt and threatened reprisals"."""
    done = verb.head
    if verb.dep_ != "conj" or not _is_other_voice(verb) or scene.lemma(verb) not in scene.lexicon.words["voice"]:
        return None
    if done.dep_ != "ccomp" or not syntax.is_passive(done) or scene.lemma(done.head) not in scene.lexicon.telling:
        return None
    return syntax.own_subject(done.head)


def _is_other_voice(verb: Token) -> bool:
    """Whether a verb behind a passive clause is active: "were freed and left the town", not "were freed and fed"."""
    own = any(c.dep_ in ("nsubj", "nsubjpass", "auxpass") for c in verb.children)
    return not own and any(c.dep_ in ("dobj", "xcomp", "ccomp") for c in verb.children)


def _interrupted(verb: Token) -> Token | None:
    """The subject that a participle in commas parts from its verb.

    In "after the guard, holding a pistol, shot a clerk" the parse hangs *guard* on *after* as if it were a preposition.
    """
    if verb.tag_ != "VBD" or syntax.own_subject(verb) is not None or verb.i < 2 or verb.nbor(-1).text != ",":
        return None
    first = next((i for i in range(verb.i - 2, verb.sent.start, -1) if verb.doc[i].text == ","), None)
    if first is None or verb.doc[first + 1].tag_ not in ("VBG", "VBN"):
        return None
    noun = verb.doc[first - 1]
    while noun.dep_ in ("compound", "amod") and noun.head.i < first:
        noun = noun.head
    held = noun.dep_ == "pobj" and noun.head.lower_ in syntax.TIMING
    return noun if held and noun.pos_ in ("NOUN", "PROPN") else None


def _is_used(scene: EventScene, clause: Token) -> bool:
    """Whether a matter stands between a verb and an infinitive: who uses it acts ("used the pause to rearm")."""
    things = [c for c in clause.head.children if c.dep_ in ("dobj", "dative") and c.i < clause.i]
    if scene.lemma(clause.head) in scene.lexicon.words["using"] and clause.tag_ == "VB":
        return bool(things)  # "used a lorry to block the road"
    return bool(things) and all(_is_matter(scene, t) for t in things)


def _user(scene: EventScene, clause: Token, noun: Token) -> Token | None:
    """The verb whose object a matter is: "used *the end of the feast* to call on", "issued *a statement* praising"."""
    while noun.dep_ == "pobj" and noun.head.lower_ == "of" and _is_matter(scene, noun):
        noun = noun.head.head
    if noun.dep_ != "dobj" or not _is_matter(scene, noun) or noun.head.pos_ != "VERB":
        return None
    spent = scene.lemma(noun.head) in scene.lexicon.words["exploit"]
    return noun.head if spent or clause.tag_ == "VBG" else None


def _is_matter(scene: EventScene, token: Token) -> bool:
    """Whether a noun is a matter, and nobody who can will anything: "a plan", but not "a nurse" or "Chad"."""
    if token.pos_ != "NOUN" or scene.actors.get(token) is not None or scene.places.get(token) is not None:
        return False
    return scene.classes(token).isdisjoint(WILLING)


def _names_controller(scene: EventScene, clause: Token) -> bool:
    """Whether the verb above an infinitive says who shall do it: "urged rebels to go", "called on rebels to go"."""
    told = any(c.dep_ in ("dobj", "dative") for c in clause.head.children)
    return told or _called_on(scene, clause.head, clause) is not None


def _called_on(scene: EventScene, verb: Token, clause: Token) -> Token | None:
    """Those on whom somebody calls to do it: "called on the rebels to disarm"."""
    calls, lemma = scene.lexicon.words["call"], scene.lemma(verb)
    preps = (p for p in syntax.children(verb, "prep") if p.i < clause.i and f"{lemma} {p.lower_}" in calls)
    return next((o for p in preps for o in syntax.children(p, "pobj")), None)


def _resolved_by(scene: EventScene, noun: Token) -> Token | None:
    """Whose resolve it is: "their plan to leave", "a decision of the army to attack" is theirs to carry out."""
    made = [t for c in syntax.children(noun, "acl") for t in syntax.agents(c)]
    made += _makers(scene, noun)
    owner = next(iter([*syntax.children(noun, "poss"), *made]), None)
    owner = owner or (next(iter(syntax.children(noun.head, "dative")), None) if noun.dep_ == "dobj" else None)
    if owner is not None:
        return next(iter(syntax.children(owner, "pobj")), owner)
    if noun.dep_ != "dobj" or scene.lemma(noun.head) in scene.lexicon.words["thwart"]:
        return None
    return syntax.subject(noun.head)


def _makers(scene: EventScene, noun: Token) -> list[Token]:
    """Who stands behind or before a matter: *rebels* of "a plan of the rebels to", *rebel* of "a rebel plan to"."""
    behind = [t for t in syntax.prep_objects(noun, "of", "by", "from") if _is_willing(scene, t)]
    return behind or [t for t in syntax.children(noun, "amod", "compound", "nmod") if _names_somebody(scene, t)]


def _names_somebody(scene: EventScene, before: Token) -> bool:
    """Whether a word before a matter says whose it is: "a *Chadian* plan", "a *guerrilla* plan", not "a *new* plan"."""
    place = scene.places.get(before)
    if place is not None:
        return place.kind == "country"
    if scene.actors.get(before) is not None:
        return True
    return "force" in scene.classes(before) and scene.lemma(before) not in scene.lexicon.words["trade"]


def _results_from_passive(clause: Token) -> bool:
    """Whether it tells the result of a passive clause: "the camp was shelled by rebels, killing two"."""
    return (
        clause.dep_ == "advcl"
        and clause.tag_ == "VBG"
        and clause.i > clause.head.i
        and syntax.is_passive(clause.head)
        and not any(c.dep_ in ("mark", "nsubj", "prep") and c.i < clause.i for c in clause.children)
    )


def bearers(scene: EventScene, adjective: Token) -> list[Token]:
    """What an adjective is said of: "dead guards", "the guards are dead", "found the guards dead"."""
    adjective = syntax.first_conjunct(adjective)
    if adjective.dep_ == "amod":
        return [adjective.head]
    if adjective.dep_ in ("acomp", "attr", "oprd", "advcl", "ccomp", "xcomp"):
        objects = [t for t in syntax.objects(adjective.head) if t is not adjective]
        own = syntax.own_subject(adjective)
        return syntax.conjuncts(own) if own is not None else objects or patients_or_doers(scene, adjective.head)
    return syntax.counted_among(adjective) or [adjective]


def patients_or_doers(scene: EventScene, verb: Token) -> list[Token]:
    """The subject of a clause, active or passive: "the guards fled", "the guards were hurt"."""
    return patients(verb) if syntax.is_passive(verb) else doers(scene, verb)


def by_whom(scene: EventScene, noun: Token) -> list[Token]:
    """Whose deed an event noun is, by the words beside it and the verb that carries it: "Norway launched strikes"."""
    found = syntax.prep_objects(noun, "by") + syntax.children(noun, "poss", "amod", "compound", "nmod")
    if noun.dep_ == "dobj":
        found += doers(scene, noun.head)
    return found + (syntax.agents(noun.head) if noun.dep_ == "nsubjpass" else [])


def governed(scene: EventScene, noun: Token) -> list[Token]:
    """What an event noun is told to have done: "the strike killed nine", "a strike that hit the port"."""
    del scene
    return (syntax.conjuncts(noun.head) if noun.dep_ == "nsubj" else []) + syntax.children(noun, "relcl")


def under(scene: EventScene, noun: Token) -> list[Token]:
    """What happened in or by an event noun: "killed in the strike"."""
    del scene
    return [noun.head.head] if noun.dep_ == "pobj" else []


def own_things(scene: EventScene, token: Token) -> list[Token]:
    """The things in a trigger's own slots, people and places aside: the stamps in "sold stamps", "sale of stamps"."""
    slots = syntax.children(token, "amod", "compound", "nmod", "poss") + syntax.prep_objects(token, *ABOUT)
    if token.pos_ in ("VERB", "AUX"):
        slots += [*doers(scene, token), *patients(token)]
    things = [t for t in slots if scene.classes(t).isdisjoint(PEOPLED)]
    return things + [c for t in things for c in syntax.children(t, "amod", "compound", "nmod")]
