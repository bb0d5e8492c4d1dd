"""With what it was done: weapons and instruments in the clause of an act of force."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reportedly.events.lexicon import MeansWord
from reportedly.events.scene import EventScene
from reportedly.model import Means
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

# Where something is, or at what it is aimed: what stands there is no means ("an attack on a tank").
SITED = frozenset({
    "on", "at", "near", "outside", "inside", "against", "around", "beside", "behind", "along", "towards",
})  # fmt: skip


class Weapon(NamedTuple):
    """A means named in the text and the word of the table that it is."""

    means: Means
    word: MeansWord


def weapons_in(scene: EventScene, clause: Iterable[Token]) -> tuple[Weapon, ...]:
    """Weapons and instruments named in the clause of an assault: "stabbed him with a knife".

    Not a weapon that only describes ("knife wounds"), marks a place or was taken.
    """
    seen = []
    for token in clause:
        hit = means_at(scene, token)
        if hit is None or (hit[0] == 1 and token.dep_ in ("compound", "amod")) or _is_site(scene, token, hit):
            continue
        if not _is_taken(scene, token):
            start, end = scene.doc[token.i - hit[0] + 1].idx, token.idx + len(token)
            seen.append(Weapon(Means(scene.dispatch.text[start:end], start, end), hit[1]))
    return tuple(seen)


def _is_taken(scene: EventScene, weapon: Token) -> bool:
    """Whether a weapon is what is seized, hit or destroyed, and not what it is done with: "fired rockets"."""
    first = syntax.first_conjunct(weapon)
    if first.dep_ in ("dobj", "nsubjpass"):
        verb = first.head
        done_with = any(form in scene.lexicon.words["wield"] for form in syntax.verb_lemmas(verb))
        return "taking" in scene.classes(verb) or not done_with
    return first.dep_ == "pobj" and first.head.lower_ in SITED


def _is_site(scene: EventScene, word: Token, hit: tuple[int, MeansWord]) -> bool:
    """Whether a word that is a weapon or a place is a place here: "in a mine", "a gold mine", "a water tank"."""
    if hit[0] > 1 or scene.lemma(word) not in scene.lexicon.words["site"]:
        return False
    first = syntax.first_conjunct(word)
    inside = first.dep_ == "pobj" and first.head.lower_ in ("in", "of", "from", "to")
    return inside or any(c.pos_ in ("NOUN", "PROPN", "ADJ") for c in syntax.children(word, "compound", "amod", "nmod"))


def means_at(scene: EventScene, token: Token) -> tuple[int, MeansWord] | None:
    """The means that ends on this token, as how many tokens, and what the table says of it: two for "car bomb"."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    for entry in scene.lexicon.means.get(scene.lemmas[token.i], ()):
        n = _spelled(scene, token, entry.words)
        if n:
            return n, entry
    return None


def _spelled(scene: EventScene, token: Token, words: tuple[str, ...]) -> int:
    """How many tokens up to this one spell the words, hyphens among them: three for "car-bomb", none for "car boom"."""
    i = token.i
    for word in reversed(words):
        while i >= 0 and scene.doc[i].lower_ == "-":
            i -= 1
        if i < 0 or word not in (scene.lemmas[i], scene.doc[i].lower_):
            return 0
        i -= 1
    return token.i - i
