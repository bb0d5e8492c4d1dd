"""The tables of who, how many, when and where."""

from __future__ import annotations

from typing import Final

from reportedly.knowledge.columns import COUNTRY, PLACES, Column, number, of, one, table, text

_USES: Final = (
    "quantity age place courtesy many state_mind unsided count one_group custody anybody domestic office_word scene "
    "disposed guest of_verb empty_it link elsewhere descent again armed force_ending people_ending violent male female "
    "stays naming abroad chair backed uniform policing soldiering sworn lawmaking whole_only acts_for"
)

_TIME_RULES: Final = (
    "iso slash month_day day_month month_range week_of_day part_of_month day_of_month weekday_of_month "
    "weekday_of_named_month year_range month_year month_of_year month weekday weekday_of_week dayword "
    "holiday relative_unit same_unit unit_after part_of_unit weekend nth_unit year_end military year "
    "decade decade_of century quarter year_quarter short_quarter latest_period bare_quarter bare_unit "
    "year_ago_period season season_of_year ago duration duration_range duration_one duration_of "
    "duration_long span_unit vague_units units shade phrase ref every weekdays frequency named times_a "
    "clock hour_today hour_part part dawn part_after tonight overnight"
)
_TIME_TRAITS: Final = "day clock tense written month coarse still name"

