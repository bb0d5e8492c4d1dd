"""An incident in a line: what, where, when, how many by whom, who is accused, denies or is silent.

"Air strike on a market in Tarnova, 5 May 2024: 5 killed (doctors), at least 9 (residents); the army accused, silent".
Made from the claims by plain rules and the phrases of ``headlines.tsv``; what is contested stays visible, and nothing
is ever cut off: what has no room is counted ("and 3 other numbers").
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from reportedly.days import day_words
from reportedly.incidents.compass import is_adjective, sides_of_compass
from reportedly.incidents.figures import amount
from reportedly.incidents.wording import anybody, stem
from reportedly.knowledge.event_types import event_types, figure_types
from reportedly.knowledge.load import Knowledge, listed
from reportedly.model import Claim, Incident, IncidentFigure

WHO, HAPPENED = "who", "happened"
NOT = "not "
# So many numbers of a role, names of a list and roles are told; the rest is counted.
NUMBERS = 3
NAMES = 3
ROLES = 2
# So many characters before the name of a place say how it lies ("NEAR the village of Orhei").
REACH = 60
# In front of what is only to come.
_TO_COME = {"planned": "Planned", "threatened": "Threatened", "requested": "Requested", "conditional": "Possible"}
_ROLE_WORDS = {"participants": "taking part", "troops": "troops", "weapons": "weapons"}


class HeadlinePhrase(msgspec.Struct, frozen=True):
    """How what happened is named (see the header of ``headlines.tsv``)."""

    phrase: str
    to: str = ""
    by: str = ""
    between: str = ""
    harm: bool = False


class HeadlineTelling(msgspec.Struct, frozen=True):
    """A claim with the words of its clause and those before its place."""

    claim: Claim
    clause: str
    before_place: str


def headline(incident: Incident, told: Sequence[HeadlineTelling], knowledge: Knowledge) -> str:
    """The line of an incident; ``told`` are the claims that tell what it mainly is."""
    phrase = _phrase(incident, [t.claim for t in told], knowledge)
    named = _what(incident, phrase, told, knowledge)
    what = " ".join(filter(None, (named, _where(incident, told, named, knowledge))))
    head = ", ".join(filter(None, (what, _when(incident.begin, incident.end_date))))
    rest = [_numbers(incident, role) for role in _roles(incident, knowledge)[:ROLES]]
    rest += [_doers(incident, phrase, knowledge), _happened(incident), _quiet(incident)]
    tail = "; ".join(filter(None, rest))
    return f"{head}: {tail}" if tail else head


def _phrase(incident: Incident, claims: Sequence[Claim], knowledge: Knowledge) -> HeadlinePhrase:
    """The phrase that most claims ask for, a telling word before a plain one."""
    if incident.kind == "campaign":
        return _named("campaign", None, "", knowledge)[1]
    found = Counter(_named(c.type, c.mode, c.trigger.text, knowledge) for c in claims if c.type == incident.type)
    if not found:
        return _named(incident.type, None, "", knowledge)[1]
    (_, best), _ = max(found.items(), key=lambda item: (item[0][0], item[1], item[0][1].phrase))
    return best


@lru_cache(maxsize=50_000)
def _named(type_: str, mode: str | None, trigger: str, knowledge: Knowledge) -> tuple[int, HeadlinePhrase]:
    """The phrase for an event word, and how much it tells: what harm came of it says less than how it was done."""
    words, modes = _table(knowledge)
    by_word = words.get((type_, trigger.casefold()))
    by_mode = modes.get((type_, mode)) if mode else None
    plain = modes.get((type_, ""), HeadlinePhrase(type_.capitalize()))
    named = by_word or by_mode or plain
    return (1 if named.harm else 2 if named.phrase != plain.phrase else 0), named


@lru_cache(maxsize=8)
def _table(knowledge: Knowledge) -> tuple[dict[tuple[str, str], HeadlinePhrase], dict[tuple[str, str], HeadlinePhrase]]:
    words: dict[tuple[str, str], HeadlinePhrase] = {}
    modes: dict[tuple[str, str], HeadlinePhrase] = {}
    for row in knowledge.rows("headlines"):
        phrase = HeadlinePhrase(row["phrase"], row["to"], row["by"], row["between"], bool(row["harm"]))
        words |= {(row["type"], word.casefold()): phrase for word in listed(row["words"])}
        if not row["words"]:
            modes[row["type"], row["mode"]] = phrase
    return words, modes


def _what(incident: Incident, phrase: HeadlinePhrase, told: Sequence[HeadlineTelling], knowledge: Knowledge) -> str:
    """What happened, to what or whom, and by whom where that is nobody's question."""
    start = _to_come(phrase, told)
    if phrase.between:
        parties = _several(_named_parties([*incident.actors, *incident.recipients], knowledge))
        return f"{start} {phrase.between} {parties}" if " and " in parties else start
    target = _target(incident, phrase, told, knowledge) if phrase.to else ""
    doers = _several(_named_parties(incident.actors, knowledge)) if phrase.by else ""
    parts = (start, f"{phrase.to} {target}" if target else "", f"{phrase.by} {doers}" if doers else "")
    return " ".join(filter(None, parts))


