"""What the rules of reasons say, in plain words."""

from __future__ import annotations

import re

from reportedly.events.lexicon import Test, tests_of
from reportedly.knowledge.load import Knowledge, Row
from reportedly.model import Because

# {0}, {1} are the words that a reason was read from, {detail} is what else its rule names; {word} those of the event.
RULES = {
    "type.row": '"{word}" names {value}',
    "type.told": '"{word}" names harm of any kind; it is told to come of "{last}"',
    "type.cause": '"{word}" names harm of any kind; the nearest word for a cause is "{last}"',
    "type.dispatch": '"{word}" names harm of any kind; what the dispatch tells of as its cause',
    "type.unknown": '"{word}" names harm of any kind; what its row says where no cause is told',
    "type.beside": '"{word}" names harm of any kind; its sentence tells of violence beside it',
    "type.joined": '"{word}" names harm of any kind; it goes on with the harm told before it',
    "type.toll": '"{word}" names harm of any kind; a toll without a cause',
    "code.row": "the row of the event word",
    "code.content": "by what it is about",
    "code.assault": "an assault of no kind that is told",
    "code.weapon": "the weapon named",
    "code.future": "the act is told of as to come",
    "code.embedded": "CAMEO codes the demand, threat, promise or refusal that this is the content of",
    "code.hazard": "CAMEO has no code for what nobody does",
    "code.passing": "CAMEO codes what a sentence tells; this is mentioned in passing",
    "party.slot": "{slot}",
    "party.relative": '{slot}, through the relative pronoun "{1}"',
    "party.owner": '{slot}, as owner of "{1}"',
    "party.lent": "taken over from the event beside it: the event word names nobody itself",
    "party.aimed": "taken over from the event that it is about: the event word names nobody itself",
    "party.speaker": 'the source itself, who says "{0}"',
    "party.matter": "words are addressed to somebody: what is spoken of is no recipient",
    "party.accident": "nobody: an accident has no doer but people",
    "party.none": "nobody that can be named stands in {slot}",
    "party.actor": "{detail}",
    "party.nation": "the country of a name in the phrase",
    "name.said": '"{0}" means {value} in this dispatch, named here',
    "name.table": '"{0}" is {value} by the tables',
    "name.owner": '"{0}" is named with whose it is',
    "code.word": '"{detail}" is {value}',
    "code.place": "{value} is the country of a place that stands with it",
    "code.office": '"{detail}" speaks or acts for a government: {value}',
    "code.crowd": '"{detail}" are people of a country: {value}',
    "code.uniform": 'the police, of whom "{0}" tells; the dispatch speaks of no army',
    "code.owner": "{value} is the country of its owner",
    "code.home": "{value} is the country that its sentences are about",
    "code.agency": "the agency that sends the dispatch is {value}",
    "place.own": "in a phrase of place of the event word itself",
    "place.clause": "in the clause that tells of the event",
    "place.fronted": "in a phrase of place in front of the verb of saying",
    "place.argument": "with whom or what the event word acts on, or who acts",
    "place.below": "in a phrase of place further down in the same clause",
    "place.joined": "in a clause joined with that of the event word",
    "place.none": "no place is named in the clause of the event word or in those joined with it",
    "origin.from": 'behind "from", or what is left',
    "when.own": 'the expression of time that dates "{1}"',
    "when.tied": 'the expression of time that dates "{1}", whose time is that of the event',
    "when.inherited": 'the day of "{0}", told right before it, to which it belongs',
    "when.counted": 'counted in days from "{1}"',
    "place.happening": 'the place told for "{0}", which is the same happening',
    "place.office": 'the state whose office it is about, "{0}"',
    "place.lasting": 'where "{0}" says that the war or crisis is',
    "place.scene": 'the place of the scene that "{0}" has set',
    "place.dateline": 'where the story was filed, "{0}", which is where it plays',
    "place.story": "the country in which the story plays",
    "place.act": 'the place of "{0}", with which it goes on',
    "when.act": 'the day of "{0}", with which it goes on',
    "when.later": 'the day of "{0}", from which it was hours away',
    "when.aside": 'the day of "{0}", in whose clause it is told',
    "when.happening": 'the day told for "{0}", which is the same happening',
    "when.scene": 'the day of the scene that "{0}" has set',
    "when.none": "no expression of time with a known day dates the event",
    "means.clause": "a weapon named in the clause of the event",
    "figure.role": "the event word nearest to the number that can have figures of this role ({detail})",
    "figure.earlier": "the same breath replaces this number",
    "amount.left": '"{detail}" {bound}',
    "amount.right": '"{detail}" {bound}',
    "amount.vague": '"{detail}" stands for {number} or more',
    "amount.magnitude": '"{detail}" multiplies by {number}',
    "amount.letter": '"{detail}" multiplies by {number}',
    "amount.fraction": '"{detail}" takes {number} of it',
    "amount.none": '"{detail}" stands for 0',
    "amount.number": '"{detail}" stands for {number}',
    "amount.covered": "the bound of the number that it is joined with covers it too",
    "amount.range": "two numbers give its bounds",
    "amount.single": "a single victim without a number counts one",
    "amount.plain": "the number as it stands",
    "source.chain": "reached the dispatch through {detail}",
    "source.none": "no statement holds the event word: the dispatch itself answers for it",
    "source.own": "the dispatch speaks of itself",
    "source.cue": 'cue "{0}"; {detail} words',
    "source.label": "a speaker's name with a colon or a dash; {detail} words",
    "source.phrase": '"according to" and its like; {detail} words',
    "source.last": '"{0}" means the one who spoke last',
    "to.object": "whom the verb says it is told",
    "to.behind": "who stands right behind a verb that takes a hearer",
    "to.preposition": 'who stands behind "to"',
    "said.cue": "the time that hangs on the cue",
    "said.fellow": "the day of what the same source says in one breath with it",
    "channel.verb": '"{0}" names the medium',
    "channel.words": 'the medium named beside the cue, "{0}"',
    "channel.paper": 'the paper that carries the words, "{0}"',
    "channel.publisher": "the medium that quotes",
    "channel.fellow": "the medium of what the same source says in one breath with it",
    "source.around": '"{0}" is the one whose words these stand in',
    "certainty.plain": "nothing in the clause denies, weakens, plans or asks for it: told as a plain fact",
    "certainty.ahead": "dated after its dispatch, and no past tense says otherwise",
    "certainty.purpose": "a purpose: nobody says whether it came about",
    "certainty.question": "a question leaves it open",
    "certainty.command": "a command leaves it open",
    "certainty.held": '"{detail}": what stands below is taken as having happened',
    "certainty.probable": '"{detail}": what stands below is probable',
    "certainty.possible": '"{detail}": what stands below is possible',
    "certainty.open": '"{detail}": what stands below is left open',
    "certainty.hardly": '"{detail}": what stands below is possibly not so',
    "certainty.improbable": '"{detail}": what stands below is probably not so',
    "certainty.denied": '"{detail}": what stands below is taken as not having happened',
    "certainty.turned": '"{detail}": what stands below is turned into its opposite',
    "certainty.granted": '"{detail}": what stands below is taken for granted',
    "incident.opens": "nothing told before it is the same happening",
    "incident.tied": 'its grammar ties it to "{1}"',
    "incident.answers": 'it turns down or takes back what was told right before, "{1}"',
    "incident.joined": 'taken for the happening of "{1}": {weighed}',
    "incident.large": 'what is told at large, planned or wished is kept together, here with "{1}"',
    "modality.word": '"{detail}" leaves it open in this way',
    "modality.ongoing": "a present progressive goes on while the dispatch is written",
}
SLOTS = {
    "subj": "its subject (of a passive: its by-phrase)",
    "obj": "its object (of a passive: its subject)",
    "iobj": "its indirect object",
    "poss": "the genitive before it",
    "mod": "a name or nationality before it",
    "light": "the subject of the verb that carries it",
    "borne": "the subject of the verb that says it is undergone",
    "comp": "the subject of what it demands or alleges",
    "teller": "the one who says that it must be done",
    "clause": "the subject of its clause",
    "bearer": "what it is said of",
    "holder": "what it is said of",
    "about": "what the words are about",
    "around": "the subject of the clause around it",
}
SIGHTS = {
    "obj": "its object", "subj": "its subject", "iobj": "its indirect object", "mod": "a word before it",
    "comp": "its complement", "pred": "its predicate", "head": "the word it depends on", "part": "its particle",
    "light": "the verb that carries it", "near": "the sentence",
}  # fmt: skip
FORMS = {
    "passive": "passive", "ccomp": "followed by a clause", "xcomp": "followed by an infinitive", "plural": "a plural",
    "infinitive": "followed by an infinitive", "headline": "a passive as headlines tell it",
    "bare": "without words that say more", "the": "pointed at by an article or this", "ing": "an -ing form",
    "participle": "a participle beside a noun", "object": "an object",
    "demanded": "what somebody says that others must do",
}  # fmt: skip


