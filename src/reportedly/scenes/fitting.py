"""Which places a claim can take over, by who is named with it and by what its scene tells."""

from __future__ import annotations

from reportedly.model import Claim, Place, Scene
from reportedly.scenes.words import SceneWords

WIDE = ("country", "region", "water")


def fitting(claim: Claim, place: Place, words: SceneWords) -> Place | None:
    """The place, unless all who are named with the event belong to other countries.

    Foreigners who are hurt by nobody named are hurt where it happens: "The blast in Gao killed two Belgians".
    """
    if place.country is None:
        return place
    doers = {p.country for p in claim.actors if p.country}
    victims = {p.country for p in claim.recipients if p.country and p.kind not in ("country", "organization")}
    named = doers | {p.country for p in claim.recipients if p.country}
    # A state detains and expels at home: "Sudan expelled two aid workers" is in no other country's scene.
    abroad = claim.type in words.compelling and doers and place.country not in doers
    hurt = claim.type in words.harm and named == victims
    return None if abroad or (named and place.country not in named and not hurt) else place


def is_elsewhere_ahead(scene: Scene | None, other: Claim) -> bool:
    """Whether a claim told later is in another town than the scene: "arrested nine in Gao. ... A judge died in Kidal".

    What comes behind then opens a scene of its own, and tells nothing of where this one was.
    """
    if scene is None or scene.opened == "dateline" or scene.place is None or other.place is None:
        return False
    return scene.place.kind not in WIDE and other.place.name != scene.place.name
