"""What a claim says of the happening that it is about, read from its words in the dispatch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

import msgspec

from reportedly.claims.incident_words import IncidentWords
from reportedly.claims.local_links import ClaimTie, head_of, ties
from reportedly.claims.partings import partings
from reportedly.days import day_number
from reportedly.model import Claim, Party, Place
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import tokens_of

Realm = Literal["told", "at large"]
POSSIBLE: Final = frozenset({"PS+", "PS-"})
UNREAL: Final = frozenset({"planned", "requested", "threatened", "conditional"})
ONLY_SAID: Final = frozenset({"threatened", "conditional"})
# What is agreed and what is planned thereby are one matter: talks that are to be held are no talks at large.
ARRANGED: Final = "talks"
# What happens to people: of these families one can be the harm, the means or the occasion of another.
BODILY: Final = frozenset({"violence", "detention", "hazard"})
# What happens at one place is told on and on, in ever other words: a clause behind it is of it unless something speaks
# against that. Whatever else is done or said has to be recognised as what was told before.
SCENES: Final = BODILY | {"protest"}
# Places that are somewhere in particular.
SETTLED: Final = ("city", "admin1")
# What stands for the kind of a place that the gazetteer does not know.
UNKNOWN: Final = "unknown"
# A stretch of so many days or fewer pins a happening down; one longer than a season is a background of many.
EXACT_DAYS: Final = 7
BACKGROUND_DAYS: Final = 90
# The next word begins within so many characters.
NEXT_WORD: Final = 2
# A place so few kilometres or miles from a town is told of as that town.
NEAR: Final = 30


class Telling(msgspec.Struct, frozen=True):
    """What a claim says of the happening that it is about.

    ``many`` tells of a noun for an act whether there were several ("the attacks"), and is ``None`` of any other word.
    ``described`` marks a noun that is told apart by words of its own ("the murder *of a judge*"), ``fresh`` one that is
    told as new ("*a* raid"), ``before`` what was over before the rest of the story ("who *had* kidnapped a farmer").
    """

    claim: Claim
    realm: Realm
    family: str
    speech: bool
    word: str
    kinds: frozenset[str]
    many: bool | None
    back: bool
    definite: bool
    described: bool
    fresh: bool
    before: bool
    another: bool
    away: bool
    turns: bool
    answers: bool
    sentence: int
    days: tuple[int, int] | None
    span: tuple[int, int] | None
    season: bool
    towns: frozenset[tuple[str, str]]
    countries: frozenset[str]
    parts: frozenset[str]
    victims: frozenset[str]
    named: frozenset[str]
    persons: frozenset[str]
    doers: frozenset[str]
    sides: frozenset[str]
    teller: str | None
    counts: frozenset[tuple[str, int]]


def length(days: tuple[int, int]) -> int:
    """How many days lie between the first and the last."""
    return days[1] - days[0]


class TellingReader:
    """Reads what claims say of their happenings from their words in one dispatch."""

    def __init__(self, doc: Doc, words: IncidentWords) -> None:
        self._doc, self._words = doc, words
        self._families: dict[tuple[str, str], str] = {}

    def telling(self, claim: Claim) -> Telling:
        """What a claim says of its happening: of "two died in Sarn on Monday" its kind, its town and its day."""
        token = head_of(tokens_of(self._doc, claim.trigger.start, claim.trigger.end))
        family, kinds = self._kind(claim, token)
        # A dispatch uses a word in one sense: who *escaped* is told of twice, whatever type it was given.
        if claim.mode is None:
            family = self._families.setdefault((token.lemma_.lower(), token.pos_), family)
        sentence = self._doc.sentence_number(token.i)
        noun = self._noun(claim, token)
        owner = noun.head if noun.dep_ == "amod" else noun
        before = {c.lower_ for c in owner.children if c.i < noun.i and c.dep_ in ("det", "amod", "nummod", "poss")}
        place = self._scene(claim)
        near = self._towns_near(place)
        return Telling(
            claim=claim,
            realm=self._realm(claim, token, before, family),
            family=family,
            speech=family in self._words.speech,
            word=token.lemma_.lower(),
            kinds=kinds,
            many=self._is_many(claim, token),
            back=self._points_back(claim, noun, before) and not (family == ARRANGED and self._has_matter(noun)),
            definite=not before.isdisjoint(self._words.same | {"the"}),
            described=_is_described(noun),
            fresh=_is_fresh(noun, before),
            before=_is_before(claim, token),
            another=not before.isdisjoint(self._words.another),
            away=self._is_away(noun, before, kinds),
            turns=not before.isdisjoint(self._words.other) or self._turns(sentence),
            answers=self._answers(claim, token),
            sentence=sentence,
            days=_days(claim),
            span=_span(claim),
            season=_is_season(claim),
            towns=_towns(place) | _unknown(place) | near,
            # What lies close to a town is found by it, whatever else in the world has the same name.
            countries=frozenset({place.country} if place is not None and place.country and not near else ()),
            parts=self._parts(claim, token),
            victims=_names(claim.recipients),
            named=frozenset(name for name in _names(claim.recipients) if name not in self._words.anybody),
            persons=_names(p for p in claim.recipients if p.kind == "person" and p.name[:1].isupper()),
            doers=_names(claim.actors),
            sides=frozenset(p.country for p in claim.actors if p.country),
            teller=claim.source.name if claim.source is not None else None,
            counts=frozenset((f.role, f.low) for f in claim.figures if f.low is not None and f.low > 1),
        )

    def ties(self, claims: Sequence[Claim]) -> list[ClaimTie]:
        """Which claims the grammar of their sentences ties: "nine were killed when a bomb went off".

        Only harm to people has figures of victims, or tells of somebody whom nobody counts ("a clerk was wounded").
        """
        triggers = [tokens_of(self._doc, c.trigger.start, c.trigger.end) for c in claims]
        harm = [self._is_harm(c, head_of(tokens)) for c, tokens in zip(claims, triggers, strict=True)]
        return ties(triggers, harm, self._words.links)

    def holds(self, preposition: str, lower: Telling, upper: Telling) -> bool:
        """Whether a preposition ties what was agreed to the talks ("agreed at the talks"), or a deal to its matter.

        So it does acts of one fight ("seized two heights in the assault").
        """
        if {lower.family, upper.family} <= BODILY:
            return preposition in self._words.links.occasion & self._words.links.same
        if not lower.family == upper.family == ARRANGED:
            return False
        types, upper_type, lower_type = self._words.types, upper.claim.type, lower.claim.type
        if preposition in self._words.links.deal:
            return upper_type in types.matter and upper_type not in types.meeting
        return lower_type in types.meeting and upper_type not in types.meeting

    def partings(self, claims: Sequence[Claim], found: Iterable[ClaimTie]) -> Mapping[str, frozenset[str]]:
        """For each claim, by id, those that the grammar of their sentence sets apart from it."""
        triggers = [tokens_of(self._doc, c.trigger.start, c.trigger.end) for c in claims]
        out: dict[str, set[str]] = defaultdict(set)
        for a, b in partings(triggers, ((tie.a, tie.b) for tie in found), self._words.parting):
            out[claims[a].id].add(claims[b].id)
        return {key: frozenset(others) for key, others in out.items()}

    def _is_harm(self, claim: Claim, token: Token) -> bool:
        """Whether a claim tells of harm to people: it counts them, or "a clerk was wounded"."""
        counted = any(f.role in self._words.harmed for f in claim.figures)
        return counted or (bool(claim.recipients) and token.lemma_.lower() in self._words.harming)

    def _kind(self, claim: Claim, token: Token) -> tuple[str, frozenset[str]]:
        """The family of an event and the kinds that its word, type or cause give it: "bombing", "died in shelling"."""
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
        """Where it happened, as far as told: not the hospital of "two died at Tarnova hospital"."""
        place = claim.place
        after = tokens_of(self._doc, place.end, place.end + NEXT_WORD) if place is not None else ()
        return None if any(t.lower_ in self._words.care for t in after) else place

    def _towns_near(self, place: Place | None) -> frozenset[tuple[str, str]]:
        """The town by which a place is found ("Mill Lake, 10 km east of Springfield"), where it is not far."""
        told = self._words.near_town.match(self._doc.text, place.end) if place is not None and _towns(place) else None
        return frozenset((k, told["town"].casefold()) for k in SETTLED if told and int(told["far"]) <= NEAR)

    def _answers(self, claim: Claim, token: Token) -> bool:
        """Whether it turns down or takes back what was told before ("rejected the charge", "withdrew that figure").

        So does "denied it"; "rejected accusations that ..." tells itself what is rejected.
        """
        if claim.type not in self._words.types.denial:
            return False
        inside = tokens_of(self._doc, claim.trigger.start, claim.trigger.end)
        behind = [t for t in (*inside, *token.children) if t.i > token.i]
        if any(t.pos_ == "PRON" and t.dep_ == "dobj" for t in behind):
            return True
        told = [t for t in behind if t.lower_ in self._words.told]
        return any(c.lower_ in self._words.same or c.lower_ == "the" for t in told for c in t.children)

    def _is(self, claim: Claim, token: Token, words: frozenset[str]) -> bool:
        """Whether the claim's own words are among these: "war", "state of emergency"."""
        return token.lemma_.lower() in words or " ".join(claim.trigger.text.lower().split()) in words

    def _realm(self, claim: Claim, token: Token, before: set[str], family: str) -> Realm:
        """Told as a happening, or general, or only in mind.

        "Attacks must end" is general (bare, undated, about nobody in particular), "threatened to attack" only in mind.
        """
        pinned = bool(_days(claim) or _towns(claim.place) or claim.figures)
        # "Threatened to kill ten judges" counts nobody who was killed.
        if claim.modality in ONLY_SAID and family != ARRANGED and not (_days(claim) or _towns(claim.place)):
            return "at large"
        if claim.modality in UNREAL and not pinned and family != ARRANGED:
            return "at large"
        known = not before.isdisjoint(self._words.same | {"the"})
        if claim.factuality in POSSIBLE and not (pinned or known or family == ARRANGED):
            return "at large"
        if not pinned and family in SCENES and (self._is_lasting(claim) or self._recurs(claim, token)):
            return "at large"
        days = _span(claim)
        if days is not None and length(days) > BACKGROUND_DAYS:
            return "at large"
        if self._is_onset(token):
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

    def _is_lasting(self, claim: Claim) -> bool:
        """Whether a verb tells of a war or struggle at large: "we are at war", "declared war on the press"."""
        inside = tokens_of(self._doc, claim.trigger.start, claim.trigger.end)
        return any(t.pos_ == "NOUN" and t.lemma_.lower() in self._words.always_general for t in inside)

    def _recurs(self, claim: Claim, token: Token) -> bool:
        """Whether a present verb tells what is done again and again ("they kidnap farmers"), behind the lead."""
        if token.pos_ != "VERB" or claim.modality is not None or self._doc.sentence_number(token.i) == 0:
            return False
        helpers = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
        return token.tag_ in ("VBZ", "VBP") and not helpers

    def _is_onset(self, token: Token) -> bool:
        """Whether it tells only since when there has been violence: "have fled since fighting broke out on May 3"."""
        verb = token.head if token.dep_ == "nsubj" else token
        if not any(c.dep_ == "mark" and c.lower_ == "since" for c in verb.children):
            return False
        subjects = [c.lemma_.lower() for c in verb.children if c.dep_ == "nsubj" and c.pos_ == "NOUN"]
        lasting = self._words.general | self._words.mass | self._words.always_general
        return not lasting.isdisjoint(subjects)

    def _noun(self, claim: Claim, token: Token) -> Token:
        """The noun that names the event where a verb only says that it is ("the *talks* will be held").

        Of an event of several words it is their noun ("attended the *talks*").
        """
        if token.pos_ != "VERB":
            return token
        inside = range(claim.trigger.start, claim.trigger.end)
        held = token.lemma_.lower() in self._words.held
        named = (c for c in token.children if c.pos_ == "NOUN")
        return next((c for c in named if c.idx in inside or (held and c.dep_ in ("nsubj", "nsubjpass"))), token)

    def _is_many(self, claim: Claim, token: Token) -> bool | None:
        named = token.pos_ in ("NOUN", "PROPN") and self._is(claim, token, self._words.general)
        return token.tag_ in ("NNS", "NNPS") if named else None

    def _points_back(self, claim: Claim, token: Token, before: set[str]) -> bool:
        """Whether a noun takes its happening as told: "this violence", "the *wounded* man" (but not "the war")."""
        if not before.isdisjoint(self._words.same):
            return True
        known = (token.pos_ == "NOUN" or token.dep_ == "amod") and "the" in before
        return known and not self._is(claim, token, self._words.always_general)

    def _has_matter(self, noun: Token) -> bool:
        """Whether it is said what is talked about: "the talks on water" are not those told of before."""
        return any(c.lower_ in self._words.matter for c in noun.children)

    def _is_away(self, noun: Token, before: set[str], kinds: frozenset[str]) -> bool:
        """Whether a noun for an act is told to be another ("an earlier raid"); an earlier *toll* is one of the same."""
        words = self._words
        return not before.isdisjoint(words.another) or (
            not before.isdisjoint(words.past) and (bool(kinds) or noun.lemma_.lower() in words.general)
        )

    def _turns(self, sentence: int) -> bool:
        """Whether the sentence opens with words that turn to something else: "In a separate incident, ..."."""
        start = self._doc.sentences[sentence].start
        first = [t.lower_ for t in self._doc[start : start + 8] if not (t.is_space or t.is_punct)][:5]
        opens = {tuple(first[:n]) for n in range(1, len(first) + 1)}
        return not opens.isdisjoint(self._words.turns) and opens.isdisjoint(self._words.stays)