CIRCUMSTANCES: Final = (
    # ---- who
    table(
        "actor_words",
        "Small words that decide whether and how a phrase means somebody.",
        "actors",
        text("word!"),
        one("use!", _USES),
    ),
    table(
        "bodies",
        "Bodies that newspapers name without saying what they are.",
        "actors places",
        text("name!"),
        text("aliases", sep="|"),
        COUNTRY,
        text("sector"),
        one("kind!", "organization group country"),
    ),
    table(
        "leaders",
        "People whom newspapers name without saying who they are.",
        "actors",
        text("name!"),
        text("aliases", sep="|"),
        COUNTRY,
        text("sector"),
    ),
    table(
        "roles",
        "Nouns that head a description of someone.",
        "actors parse",
        text("head!"),
        one("kind!", "person organization group thing"),
        text("sector"),
        one("scope!", "own borrow owned crowd weak proper"),
        one("gender", "m f"),
        one("title", "y"),
    ),
    table("plurals", "Plurals that their form does not show.", "actors", text("plural!", "singular!")),
    table("sectors", "Words that colour a description with a sector.", "actors", text("word!", "sector!")),
    table(
        "given_names",
        "First names that tell he from she.",
        "actors knowledge parse places",
        text("name!"),
        one("gender!", "m f"),
    ),
    table(
        "hypernyms",
        "Nouns that stand for a body that is named.",
        "actors",
        text("head!"),
        text("sectors", sep=" "),
        one("beside", "y"),
    ),
    table(
        "metonymy",
        "Verbs beside which a capital means its government.",
        "actors",
        text("verb!"),
        one("slot!", "subject object"),
    ),
    # ---- how many
    table(
        "figure_types",
        "The roles of figures.",
        "knowledge",
        text("role!", "what!"),
        one("traits", "harmed toll victims growing", sep=" "),
    ),
    table(
        "figure_roles",
        "Which word makes a number of people or weapons a figure.",
        "claims figures",
        one(
            "kind!",
            "verb adjective noun toll size person crowd thing loose ending skip before through linking deadly "
            "partitive gathering",
        ),
        text("words!", sep=","),
        of("role", "figure_types.role"),
        one("slot", "obj subj both by drawn lives arms handle self of fatal state force"),
    ),
    table(
        "quantities",
        "Words of quantity: how a number is read and what bounds it.",
        "parse",
        one(
            "kind!",
            "number vague magnitude letter fraction none left right unit money change turn mend past label spared",
        ),
        text("words!", sep=","),
        number("value", "decimal"),
        one("bound", "low high approx exact"),
    ),
    table(
        "parse_mends",
        "Words of the turns that a parser gets wrong and that are put right before anything is read.",
        "parse",
        one(
            "kind!",
            "ended end same glued nominal charging undergone standing past prefix gerund held taking moving aim giving "
            "blaming guise laying several suffered pursuing appointing penal summoning voicing robbing sending "
            "recording",
        ),
        text("words!", sep=","),
        text("lemma"),
    ),
    table("numerals", "Cardinal numbers in words.", "incidents parse", text("word!"), number("value!")),
    # ---- when
    table(
        "times_words", "Words from which time expressions are made.", "parse times", text("word!", "class!", "value")
    ),
    table(
        "times_rules",
        "Which sequences of words are an expression of time, and how each is read.",
        "times",
        one("rule!", _TIME_RULES),
        Column("pattern", "pattern", of="times_parts.part", required=True),
        one("traits", _TIME_TRAITS, sep=" "),
        text("example!", "value!"),
    ),
    table(
        "times_parts",
        "Patterns that several rules of time share.",
        "times",
        Column("part", "capitals", required=True),
        Column("pattern", "pattern", required=True),
        text("example!"),
    ),
    table(
        "times_phrases",
        "Fixed expressions of time that name no point of the calendar.",
        "times",
        text("phrase!"),
        one("type!", "DATE TIME DURATION SET"),
        text("value!"),
    ),
    table(
        "times_holidays",
        "Days with a name of their own.",
        "times",
        text("name!"),
        number("month"),
        number("day"),
        number("nth"),
        number("weekday"),
        number("easter"),
    ),
    table(
        "times_context",
        "Words that decide whether a number or a name beside them is a time.",
        "times",
        text("word!"),
        one(
            "role!",
            "year clock month title number name length counted underway which life aged old homonym twilight part "
            "attribute adjective soon than today up_to_now "
            "onward to_day to_clock",
        ),
    ),
    table(
        "times_prospective",
        "Words whose complement lies ahead of them.",
        "times",
        text("word!"),
        one("kind!", "verb start other plan passive prep moved stopped slated decided"),
    ),
    table(
        "times_carriers",
        "Verbs that say that or when an event named by a noun took place.",
        "events",
        text("verb!"),
        one("slot!", "subj obj pass for on under", sep=" "),
        one("phase", "begin end moved"),
    ),
    # ---- where
    table(
        "where",
        "Words that tell where an event happens.",
        "claims events scenes",
        text("word!"),
        one(
            "role!",
            "at goal source into by move leave out report temporal part section town power naming compass unit "
            "back unlike there here undergo occur piece aimed way nation seat dweller quarter echo called former soil "
            "outland care",
        ),
        one("kind", f"{PLACES} capital vicinity"),
    ),
    table(
        "place_words",
        "Words that show that a name beside them is a place.",
        "places",
        text("word!"),
        one(
            "role!",
            "type locative direction title move narrow ordinary settlement struck site local around dweller "
            "seated land particle firm illness sickness",
        ),
        one("kind", PLACES),
    ),
    table(
        "scenes",
        "What may take the place and the day of the scene that a dispatch has set.",
        "scenes",
        one(
            "says!",
            "turn apart lasting lately finding occasion length memory along leaving afterwards soon step side crowd",
        ),
        text("words!", sep=","),
    ),
    table(
        "place_extent",
        "How far around the point of a place something there may have happened.",
        "views",
        one("kind!", PLACES),
        number("km!", "decimal"),
    ),
    table(
        "agencies",
        "News agencies and broadcasters that sign the copy they send.",
        "places incidents ingest",
        text("name!"),
        text("forms", sep="|"),
        of("state", "countries.iso3"),
        of("home", "countries.iso3"),
    ),
    table(
        "casing",
        "How a word is written inside a sentence where copy in capitals does not show it.",
        "parse",
        text("word!"),
        one("form!", "lower title upper"),
    ),
)
