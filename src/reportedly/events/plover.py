"""From a sense to the codes: PLOVER type, mode and CAMEO code of an event as it stands in its clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reportedly.events.means import Weapon
from reportedly.events.noun_slots import light_verb
from reportedly.events.scene import Scene
from reportedly.events.slots import doers, patients_or_doers
from reportedly.events.triggers import Found, governor
from reportedly.knowledge.event_types import EventTypes
from reportedly.model import Because, Figure
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

BACK = 3
NEAR = 2
ONE = frozenset({"NNP", "PRP", "PRP$", "WP"})
FUTURE_WORDS = frozenset({"will", "shall", "would", "'ll", "’ll", "may", "might", "could"})


class Kind(NamedTuple):
    """The PLOVER type that a sense comes to in its dispatch, by which rule, and the word that tells the cause."""

    type: str
    rule: str = "type.row"
    cause: Token | None = None


class Cause(NamedTuple):
    """A word for a cause of harm and what it says: violence, accident, natural."""

    says: str
    word: Token | None = None


class Coded(NamedTuple):
    """A mode or CAMEO code, by which rule, and the row that gave it."""

    value: str | None
    rule: str
    row: str = ""

    def because(self, field: str) -> Because:
        """The reason."""
        return Because(field, self.value, self.rule, self.row)


class Codes(NamedTuple):
    """The PLOVER mode of an event and its CAMEO code."""

    mode: Coded
    cameo: Coded


def settle(scene: Scene, found: Found) -> Kind:
    """The PLOVER type; harm without a doer is ASSAULT or HAZARD by what the dispatch gives as its cause.

    Empty where nothing in the dispatch says what kind of harm it was and the sense alone does not either.
    """
    kind, _, default = found.entry.type.partition(":")
    if kind != "HARM":
        return Kind(kind)
    if default in scene.lexicon.types.harm and _by_people(scene, found):
        return Kind(default, "type.people")
    cause = nearest_cause(scene, found)
    if cause is None or cause.says not in scene.lexicon.harms:
        return Kind(default, "type.unknown")
    return Kind(
        scene.lexicon.harms[cause.says], "type.cause" if cause.word is not None else "type.dispatch", cause.word
    )


def _by_people(scene: Scene, found: Found) -> bool:
    """Whether people or their weapons are named as those who wound or destroy; drivers and pilots do so by accident."""
    if found.entry.pos != "v" or found.entry.frame.actor != ("subj",):
        return False
    wheel = scene.lexicon.words["wheel"]
    return any({"person", "force"} & scene.classes(t) and t.lower_ not in wheel for t in doers(scene, found.token))


def settle_counted(scene: Scene, found: list[Found], kinds: list[Kind], figures: Sequence[Figure]) -> list[Kind]:
    """The types with those of counted harm filled in that nothing gives a cause for ("5,500 people were injured").

    Such harm is of the kind that its sentence tells beside it, else a toll of unknown cause: HAZARD.
    """
    told, types = {(_sentence(scene, f), f.role) for f in figures}, scene.lexicon.types
    out = list(kinds)
    for i, (f, kind) in enumerate(zip(found, kinds, strict=True)):
        start = f.token.sent.start
        if kind.type or f.entry.type != "HARM:" or nearest_cause(scene, f) is not None:
            continue
        if any((start, role) in told for role in f.entry.roles):
            beside = {k.type for o, k in zip(found, kinds, strict=True) if o.token.sent.start == start}
            beside &= types.harm | types.accident
            violent = bool(beside) and beside <= types.harm
            toll = scene.lexicon.harms.get("accident", "")
            out[i] = Kind(min(beside), "type.beside") if violent else Kind(toll, "type.toll")
    return out


def _sentence(scene: Scene, figure: Figure) -> int | None:
    span = scene.doc.char_span(figure.start, figure.end, alignment_mode="expand")
    return span[0].sent.start if span else None


def nearest_cause(scene: Scene, found: Found) -> Cause | None:
    """What the nearest word for a cause says: in the sentence, else in those before it, else in the whole dispatch."""
    own = {t.i for t in found.tokens}
    sentence = found.token.sent
    here = _causes(scene, (t for t in sentence if t.i not in own))
    if here:
        return min(here, key=lambda c: abs(c[0] - found.token.i))[1]
    index = scene.doc.sentence_number(found.token.i)
    for back in range(index - 1, max(index - 1 - (NEAR if _of_one_person(scene, found) else BACK), -1), -1):
        before = _causes(scene, scene.doc.sentences[back])
        if before:
            return before[-1][1]
    if _of_one_person(scene, found):
        return Cause("natural")
    votes = [c.says for _, c in _causes(scene, scene.doc)]
    return Cause(max(sorted(set(votes)), key=votes.count)) if votes else None


def _of_one_person(scene: Scene, found: Found) -> bool:
    """Whether one person by name dies, whose death needs no violence or disaster to be told."""
    if found.entry.type != "HARM:" or found.entry.roles.isdisjoint({"killed"}):
        return False
    token = found.token
    dying = patients_or_doers(scene, token) if found.entry.pos == "v" else syntax.children(token, "poss", "nsubj")
    dying = dying or syntax.prep_objects(token, "of")
    actor = scene.actors.get(dying[0]) if len(dying) == 1 else None
    if actor is None or actor.kind != "person":
        return False
    return dying[0].tag_ in ONE or (dying[0].tag_ == "NN" and actor.name[:1].isupper())


def _causes(scene: Scene, tokens: Iterable[Token]) -> list[tuple[int, Cause]]:
    table = scene.lexicon.causes
    found = []
    for t in tokens:
        lemma = scene.lemmas[t.i]
        # "Rebels fired" is no fire.
        cause = None if lemma == "fire" and t.pos_ == "VERB" else table.get(lemma)
        cause = cause or (table.get(t.lower_) if t.pos_ != "VERB" else None)
        if cause is not None and t.pos_ != "PROPN":
            found.append((t.i, Cause(cause, t)))
    return found


def code(
    scene: Scene, found: Found, type_: str, weapons: tuple[Weapon, ...], about: str | None, *, embedded: bool
) -> Codes:
    """Mode and CAMEO code, made exact by the weapons used and by what is demanded, threatened, promised or refused.

    CAMEO codes what a sentence tells, and an act inside a demand, a threat or a promise by the code of that: the act
    itself, like one that is mentioned in passing, has no code of its own.
    """
    entry = found.entry
    mode, cameo = Coded(entry.mode, "code.row", entry.row), Coded(entry.cameo, "code.row", entry.row)
    more = scene.lexicon.contents.get((type_, about)) if about is not None else None
    if more is not None:
        mode = Coded(more.mode, "code.content", more.row) if more.mode else mode
        cameo = _same_family(Coded(more.cameo, "code.content", more.row), cameo)
    if type_ in scene.lexicon.types.harm:
        mode, cameo = _by_weapon(weapons, mode, cameo if cameo.value else Coded("190", "code.assault", entry.row))
    if embedded:
        return Codes(mode, Coded(None, "code.embedded"))
    if type_ in scene.lexicon.types.accident:
        return Codes(mode, Coded(None, "code.hazard"))
    if not is_foreground(scene, found):
        return Codes(mode, Coded(None, "code.passing"))
    return Codes(mode, cameo if about is not None else _in_future(scene, found, type_, cameo))


def _in_future(scene: Scene, found: Found, type_: str, cameo: Coded) -> Coded:
    """An act to come is coded as intent or threat, one that is ruled out as refusal."""
    head = _carrier(scene, found)
    if cameo.value is None or not is_future(scene, head):
        return cameo
    outer = "REFUSED" if syntax.is_negated(head) and (("REFUSED", type_) in scene.lexicon.contents) else "FUTURE"
    later = scene.lexicon.contents.get((outer, type_))
    return Coded(later.cameo, "code.future", later.row) if later is not None else cameo


def _same_family(more: Coded, cameo: Coded) -> Coded:
    """The detail of a demand (10x) for an appeal (02x) is coded in the appeal's own family."""
    if more.value and cameo.value and more.value.startswith("10") and cameo.value.startswith("02"):
        return more._replace(value="02" + more.value[2:])
    return more if more.value else cameo


