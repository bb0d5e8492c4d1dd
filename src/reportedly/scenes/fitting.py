"""Which places a claim can take over, by who is named with it and by what its scene tells."""

from __future__ import annotations

from reportedly.model import Claim, Place, Scene
from reportedly.scenes.words import SceneWords

# The code of a party of which nothing is known but its country is as long as that country's.
ROLELESS = 3
WIDE = ("country", "region", "water")


def fitting(claim: Claim, place: Place, words: SceneWords, *, here: bool) -> Place | None:
    """The place, unless all who are named with the event belong to other countries.

    Foreigners who are hurt by nobody named are hurt in the scene (``here``): "The blast in Gao killed two Belgians".
    In the country of the story at large so are people, but not a ship: "Iraq said that an Iranian tanker was hit".
    """
    if place.country is None:
        return place
    doers = {p.country for p in claim.actors if p.country}
    victims = {p.country for p in claim.recipients if p.country and p.kind not in ("country", "organization")}
    named = doers | {p.country for p in claim.recipients if p.country}
    # A state detains and expels at home: "Sudan expelled two aid workers" is in no other country's scene.
    abroad = claim.type in words.compelling and doers and place.country not in doers
    people = bool(claim.figures) or any(p.code and len(p.code) > ROLELESS for p in claim.recipients)
    hurt = (here or people) and claim.type in words.harm and named == victims
    return None if abroad or (named and place.country not in named and not hurt) else place


def is_elsewhere_ahead(scene: Scene | None, other: Claim) -> bool:
    """Whether a claim told later is in another town than the scene: "arrested nine in Gao. ... A judge died in Kidal".

    What comes behind then opens a scene of its own, and tells nothing of where this one was.
    """
    if scene is None or scene.opened == "dateline" or scene.place is None or other.place is None:
        return False
    return scene.place.kind not in WIDE and other.place.name != scene.place.name
