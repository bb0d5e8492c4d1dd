"""Triggers: the words that name an event, with the sense that fits them here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from reportedly.events.lexicon import Entry, Test, head_position
from reportedly.events.scene import Scene
from reportedly.knowledge.check import HARM
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

# Which kinds of entries a part of speech can be; the tagger is not always right.
KEYS = {
    "VERB": ("v", "x", "n"), "AUX": ("v",), "NOUN": ("n", "p", "x", "a"), "PROPN": ("n", "p", "x"),
    "ADJ": ("a", "v", "p", "n"), "ADP": ("x",), "ADV": ("a", "p"), "INTJ": ("x",), "X": ("n",),
}  # fmt: skip
NO_PARTS = frozenset({"nsubj", "csubj", "aux", "conj"})
PARTICLES = frozenset({"in", "up", "out", "off", "down", "away", "back", "over", "apart"})
NAMES = frozenset({"DATE", "ORG", "PERSON", "GPE", "PRODUCT", "WORK_OF_ART", "FAC", "LOC", "LAW"})
STOPS = frozenset({".", "!", "?", "”", '"', "''"})
# How many words on two verbs are still told in one breath ("shot and badly wounded").
BREATH = 3
# How far apart the words of a trigger may stand to be quoted as one; an event noun may have its own words between them.
GAP, RUN = 3, 9
FILLERS = frozenset({"-", "–", "the", "a", "an", "'s", "’s", "its", "his", "her", "their"})


class Found(msgspec.Struct, frozen=True):
    """A trigger in the text: its governing token, all its tokens and the sense."""

    token: Token
    tokens: tuple[Token, ...]
    entry: Entry


def find_triggers(scene: Scene) -> list[Found]:
    """All triggers in text order; no token belongs to two of them, longer triggers first."""
    found = [f for token in scene.doc if (f := _match(scene, token)) is not None]
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


def _joined(scene: Scene, found: list[Found]) -> list[Found]:
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


def _harms(scene: Scene, verb: Token) -> bool:
    """Whether the verb has victims as its object, which makes it an event beside the one that its subject names."""
    hurt = (scene.classes(t) for t in syntax.children(verb, "dobj"))
    return any("person" in c or "measure" in c for c in hurt)


def _of_one_deed(scene: Scene, found: list[Found]) -> list[Found]:
    """An attack and the harm that it did to the same people are one trigger ("shot and killed")."""
    at = {f.token.i: f for f in found}
    merged: dict[int, Found] = {}
    gone: set[int] = set()
    for f in found:
        harm = at.get(next((c.i for c in syntax.children(f.token, "conj") if c.i - f.token.i <= BREATH), -1))
        if harm is None or not _is_attack(scene, f) or not _is_attack(scene, harm) or not _hurts(scene, harm):
            continue
        if f.entry.mode and not harm.entry.mode and not syntax.objects(f.token):
            gone.add(harm.token.i)
            entry = msgspec.structs.replace(f.entry, roles=f.entry.roles | harm.entry.roles)
            merged[f.token.i] = Found(f.token, f.tokens + harm.tokens, entry)
    return [merged.get(f.token.i, f) for f in found if f.token.i not in gone]


def _is_attack(scene: Scene, found: Found) -> bool:
    harm = found.entry.type in scene.lexicon.types.harm or found.entry.type.startswith(HARM)
    return found.entry.pos == "v" and harm


def _hurts(scene: Scene, found: Found) -> bool:
    return not found.entry.roles.isdisjoint(scene.lexicon.figures.toll)


def _with_carriers(scene: Scene, found: list[Found]) -> list[Found]:
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


def _carrier(scene: Scene, found: Found) -> list[Token]:
    """The words of the light verb whose subject or object the noun is, near enough to be quoted with it."""
    noun = _counted(scene, governor(found))
    if noun.dep_ == "dobj" and noun.i > noun.head.i:
        return _carrying(scene, noun.head, "obj", noun) if found.tokens[0].i - noun.head.i <= RUN else []
    slot = {"nsubj": "subj", "nsubjpass": "obj"}.get(noun.dep_)
    if slot and 0 < noun.head.i - found.tokens[-1].i <= GAP:
        return _carrying(scene, noun.head, slot, noun)
    clause = next((c for c in syntax.children(noun, "acl") if c.tag_ == "VBN"), None)
    return _carrying(scene, clause, "obj", noun) if clause is not None and clause.i - found.tokens[-1].i <= GAP else []


def _counted(scene: Scene, noun: Token) -> Token:
    """The measure that stands in front of a noun: "a series of raids"."""
    above = noun.head.head
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "of"
        and "measure" in scene.lexicon.classes.get(scene.lemmas[above.i], ())
    ):
        return above
    return noun


def _carrying(scene: Scene, verb: Token, slot: str, noun: Token) -> list[Token]:
    """The words of the verb, if it is one that carries such nouns in the slot."""
    fixed = [c for c in verb.children if c.dep_ == "prt" or (c.dep_ == "dobj" and slot == "subj")]
    for form in syntax.verb_lemmas(verb):
        for words, rest in (*((f"{form} {c.lower_}", [c]) for c in fixed), (form, [])):
            if any(_holds_for(t, slot, scene.lemmas[noun.i]) for t in scene.lexicon.carriers.get(words, ())):
                return [verb, *rest]
    return []


def _holds_for(test: Test, slot: str, word: str) -> bool:
    """Whether a verb carries nouns in a slot, and this one if it does so with some only."""
    return test.name == slot and (not test.words or word in test.words)


def _match(scene: Scene, token: Token) -> Found | None:
    for pos in KEYS.get(token.pos_, ()):
        for entry in scene.lexicon.entries.get((pos, scene.lemmas[token.i]), ()):
            tokens = _words(scene, token, entry)
            if (
                tokens is not None
                and _form_fits(scene, token, entry)
                and all(holds(scene, token, t) for t in entry.tests)
            ):
                return Found(token, tuple(sorted(tokens, key=lambda t: t.i)), entry)
    return None


def _form_fits(scene: Scene, token: Token, entry: Entry) -> bool:
    """Nouns count as a phrase of their own, not where they only modify another noun ("attack helicopter")."""
    if entry.pos == "n":
        if token.pos_ == "ADJ":
            return token.dep_ in ("dobj", "nsubj", "nsubjpass")
        if token.pos_ == "VERB":
            return token.tag_ == "VBG" and token.dep_ in ("dobj", "pobj", "nsubj", "nsubjpass", "conj")
        if token.pos_ == "PROPN" and token.ent_type_ in NAMES and not token.is_lower:
            return False
        if "time" in scene.classes(token) and _beside_number(token):
            return False
        return token.dep_ not in ("compound", "nmod", "amod", "npadvmod") or token.head.pos_ == "VERB"
    if entry.pos == "v" and token.pos_ == "ADJ":
        return token.tag_ in ("VBN", "VBG")
    return True


def _beside_number(token: Token) -> bool:
    """Whether it is a month in a date ("March 29") and no march."""
    doc = token.doc
    return (token.i > 0 and doc[token.i - 1].like_num) or (token.i + 1 < len(doc) and doc[token.i + 1].like_num)


def _words(scene: Scene, token: Token, entry: Entry) -> list[Token] | None:
    """The tokens of the entry's words around its head, or None."""
    if len(entry.words) == 1:
        return [token]
    if not scene.words.issuperset(entry.words):
        return None
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


