"""Every table once: what it holds, who reads it, its columns, and what a cell may say.

``check.py`` holds a user's rows against this; ``reportedly tables NAME`` prints it. A sign ``!`` behind the name of a
column says that no cell of it may be empty.
"""

from __future__ import annotations

from typing import Final

from reportedly.knowledge.columns import Column, number, of, one, table, text
from reportedly.knowledge.schema_circumstances import CIRCUMSTANCES
from reportedly.knowledge.schema_formats import FORMATS

_VALUES: Final = "CT+ PR+ PS+ U PS- PR- CT-"
_CODES: Final = (*text("family"), *text("kin", sep=" "), *text("within"))
_SCALES: Final = (one("quad", "1 2 3 4"), number("score", "decimal"), *text("cameo"))
_EVENT: Final = (
    *text("trigger!", sep=","),
    one("pos!", "v n a p x"),
    Column("if", "conditions", sep=" "),
    Column("type", "sense", of="event_types.type", required=True),
    *text("mode", "cameo"),
    Column("frame", "frame"),
    of("figures", "figure_types.role", sep=","),
)
_TRAITS: Final = (
    "harm accident violent force deed armed contained voiced offered objecting directed named civil willed personal "
    "answering denial accusation demand protest meeting compelling placed joint seated matter spoken"
)
_FRAMES: Final = (
    "quote clause to obj-to recipient obj ing obj-as obj-of obj-for obj-at obj-with obj-on tally tally-obj naming "
    "about of for on to-noun with against in over from sequel on-to quoting subject raising told which judging"
)

_SETS: Final = (
    "length amount naming nameless given asking onset issuing paper hearer reaction matter news agency tally toll "
    "total counting custody unhurt life gathering odd describing whose linking addressing mute "
    "called whole saint known fate noting opening"
)

