"""For every table that takes rows of one's own: one row, and what it must show in.

``READING`` holds those that show in what is read from one dispatch, with words that no other row has, so that all of
them can stand in one folder; ``APART`` those whose row changes what others say, so that each has a folder of its own.
"""

from __future__ import annotations

from typing import NamedTuple


class Own(NamedTuple):
    """A row by column, and a text whose reading it changes."""

    row: dict[str, str]
    text: str


def event(trigger: str, pos: str = "v", frame: str = "act", **more: str) -> dict[str, str]:
    """A sense of an event word: an assault."""
    return {
        "trigger": trigger,
        "pos": pos,
        "if": "",
        "type": "ASSAULT",
        "mode": "",
        "cameo": "190",
        "frame": frame,
    } | more


READING = {
    "events_verbs": Own(event("tickle"), "Rebels tickled the soldiers in Kirkuk on Monday."),
    "events_nouns": Own(event("serenade", "n", "strike"), "The serenade in Kirkuk on Monday surprised everybody."),
    "events_phrases": Own(event("paint picture"), "Rebels painted pictures in Kirkuk on Monday."),
    "events_politics": Own(event("yodel"), "Rebels yodelled at the soldiers in Kirkuk on Monday."),
    "events_law": Own(event("waltz"), "Rebels waltzed soldiers into Kirkuk on Monday."),
    "events_life": Own(event("juggle"), "Rebels juggled soldiers in Kirkuk on Monday."),
    "events_armed": Own(event("whistle"), "Rebels whistled at the soldiers in Kirkuk on Monday."),
    "events_refusals": Own(event("yawn"), "Rebels yawned at the soldiers in Kirkuk on Monday."),
    "events_classes": Own({"class": "building", "words": "pagoda"}, "Police raided a pagoda in Kirkuk."),
    "events_words": Own({"says": "fiction", "words": "operetta"}, "Two men were killed in the operetta."),
    "events_light": Own(
        {"verb": "choreograph", "subject": "actor", "carries": "obj"}, "Rebels choreographed an attack on the town."
    ),
    "events_causes": Own({"cause": "accident", "words": "pancake"}, "Ten people died in a pancake in Kirkuk."),
    "events_contents": Own(
        {"outer": "REQUEST", "inner": "PROTEST", "mode": "assist", "cameo": "104"},
        "The mayor asked the miners to march through Kirkuk.",
    ),
    "events_days": Own(
        {"word": "moon", "role": "unit", "value": "P1M"},
        "Gunmen killed six men on Sunday. The army raided the town a moon after the attack.",
    ),
    "means": Own({"mode": "explosives", "cameo": "1833", "words": "soup"}, "Rebels attacked the town with soup."),
    "incident_words": Own(
        {"where": "on", "says": "other", "words": "crimson"},
        "Gunmen attacked a post. The crimson attack killed two soldiers.",
    ),
    "denials": Own(
        {"says": "told", "forms": "tattle"}, "Gunmen attacked a bank in Kasra. The rebels rejected the tattle."
    ),
    "cues": Own(
        {"lemma": "crow", "pos": "verb", "frames": "quote clause", "act": "reporting"},
        "The minister crowed that rebels had attacked the town.",
    ),
    "factuality": Own(
        {"kind": "adverb", "words": "pinkly", "plus": "PS+", "minus": "PS-", "score": "1", "minus_score": "-1"},
        "Rebels pinkly attacked the town.",
    ),
    "channels": Own(
        {"word": "semaphore", "channel": "semaphore", "after": "by"},
        "The minister said by semaphore that rebels had attacked the town.",
    ),
    "labels": Own(
        {"kind": "label", "text": "seen by the censor of"},
        "Rebels attacked the town (seen by the censor of Kirkuk) on Monday.",
    ),
    "silences": Own(
        {"kind": "verb", "word": "chirrup", "object": "any"}, "The army did not chirrup about its losses in Kirkuk."
    ),
    "silence_topics": Own({"word": "quilt", "about": "killed"}, "The army did not comment on the quilt."),
    "source_kinds": Own({"word": "minstrel", "kind": "media"}, "A minstrel said that rebels had attacked the town."),
    "actor_words": Own({"word": "gadzillion", "use": "quantity"}, "Gadzillion rebels attacked the town."),
    "bodies": Own(
        {"name": "Purple Lantern", "country": "TGO", "sector": "REB", "kind": "organization"},
        "The Purple Lantern attacked the town.",
    ),
    "leaders": Own({"name": "Quentin Marlowe", "country": "TGO", "sector": "GOV"}, "Quentin Marlowe attacked rebels."),
    "roles": Own({"head": "troubadour", "kind": "person", "sector": "REB", "scope": "own"}, "Troubadours attacked the town."),
    "sectors": Own({"word": "lavender", "sector": "REB"}, "Lavender leaders attacked the town."),
    "given_names": Own(
        {"name": "zephyrine", "gender": "m"},
        "Maria Marsh attacked the rebels on Monday. Zephyrine Dubois was there. She killed two soldiers.",

    ),
    "hypernyms": Own(
        {"head": "infantry", "sectors": "REB", "beside": "y"},
        "The Taliban attacked the town. The infantry killed two men.",

    ),
    "metonymy": Own({"verb": "jail", "slot": "subject"}, "Moscow jailed two rebels."),
    "figure_roles": Own(
        {"kind": "person", "words": "flautist"}, "A flautist was shot dead in Lima."
    ),
    "quantities": Own({"kind": "vague", "words": "umpty", "value": "5"}, "Rebels killed umpty soldiers."),
    "parse_mends": Own(
        {"kind": "ended", "words": "speared", "lemma": "spear"}, "Gunmen speared dead two men in Kirkuk."
    ),
    "numerals": Own({"word": "umpteen", "value": "25"}, "Rebels killed umpteen soldiers."),
    "times_words": Own({"word": "moonday", "class": "WEEKDAY", "value": "3"}, "Rebels attacked the town on Moonday."),
    "times_phrases": Own(
        {"phrase": "in the olden whenever", "type": "DATE", "value": "PAST_REF"},
        "Rebels attacked the town in the olden whenever.",
    ),
    "times_holidays": Own(
        {"name": "pancake feast", "month": "2", "day": "13"}, "Rebels attacked the town on Pancake Feast."
    ),
    "times_rules": Own(
        {"rule": "duration_long", "pattern": "unit:UNIT shaped", "example": "a [day shaped] hole", "value": "PXD"},
        "The strike was day shaped.",
    ),
    "times_parts": Own(
        {"part": "SOME", "pattern": "(approx:APPROX|roughish)?", "example": "roughish"},
        "They held the town for roughish three weeks.",
    ),
    "times_context": Own({"word": "gadget", "role": "number"}, "Rebels attacked the town in gadget 1984."),
    "times_prospective": Own({"word": "pencil", "kind": "plan"}, "The army pencilled an attack on Friday."),
    "times_carriers": Own({"verb": "bloom", "slot": "subj"}, "The attack on the town bloomed on Monday."),
    "where": Own(
        {"word": "burg", "role": "back", "kind": "city"}, "Rebels entered Kirkuk. Two men were killed in the burg."
    ),
    "place_words": Own(
        {"word": "barony", "role": "type", "kind": "region"}, "Rebels attacked a post in the barony of Zubrik."
    ),
    "scenes": Own(
        {"says": "apart", "words": "anciently"},
        "LIMA, May 6 (Sample) - Gunmen attacked a bank in Lima on Monday. Police anciently arrested two men.",
    ),
    "casing": Own({"word": "zubrik", "form": "upper"}, "REBELS OF ZUBRIK ATTACKED THE TOWN ON MONDAY."),
}  # fmt: skip