def _part(scene: Scene, matched: list[Token], word: str) -> Token | None:
    for governor in reversed(matched):
        for child in governor.children:
            by_form = child.dep_ == "advcl" or child.lower_ == word
            if (child.lower_ if by_form else scene.lemmas[child.i]) == word and child.dep_ not in NO_PARTS:
                return child
            if child.dep_ in ("advcl", "ccomp", "xcomp"):
                mark = next((m for m in child.children if m.dep_ == "mark" and m.lower_ == word), None)
                if mark is not None:
                    return mark
    return None


def _is_particle(part: Token, word: str) -> bool:
    """Whether the second word of a phrasal verb is one, and no preposition of a phrase of its own ("in May")."""
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


def _sequence(scene: Scene, token: Token, words: tuple[str, ...]) -> list[Token] | None:
    """The words one after the other, hyphens and articles between them allowed."""
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


# ---- conditions of a sense ------------------------------------------------------------------------------------------


def holds(scene: Scene, token: Token, test: Test) -> bool:
    """Whether one condition of a sense holds at its head token."""
    simple = SIMPLE.get(test.name)
    if simple is not None:
        return simple(token) != test.negated
    if test.name == "demanded":
        return _is_demanded(scene, token) != test.negated
    if test.name == "near":
        words = scene.vocabulary(token)
        hit = bool(test.words & words) or any(f"@{c}" in words for c in test.classes)
        return hit != test.negated
    return any(_fits(scene, t, test) for t in places_of(scene, token, test.name)) != test.negated


