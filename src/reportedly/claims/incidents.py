"""Which claims of one dispatch are about one happening.

A reader takes an event for one that has been told already unless something speaks for another: another day, another
town, other victims, another kind of act, the word *another*. The claims are read in text order; each joins the
happening that most speaks for, or opens one. War and violence at large, and what is only planned or wished, belong to
no single happening: they are kept together, apart from what happened.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, Literal

import msgspec

from reportedly.claims.local_links import Links, Tie, head_of, ties
from reportedly.config import DEFAULT, Config
from reportedly.days import day_number
from reportedly.ids import content_id
from reportedly.knowledge.event_types import EventTypes, event_types, figure_types
from reportedly.knowledge.load import Knowledge, knowledge_of
from reportedly.model import Claim, Dispatch, Party, Place
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import tokens_of

Realm = Literal["told", "at large"]

UNREAL: Final = frozenset({"planned", "requested", "threatened", "conditional"})
# What happens to people: of these families one can be the harm, the means or the occasion of another.
BODILY: Final = frozenset({"violence", "detention", "hazard"})
# What is agreed and what is planned thereby are one matter: talks that are to be held are no talks at large.
ARRANGED: Final = "talks"
ACROSS: Final = ({"n", "s"}, {"e", "w"})
# What several do to one another, or suffer from nobody in particular.
JOINT: Final = BODILY | {"talks", "protest"}
# Places that are somewhere in particular.
SETTLED: Final = ("city", "admin1")
# A stretch of so many days or fewer pins a happening down; one longer than a season is a background of many.
EXACT_DAYS: Final = 7
BACKGROUND_DAYS: Final = 90
# So many happenings are remembered: one further back is not meant without more ado.
REMEMBERED: Final = 24
# What agreements and differences add; a claim joins where the sum is highest, if it is not below zero.
SAME_SENTENCE: Final = 1.0
NEXT_SENTENCE: Final = 1.0
SAME_VICTIMS: Final = 3.0
OTHER_NAMED_VICTIMS: Final = -2.0
SAME_DOERS: Final = 1.0
SAME_TOWN: Final = 2.0
SAME_DAY: Final = 1.0
SAME_KIND: Final = 1.0
OTHER_KIND: Final = -2.5
POINTED_BACK: Final = 2.0
TURNED_AWAY: Final = -1.5


class Words(msgspec.Struct, frozen=True):
    """The tables: kinds by type and mode, kinds by trigger, and the words that tell happenings apart."""

    families: dict[tuple[str, str], tuple[str, frozenset[str]]]
    word_families: dict[tuple[str, str], str]
    kinds: dict[tuple[str, str], frozenset[str]]
    other: frozenset[str]
    same: frozenset[str]
    turns: frozenset[tuple[str, ...]]
    general: frozenset[str]
    parts: dict[str, frozenset[str]]
    mass: frozenset[str]
    always_general: frozenset[str]
    care: frozenset[str]
    told: frozenset[str]
    links: Links
    types: EventTypes
    harmed: frozenset[str]


@lru_cache(maxsize=4)
def words_of(knowledge: Knowledge) -> Words:
    """The tables of incidents and of event types in a form that can be asked."""
    said: dict[tuple[str, str], list[str]] = {}
    for row in knowledge.rows("incident_words"):
        said.setdefault((row["where"], row["says"]), []).extend(w.strip() for w in row["words"].split(","))
    plain = {r["type"]: r["within"] or r["type"] for r in knowledge.rows("event_types")}
    modes = knowledge.rows("event_modes")
    return Words(
        families={(t, ""): (family, frozenset()) for t, family in plain.items()}
        | {
            (r["type"], r["mode"]): (r["within"] or plain.get(r["type"], ""), frozenset(r["kinds"].split()))
            for r in modes
            if r["mode"]
        },
        word_families={(r["type"], w): r["within"] for r in modes if r["within"] for w in _listed(r["words"])},
        kinds={(r["type"], w): frozenset(r["kinds"].split()) for r in modes if r["kinds"] for w in _listed(r["words"])},
        other=frozenset(said["on", "other"]),
        same=frozenset(said["on", "same"]),
        turns=frozenset(tuple(w.split()) for w in said["opens", "other"]),
        general=frozenset(said["is", "general"]),
        parts={
            w: frozenset(p for where, p in said if where == "part" and w in said[where, p])
            for where, part in said
            if where == "part"
            for w in said[where, part]
        },
        mass=frozenset(said["is", "mass"]),
        always_general=frozenset(said["is", "always"]),
        care=frozenset(said["after", "care"]),
        told=frozenset(w for r in knowledge.rows("denials") if r["says"] == "told" for w in r["forms"].split()),
        links=Links(same=frozenset(said["between", "same"]), cause=frozenset(said["between", "cause"])),
        types=event_types(knowledge),
        harmed=figure_types(knowledge).harmed,
    )


def _listed(words: str) -> list[str]:
    return [w.strip() for w in words.split(",") if w.strip()]


class Telling(msgspec.Struct, frozen=True):
    """What a claim says of the happening that it is about."""

    claim: Claim
    realm: Realm
    family: str
    kinds: frozenset[str]
    back: bool
    away: bool
    answers: bool
    sentence: int
    days: tuple[int, int] | None
    season: bool
    towns: frozenset[tuple[str, str]]
    countries: frozenset[str]
    parts: frozenset[str]
    victims: frozenset[str]
    persons: frozenset[str]
    doers: frozenset[str]


class Happening:
    """The claims brought together so far, and what they say between them."""

    def __init__(self, first: Telling) -> None:
        self.claims: list[Claim] = []
        self.realm, self.family = first.realm, first.family
        self.kinds: set[str] = set()
        self.towns: set[tuple[str, str]] = set()
        self.countries: set[str] = set()
        self.parts: set[str] = set()
        self.victims: set[str] = set()
        self.persons: set[str] = set()
        self.doers: set[str] = set()
        self.days: tuple[int, int] | None = None
        self.season = first.season
        self.sentence = first.sentence
        self.add(first)

    def add(self, telling: Telling) -> None:
        """Take a claim in: the narrowest days count, of everything else all."""
        self.claims.append(telling.claim)
        self.kinds |= telling.kinds
        self.towns |= telling.towns
        self.countries |= telling.countries
        self.parts |= telling.parts
        self.victims |= telling.victims
        self.persons |= telling.persons
        self.doers |= telling.doers
        self.sentence = telling.sentence
        if telling.days and (self.days is None or _length(telling.days) < _length(self.days)):
            self.days = telling.days


def local_incidents(
    claims: Sequence[Claim], dispatch: Dispatch, doc: Doc, config: Config = DEFAULT
) -> tuple[Claim, ...]:
    """The claims, given in text order, with ``incident`` filled: claims about one happening share one."""
    happenings: list[Happening] = []
    reader = _Reader(doc, words_of(knowledge_of(config)))
    told = [reader.telling(c) for c in claims]
    tied = _tied(told, reader.ties(claims))
    home: dict[int, Happening] = {}
    for n, telling in enumerate(told):
        if telling.answers and happenings:
            happenings[-1].claims.append(telling.claim)
            continue
        found = next((home[m] for m in tied[n] if m in home), None) or _home(telling, happenings)
        if found is None:
            found = Happening(telling)
        else:
            found.add(telling)
            happenings.remove(found)
        happenings.append(found)
        home[n] = found
    of = {c.id: content_id("i", dispatch.id, h.claims[0].id) for h in happenings for c in h.claims}
    return tuple(msgspec.structs.replace(c, incident=of[c.id]) for c in claims)


def _tied(told: Sequence[Telling], found: Sequence[Tie]) -> Mapping[int, Sequence[int]]:
    """For each claim those that it is tied to: directly, across kinds of act and harm; else within one family."""
    out: dict[int, list[int]] = defaultdict(list)
    for tie in found:
        a, b = told[tie.a], told[tie.b]
        kindred = a.family == b.family or (tie.direct and {a.family, b.family} <= BODILY)
        # Who dies on Friday of the wounds of Tuesday's bombing is a death of the bombing.
        later = tie.befell and {a.family, b.family} <= BODILY and a.days and b.days and a.days[0] <= b.days[0]
        if (kindred or later) and (_days_meet(a.days, b.days) or later):
            out[tie.a].append(tie.b)
            out[tie.b].append(tie.a)
    return out


def _home(telling: Telling, happenings: Sequence[Happening]) -> Happening | None:
    """The happening that the claim speaks most for, of equals the one told last; None where it opens another."""
    best: tuple[float, Happening] | None = None
    for happening in reversed(happenings[-REMEMBERED:]):
        if possible(telling, happening):
            score = evidence(telling, happening)
            if score >= 0 and (best is None or score > best[0]):
                best = score, happening
    return best[1] if best else None


def possible(telling: Telling, happening: Happening) -> bool:
    """Whether a claim can be about a happening at all: no day, town or country stands against it."""
    if telling.family != happening.family or (telling.realm != happening.realm and not telling.back):
        return False
    if happening.realm != "told":
        return telling.realm == happening.realm
    return (
        _days_meet(telling.days, happening.days)
        and not (telling.season and happening.days)
        and not (telling.days and happening.season)
        and _towns_meet(telling.towns, happening.towns)
        and not _across(telling.parts, happening.parts)
        and not _others_did(telling, happening)
        and (not telling.countries or not happening.countries or bool(telling.countries & happening.countries))
    )


def evidence(telling: Telling, happening: Happening) -> float:
    """What speaks for (above zero) and against a claim being about a happening."""
    if happening.realm != "told":
        return 0.0
    score = {0: SAME_SENTENCE, 1: NEXT_SENTENCE}.get(telling.sentence - happening.sentence, 0.0)
    score += _victims(telling, happening)
    score += SAME_DOERS if telling.doers & happening.doers else 0.0
    score += SAME_TOWN if telling.towns & happening.towns else 0.0
    score += SAME_DAY if telling.days and happening.days else 0.0
    if telling.kinds and happening.kinds:
        score += SAME_KIND if telling.kinds & happening.kinds else OTHER_KIND
    score += POINTED_BACK if telling.back else 0.0
    return score + (TURNED_AWAY if telling.away and telling.sentence != happening.sentence else 0.0)


def _victims(telling: Telling, happening: Happening) -> float:
    """The same ones speak for one happening; others speak against it only where both are people with names."""
    if telling.victims & happening.victims:
        return SAME_VICTIMS
    apart = telling.persons and happening.persons and not telling.persons & happening.persons
    return OTHER_NAMED_VICTIMS if apart else 0.0


def _others_did(telling: Telling, happening: Happening) -> bool:
    """Whether somebody else did it: what each does alone (no fight, accident or talks) is a happening of its own."""
    if telling.family in JOINT or not telling.doers or not happening.doers:
        return False
    return not _words_of(telling.doers) & _words_of(happening.doers)


def _words_of(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in name.split() if len(word) > 2}


def _days_meet(a: tuple[int, int] | None, b: tuple[int, int] | None) -> bool:
    return a is None or b is None or (a[0] <= b[1] and b[0] <= a[1])


def _towns_meet(mine: frozenset[tuple[str, str]], theirs: set[tuple[str, str]]) -> bool:
    """Whether no two places of one kind differ: two towns are two places, a town and a province may be one."""
    shared = {k for k, _ in mine} & {k for k, _ in theirs}
    return all(any(t[0] == kind and t in theirs for t in mine) for kind in shared)


def _across(mine: frozenset[str], theirs: set[str]) -> bool:
    """Whether two places lie on opposite sides of the compass and share none."""
    return not mine & theirs and any({a, b} in ACROSS for a in mine for b in theirs)


def _length(days: tuple[int, int]) -> int:
    return days[1] - days[0]


class _Reader:
    """Reads what claims say of their happenings from their words in one dispatch."""

    def __init__(self, doc: Doc, words: Words) -> None:
        self._doc, self._words = doc, words
        self._families: dict[tuple[str, str], str] = {}

    def telling(self, claim: Claim) -> Telling:
        """What a claim says of the happening that it is about."""
        token = head_of(tokens_of(self._doc, claim.trigger.start, claim.trigger.end))
        family, kinds = self._kind(claim, token)
        # A dispatch uses a word in one sense: who *escaped* is told of twice, whatever type it was given.
        if claim.mode is None:
            family = self._families.setdefault((token.lemma_.lower(), token.pos_), family)
        sentence = self._doc.sentence_number(token.i)
        before = {c.lower_ for c in token.children if c.i < token.i and c.dep_ in ("det", "amod", "nummod", "poss")}
        place = self._scene(claim)
        near = self._towns_near(place)
        return Telling(
            claim=claim,
            realm=self._realm(claim, token, before, family),
            family=family,
            kinds=kinds,
            back=self._points_back(claim, token, before),
            away=not before.isdisjoint(self._words.other) or self._turns(sentence),
            answers=self._answers(claim, token),
            sentence=sentence,
            days=_days(claim),
            season=_is_season(claim),
            towns=_towns(place) | near,
            # What lies close to a town is found by it, whatever else in the world has the same name.
            countries=frozenset({place.country} if place is not None and place.country and not near else ()),
            parts=self._parts(claim, token),
            victims=_names(claim.recipients),
            persons=_names(p for p in claim.recipients if p.kind == "person" and p.name[:1].isupper()),
            doers=_names(claim.actors),
        )

    def ties(self, claims: Sequence[Claim]) -> list[Tie]:
        """Which claims the grammar of their sentences ties; only harm to people has figures of victims."""
        triggers = [tokens_of(self._doc, c.trigger.start, c.trigger.end) for c in claims]
        harm = [any(f.role in self._words.harmed for f in c.figures) for c in claims]
        return ties(triggers, harm, self._words.links)

    def _kind(self, claim: Claim, token: Token) -> tuple[str, frozenset[str]]:
        table, word = self._words.families, token.lemma_.lower()
        plain = table.get((claim.type, "")) or (claim.type, frozenset())
        family, kinds = table.get((claim.type, claim.mode or ""), plain)
        kinds = self._kinds(claim, word) or kinds or self._cause(claim, token)
        return self._words.word_families.get((claim.type, word), family), kinds

    def _kinds(self, claim: Claim, word: str) -> frozenset[str]:
        return self._words.kinds.get((claim.type, word)) or self._words.kinds.get(("", word), frozenset())

    def _cause(self, claim: Claim, token: Token) -> frozenset[str]:
        """The kind that the act has by which harm was done: "died in shelling", "wounded by a car bomb"."""
        links = self._words.links.same | self._words.links.cause
        named = (t for p in token.children if p.dep_ in ("prep", "agent") and p.lower_ in links for t in p.children)
        return next((kinds for t in named if (kinds := self._kinds(claim, t.lemma_.lower()))), frozenset())

    def _parts(self, claim: Claim, head: Token) -> frozenset[str]:
        """On which side of the compass: "the northern front", "in the south"; not "north of a town", "South Sudan"."""
        clause = tokens_of(self._doc, claim.evidence.start, claim.evidence.end)
        around = [t for prep in head.children if prep.dep_ == "prep" for t in prep.children]
        found = [part for t in (*clause, *around) if (part := self._words.parts.get(t.text)) and _says_where(t)]
        return frozenset().union(*found)

    def _scene(self, claim: Claim) -> Place | None:
        """Where it happened, as far as told: not the hospital to which the hurt and the dead were brought."""
        place = claim.place
        after = tokens_of(self._doc, place.end, place.end + NEXT_WORD) if place is not None else ()
        return None if any(t.lower_ in self._words.care for t in after) else place

    def _towns_near(self, place: Place | None) -> frozenset[tuple[str, str]]:
        """The town by which a place is found ("Mill Lake, 10 km east of Springfield"), where it is not far."""
        told = _NEAR_TOWN.match(self._doc.text, place.end) if place is not None and _towns(place) else None
        return frozenset((k, told["town"].casefold()) for k in SETTLED if told and int(told["far"]) <= NEAR)

    def _answers(self, claim: Claim, token: Token) -> bool:
        """Whether it turns down or takes back what was told before ("rejected the charge", "withdrew that figure")."""
        if claim.type not in self._words.types.denial:
            return False
        inside = tokens_of(self._doc, claim.trigger.start, claim.trigger.end)
        return any(t.lower_ in self._words.told for t in (*inside, *token.children) if t.i > token.i)

    def _is(self, claim: Claim, token: Token, words: frozenset[str]) -> bool:
        return token.lemma_.lower() in words or " ".join(claim.trigger.text.lower().split()) in words

    def _realm(self, claim: Claim, token: Token, before: set[str], family: str) -> Realm:
        """Told as a happening, or general (bare, undated, about nobody in particular), or only in mind."""
        pinned = bool(_days(claim) or _towns(claim.place) or claim.figures)
        if claim.modality in UNREAL and not pinned and family != ARRANGED:
            return "at large"
        days = _span(claim)
        if days is not None and _length(days) > BACKGROUND_DAYS:
            return "at large"
        if pinned or token.pos_ not in ("NOUN", "PROPN"):
            return "told"
        if self._is(claim, token, self._words.always_general):
            return "at large"
        bare = before.isdisjoint(self._words.same) and "the" not in before and "a" not in before and "an" not in before
        if bare and self._is(claim, token, self._words.mass):
            return "at large"
        plural = token.tag_ in ("NNS", "NNPS")
        if bare and plural and self._is(claim, token, self._words.general) and not claim.recipients:
            return "at large"
        return "told"

    def _points_back(self, claim: Claim, token: Token, before: set[str]) -> bool:
        """Whether a noun takes its happening as told: "this violence", "the attack" (but not "the war")."""
        if not before.isdisjoint(self._words.same):
            return True
        known = token.pos_ == "NOUN" and "the" in before
        return known and not self._is(claim, token, self._words.always_general)

    def _turns(self, sentence: int) -> bool:
        """Whether the sentence opens with words that turn to something else."""
        start = self._doc.sentences[sentence].start
        first = [t.lower_ for t in self._doc[start : start + 8] if not (t.is_space or t.is_punct)][:4]
        return any(tuple(first[:n]) in self._words.turns for n in range(1, len(first) + 1))


# The next word begins within so many characters.
NEXT_WORD: Final = 2
# A place so few kilometres or miles from a town is told of as that town.
NEAR: Final = 30
_NEAR_TOWN: Final = re.compile(
    r",?(?:\s+\w+)?\s+(?P<far>\d{1,3})[\s-](?:km|kms|kilomet(?:er|re)s?|miles?)(?:\s+\w+){0,2}\s+(?:of|from)\s+"
    r"(?P<town>[A-Z]\w+(?: [A-Z]\w+)*)"
)


def _says_where(token: Token) -> bool:
    """Whether a point of the compass is a part of a country or front and not a direction from somewhere."""
    named = token.pos_ == "ADJ" or any(c.lower_ == "the" for c in token.children)
    return named and not any(c.lower_ == "of" for c in token.children)


def _span(claim: Claim) -> tuple[int, int] | None:
    begin, end = day_number(claim.begin), day_number(claim.end_date or claim.begin)
    return (begin, max(begin, end)) if begin is not None and end is not None else None


def _days(claim: Claim) -> tuple[int, int] | None:
    """The days that pin a claim down."""
    days = _span(claim)
    return days if days is not None and _length(days) <= EXACT_DAYS else None


def _is_season(claim: Claim) -> bool:
    """Whether a claim counts what weeks of fighting cost ("since 27 September"), which is no day's attack."""
    days = _span(claim)
    return bool(claim.figures) and days is not None and _length(days) > EXACT_DAYS


def _towns(place: Place | None) -> frozenset[tuple[str, str]]:
    if place is None or place.kind not in SETTLED:
        return frozenset()
    return frozenset({(place.kind, place.name.casefold())})


def _names(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(p.name.casefold() for p in parties)
