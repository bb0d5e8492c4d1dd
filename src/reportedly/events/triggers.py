"""Triggers: the words that name an event, with the sense that fits them here."""

from __future__ import annotations

from bisect import bisect_left

import msgspec

from reportedly.events.conditions import holds, modals, negators
from reportedly.events.lexicon import EventSense, Test, head_position
from reportedly.events.scene import EventScene
from reportedly.events.slots import BREATH, patients
from reportedly.knowledge.check import HARM
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

# Which kinds of entries a part of speech can be; the tagger is not always right.
KEYS = {
    "VERB": ("v", "x", "n"), "AUX": ("v",), "NOUN": ("p", "n", "x", "a"), "PROPN": ("n", "p", "x"),
    "ADJ": ("a", "v", "p", "n"), "ADP": ("x",), "ADV": ("a", "p"), "INTJ": ("x",), "X": ("n",),
}  # fmt: skip
NO_PARTS = frozenset({"nsubj", "csubj", "aux", "conj"})
PARTICLES = frozenset({"in", "up", "out", "off", "down", "away", "back", "over", "apart"})
NAMES = frozenset({"DATE", "ORG", "PERSON", "GPE", "PRODUCT", "WORK_OF_ART", "FAC", "LOC", "LAW"})
# How far apart the words of a trigger may stand to be quoted as one; an event noun may have its own words between them.
GAP, RUN = 3, 9
VICTIMS = frozenset({"person", "force", "measure", "people"})
FILLERS = frozenset({"-", "–", "the", "a", "an", "'s", "’s", "its", "his", "her", "their"})


class Found(msgspec.Struct, frozen=True):
    """A trigger in the text: its governing token, all its tokens and the sense."""

    token: Token
    tokens: tuple[Token, ...]
    entry: EventSense


def find_triggers(scene: EventScene) -> list[Found]:
    """All triggers in text order, longer ones first: "set fire to" and "raid" in "set fire to a mill in a raid".

    No token belongs to two of them.
    """
    heads = scene.lexicon.heads
    known = (t for t in scene.doc if (scene.lemmas[t.i] in heads or t.lower_ in heads) and t.pos_ in KEYS)
    found = _in_one_sense(scene, [f for token in known if (f := _match(scene, token)) is not None])
    taken: set[int] = set()
    kept = []
    for f in sorted(found, key=lambda f: (-len(f.tokens), f.token.i)):
        own = {t.i for t in f.tokens}
        if own & taken:
            continue
        taken |= own
        if f.entry.type:
            kept.append(f)
    joined = _of_one_deed(scene, _joined(scene, kept))
    return sorted(_with_carriers(scene, joined), key=lambda f: f.token.i)


def _in_one_sense(scene: EventScene, found: list[Found]) -> list[Found]:
    """A bare noun has the sense that the words around it gave it where it stood last, or else stands next.

    "A strike on the shelter killed nine. The mayor condemned the strike."
    """
    told: dict[str, list[Found]] = {}
    for f in found:
        if f.entry.pos == "n" and f.entry.tests and f.entry.type and len(f.entry.words) == 1:
            told.setdefault(scene.lemma(f.token), []).append(f)
    return [_as_told(scene, f, told) if f.entry.pos == "n" and not f.entry.tests else f for f in found]


def _as_told(scene: EventScene, found: Found, told: dict[str, list[Found]]) -> Found:
    """A word as the dispatch has it elsewhere, where that is harm: "the strike" after "a strike on the shelter"."""
    others = told.get(scene.lemma(found.token), ()) if len(found.entry.words) == 1 else ()
    before = bisect_left(others, found.token.i, key=lambda o: o.token.i)
    other = others[max(0, before - 1)] if others else None
    harmful = other is not None and other.entry.type in scene.lexicon.types.harm
    return Found(found.token, found.tokens, other.entry) if other is not None and harmful else found


