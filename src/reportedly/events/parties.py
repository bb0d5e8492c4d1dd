"""Who a phrase in a slot is: the party that it names, whose thing it is, or nobody where nothing in it has a will."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reportedly.events.owners import INERT, MATTERS, SPOKEN, ends_of, holders_of, makers_of, owners_of, stands_for
from reportedly.events.scene import EventScene, squeeze, taken_up
from reportedly.events.slots import doers, patients
from reportedly.model import Actor, ActorKind, Because, Party
from reportedly.parse import syntax
from reportedly.parse.parsed import Token
from reportedly.parse.spans import head_of
from reportedly.reasons import at, on

NAME_TOKENS = 12
ARTICLES = frozenset({"the", "a", "an", "some", "any", "whose"})
SILENT = ("PRON", "DET", "NUM", "VERB", "AUX", "SCONJ", "ADV", "PUNCT", "SPACE", "ADP")
NOT_PARTIES = frozenset({"time", "sum", "course"})
NOBODY = frozenset({"one", "none", "nobody", "nothing", "anything", "something", "everything"})
MADE = SPOKEN | {"crime"}
THINGS = frozenset({"group", "building", "vehicle", "place", "utility", "weapon"})

WHERE = frozenset({"in", "at", "near", "outside", "on", "off", "around"})
STANDING = frozenset({"human", "vehicle"})
TITLED = frozenset({"fighting", "hazard"})
HIT = STANDING | {"place", "building", "weapon", "utility", "aid"}
WHOLES = frozenset({"building", "vehicle", "place"})
SCENES = frozenset({"water", "region", "facility"})

# Kinds of things of which a deed is told: papers speak, weapons and vehicles strike, places stand for people.
DOING = frozenset({
    "human", "force", "person", "group", "polity", "place", "building", "vehicle", "weapon", "text", "proposal",
    "hazard", "measure", "fighting", "protest", "rule", "people", "org",
})  # fmt: skip
AGENTIVE = ("er", "or", "ist", "ian", "ee")
HUMAN = (*AGENTIVE, "man", "men", "woman", "women", "people", "folk")
PLURAL = frozenset({"they", "them", "their", "themselves"})
LONGEST_CHAIN = 4


def parties_of(scene: EventScene, token: Token, *, acting: bool) -> list[Party]:
    """The parties of a phrase head, and of what a pronoun or a bare number in its place stands for.

    A thing in the actor's place gives its owner, if named; so does a plan or an attack that is refused, and a hand
    that is hurt. What has no will and no owner gives nobody.
    """
    return [p for t in _meant(scene, token, acting=acting) for p in _parties(scene, t, acting=acting)]


def _parties(scene: EventScene, token: Token, *, acting: bool) -> list[Party]:
    sides = _represented(scene, token)
    if sides:
        return sides
    if scene.actors.get(token) is None:
        if acting and not _can_do(scene, token):
            return _named(scene, owners_of(scene, token))
        if not acting and (instead := _behind(scene, token)) is not None:
            return instead
    found = party(scene, token)
    return [found, *_siblings(scene, token, found)] if found is not None else _members(scene, token)


def _represented(scene: EventScene, token: Token) -> list[Party]:
    """Those for whom people meet and sign, where they are several: "envoys of the army and the rebels"."""
    if token.tag_ != "NNS" or scene.lemma(token) not in scene.lexicon.words["envoy"]:
        return []
    sides = [t for t in syntax.prep_objects(token, "of", "from") if stands_for(scene, t)]
    return _named(scene, sides) if len(sides) > 1 else []


def _behind(scene: EventScene, token: Token) -> list[Party] | None:
    """Who stands behind what something is done to: whose hand is hurt, whose plan is refused ("rejected Chad's plan").

    None for the thing itself.
    """
    classes = scene.classes(_core(scene, token))
    if "limb" in classes:
        return _named(scene, holders_of(token))
    if "traffic" in classes and (ends := _named(scene, ends_of(scene, token))):
        return ends
    made = not MADE.isdisjoint(classes) or scene.lemma(token) in scene.lexicon.words["resolve"]
    spoken = made and STANDING.isdisjoint(classes)
    return (spoken and _named(scene, makers_of(scene, token))) or (None if _can_suffer(scene, token) else [])


def _named(scene: EventScene, tokens: list[Token]) -> list[Party]:
    return [p for t in tokens if (p := party(scene, t)) is not None]


def _members(scene: EventScene, token: Token) -> list[Party]:
    """The people known by name of whom a number says that they are among it: "killed ten, including the mayor"."""
    inside = syntax.prep_objects(token, "including") if token.pos_ == "NUM" else []
    return [p for p in _named(scene, inside) if p.kind == "person"]


def _siblings(scene: EventScene, head: Token, known: Party) -> list[Party]:
    """The others of whom a noun is said by coordinated names of nations: "Greek and Turkish officials" are two."""
    joined = [syntax.conjuncts(c) for c in syntax.children(head, "amod", "compound", "nmod")]
    named = [t for ones in joined if len(ones) > 1 for t in ones]  # "Hong Kong leader" is one
    if len(named) < 2 or known.country is None or known.code is None:
        return []
    found = []
    for token in named:
        actor, place = scene.actors.get(token), scene.places.get(token)
        country = place.country if place is not None else actor.country if actor is not None else None
        if country is not None and country != known.country:
            name = f"{token.text} {head.text}"
            code = country + known.code.removeprefix(known.country)
            found.append(Party(name, code, country, known.kind, token.idx, token.idx + len(token)))
    return found


# ---- what a word stands for ------------------------------------------------------------------------------------------


def _meant(scene: EventScene, token: Token, *, acting: bool) -> list[Token]:
    """The heads that a pronoun or a bare number stands for: soldiers for "five" in "two soldiers died and five fled".

    The token itself where it stands for no other.
    """
    token = syntax.antecedent(token)
    if others := syntax.each_other(token):
        return others
    meant = taken_up(token)
    if meant is not None and not acting:
        return [meant]
    if scene.actors.get(token) is not None:
        return [token]
    if token.lower_ in PLURAL:
        return _they(scene, token) or [token]
    if token.pos_ == "NUM" and not acting and not syntax.children(token, "prep"):
        return _counted_before(scene, token) or [token]
    return [token]


def _they(scene: EventScene, pronoun: Token) -> list[Token]:
    """Who "they" are: the subject of the clause around, if those are many: "The rebels said they would disarm".

    Of a noun around it whose words it is: "a vow by rebels that they would disarm".
    """
    verb = pronoun.head
    for _ in range(LONGEST_CHAIN):
        if verb.head == verb:
            return []
        verb = verb.head
        told = syntax.prep_objects(verb, "by") if verb.pos_ == "NOUN" else []
        own = next(iter(told), None) or syntax.own_subject(verb)
        if own is not None and own.i < pronoun.i and own.lower_ not in PLURAL:
            everyone = syntax.conjuncts(syntax.antecedent(own))
            many = len(everyone) > 1 or everyone[0].tag_ in ("NNS", "NNPS") or "measure" in scene.classes(everyone[0])
            return everyone if many and all(can_act(scene, t) for t in everyone) else []
    return []


def _counted_before(scene: EventScene, number: Token) -> list[Token]:
    """The people whom a number beside others leaves out: "two soldiers were killed and five wounded"."""
    if number.dep_ not in ("nsubj", "nsubjpass", "dobj"):
        return []
    verb = number.head
    before = (
        [verb.head] if verb.dep_ in ("conj", "advcl") else [c for c in syntax.children(verb, "ccomp") if c.i < verb.i]
    )
    told = [t for v in before for t in patients(v) or ([] if number.dep_ == "dobj" else doers(scene, v))]
    return [t for t in told if "human" in scene.classes(_core(scene, t)) and t.i < number.i and t.pos_ != "NUM"]


# ---- who can be a party ----------------------------------------------------------------------------------------------


def can_act(scene: EventScene, token: Token) -> bool:
    """Whether a phrase is somebody, known to the dispatch or by its word: "the rebels", "a group of men"."""
    known = scene.actors.get(token) is not None or scene.places.get(token) is not None
    return known or "human" in scene.classes(token) or "measure" in scene.classes(token)


def _can_do(scene: EventScene, token: Token) -> bool:
    """Whether a deed can be that of an unresolved phrase, as far as its words tell: of "gunmen", not of "the road"."""
    core = _core(scene, token)
    if core.pos_ == "PROPN" and _is_titled(scene, core):
        return False
    classes = scene.classes(core)
    if not STANDING.isdisjoint(classes):
        return not is_nobody(core)
    place = scene.places.get(core)
    if place is not None and (core.pos_ == "PROPN" or INERT.isdisjoint(classes)):
        return place.kind not in SCENES
    if not INERT.isdisjoint(classes) or core.pos_ == "ADJ":
        return False
    return core.pos_ != "NOUN" or scene.lemma(core).endswith(HUMAN)


def _is_titled(scene: EventScene, name: Token) -> bool:
    """Whether a noun right before a name says that it is an event: "Operation Victory", "Typhoon Ina"."""
    title = next((t for t in syntax.children(name, "nmod", "compound") if t.i < name.i), None)
    kinds = scene.classes(title) if title is not None else frozenset()
    return not TITLED.isdisjoint(kinds) and STANDING.isdisjoint(kinds)


def _can_suffer(scene: EventScene, token: Token) -> bool:
    """Whether something can be done to what an unresolved phrase names: to "a nurse", "a bridge", not "the talks"."""
    core = _core(scene, token)
    place = scene.places.get(core)
    if place is not None:
        return place.kind != "water"
    classes = scene.classes(core)
    if not HIT.isdisjoint(classes):
        return True
    return MATTERS.isdisjoint(classes) and core.pos_ != "ADJ"


def is_nobody(token: Token) -> bool:
    """Whether a phrase says that there is nobody: "no witness"."""
    return any(c.lower_ == "no" and c.dep_ == "det" for c in token.children)


def is_thing(scene: EventScene, token: Token) -> bool:
    """Whether a phrase names a thing without a will of its own, as far as its words tell: "the water rose"."""
    token = syntax.antecedent(token)
    return (
        token.pos_ == "NOUN"
        and scene.actors.get(token) is None
        and scene.places.get(token) is None
        and DOING.isdisjoint(scene.classes(token))
        and not (token.tag_ == "NNS" and scene.lemma(token).endswith(AGENTIVE))
        and not syntax.children(token, "poss", "compound", "nmod")
    )


# ---- the party of a phrase -------------------------------------------------------------------------------------------


def party(scene: EventScene, token: Token) -> Party | None:
    """The party that a phrase head names, resolved where the dispatch says who it is: "troops", "the Chadian army".

    None for what cannot be named: "nobody", "the number" of "the number killed".
    """
    core = _core(scene, token)
    if scene.lemma(core) in scene.lexicon.words["sum"] and not syntax.prep_objects(core, "of"):
        return None
    if "disease" in scene.classes(core):
        return None  # "a case of Marburg"
    words = _phrase(core if "part" in scene.classes(token) else token)
    words = _without_place(scene, core, words)
    start, end = words[0].idx, words[-1].idx + len(words[-1])
    actor = scene.actors.get(core) or _fighters(scene, core)
    if actor is not None and actor.kind == "organization" and "time" in scene.classes(core):
        return None  # "at 0650 GMT"
    if actor is not None:
        return Party(actor.name, actor.code, actor.country, actor.kind, start, end)
    place = scene.places.get(core)
    if place is not None:
        kind = "country" if place.kind == "country" else "organization"
        return Party(place.name, place.country, place.country, kind, start, end)  # type: ignore[arg-type]
    if len(words) == 1 and "measure" in scene.classes(core) and core.tag_ in ("NNS", "JJ"):
        return None  # "dozens died"
    if core.pos_ in SILENT or core.lower_ in NOBODY or not NOT_PARTIES.isdisjoint(scene.classes(core)):
        return None
    name = _name(words)
    if not name or not any(ch.isalpha() for ch in name):
        return None
    nation = _nation(scene, token)
    country = nation.country if nation is not None else None
    return Party(name, country, country, _kind(scene, core), start, end)


def _fighters(scene: EventScene, word: Token) -> Actor | None:
    """Who is meant by a noun before a deed: the guerrillas of the dispatch for "a *guerrilla* ambush"."""
    before = word.dep_ in ("compound", "amod", "nmod") and word.pos_ in ("NOUN", "ADJ")
    return scene.called(scene.lemma(word)) if before and "force" in scene.classes(word) else None


def because_of(scene: EventScene, side: str, one: Party) -> Iterator[Because]:
    """Why a party has its name and code: the actor or place that it is, or a country named in its phrase."""
    head = head_of(scene.doc, one.start, one.end)
    core = _core(scene, head)
    actor, place = scene.actors.get(core), scene.places.get(core)
    if actor is not None and actor.name == one.name:
        yield Because(side, one, "party.actor", words=at(one), detail=actor.id)
    elif one.code is not None:
        nation = _nation(scene, head)
        named = at(place) if place is not None else on(nation.word) if nation is not None else at(one)
        yield Because(side, one, "party.nation", words=named)


def _kind(scene: EventScene, core: Token) -> ActorKind | None:
    """What an unresolved phrase names: people ("villagers"), or a thing for those whose it is ("a base", "a ship")."""
    classes = scene.classes(core)
    if "person" in classes or "force" in classes:
        return "group" if core.tag_ in ("NNS", "NNPS") or "force" in classes else "person"
    return "organization" if not classes.isdisjoint(THINGS) else None


def _core(scene: EventScene, token: Token) -> Token:
    """Looked through measures and parts: "hundreds of rebels" are rebels, the front of a school is the school."""
    if scene.actors.get(token) is None and (token.pos_ == "NUM" or "measure" in scene.classes(token)):
        inner = syntax.prep_objects(token, "of", "among")
        if inner:
            return _core(scene, inner[0])
    return _whole(scene, token) if "part" in scene.classes(token) else token


def _whole(scene: EventScene, part: Token) -> Token:
    """The building, vehicle or place that something is a part of: the school of "the roof of the school".

    The part itself where that is not told.
    """
    inner = syntax.prep_objects(part, "of")
    return inner[0] if inner and not WHOLES.isdisjoint(scene.classes(inner[0])) else part


def _phrase(head: Token) -> list[Token]:
    """The unbroken run of a noun phrase's tokens: "two guards of the mine" in "two guards of the mine, who fled".

    A long phrase goes without its prepositional parts.
    """
    tokens = [t for t in syntax.np_tokens(head) if not t.is_space]
    if len(tokens) > NAME_TOKENS:
        skip = {t.i for c in syntax.children(head, "prep") for t in c.subtree}
        tokens = [t for t in tokens if t.i not in skip]
    run = [head]
    index = {t.i for t in tokens}
    while run[0].i - 1 in index:
        run.insert(0, head.doc[run[0].i - 1])
    while run[-1].i + 1 in index:
        run.append(head.doc[run[-1].i + 1])
    while len(run) > 1 and run[-1].is_punct:
        run.pop()
    return run


def _without_place(scene: EventScene, core: Token, words: list[Token]) -> list[Token]:
    """The words of a thing without where it is: "bus" of "a bus in Wau"; a name keeps all its words."""
    if core.pos_ != "NOUN" or scene.actors.get(core) is not None or not _is_just_thing(scene, core):
        return words
    links = (c for c in syntax.children(core, "prep") if c.lower_ in WHERE and c.i in {t.i for t in words})
    first = next((c.i for c in links if any(scene.places.get(t) for t in syntax.children(c, "pobj"))), None)
    return words if first is None else [t for t in words if t.i < first]


def _name(words: list[Token]) -> str:
    """The words of a phrase as one reads them, without article and count: "young miners" of "the 12 young miners"."""
    while len(words) > 1 and (words[0].lower_ in ARTICLES or words[0].is_space or words[0].is_punct):
        words = words[1:]
    if len(words) > 1 and words[-1].tag_ == "POS":
        words = words[:-1]
    count = next((i for i, t in enumerate(words) if t.like_num and t.lower_ not in ("first", "two")), None)
    while count is not None and [t.pos_ for t in words[count : count + 2]] == ["NUM", "NUM"]:
        count += 1
    joined = count is not None and count + 1 < len(words) and syntax.is_hyphen(words[count + 1])
    if (
        count is not None
        and not joined
        and count + 1 < len(words)
        and all(t.pos_ in ("ADV", "ADP", "ADJ") for t in words[:count])
    ):
        words = words[count + 1 :]
        if len(words) > 1 and words[0].lower_ == "of":
            return _name(words[1:])  # "5 of the 9 tanks"
    return squeeze("".join(t.text_with_ws for t in words))


class _Nation(NamedTuple):
    """A country, and the word that names it."""

    country: str
    word: Token


def _nation(scene: EventScene, head: Token) -> _Nation | None:
    """The country that a modifier of an unresolved phrase names ("Iranian troops")."""
    modifiers = syntax.children(head, "amod", "compound", "nmod", "poss")
    whose = ("of", "from", "for") if _is_just_thing(scene, head) else ("of", "from", "in", "for")
    for t in [*modifiers, *syntax.prep_objects(head, *whose)]:
        actor, place = scene.actors.get(t), scene.places.get(t)
        country = actor.country if actor is not None else place.country if place is not None else None
        found = _Nation(country, t) if country else _nation(scene, t) if t.dep_ == "pobj" else None
        if found is not None:
            return found
    return None


def _is_just_thing(scene: EventScene, head: Token) -> bool:
    """Whether a phrase is a thing, whose place does not say whose it is: "a bus in Wau"."""
    classes = scene.classes(head)
    return not classes.isdisjoint(THINGS - {"group"}) and classes.isdisjoint({"human", "group", "org", "polity"})
