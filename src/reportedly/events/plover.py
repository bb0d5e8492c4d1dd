"""From a sense to the codes: PLOVER type, mode and CAMEO code of an event as it stands in its clause."""

from __future__ import annotations

from typing import NamedTuple

from reportedly.events.means import Weapon
from reportedly.events.noun_slots import light_verb
from reportedly.events.scene import EventScene
from reportedly.events.triggers import Found, governor
from reportedly.knowledge.event_types import EventTypes
from reportedly.model import Because
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

FUTURE_WORDS = frozenset({"will", "shall", "would", "'ll", "’ll", "may", "might", "could"})


class CodedMode(NamedTuple):
    """A mode or CAMEO code, by which rule, and the row that gave it."""

    value: str | None
    rule: str
    row: str = ""

    def because(self, field: str) -> Because:
        """The reason."""
        return Because(field, self.value, self.rule, self.row)


class EventCodes(NamedTuple):
    """The PLOVER mode of an event and its CAMEO code."""

    mode: CodedMode
    cameo: CodedMode


def code(
    scene: EventScene, found: Found, type_: str, weapons: tuple[Weapon, ...], about: str | None, *, embedded: bool
) -> EventCodes:
    """Mode and CAMEO code, made exact by the weapons used and by what is demanded, threatened, promised or refused.

    CAMEO codes what a sentence tells, and an act inside a demand, a threat or a promise by the code of that: the act
    itself, like one that is mentioned in passing, has no code of its own.
    """
    entry = found.entry
    mode, cameo = CodedMode(entry.mode, "code.row", entry.row), CodedMode(entry.cameo, "code.row", entry.row)
    more = scene.lexicon.contents.get((type_, about)) if about is not None else None
    if more is not None:
        mode = CodedMode(more.mode, "code.content", more.row) if more.mode else mode
        cameo = _same_family(CodedMode(more.cameo, "code.content", more.row), cameo)
    if type_ in scene.lexicon.types.harm:
        mode, cameo = _by_weapon(weapons, mode, cameo if cameo.value else CodedMode("190", "code.assault", entry.row))
    if embedded:
        return EventCodes(mode, CodedMode(None, "code.embedded"))
    if type_ in scene.lexicon.types.accident:
        return EventCodes(mode, CodedMode(None, "code.hazard"))
    if not is_foreground(scene, found):
        return EventCodes(mode, CodedMode(None, "code.passing"))
    return EventCodes(mode, cameo if about is not None else _in_future(scene, found, type_, cameo))


def _in_future(scene: EventScene, found: Found, type_: str, cameo: CodedMode) -> CodedMode:
    """An act to come is coded as intent or threat, one that is ruled out as refusal."""
    head = _carrier(scene, found)
    if cameo.value is None or not is_future(scene, head):
        return cameo
    outer = "REFUSED" if syntax.is_negated(head) and (("REFUSED", type_) in scene.lexicon.contents) else "FUTURE"
    later = scene.lexicon.contents.get((outer, type_))
    return CodedMode(later.cameo, "code.future", later.row) if later is not None else cameo


def _same_family(more: CodedMode, cameo: CodedMode) -> CodedMode:
    """The detail of a demand (10x) for an appeal (02x) is coded in the appeal's own family."""
    if more.value and cameo.value and more.value.startswith("10") and cameo.value.startswith("02"):
        return more._replace(value="02" + more.value[2:])
    return more if more.value else cameo


def _by_weapon(weapons: tuple[Weapon, ...], mode: CodedMode, cameo: CodedMode) -> tuple[CodedMode, CodedMode]:
    if mode.value is not None and cameo.value not in ("180", "190"):
        return mode, cameo
    for _, word in weapons:
        if word.cameo:
            own = mode if mode.value or not word.mode else CodedMode(word.mode, "code.weapon", word.row)
            return own, CodedMode(word.cameo, "code.weapon", word.row)
    return mode, cameo


def is_future(scene: EventScene, token: Token) -> bool:
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


def is_foreground(scene: EventScene, found: Found) -> bool:
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


def _carrier(scene: EventScene, found: Found) -> Token:
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
    """A participle of result or manner, behind its verb and without conjunction: "shelled the town, killing two"."""
    return clause.tag_ == "VBG" and clause.i > clause.head.i and not any(c.dep_ == "mark" for c in clause.children)


def content_head(token: Token) -> list[Token]:
    """Where what is demanded, threatened, promised or refused stands: "demanded that they leave", "refused talks"."""
    if token.dep_ == "aux":
        return [token.head]
    found = syntax.children(token, "ccomp", "xcomp") + syntax.children(token, "dobj", "acl", "nsubjpass", "advcl")
    found = [c for c in found if not syntax.is_circumstance(c)]
    preps = (p for p in syntax.children(token, "prep") if p.lower_ not in syntax.TIMING)
    return found + [c for p in preps for c in p.children if c.dep_ in ("pobj", "pcomp")]


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

    What somebody is accused of ("accused of shelling") or made to do, the toll of an attack ("shelled it, killing
    two"), the demand that is repeated.
    """
    by_token = {t.i: i for i, (f, _) in enumerate(events) for t in f.tokens}
    kinds = {t: events[i][1] for t, i in by_token.items()}
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
        if type_ in types.harm and _is_toll(token, kinds, types):
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