def _joined(scene: EventScene, found: list[Found]) -> list[Found]:
    """A verb and the event noun it carries are one trigger ("imposed sanctions", "fighting raged")."""
    at = {f.token.i: f for f in found}
    gone: set[int] = set()
    merged = {}
    for f in found:
        if f.entry.pos != "v":
            continue
        inside = [t for p in f.tokens if p.pos_ == "ADP" for t in syntax.children(p, "pobj")]
        for noun in [*patients(f.token), *syntax.children(f.token, "nsubj", "dobj"), *inside]:
            other = at.get(noun.i)
            if other is None or other.entry.pos not in ("n", "x") or other is f:
                continue
            named = any(t.name in ("obj", "subj") and scene.lemmas[noun.i] in t.words for t in f.entry.tests)
            carried = (
                noun in inside
                or scene.lexicon.light.get(scene.lemmas[f.token.i]) in ("actor", "recipient")
                or (noun.dep_ == "nsubj" and not _harms(scene, f.token))
            )
            if other.entry.type == f.entry.type and carried:
                gone.add(f.token.i)
                roles = f.entry.roles | other.entry.roles
                entry = msgspec.structs.replace(other.entry, roles=roles, cameo=other.entry.cameo or f.entry.cameo)
                merged[noun.i] = Found(other.token, tuple(sorted({*f.tokens, *other.tokens}, key=lambda t: t.i)), entry)
            elif named and f.entry.type not in scene.lexicon.types.named:
                gone.add(noun.i)
    return [merged.get(f.token.i, f) for f in found if f.token.i not in gone]


def _harms(scene: EventScene, verb: Token) -> bool:
    """Whether the verb has victims as its object, beside the event of its subject: "The blast hurt nine guards"."""
    hurt = (scene.classes(t) for t in syntax.children(verb, "dobj"))
    return any(not c.isdisjoint(VICTIMS) for c in hurt)


def _of_one_deed(scene: EventScene, found: list[Found]) -> list[Found]:
    """An attack and the harm that it did to the same people are one trigger ("shot and killed")."""
    at = {f.token.i: f for f in found}
    merged: dict[int, Found] = {}
    gone: set[int] = set()
    for f in found:
        harm = at.get(next((c.i for c in syntax.children(f.token, "conj") if c.i - f.token.i <= BREATH), -1))
        if harm is None or not _is_attack(scene, f) or not _is_attack(scene, harm) or not tells_toll(scene, harm):
            continue
        if f.entry.mode and not harm.entry.mode and not syntax.objects(f.token):
            gone.add(harm.token.i)
            entry = msgspec.structs.replace(f.entry, roles=f.entry.roles | harm.entry.roles)
            merged[f.token.i] = Found(f.token, f.tokens + harm.tokens, entry)
    return [merged.get(f.token.i, f) for f in found if f.token.i not in gone]


def _is_attack(scene: EventScene, found: Found) -> bool:
    harm = found.entry.type in scene.lexicon.types.harm or found.entry.type.startswith(HARM)
    return found.entry.pos == "v" and harm


def tells_toll(scene: EventScene, found: Found) -> bool:
    """Whether the words of an event tell of dead or hurt by themselves: "killed", but not "attacked"."""
    return not found.entry.roles.isdisjoint(scene.lexicon.figures.toll)


def _with_carriers(scene: EventScene, found: list[Found]) -> list[Found]:
    """A verb that only carries an event noun belongs to its trigger: "launched an attack", "the attack took place"."""
    taken = {t.i for f in found for t in f.tokens}
    result = []
    for f in found:
        verb = _carrier(scene, f) if f.entry.pos in ("n", "x") else []
        if taken.isdisjoint(t.i for t in verb):
            taken |= {t.i for t in verb}
            result.append(Found(f.token, tuple(sorted({*f.tokens, *verb}, key=lambda t: t.i)), f.entry))
        else:
            result.append(f)
    return result


def _carrier(scene: EventScene, found: Found) -> list[Token]:
    """The words of the light verb whose subject or object the noun is, near enough to be quoted with it.

    "imposed" of "imposed sanctions", "raged" of "fighting raged".
    """
    noun = counted(scene, governor(found))
    if noun.dep_ == "dobj" and noun.i > noun.head.i:
        return _carrying(scene, noun.head, "obj", noun) if found.tokens[0].i - noun.head.i <= RUN else []
    slot = {"nsubj": "subj", "nsubjpass": "obj"}.get(noun.dep_)
    if slot and 0 < noun.head.i - found.tokens[-1].i <= GAP:
        return _carrying(scene, noun.head, slot, noun)
    clause = next((c for c in syntax.children(noun, "acl") if c.tag_ == "VBN"), None)
    return _carrying(scene, clause, "obj", noun) if clause is not None and clause.i - found.tokens[-1].i <= GAP else []


