"""Whose a thing is: the owner, maker or user that its phrase names, and where goods and travellers go."""

from __future__ import annotations

from reportedly.events.scene import EventScene
from reportedly.events.slots import doers
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

SPOKEN = frozenset({"proposal", "text", "abstract", "rule", "meeting", "fighting", "protest"})
# What has no will: whoever owns it, wrote it or wages it is the party.
MATTERS = SPOKEN | {"hazard", "time", "money", "crime", "office", "ideal"}
INERT = MATTERS | {"weapon", "place", "building", "utility"}


def ends_of(scene: EventScene, traffic: Token) -> list[Token]:
    """Where flights or goods go or come from: *Chad* of "flights to Chad"."""
    ends = syntax.prep_objects(traffic, "to", "from", "with", "into")
    return [t for t in ends if scene.actors.get(t) or scene.places.get(t)]


def owners_of(scene: EventScene, token: Token) -> list[Token]:
    """Whose a thing is ("the rebels' goal", "Iranian missiles"); a town before it owns no deed."""
    if "text" in scene.classes(token) and (makers := makers_of(scene, token)):
        return makers  # "a communique issued by the presidency accuses the army"
    owners = syntax.children(token, "poss") if INERT.isdisjoint(scene.classes(token)) else owned_by(scene, token)
    if not owners and token.dep_ == "dobj" and scene.lemma(token.head) in scene.lexicon.words["wield"]:
        owners = doers(scene, token.head) if "weapon" in scene.classes(token) else []  # "fired rockets that hit"
    return [t for t in owners if not is_spot(scene, t)]


def makers_of(scene: EventScene, token: Token) -> list[Token]:
    """Who makes what is refused or fought off, as far as they are known: "rejected an offer by Chad", "their offer"."""
    makers = owned_by(scene, token) or syntax.prep_objects(token, "by", "from")
    if not makers and "crime" not in scene.classes(token):  # "the killing of traders" is not theirs
        makers = syntax.prep_objects(token, "of")
    makers = makers or [t for c in syntax.children(token, "acl") for t in syntax.agents(c)]
    return [t for t in makers if scene.actors.get(t) or scene.places.get(t) or is_fighters(scene, t)]


def owned_by(scene: EventScene, token: Token) -> list[Token]:
    """The owners and names before a noun: "Chad" in "Chad's offer", "Chadian" in "the Chadian offer"."""
    before = (t for t in syntax.children(token, "amod", "compound") if not is_war_there(scene, t, token))
    named = (t for t in before if stands_for(scene, t) or is_fighters(scene, t))
    return [*syntax.children(token, "poss"), *named]


def is_war_there(scene: EventScene, name: Token, noun: Token) -> bool:
    """Whether a war goes by where it is: "the Vietnam War", "the Syrian war", not "the Israeli war on Gaza"."""
    place, actor = scene.places.get(name), scene.actors.get(name)
    if place is None and (actor is None or actor.kind != "country"):
        return False
    at_war = {"abroad", "fighting"} <= scene.classes(noun) and not name.text.replace(".", "").isupper()
    alone = len(syntax.conjuncts(name)) == 1 and name.dep_ != "conj" and not hyphened(name)
    return at_war and alone and not syntax.prep_objects(noun, "on", "against", "with")


def hyphened(name: Token) -> bool:
    """Whether a name is one of two that a dash joins ("the Iran-Iraq war")."""
    doc = name.doc
    return any(0 <= i < len(doc) and doc[i].text in ("-", "–", "/") for i in (name.i - 1, name.i + 1))


def is_fighters(scene: EventScene, noun: Token) -> bool:
    """Whether a common noun before a deed is who did it ("a guerrilla ambush"), and not with what ("a tank attack")."""
    classes = scene.classes(noun)
    return "force" in classes and noun.pos_ in ("NOUN", "ADJ") and classes.isdisjoint({"vehicle", "weapon", "building"})


def is_spot(scene: EventScene, token: Token) -> bool:
    """Whether a name is that of a town or landscape, which owns no deed: "a Cairo bombing"."""
    place = scene.places.get(token)
    return place is not None and place.kind != "country" and not place.demonym and scene.actors.get(token) is None


def holders_of(limb: Token) -> list[Token]:
    """Whose hand or eye it is: the guard's in "the guard's hand", "the hand of a guard", "a guard whose hand"."""
    first = syntax.first_conjunct(limb)
    owners = syntax.children(limb, "poss") or syntax.children(first, "poss")
    owners = owners or syntax.prep_objects(limb, "of") or syntax.prep_objects(first, "of")
    return [described(first) if t.tag_ == "WP$" else t for t in owners]


def described(token: Token) -> Token:
    """The noun that the relative clause around a token describes: "man" for "shot" in "the man who was shot".

    The token itself where there is none.
    """
    clause = next((t for t in syntax.ancestors_with_self(token) if t.dep_ == "relcl"), None)
    return clause.head if clause is not None else token


def stands_for(scene: EventScene, token: Token) -> bool:
    """Whether a modifier names somebody or somewhere: "Chad's troops", "Sarn police"."""
    return (
        scene.actors.get(token) is not None or scene.places.get(token) is not None or token.ent_type_ in ("NORP", "GPE")
    )