def _to_come(phrase: HeadlinePhrase, told: Sequence[HeadlineTelling]) -> str:
    """The phrase, with what is said before it where nothing has happened yet: "Planned talks", "Threatened strike"."""
    modalities = {t.claim.modality for t in told}
    ahead = next((m for m in _TO_COME if m in modalities), None)
    if ahead is None or modalities & {None, "ongoing"}:
        return phrase.phrase
    return f"{_TO_COME[ahead]} {phrase.phrase[:1].lower()}{phrase.phrase[1:]}"


def _target(incident: Incident, phrase: HeadlinePhrase, told: Sequence[HeadlineTelling], knowledge: Knowledge) -> str:
    """What it was done to: a thing or building that most clauses name, a town that was taken, people."""
    hit = event_types(knowledge).violent | event_types(knowledge).accident
    of_people = phrase.harm or any(t.claim.mode == "abduct" for t in told)
    thing = _thing(told, knowledge) if incident.type in hit and not of_people else ""
    return thing or _several(_named_parties(incident.recipients, knowledge))


def _thing(told: Sequence[HeadlineTelling], knowledge: Knowledge) -> str:
    """The building or vehicle that most clauses name as what was hit, with its article."""
    found: dict[str, list[str]] = defaultdict(list)
    for telling in told:
        for words in _things(knowledge).findall(telling.clause):
            found[stem(words[1].casefold())].append(words[1])
    if not found:
        return ""
    forms = max(found.values(), key=lambda f: (len(f), -len(f[0]), f[0]))
    word = max(set(forms), key=lambda w: (forms.count(w), w))
    return word if word.endswith("s") and word[:-1] in _singular(knowledge) else f"{_article(word)} {word}"


def _article(word: str) -> str:
    return "an" if word[:1] in "aeiou" else "a"


@lru_cache(maxsize=8)
def _singular(knowledge: Knowledge) -> frozenset[str]:
    rows = knowledge.rows("events_classes")
    return frozenset(w for r in rows if r["class"] in ("building", "vehicle") for w in listed(r["words"]))


@lru_cache(maxsize=8)
def _things(knowledge: Knowledge) -> re.Pattern[str]:
    """A building or vehicle behind an article or preposition: "through a passenger bus", "the market"."""
    nouns = "|".join(re.escape(w) for w in sorted(_singular(knowledge), key=len, reverse=True))
    numerals = _numerals(knowledge)
    leads, owner = _standing_before("leads", knowledge), _standing_before("owner", knowledge)
    return re.compile(rf"\b({leads}|{numerals})(?: [a-z-]+){{0,2}}? ((?:(?:{owner}) )?(?:{nouns})s?)\b")


def _standing_before(says: str, knowledge: Knowledge) -> str:
    """The words of the table that say this of what is behind them, as choices of a pattern: "police" of a station."""
    rows = (r for r in knowledge.rows("incident_words") if (r["where"], r["says"]) == ("before", says))
    return "|".join(re.escape(w) for r in rows for w in listed(r["words"]))


@lru_cache(maxsize=8)
def _counted(knowledge: Knowledge) -> re.Pattern[str]:
    """A number before a noun: "12 miners", "the three men"."""
    return re.compile(rf"^(?:the |a |an )?(?:\d[\d,.]*|{_numerals(knowledge)}) ")


def _numerals(knowledge: Knowledge) -> str:
    return "|".join(row["word"] for row in knowledge.rows("numerals"))


def _named_parties(names: Iterable[str], knowledge: Knowledge) -> list[str]:
    """The names without their numbers; who might be anybody ("people", "others") is left out."""
    counted = _counted(knowledge)
    plain = [counted.sub("", name) for name in names]
    return list(dict.fromkeys(n for n in plain if stem(n.split()[-1].casefold()) not in anybody(knowledge) if n))


def _several(names: Sequence[str]) -> str:
    if len(names) > NAMES:
        return f"{', '.join(names[: NAMES - 1])} and {len(names) - NAMES + 1} others"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _where(incident: Incident, told: Sequence[HeadlineTelling], named: str, knowledge: Knowledge) -> str:
    """In, near or off the place, as most of the clauses that name it say; not where what happened names it already."""
    place = incident.place
    if place is None or place.name in named:
        return ""
    here = [t for t in told if t.claim.place is not None and t.claim.place.name == place.name]
    before = _before_place(knowledge)
    ways = Counter(m[1] if (m := before.search(t.before_place)) else "in" for t in here)
    return f"{max(ways, key=lambda w: (ways[w], w)) if ways else 'in'} {place.name}"


@lru_cache(maxsize=8)
def _before_place(knowledge: Knowledge) -> re.Pattern[str]:
    """What says how a place lies at the end of the words before it: "NEAR the village of", "NORTH OF"."""
    sides = "|".join(w for w in sides_of_compass(knowledge) if not is_adjective(w))
    return re.compile(rf"\b({_standing_before('lies', knowledge)}|(?:{sides}) of)(?: the)?(?: [a-z]+){{0,3}}\s*$")