def _is_described(noun: Token) -> bool:
    """Whether a noun is told apart by what stands with it: "the murder of a judge", "the raid that cost nine lives"."""
    own = (c for c in noun.children if c.i > noun.i or c.dep_ == "poss")
    told = noun.pos_ in ("NOUN", "PROPN")
    return told and any(c.dep_ in ("relcl", "acl") or (c.dep_ in ("prep", "poss") and c.children) for c in own)


def _is_fresh(noun: Token, before: Iterable[str]) -> bool:
    """Whether a noun tells of something new: "a raid", but not "it was a raid"."""
    return noun.pos_ == "NOUN" and not {"a", "an"}.isdisjoint(before) and noun.dep_ not in ("attr", "appos", "oprd")


def _is_before(claim: Claim, token: Token) -> bool:
    """Whether it was over before the rest: "men who had robbed a bank"; not what somebody only says in the past."""
    if not any(c.dep_ == "aux" and c.lower_ == "had" for c in token.children):
        return False
    return token.dep_ == "relcl" or claim.statement is None


def _says_where(token: Token) -> bool:
    """Whether a point of the compass is a part of a country or front: "the northern front", not "north of a town"."""
    named = token.pos_ == "ADJ" or any(c.lower_ == "the" for c in token.children)
    return named and not any(c.lower_ == "of" for c in token.children)


def _span(claim: Claim) -> tuple[int, int] | None:
    begin, end = day_number(claim.begin), day_number(claim.end_date or claim.begin)
    return (begin, max(begin, end)) if begin is not None and end is not None else None


def _days(claim: Claim) -> tuple[int, int] | None:
    """The days that pin a claim down: a day or a few, not "since September"."""
    days = _span(claim)
    return days if days is not None and length(days) <= EXACT_DAYS else None


def _is_season(claim: Claim) -> bool:
    """Whether a claim counts what weeks of fighting cost ("since 27 September"), which is no day's attack."""
    days = _span(claim)
    return bool(claim.figures) and days is not None and length(days) > EXACT_DAYS


def _towns(place: Place | None) -> frozenset[tuple[str, str]]:
    if place is None or place.kind not in SETTLED:
        return frozenset()
    return frozenset({(place.kind, place.name.casefold())})


def _unknown(place: Place | None) -> frozenset[tuple[str, str]]:
    """A place that the text alone knows: the same name is the same place, another one may lie in it."""
    if place is None or place.kind is not None:
        return frozenset()
    return frozenset({(UNKNOWN, place.name.casefold())})


def _names(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(p.name.casefold() for p in parties)