def counted(scene: EventScene, noun: Token) -> Token:
    """The measure that stands in front of a noun: "a series of raids"."""
    above = noun.head.head
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "of"
        and "measure" in scene.lexicon.classes.get(scene.lemmas[above.i], ())
    ):
        return above
    return noun


def _carrying(scene: EventScene, verb: Token, slot: str, noun: Token) -> list[Token]:
    """The words of the verb, if it is one that carries such nouns in the slot: "imposed" for "imposed sanctions"."""
    fixed = [c for c in verb.children if c.dep_ == "prt" or (c.dep_ == "dobj" and slot == "subj")]
    for form in syntax.verb_lemmas(verb):
        for words, rest in (*((f"{form} {c.lower_}", [c]) for c in fixed), (form, [])):
            if any(_holds_for(t, slot, scene.lemmas[noun.i]) for t in scene.lexicon.carriers.get(words, ())):
                return [verb, *rest]
    return []


def _holds_for(test: Test, slot: str, word: str) -> bool:
    """Whether a verb carries nouns in a slot, and this one if it does so with some only."""
    return test.name == slot and (not test.words or word in test.words)


def _match(scene: EventScene, token: Token) -> Found | None:
    """The entry of the tables that a word is a trigger of, its other words and conditions in place: "open fire on"."""
    nominal = _is_nominal(token)
    for pos in ("n",) if nominal else KEYS.get(token.pos_, ()):
        head = token.lower_ if nominal else scene.lemmas[token.i]
        for entry in scene.senses(pos, head, token.lower_ if pos == "n" else head):
            tokens = _words(scene, token, entry)
            if (
                tokens is not None
                and _form_fits(scene, token, entry)
                and all(holds(scene, token, t) for t in entry.tests)
            ):
                said = {t.i: t for t in (*tokens, *_refusing(scene, token, entry))}
                return Found(token, tuple(said[i] for i in sorted(said)), entry)
    return None


def _refusing(scene: EventScene, token: Token, entry: EventSense) -> list[Token]:
    """The words that make a refusal of what a verb says: *will never* of "will never accept"."""
    if not any(t.name in ("neg", "wont") and not t.negated for t in entry.tests):
        return []
    return [*negators(token), *modals(scene, token)]


def _is_nominal(token: Token) -> bool:
    """Whether an adjective or participle stands for those of whom it is true ("among the wounded")."""
    if token.pos_ not in ("ADJ", "VERB") or token.tag_ not in ("JJ", "VBN"):
        return False
    return token.dep_ in ("pobj", "dobj", "nsubj", "nsubjpass") and any(c.dep_ == "det" for c in token.children)


def _form_fits(scene: EventScene, token: Token, entry: EventSense) -> bool:
    """Nouns count as a phrase of their own, not where they only modify another noun ("attack helicopter").

    A participle behind a hyphen says what a thing is like ("war-damaged houses").
    """
    if entry.pos == "n":
        if _is_nominal(token):
            return True
        if token.pos_ == "ADJ":
            return token.dep_ in ("dobj", "nsubj", "nsubjpass")
        if token.pos_ == "VERB":
            return token.tag_ == "VBG" and token.dep_ in ("dobj", "pobj", "nsubj", "nsubjpass", "conj")
        if token.pos_ == "PROPN" and token.ent_type_ in NAMES and not token.is_lower:
            return False
        if "time" in scene.classes(token) and _beside_number(token):
            return False
        if token.i + 1 < len(token.doc) and syntax.is_hyphen(token.nbor()):
            return False  # "strike-hit docks"
        first = syntax.first_conjunct(token)  # "search and rescue teams"
        return first.dep_ not in ("compound", "nmod", "amod", "npadvmod") or first.head.pos_ == "VERB"
    if entry.pos == "v" and token.dep_ == "amod" and token.i > 1 and syntax.is_hyphen(token.nbor(-1)):
        return False
    if entry.pos == "v" and _only_describes(scene, token, entry):
        return False
    if entry.pos == "v" and token.pos_ == "ADJ":
        return token.tag_ in ("VBN", "VBG")
    return True