def _by_weapon(weapons: tuple[Weapon, ...], mode: Coded, cameo: Coded) -> tuple[Coded, Coded]:
    if mode.value is not None and cameo.value not in ("180", "190"):
        return mode, cameo
    for _, word in weapons:
        if word.cameo:
            own = mode if mode.value or not word.mode else Coded(word.mode, "code.weapon", word.row)
            return own, Coded(word.cameo, "code.weapon", word.row)
    return mode, cameo


def is_future(scene: Scene, token: Token) -> bool:
    """Whether the clause speaks of what is to come: "will meet", "is to visit", "plans to", "is ready to"."""
    if any(c.dep_ == "aux" and c.lower_ in FUTURE_WORDS for c in token.children):
        return True
    if token.dep_ == "conj" and not any(c.dep_ in ("nsubj", "aux") for c in token.children):
        return is_future(scene, token.head)
    if token.dep_ != "xcomp" or not any(c.lower_ == "to" for c in token.children):
        return False
    head = token.head
    return scene.lemma(head) in scene.lexicon.words["intent"] or head.lemma_ == "be" or is_future(scene, head)


BACKGROUND = frozenset(
    {"pobj", "prep", "relcl", "acl", "amod", "pcomp", "csubj", "appos", "npadvmod", "compound", "nmod", "poss"}
)