BOUNDS = {
    "low": "gives a lower bound", "high": "gives an upper bound", "approx": "makes it approximate",
    "exact": "changes nothing",
}  # fmt: skip

# What is weighed for and against two claims being one happening.
WEIGHED = {
    "sentence": "one sentence", "next": "sentences that follow each other", "victims": "the same victims",
    "others": "other people by name", "doers": "the same doers", "town": "the same town", "day": "days that meet",
    "kind": "the same kind of act", "otherwise": "another kind of act", "back": "words that point back",
    "away": "words that turn to something else", "count": "the same number", "counts": "another number",
    "by": "others did it", "new": "told as new", "before": "one was over before the other",
    "ongoing": "one goes on",
}  # fmt: skip


def slots_in_words(slots: str) -> str:
    """Slots of a frame, apart by blanks, in words."""
    named = list(dict.fromkeys(SLOTS[s] for s in slots.split() if s in SLOTS))
    prepositions = " or ".join(f'"{s}"' for s in slots.split() if s not in SLOTS)
    return ", ".join([*named, *([f"what follows {prepositions}"] if prepositions else [])]) or "any slot of its row"


def weighed_in_words(weights: str) -> str:
    """What was weighed, in words: "victims+3 next+1" is "the same victims (+3), sentences that follow ... (+1)"."""
    found = [re.split(r"(?=[+-])", weight, maxsplit=1) for weight in weights.split()]
    return ", ".join(f"{WEIGHED[name]} ({value})" for name, value in found) or "nothing stands against it"