def _only_describes(scene: EventScene, token: Token, entry: EventSense) -> bool:
    """Whether a participle before a noun tells no deed: "the accused men", "the delayed start", "a proposed law"."""
    if token.dep_ != "amod" or not entry.type or entry.type.startswith(HARM):
        return False
    return entry.type not in scene.lexicon.types.deed


def _beside_number(token: Token) -> bool:
    """Whether it is a month in a date ("March 29") and no march."""
    doc = token.doc
    return (token.i > 0 and doc[token.i - 1].like_num) or (token.i + 1 < len(doc) and doc[token.i + 1].like_num)


def _words(scene: EventScene, token: Token, entry: EventSense) -> list[Token] | None:
    """The tokens of the entry's words around its head, or None."""
    if len(entry.words) == 1:
        return [token]
    if entry.pos == "x":
        return _sequence(scene, token, entry.words)
    head = head_position(entry.words, entry.pos)
    if entry.pos == "p":
        return _before(token, entry.words)
    matched = [token]
    for word in (*entry.words[:head][::-1], *entry.words[head + 1 :]):
        part = _part(scene, matched, word)
        if part is None or (entry.pos == "v" and len(entry.words) == 2 and not _is_particle(part, word)):
            return None
        matched.append(part)
    return matched


def _part(scene: EventScene, matched: list[Token], word: str) -> Token | None:
    """The token below the matched ones that is the next word of a trigger: "fire" of "opened fire on the crowd"."""
    for governor in reversed(matched):
        for child in governor.children:
            by_form = child.dep_ == "advcl" or child.lower_ == word
            form = child.lower_ if by_form else scene.lemmas[child.i]
            if form == word and child.dep_ not in NO_PARTS and not _is_told(child):
                return child
            if child.dep_ in ("advcl", "ccomp", "xcomp"):
                mark = next((m for m in child.children if m.dep_ == "mark" and m.lower_ == word), None)
                if mark is not None:
                    return mark
    return None


def _is_told(clause: Token) -> bool:
    """Whether a clause has a tense of its own: "found that troops *had killed* two", but not "found two killed"."""
    return clause.dep_ == "ccomp" and any(c.dep_ in ("aux", "auxpass", "mark", "dobj") for c in clause.children)


def _is_particle(part: Token, word: str) -> bool:
    """Whether the second word of a phrasal verb is one: "broke up the march", but not "went on Monday"."""
    if part.dep_ == "prep" and any(c.ent_type_ in ("DATE", "TIME") for c in syntax.children(part, "pobj")):
        return False
    return word not in PARTICLES or part.dep_ != "prep" or not syntax.children(part, "pobj")


def _before(token: Token, words: tuple[str, ...]) -> list[Token] | None:
    """The preposition that governs the noun ("under arrest") and modifiers between them."""
    matched = [token]
    for word in reversed(words[:-1]):
        near = [*matched[-1].children, matched[0].head]
        part = next((t for t in near if t.lower_ == word and t.i < token.i), None)
        if part is None:
            return None
        matched.append(part)
    return matched


def _sequence(scene: EventScene, token: Token, words: tuple[str, ...]) -> list[Token] | None:
    """The words one after the other, hyphens and articles between them allowed: "cease-fire" for "cease fire"."""
    matched = [token]
    i = token.i + 1
    for word in words[1:]:
        while i < len(scene.doc) and scene.doc[i].lower_ in FILLERS:
            i += 1
        if i >= len(scene.doc) or word not in (scene.doc[i].lower_, scene.lemmas[i]):
            return None
        matched.append(scene.doc[i])
        i += 1
    return matched


def governor(found: Found) -> Token:
    """The token of a trigger that the rest of the clause hangs on."""
    inside = {t.i for t in found.tokens}
    if found.entry.pos == "x":
        return next((t for t in found.tokens if t.head.i not in inside or t.head == t), found.token)
    return found.token