def _when(begin: str | None, end: str | None) -> str:
    """The day or the days: "5 May 2024", "3–5 May 2024"."""
    if not begin:
        return ""
    first, last = day_words(begin), day_words(end or begin)
    if first == last:
        return first
    if begin[:7] == (end or begin)[:7]:
        return f"{first.split()[0]}–{last}"
    return f"{first} – {last}"


def _roles(incident: Incident, knowledge: Knowledge) -> list[str]:
    """The roles of which there are numbers, what a desk asks for first in front."""
    order = {role: n for n, role in enumerate(figure_types(knowledge).names)}
    return sorted({f.role for f in incident.figures}, key=lambda r: order.get(r, len(order)))


def _numbers(incident: Incident, role: str) -> str:
    """A number by who gives it: "5 killed (doctors, police), at least 9 (residents)"."""
    given = [f for f in incident.figures if f.role == role]
    several = len({f.of for f in given}) > 1
    alike: dict[tuple[str, str | None], list[IncidentFigure]] = {}
    for figure in sorted(sorted(given, key=lambda f: f.source), key=lambda f: f.as_of or "", reverse=True):
        alike.setdefault((amount(figure), figure.of if several else None), []).append(figure)
    ranked = sorted(alike.items(), key=lambda group: -len(group[1]))
    parts = [
        _number(value, of, found, role if not n else "") for n, ((value, of), found) in enumerate(ranked[:NUMBERS])
    ]
    rest = len(ranked) - NUMBERS
    return ", ".join([*parts, *[f"and {rest} other number{'s' * (rest > 1)}"] * (rest > 0)])


def _number(value: str, of: str | None, found: Sequence[IncidentFigure], role: str) -> str:
    word = _ROLE_WORDS.get(role, role)
    who = _several(list(dict.fromkeys(f.source for f in found)))
    told = " ".join(filter(None, (value, word)))
    return f"{told} of {of} ({who})" if of else f"{told} ({who})"


def _doers(incident: Incident, phrase: HeadlinePhrase, knowledge: Knowledge) -> str:
    """Who is said to have done it, by whom, and who denies or says nothing."""
    asked = incident.questions.get(WHO)
    if asked is None or phrase.between or (phrase.by and asked.standing != "contested"):
        return ""
    named = _by_value((v.value, v.source) for v in asked.views if not v.value.startswith(NOT))
    denied = _by_value((v.value.removeprefix(NOT), v.source) for v in asked.views if v.value.startswith(NOT))
    blamed = [name for name in named if _named_parties([name], knowledge)]
    one, deed = len(denied) == len(named) == 1, incident.type in event_types(knowledge).violent
    parts = [_accused(name, named[name], name in denied or one, incident, deed=deed) for name in blamed[:NAMES]]
    return "; ".join([*parts, *(f"{_several(by)} denied it" for by in _lone(denied, named, blamed))])


def _lone(denied: Mapping[str, list[str]], named: Mapping[str, list[str]], blamed: Sequence[str]) -> list[list[str]]:
    """The deniers of a deed that nobody else is said to have done."""
    if len(denied) == len(named) == 1 and blamed:
        return []
    return [by for name, by in denied.items() if name not in blamed]


def _accused(name: str, by: Sequence[str], denies: bool, incident: Incident, *, deed: bool) -> str:  # noqa: FBT001
    """One who is said to have done it: "the army accused (residents), denied it"; of no deed: "Ann Lee (the board)"."""
    own = [source for source in by if source.casefold() in name.casefold() or name.casefold() in source.casefold()]
    if own and len(own) == len(by):
        told = f"{name} said so"
    elif deed and not name[:1].isupper():
        told = f"by {name} ({_several(list(by))})"
    else:
        told = f"{name}{' accused' if deed else ''} ({_several(list(by))})"
    if denies:
        return f"{told}, denied it"
    return f"{told}, silent" if any(name.casefold() == s.casefold() for s in incident.silent) else told


def _by_value(views: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Who says each value, in the order in which values are told."""
    found: dict[str, list[str]] = {}
    for value, source in views:
        held = found.setdefault(value, [])
        held += [source] if source not in held else []
    return found


def _happened(incident: Incident) -> str:
    """Who says that it did not happen, where anybody does."""
    asked = incident.questions[HAPPENED]
    if asked.standing not in ("contested", "denied"):
        return ""
    says = {what: [s.name for s in incident.sources if s.says == what] for what in ("affirms", "denies", "both")}
    yes, no = says["affirms"] + says["both"], says["denies"]
    if asked.standing == "denied":
        return f"denied by {_several(no or says['both'])}"
    parts = [f"{_several(yes)} said so"] if yes else []
    parts += [f"{_several(no)} denied it"] if no else []
    return ", ".join(parts)


def _quiet(incident: Incident) -> str:
    """Who is known to say nothing, where that is nobody who is accused or speaks."""
    spoken = {name.casefold() for s in incident.sources for name in (s.name, *s.names)}
    accused = {v.value.casefold() for v in incident.questions[WHO].views} if WHO in incident.questions else set()
    quiet = [name for name in incident.silent if name.casefold() not in spoken | accused]
    return f"{_several(quiet)} silent" if quiet else ""