def _fits(scene: Scene, token: Token, test: Test) -> bool:
    if not test.words and not test.classes:
        return True
    if scene.lemmas[token.i] in test.words or token.lower_ in test.words:
        return True
    titles = syntax.children(token, "compound", "appos") if token.pos_ == "PROPN" else []
    if any(scene.lemmas[t.i] in test.words for t in titles):
        return True
    return bool(test.classes and not test.classes.isdisjoint(scene.classes(_inner(scene, token))))


def _inner(scene: Scene, token: Token) -> Token:
    """Looked through measures: "hundreds of rebels", "one of the towns"."""
    if "measure" in scene.lexicon.classes.get(scene.lemmas[token.i], ()) or token.pos_ == "NUM":
        return next(iter(syntax.prep_objects(token, "of")), token)
    return token


def places_of(scene: Scene, token: Token, where: str) -> Iterator[Token]:
    """The tokens in a slot that a condition names."""
    if where == "obj":
        yield from patients(token)
    elif where == "subj":
        yield from doers(scene, token)
    elif where == "iobj":
        yield from syntax.children(token, "dative", "iobj")
    elif where == "mod":
        yield from syntax.children(token, "amod", "compound", "nmod", "poss", "nummod")
    elif where == "comp":
        yield from syntax.children(token, "ccomp", "xcomp", "acl")
        yield from (c for c in syntax.children(token, "advcl") if c.tag_ != "VBG")
    elif where == "pred":
        yield from syntax.children(token, "attr", "acomp", "oprd")
    elif where == "head":
        yield from [token.head] if token.head != token else []
    elif where == "part":
        yield from syntax.children(token, "prt", "advmod")
    elif where == "light":
        yield from [token.head] if token.dep_ in ("dobj", "nsubjpass") else []
    else:
        yield from syntax.prep_objects(token, where)
        for carried in syntax.children(token, "dobj"):
            yield from syntax.prep_objects(carried, where)


def _is_demanded(scene: Scene, modal: Token) -> bool:
    """Whether somebody says that others must do it ("the minister said the rebels must leave")."""
    verb = modal.head
    if modal.dep_ != "aux" or verb.dep_ != "ccomp":
        return False
    if "saying" not in scene.lexicon.classes.get(scene.lemma(verb.head), ()):
        return False
    obliged, teller = syntax.own_subject(verb), syntax.own_subject(verb.head)
    return (
        obliged is not None
        and teller is not None
        and obliged.pos_ != "PRON"
        and not any(c.dep_ == "auxpass" for c in verb.children)
    )


def _is_headline(verb: Token) -> bool:
    """Whether a past tense without object may be a passive as headlines tell it ("Clerk stabbed in park")."""
    subject = syntax.own_subject(verb)
    return (
        subject is not None
        and verb.tag_ in ("VBD", "VBN")
        and verb.dep_ == "ROOT"
        and verb.sent[-1].text not in STOPS
        and not any(c.dep_ in ("aux", "auxpass", "dobj", "ccomp", "xcomp") for c in verb.children)
        and not any(c.dep_ in ("det", "poss") for c in subject.children)
        and subject.pos_ in ("NOUN", "PROPN", "NUM")
    )