APART = {
    "event_types": Own({"type": "COERCE", "what": "mine", "family": "hazard", "traits": "accident"}, "Police arrested two men."),
    "event_modes": Own(
        {"type": "ASSAULT", "words": "kill", "within": "talks"},
        "Rebels attacked a post near Gao on Monday. Two soldiers were killed.",
    ),
    "events_frames": Own({"pos": "v", "frame": "act", "actor": "obj", "recipient": "subj"}, "Rebels attacked the town."),
    "countries": Own(
        {"iso3": "TGO", "iso2": "TG", "name": "Togo", "aliases": "Zubristan", "adjectives": "Togolese", "lat": "8", "lon": "1", "continent": "AF"},
        "Zubristan attacked Ghana.",
    ),
}  # fmt: skip

READING["word_sets"] = Own(
    {"set": "hearer", "words": "oboist"}, "The minister said to the oboist that rebels had attacked the town."
)

READING["plurals"] = Own({"plural": "guerrillae", "singular": "guerrilla"}, "Guerrillae attacked the town.")

# Those that show in other results: by table the row.
ELSEWHERE = {
    "figure_types": {"role": "killed", "what": "mine"},
    "link": {"observation": "same_place", "weight": "-9", "reason": "one place"},
    "headlines": {"type": "ASSAULT", "words": "killed", "phrase": "Slaying"},
    "generic_sources": {"word": "minstrel", "groups": "media"},
    "speaks_for": {"word": "bard", "how": "always"},
    "stopwords": {"words": "rebels"},
    "furniture": {"text": "pancakes are served by the publisher"},
    "place_extent": {"kind": "city", "km": "77"},
    "agencies": {"name": "Quillwire"},
    "headers": {"kind": "slug", "text": "wrapover", "note": "update"},
    "fields": {"field": "agency", "names": "deskname"},
    "housekeeping": {"kind": "file", "pattern": "*.note"},
    "teasers": {"label": "more of this ilk"},
    "export_acled": {
        "type": "ASSAULT", "actor": "any", "recipient": "any", "event": "Battles", "sub": "Mine", "disorder": "Mine",
    },
    "export_cameo": {"code": "190", "label": "Mine", "goldstein": "-3.3"},
    "export_countries": {
        "iso3": "IRQ", "numeric": "368", "fips": "ZZ", "cow": "1", "gw": "1", "region": "Mine",
    },
    "export_sectors": {"code": "REB", "cameo": "ZZZ", "slot": "type", "side": "nonstate"},
    "export_words": {"word": "dozens", "acled": "99"},
    "export_targets": {
        "name": "mine", "module": "geojson", "kind": "document", "of": "incident", "reads": "incidents",
        "delimiter": "comma", "header": "yes", "beside": "file", "title": "Mine",
    },
    "export_columns": {"target": "geojson", "column": "mine", "type": "text", "what": "mine"},
    "export_losses": {"target": "geojson", "loss": "Mine."},
}  # fmt: skip