def is_foreground(scene: Scene, found: Found) -> bool:
    """Whether the event is what its sentence tells, as CAMEO codes it, and not only mentioned on the way.

    Told: main verbs, what they coordinate and report, participles of result ("killing two"), nouns that a light or a
    mere occurrence verb carries. Mentioned: relative clauses, "after the shelling", "the detained leaders".
    """
    token = _carrier(scene, found)
    for _ in range(len(scene.doc)):
        if token.dep_ == "ROOT" or token.head == token:
            return True
        if token.dep_ == "acl" and _is_existential(token.head):
            return True
        if token.dep_ in BACKGROUND or (token.dep_ == "advcl" and not _resulting(token)):
            return False
        token = token.head
    return True


def _carrier(scene: Scene, found: Found) -> Token:
    """The word that stands for a trigger in its sentence: the verb of "put under arrest", "engaged in looting"."""
    inside = {t.i for t in found.tokens}
    token = next((t for t in found.tokens if t.head.i not in inside or t.head == t), found.token)
    if found.entry.pos == "p" and token.dep_ == "prep" and token.head.pos_ in ("VERB", "AUX"):
        return token.head
    light = light_verb(scene, token) if found.entry.pos == "n" and token.dep_ == "pobj" else None
    return light[0] if light is not None and light[1] == "actor" else token


def _is_existential(noun: Token) -> bool:
    """Whether it is what there is: "there were ten soldiers killed" tells of the killing."""
    return noun.dep_ in ("attr", "nsubj") and bool(syntax.children(noun.head, "expl"))


def _resulting(clause: Token) -> bool:
    """A participle of result or manner: no conjunction, no *to*, after its verb."""
    return clause.tag_ == "VBG" and clause.i > clause.head.i and not any(c.dep_ == "mark" for c in clause.children)


def content_head(token: Token) -> list[Token]:
    """Where what is demanded, threatened, promised or refused stands: the complement clause or the object."""
    if token.dep_ == "aux":
        return [token.head]
    found = syntax.children(token, "ccomp", "xcomp") + syntax.children(token, "dobj", "acl", "nsubjpass", "advcl")
    found += [c for p in syntax.children(token, "prep") for c in p.children if c.dep_ in ("pobj", "pcomp")]
    return found


def contents(events: list[tuple[Found, str]], types: EventTypes) -> dict[int, int]:
    """For each speech act (by position) the event that it is about (by position)."""
    by_token = {t.i: i for i, (f, _) in enumerate(events) for t in f.tokens}
    of: dict[int, int] = {}
    for i, (f, type_) in enumerate(events):
        if type_ not in types.contained:
            continue
        for head in content_head(governor(f)):
            inner = next((by_token[t.i] for t in _inward(head) if t.i in by_token and by_token[t.i] != i), None)
            if inner is not None and (type_ not in types.protest or events[inner][1] in types.voiced):
                of[i] = inner
                break
    return of


def absorbed(events: list[tuple[Found, str]], types: EventTypes) -> set[int]:
    """Events (by position) that CAMEO codes as part of another one.

    What somebody is accused of or made to do, the toll of an attack, the demand that is repeated.
    """
    by_token = {t.i: i for i, (f, _) in enumerate(events) for t in f.tokens}
    inner: set[int] = set()
    for i, (found, type_) in enumerate(events):
        token = governor(found)
        if type_ in types.accusation:
            heads = content_head(token)
        elif type_ in types.compelling and token.pos_ == "VERB":
            heads = syntax.children(token, "xcomp")
        else:
            heads = []
        inner.update(j for h in heads for t in syntax.conjuncts(h) if (j := by_token.get(t.i, i)) != i)
        carried = (by_token.get(t.i, i) for t in syntax.children(token, "dobj"))
        inner.update(j for j in carried if j != i and events[j][1] == type_)
        if type_ in types.harm and _is_toll(token, {t: events[j][1] for t, j in by_token.items()}, types):
            inner.add(i)
    return inner


def _is_toll(token: Token, kinds: dict[int, str], types: EventTypes) -> bool:
    """Whether it tells what came of an act told before it ("shelled the town, killing two")."""
    clause = syntax.first_conjunct(token)
    return clause.dep_ == "advcl" and _resulting(clause) and kinds.get(clause.head.i) in types.violent


def _inward(head: Token) -> list[Token]:
    """The head of a complement, then what it leads to ("agree to hold talks", "a request to meet")."""
    found = [*syntax.conjuncts(head)]
    for t in syntax.children(head, "dobj", "xcomp", "acl", "attr", "nsubjpass"):
        found += syntax.conjuncts(t)
    for p in syntax.children(head, "prep"):
        if p.lower_ in ("of", "for", "to", "on"):
            found += [t for o in syntax.children(p, "pobj", "pcomp") for t in syntax.conjuncts(o)]
    return found