SIMPLE: dict[str, Callable[[Token], bool]] = {
    "headline": _is_headline,
    "passive": syntax.is_passive,
    "ccomp": lambda t: any(c.dep_ == "ccomp" for c in t.children),
    "xcomp": lambda t: any(c.dep_ == "xcomp" for c in t.children),
    "infinitive": lambda t: any(c.dep_ == "xcomp" and c.tag_ == "VB" for c in t.children),
    "bare": lambda t: not any(c.dep_ in ("amod", "compound", "poss", "prep", "nummod") for c in t.children),
    "the": lambda t: any(c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those") for c in t.children),
    "plural": lambda t: t.tag_ in ("NNS", "NNPS"),
    "participle": lambda t: t.dep_ in ("amod", "acl") and t.tag_ in ("VBN", "VBG"),
    "ing": lambda t: t.tag_ == "VBG",
    "object": lambda t: t.dep_ in ("dobj", "pobj", "nsubjpass"),
}


def doers(scene: Scene, verb: Token) -> list[Token]:
    """Who does what the verb says: the understood subject, or the by-phrase of a passive, coordination included."""
    if syntax.is_passive(verb):
        return syntax.agents(verb)
    subject = controller(scene, verb)
    return syntax.conjuncts(subject) if subject is not None else []


def patients(verb: Token) -> list[Token]:
    """To whom it is done: the objects, or the subject of a passive, or the noun that a participle modifies."""
    if not syntax.is_passive(verb):
        return syntax.objects(verb) or _shared_objects(verb)
    if verb.dep_ in ("acl", "amod") and syntax.own_subject(verb) is None:
        return syntax.conjuncts(verb.head) if verb.dep_ == "acl" else [verb.head]
    subject = syntax.subject(verb)
    return syntax.conjuncts(subject) if subject is not None else []


def _shared_objects(verb: Token) -> list[Token]:
    """The objects of a verb told in one breath with this one: "shot and killed two men"."""
    other = next((c for c in syntax.children(verb, "conj") if c.i - verb.i <= BREATH), None)
    if other is None:
        return []
    between = (c for c in verb.children if verb.i < c.i < other.i)
    return [] if any(c.dep_ in ("prep", "prt", "ccomp", "xcomp") for c in between) else syntax.objects(other)


def controller(scene: Scene, verb: Token) -> Token | None:
    """The understood subject; in "accused them of looting" and "stopped them from voting" it is the object."""
    clause = verb
    while clause.dep_ in ("conj", "xcomp") and syntax.own_subject(clause) is None and clause.head != clause:
        if clause.dep_ == "xcomp" and _names_controller(scene, clause):
            break
        clause = clause.head
    if clause.dep_ == "pcomp" and clause.head.lower_ in ("of", "for", "from", "into"):
        matrix = clause.head.head
        if matrix.pos_ in ("NOUN", "PROPN", "PRON") and matrix.dep_ == "dobj":
            return syntax.antecedent(matrix)
        if matrix.pos_ in ("VERB", "AUX"):
            governed = next(iter(patients(matrix)), None)
            if governed is not None:
                return syntax.antecedent(governed)
    if clause.dep_ == "acomp" and syntax.own_subject(clause) is None:
        return controller(scene, clause.head)
    if clause.dep_ == "acl" and clause.tag_ == "VB" and scene.lemma(clause.head) in scene.lexicon.words["resolve"]:
        return _resolved_by(scene, clause.head)
    if clause.dep_ in ("xcomp", "advcl") and clause.tag_ == "VB" and syntax.own_subject(clause) is None:
        addressed = _called_on(scene, clause.head, clause)
        if addressed is not None:
            return addressed
    if _results_from_passive(clause):
        return next(iter(syntax.agents(clause.head)), None)
    return syntax.subject(verb)


def _names_controller(scene: Scene, clause: Token) -> bool:
    """Whether the verb above an infinitive says beside itself who shall do it."""
    told = any(c.dep_ in ("dobj", "dative") for c in clause.head.children)
    return told or _called_on(scene, clause.head, clause) is not None


def _called_on(scene: Scene, verb: Token, clause: Token) -> Token | None:
    """Who shall do it where a verb calls on, appeals to or presses somebody to."""
    calls, lemma = scene.lexicon.words["call"], scene.lemma(verb)
    preps = (p for p in syntax.children(verb, "prep") if p.i < clause.i and f"{lemma} {p.lower_}" in calls)
    return next((o for p in preps for o in syntax.children(p, "pobj")), None)


def _resolved_by(scene: Scene, noun: Token) -> Token | None:
    """Whose intention, attempt or right it is: its owner, who is given it, else the subject of its verb."""
    owner = next(iter(syntax.children(noun, "poss")), None)
    owner = owner or (next(iter(syntax.children(noun.head, "dative")), None) if noun.dep_ == "dobj" else None)
    if owner is not None:
        return next(iter(syntax.children(owner, "pobj")), owner)
    if noun.dep_ != "dobj" or scene.lemma(noun.head) in scene.lexicon.words["thwart"]:
        return None
    return syntax.subject(noun.head)


def _results_from_passive(clause: Token) -> bool:
    """Whether it tells the result of a passive clause: "the camp was shelled by rebels, killing two"."""
    return (
        clause.dep_ == "advcl"
        and clause.tag_ == "VBG"
        and clause.i > clause.head.i
        and syntax.is_passive(clause.head)
        and not any(c.dep_ in ("mark", "nsubj", "prep") and c.i < clause.i for c in clause.children)
    )