_KNOWN: Final = (
    # ---- what happens
    table(
        "event_types",
        "The types of events, and all that the program knows of each.",
        "claims export incidents knowledge ledger scenes",
        Column("type", "capitals", required=True),
        text("what!"),
        _CODES,
        _SCALES,
        one("traits", _TRAITS, sep=" "),
    ),
    table(
        "event_modes",
        "What a mode or a word of an event changes of what its type says.",
        "claims incidents export ledger",
        of("type", "event_types.type"),
        text("mode"),
        text("words", sep=","),
        _CODES,
        text("kinds", sep=" "),
        _SCALES,
    ),
    table("events_verbs", "Verbs that name an event, by sense.", "events", _EVENT),
    table("events_nouns", "Nouns that name an event, by sense.", "events incidents scenes", _EVENT),
    table("events_phrases", "Phrases, adjectives and fixed sequences that name an event, by sense.", "events", _EVENT),
    table("events_politics", "Words of political and official life that name an event.", "events", _EVENT),
    table("events_law", "Words of police and courts that name an event.", "events", _EVENT),
    table("events_life", "Words of movement, health and help that name an event.", "events", _EVENT),
    table("events_armed", "More words of force that name an event.", "events", _EVENT),
    table("events_refusals", "Readiness, and negated verbs that refuse.", "events", _EVENT),
    table(
        "events_frames",
        "In which slots of a trigger the two sides of an event stand.",
        "events",
        one("pos!", "v n a p"),
        text("frame!"),
        text("actor", "recipient", sep=","),
        one("mutual", "yes"),
    ),
    table(
        "events_classes",
        "Classes of words that the conditions of event senses call @class.",
        "events incidents",
        text("class!"),
        text("words!", sep=","),
    ),
    table(
        "events_words",
        "Words that say whose deed an event is, whether it is to come, or that it is none.",
        "events",
        one(
            "says!",
            "call general intent led resolve thwart trade usual voice wheel will work wield site fiction feigned "
            "at_present by_rule envoy sum exploit occasion staged firing gunfire curb entrust penal planted "
            "received entitled becoming near deliberate contend statute define using hitting held_for constitutive "
            "settling labour owned travel attend",
        ),
        text("words!", sep=","),
    ),
    table(
        "events_light",
        "Verbs that only carry an event noun.",
        "events",
        text("verb!"),
        one("subject", "actor recipient opponent object laid"),
        text("carries", sep=" "),
    ),
    table(
        "events_causes",
        "Words that tell what kind of harm a death or a loss was.",
        "events times",
        one("cause!", "violence accident natural"),
        of("type", "event_types.type"),
        text("words!", sep=","),
    ),
    table(
        "events_contents",
        "How what a speech act is about refines its code.",
        "events",
        of("outer!", "event_types.type", also=("FUTURE", "REFUSED")),
        of("inner!", "event_types.type"),
        text("mode", "cameo!"),
    ),
    table(
        "events_days",
        "Words that tell whether an event shares the day of one told before.",
        "events scenes",
        text("word!"),
        one("role!", "pointing other lasting occasion unit order round stage matter brief probing sequel answer later"),
        text("value"),
    ),
    table("means", "Weapons and other means of violence.", "events", text("mode!", "cameo!"), text("words!", sep=",")),
    table(
        "incident_words",
        "Words that say whether an event is one that was told before.",
        "claims incidents scenes",
        one("where!", "on opens is between part after who span before figure"),
        text("says!"),
        text("words!", sep=","),
    ),
    table(
        "headlines",
        "How a headline names what happened.",
        "incidents",
        of("type!", "event_types.type", also=("campaign",)),
        text("mode"),
        text("words", sep=","),
        text("phrase!", "to", "by", "between"),
        one("harm", "yes"),
    ),
    table(
        "denials",
        "How somebody denies or takes back what was said.",
        "claims statements incidents export",
        one("says!", "deny reject retract told shown"),
        text("forms!", sep=" "),
    ),
    table(
        "link",
        "What speaks for and against two groups of claims being one incident.",
        "incidents",
        text("observation!"),
        number("weight!", "decimal"),
        text("reason!"),
    ),
    # ---- who says it, and how surely
    table(
        "cues",
        "Words that attribute what is said or thought to somebody.",
        "events knowledge statements",
        text("lemma!"),
        one("pos!", "verb noun adverb"),
        one("frames!", _FRAMES, sep=" "),
        one("act!", "reporting attitude"),
        text("forms", sep=" "),
    ),
    table(
        "factuality",
        "How surely a word lets what stands below it count as having happened.",
        "claims events",
        one("kind!", "governor noun modal adverb adjective mark prep negator rank"),
        text("words!", "frames", sep=","),
        one("plus", f"{_VALUES} = ! fact"),
        one("minus", f"{_VALUES} = ! fact"),
        one("modality", "planned requested threatened conditional"),
        number("score", "decimal"),
        number("minus_score", "decimal"),
        one("own", f"{_VALUES} ="),
    ),
    table(
        "channels",
        "Channels through which a source speaks.",
        "statements",
        text("word!", "channel!"),
        text("after!", sep=" "),
    ),
    table(
        "labels",
        "Labels and sign-offs that a publisher adds to copy.",
        "parse statements",
        one("kind!", "label mark sign voice close"),
        text("text!"),
    ),
    table(
        "silences",
        "How a party is reported to say nothing.",
        "statements",
        one("kind!", "verb refusal noun light quiet keeping naming reach"),
        text("word!"),
        text("object", sep=" "),
        text("about"),
    ),
    table(
        "silence_topics",
        "What a silence is about, by a word of its clause.",
        "statements",
        text("word!"),
        of("about!", "figure_types.role"),
    ),
    table(
        "source_kinds",
        "Nouns that head the name of a source, and the kind of source they make.",
        "places statements",
        text("word!"),
        one("kind!", "spokesperson source person crowd media document body nobody masthead"),
    ),
    table(
        "generic_sources",
        "Words that say what kind of source speaks and not which one.",
        "incidents",
        text("word!"),
        one("groups", "official office police army medical people media unknown party expert", sep=" "),
    ),
    table(
        "speaks_for",
        "Offices whose holder speaks for the body that stands beside the office.",
        "incidents",
        text("word!"),
        one("how!", "always named"),
    ),
    table(
        "word_sets",
        "Small sets of words that single rules ask for.",
        "knowledge",
        one("set!", _SETS),
        text("words!", sep=","),
    ),
    table(
        "stopwords",
        "Words that say nothing of what a dispatch is about.",
        "incidents knowledge",
        text("words!", sep=" "),
    ),
)
TABLES: Final = {known.name: known for known in (*_KNOWN, *CIRCUMSTANCES, *FORMATS)}
