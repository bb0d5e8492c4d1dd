"""The tables of what is read and written: inputs, exports, and what the gazetteer is built from."""

from __future__ import annotations

from typing import Final

from reportedly.knowledge.columns import COUNTRY, PLACES, POINT, number, of, one, table, text

FORMATS: Final = (
    # ---- the world
    table(
        "countries",
        "Countries and dependent territories.",
        "actors events export filters incidents ingest knowledge parse scenes views web",
        text("iso3!", "iso2!", "name!"),
        text("aliases", "adjectives", "nouns", "capital", sep="|"),
        POINT,
        one("continent!", "AF AN AS EU NA OC SA"),
    ),
    # ---- reading inputs
    table(
        "headers",
        "What stands above and before the story in agency copy.",
        "incidents ingest",
        one("kind!", "slug byline stamp mark numbered ordinal particle aboard clock short region city"),
        text("text!"),
        one("note", "update correction kill repeat"),
    ),
    table(
        "fields",
        "The names that collections of news give to the parts of a record.",
        "ingest",
        one("field!", "text html summary id published title agency url lang version items"),
        text("names!", sep="|"),
    ),
    table("furniture", "What an outlet adds around a story and what tells nothing of it.", "incidents", text("text!")),
    table("teasers", "Words with which a line inside a page leads to another story.", "ingest", text("label!")),
    table(
        "housekeeping",
        "Files that stand beside dispatches and are none.",
        "ingest",
        one("kind!", "file folder"),
        text("pattern!"),
    ),
    # ---- exports
    table(
        "export_acled",
        "Which ACLED type an incident gets: the first row that fits.",
        "export",
        of("type!", "event_types.type"),
        text("mode", "cameo"),
        one("actor!", "state nonstate armed any"),
        one("recipient!", "state nonstate armed civilian none any"),
        text("with", "event!", "sub", "disorder"),
    ),
    table(
        "export_cameo",
        "CAMEO codes with their labels and scale.",
        "export",
        text("code!", "label!"),
        number("goldstein!", "decimal"),
    ),
    table(
        "export_countries",
        "Codes that other data sets use for a country.",
        "export",
        of("iso3!", "countries.iso3"),
        number("numeric"),
        text("fips", "cameo"),
        number("cow"),
        number("gw"),
        text("region!"),
    ),
    table(
        "export_sectors",
        "Parts of actor codes, and what other data sets call them.",
        "export",
        text("code!", "cameo"),
        one("slot!", "type group ethnic religion root region"),
        text("icews", sep=","),
        text("plover", "inter"),
        one("side", "state nonstate civilian"),
    ),
    table(
        "export_words",
        "Words of quantity as the people of ACLED count them.",
        "export",
        text("word!"),
        number("acled!"),
    ),
    table(
        "export_targets",
        "The formats that reportedly export writes.",
        "export",
        text("name!", "module!"),
        one("kind!", "table lines document file"),
        one("of!", "event mention incident claim entity"),
        one("reads!", "incidents claims"),
        one("delimiter", "tab comma"),
        one("header", "yes no"),
        text("missing"),
        one("beside", "columns file"),
        text("title!"),
    ),
    table(
        "export_columns",
        "The columns of each export format, in their order.",
        "export",
        of("target!", "export_targets.name", sep=" "),
        text("column!", "type!", "what!"),
    ),
    table(
        "export_losses",
        "What each export format cannot hold.",
        "export",
        of("target!", "export_targets.name", sep=" ", also=("events",)),
        text("loss!"),
    ),
    # ---- the gazetteer, made when the package is built
    table(
        "regions",
        "Regions, waters, sites and other spellings that lists of towns lack.",
        "build",
        text("name!"),
        text("aliases", sep="|"),
        one("kind!", PLACES),
        COUNTRY,
        POINT,
        number("rank!"),
    ),
    table(
        "demonyms",
        "Adjectives and nouns for the people of regions.",
        "build",
        text("forms!", sep="|"),
        of("place!", "regions.name"),
    ),
    table(
        "subdivisions",
        "Other names of first-level subdivisions.",
        "build",
        text("code!"),
        text("names", sep="|"),
        text("postal"),
        text("people", sep="|"),
        text("name"),
    ),
    table("counties", "Middle points of the counties of the United States.", "build", text("fips!"), POINT),
)