def row_at(place: str, knowledge: Knowledge) -> Row:
    """The row that stands at a place as editors write it."""
    file, _, line = place.rpartition(":")
    table = file.rpartition("/")[2].removesuffix(".tsv")
    return next(n.row for n in knowledge.numbered(table) if n.line == int(line) and n.file == file)


def conditions(row: str, knowledge: Knowledge) -> str:
    """The conditions of a row of the event tables: ", because its object is a word of the class place"."""
    told = [_condition(t) for t in tests_of(row_at(row, knowledge)["if"])]
    return f", because {' and '.join(told)}" if told else ""


def amount(because: Because, knowledge: Knowledge) -> str:
    """What a word says of a number: "quantities.tsv:57: "at least" gives a lower bound"."""
    row = row_at(because.row, knowledge) if because.row else {}
    said = RULES[because.rule].format(
        detail=because.detail, bound=BOUNDS.get(row.get("bound", ""), BOUNDS["exact"]), number=row.get("value", "")
    )
    return f"{because.row}: {said}" if because.row else said


def _condition(test: Test) -> str:
    """A condition of a sense in words: "its object is a word of the class place"."""
    no = "not " if test.negated else ""
    if test.name in FORMS:
        return f"it is {no}{FORMS[test.name]}"
    what = " or ".join([*sorted(test.words), *(f"a word of the class {c}" for c in sorted(test.classes))])
    if test.name == "near":
        return f"the sentence {'does not have' if test.negated else 'has'} {what}"
    seen = SIGHTS.get(test.name) or f'what follows "{test.name}"'
    if what:
        return f"{seen} is {no}{what}"
    return f"{seen} is {'not there' if test.negated else 'there'}"
