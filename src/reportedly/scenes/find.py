"""The scenes of a dispatch, in text order: what opens one, and which place and day it has.

A scene opens with a dateline (the first where the story plays in its country, any inside the text), with a clause that
says where or when something of force happened, with a line that only names a place, and with words that turn to
something else ("In a separate attack, ..."). It ends where the next one opens. What lies months back is background and
opens none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from reportedly.config import Config
from reportedly.days import days_between, today_of
from reportedly.ingest.inner import inner_datelines
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Dispatch, Event, Place, Scene, Span, Time
from reportedly.parse import syntax
from reportedly.parse.identity import telling_who
from reportedly.parse.parsed import Doc
from reportedly.parse.parsed import TokenSpan as Words_
from reportedly.parse.spans import head_of, tokens_of
from reportedly.scenes.beside import BACKGROUND
from reportedly.scenes.clauses import clause_of, is_apart, lies_ahead
from reportedly.scenes.lead import MainClause
from reportedly.scenes.listed import Listed
from reportedly.scenes.story import country_of, home_of, names_other
from reportedly.scenes.words import brings, load_words, points_back

# A stretch of more days than this is no day of a scene.
LONGEST = 2
WEEK = 7
# So many sentences on another town is still told beside the first.
BESIDE = 2
# A line of so many words or fewer that is the name of a place is a heading.
HEADING = 6
WIDE = ("country", "region", "water")


class SentenceSetting(msgspec.Struct, frozen=True):
    """What one sentence tells of where and when: the last place and day of its events of force.

    ``back``: it tells more of what was told before ("The shooting took place in the X district").
    """

    place: Place | None
    days: tuple[str, str] | None
    words: Span
    back: bool


def find_scenes(
    doc: Doc,
    dispatch: Dispatch,
    places: Sequence[Place],
    times: Sequence[Time],
    events: Sequence[Event],
    config: Config,
) -> tuple[Scene, ...]:
    """The scenes of a dispatch in text order; each holds up to the sentence ``end`` (exclusive)."""
    finder = _Finder(doc, dispatch, places, times, config)
    told = finder.settings(events)
    inner = {s.sentence: s for s in _filed_inside(doc, dispatch, places, config)}
    near = [s.place for number, s in told.items() if s.place and number < min(inner, default=number + 1)]
    first = _filed(dispatch, places, near + finder.lead_places(events), home_of(doc, dispatch, places, config))
    if first is not None and first.place is not None:
        first = replace(first, place=_within(doc, dispatch, places, first.place, config))
    scenes = [first] if first is not None else []
    for number, sentence in enumerate(doc.sentences):
        part = inner.get(number)
        opened = finder.opened(number, sentence, told.get(number), [part] if part else scenes) or part
        if opened is not None:
            scenes.append(opened)
    ends = [*(s.sentence for s in scenes[1:]), len(doc.sentences)]
    return tuple(replace(s, end=end) for s, end in zip(scenes, ends, strict=False))


class _Finder:
    def __init__(
        self, doc: Doc, dispatch: Dispatch, places: Sequence[Place], times: Sequence[Time], config: Config
    ) -> None:
        self.doc, self.words = doc, load_words(knowledge_of(config))
        self.today = today_of(dispatch)
        self.places = [p for p in places if not p.demonym]
        self.listed = Listed(doc, places, config)
        self.main = MainClause(doc, places, times, self.words)
        self.body = dispatch.body_start
        self.filed = dispatch.dateline.span if dispatch.dateline else None

    def settings(self, events: Sequence[Event]) -> dict[int, SentenceSetting]:
        """What the events of force tell of where and when, by the number of their sentence.

        What they leave open in the lead, or beside them, the main clause of their sentence may tell.
        """
        found = self._of_events(events)
        leads = [n for n, s in enumerate(self.doc.sentences) if self._is_story(s)][:1]
        force = [head_of(self.doc, e.trigger.start, e.trigger.end) for e in events if e.type in self.words.here]
        apart = {self.doc.sentence_number(t.i) for t in force if is_apart(t, self.words)}
        # "They voiced regret at the violence on Tuesday" tells the day of the regret.
        spoken = [head_of(self.doc, e.trigger.start, e.trigger.end) for e in events if self._is_of_words(e)]
        apart |= {self.doc.sentence_number(t.i) for t in spoken if t == self.main.verb(t.sent)}
        old = {self.doc.sentence_at(e.trigger.start) for e in events if self._is_old(e, found)} - found.keys()
        for number in sorted({self.doc.sentence_number(t.i) for t in force}.union(leads) - old):
            found |= self._of_main(number, found.get(number), dated=number not in apart)
        return found

    def lead_places(self, events: Sequence[Event]) -> list[Place]:
        """Where the lead says that something happened, of whatever kind: "WASHINGTON - Troops landed in Grenada"."""
        lead = next((s for s in self.doc.sentences if self._is_story(s)), None)
        if lead is None:
            return []
        acts = (e for e in events if e.place_from == "told" and e.type not in self.words.voicing)
        return [e.place for e in acts if e.place and lead.start_char <= e.trigger.start < lead.end_char]

    def _is_of_words(self, event: Event) -> bool:
        return event.type not in self.words.here | self.words.joint

    def _is_story(self, sentence: Words_) -> bool:
        return sentence.start_char >= self.body and any(t.pos_ in ("VERB", "AUX") for t in sentence)

    def _of_main(self, number: int, told: SentenceSetting | None, *, dated: bool) -> dict[int, SentenceSetting]:
        """What the main clause tells, where no event of force in the sentence does.

        "They broke off talks on Tuesday, a day after troops cleared a camp" has no day for the camp (not ``dated``).
        """
        sentence = self.doc.sentences[number]
        place, days = self.main.place(sentence), self.main.days(sentence, self.today) if dated else None
        verb = self.main.verb(sentence)
        if verb is None or (place is None and days is None):
            return {}
        if told is None:
            return {number: SentenceSetting(place, days, Span(verb.idx, verb.idx + len(verb)), back=False)}
        return {number: replace(told, place=told.place or place, days=told.days or days)}

    def _of_events(self, events: Sequence[Event]) -> dict[int, SentenceSetting]:
        found: dict[int, SentenceSetting] = {}
        for event in events:
            if event.type not in self.words.here or self._is_old(event, found) or self._sets_none(event):
                continue
            place = self._told_place(event)
            days = _days(event, self.today) if not (self._is_beside(event) or self._is_finding(event)) else None
            if place is None and days is None:
                continue
            number = self.doc.sentence_at(event.trigger.start)
            before = found.get(number)
            named = tokens_of(self.doc, event.trigger.start, event.trigger.end)
            found[number] = SentenceSetting(
                self._narrower(place, before.place if before else None),
                days or (before.days if before else None),
                Span(event.trigger.start, event.trigger.end),
                points_back(named, self.words) and (before is None or before.back),
            )
        return found

    def _is_old(self, event: Event, found: Mapping[int, SentenceSetting]) -> bool:
        """Whether it is background, for the dispatch or beside what was told."""
        return self._is_background(event) or self._is_aside(event, found)

    def _is_aside(self, event: Event, found: Mapping[int, SentenceSetting]) -> bool:
        """Whether it was long before what was told: "A bomb killed nine on Sunday. In April, another hit Basra"."""
        day = max((s.days[0] for s in found.values() if s.days), default=None)
        if day is None or event.when_from != "told" or event.end_date is None:
            return False
        return days_between(event.end_date, day) > WEEK

    def _is_finding(self, event: Event) -> bool:
        """Whether it tells how things stood later: "nine were still missing on Monday"."""
        told = tokens_of(self.doc, event.trigger.start, event.trigger.end)
        return any(t.lemma_.lower() in self.words.finding for t in told)

    def _is_beside(self, event: Event) -> bool:
        """Whether its day is not that of the sentence: "The army failed today to retake posts seized on May 4"."""
        trigger = head_of(self.doc, event.trigger.start, event.trigger.end)
        aside = any(t.dep_ in ("relcl", "acl") for t in (trigger, *trigger.ancestors))
        return aside and self.main.days(trigger.sent, self.today) not in (None, _days(event, self.today))

    def _told_place(self, event: Event) -> Place | None:
        """Where an event is told to have been, for a scene: of several towns what holds them, of no vast region."""
        if event.place is None or event.place_from != "told" or _is_vast(event.place):
            return None
        return self.listed.around(event.place)

    def _narrower(self, place: Place | None, other: Place | None) -> Place | None:
        """The later place of a sentence, unless it only names the country or region around the one before."""
        if place is None or (other is not None and place.kind in WIDE and other.kind not in WIDE):
            return other or place
        return self.listed.both(other, place) if other is not None else place

    def _is_of_all(self, scenes: Sequence[Scene]) -> bool:
        """Whether the day was told where no town was yet: "Farmers blocked roads today. ... They burned cars in X"."""
        day = (scenes[-1].begin, scenes[-1].end_date)
        first = next((i for i, s in enumerate(scenes) if (s.begin, s.end_date) == day), 0)
        run = all((s.begin, s.end_date) == day for s in scenes[first:])
        place = scenes[first].place
        filed = place is not None and self.filed is not None and self.filed.start <= place.start < self.filed.end
        return run and day[0] is not None and (place is None or filed or place.kind in WIDE)

    def opened(
        self, number: int, sentence: Words_, told: SentenceSetting | None, before: Sequence[Scene]
    ) -> Scene | None:
        """The scene that a sentence opens, None where it goes on with the current one."""
        heading = self._heading(sentence)
        if heading is not None:
            return Scene(number, 0, "heading", Span(heading.start, heading.end), place=heading)
        turn = self._turn(sentence)
        if turn is not None:
            days = told.days if told else None
            scene = Scene(number, 0, "turn", turn, place=told.place if told else None)
            return replace(scene, begin=days[0], end_date=days[1]) if days else scene
        return self._moved(number, told, before) if told is not None else None

    def _moved(self, number: int, told: SentenceSetting, before: Sequence[Scene]) -> Scene | None:
        """The scene that a told place or day opens beside the last of those before."""
        current = before[-1] if before else None
        place = current.place if current else None
        days = (current.begin, current.end_date) if current else (None, None)
        if told.place is not None and not _goes_on(told.place, place):
            apart = place is not None and not _meet(told.place, place) and not told.back
            if apart and not self._is_of_all(before) and not self._is_beside_it(number, told.place, current):
                days = (None, None)
            place = told.place
        days = told.days or days
        if current is not None and (place, days) == (current.place, (current.begin, current.end_date)):
            return None
        return Scene(number, 0, "told", told.words, place, *days)

    def _is_beside_it(self, number: int, place: Place, current: Scene | None) -> bool:
        """Whether the next sentence goes to another town of a country: "Nine died in Gao on Monday. In Kidal, ..."."""
        if current is None or current.place is None or current.place.country != place.country or not place.country:
            return False
        between = self.doc.text[current.words.end : self.doc.sentences[number].start_char]
        return number - current.sentence <= BESIDE and "\n" not in between.strip()

    def _is_background(self, event: Event) -> bool:
        if event.begin is None or self.today is None:
            return False
        last = event.end_date or event.begin
        return days_between(last, self.today) > BACKGROUND

    def _sets_none(self, event: Event) -> bool:
        """Whether it only shall happen ("will be held in"), did not happen, lasts (a war) or is beside what is told.

        Beside it are the way to a hospital, the place where one speaks ("said at a rally in X that"), and what only
        says who somebody is ("a mayor once jailed in X").
        """
        trigger = head_of(self.doc, event.trigger.start, event.trigger.end)
        verb = clause_of(trigger)
        lasting = trigger.lemma_.lower() in self.words.lasting and event.begin is None
        spoken = trigger.dep_ == "pobj" and verb.lemma_.lower() in self.words.telling
        who = telling_who(trigger, self.words.known, self.words.fates, self.words.happening)
        once = verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.lemma_.lower() in self.words.fates
        aside = who is not None or once or lasting or spoken
        return aside or lies_ahead(trigger) or syntax.is_negated(verb) or brings(trigger, self.words)

    def _heading(self, sentence: Words_) -> Place | None:
        """The place that heads what follows: a line that is its name and no more, as "PORT SARN:"."""
        told = [t for t in sentence if not (t.is_space or t.is_punct)]
        if not 0 < len(told) <= HEADING or any(t.pos_ in ("VERB", "AUX") for t in told):
            return None
        last = told[-1]
        at = next((p for p in self.places if p.start <= last.idx < p.end), None)
        return at if at is not None and at.kind is not None and at.start <= told[0].idx else None

    def _turn(self, sentence: Words_) -> Span | None:
        """The words by which a sentence turns to something else: "In a separate incident, ..."."""
        first = [t for t in sentence if not (t.is_space or t.is_punct)][:4]
        opening = tuple(t.lower_ for t in first)
        for n in range(len(opening), 0, -1):
            if opening[:n] in self.words.turns:
                return Span(first[0].idx, first[n - 1].idx + len(first[n - 1]))
        return None


def _is_vast(place: Place | None) -> bool:
    """Whether a place is a region of several countries, which is no scene."""
    return place is not None and place.kind == "region" and place.country is None


def _days(event: Event, today: str | None) -> tuple[str, str] | None:
    """The day that an event tells, where it is one of a scene: short, and over."""
    if event.begin is None or event.end_date is None or event.when_from != "told":
        return None
    if today is not None and event.begin[:10] > today:
        return None
    return (event.begin, event.end_date) if days_between(event.begin, event.end_date) <= LONGEST else None


def _goes_on(place: Place, current: Place | None) -> bool:
    """Whether a place told again, the country around it, or a river or building of it leaves the scene where it is."""
    if current is None:
        return False
    same = (place.name, place.country) == (current.name, current.country)
    same |= place.kind is None and current.name in place.name  # "the Paris Metro station" in Paris
    around = place.kind == "country" and place.country == current.country
    beside = place.kind in ("water", "facility") and place.country in (None, current.country)
    return same or around or beside


def _meet(a: Place, b: Place) -> bool:
    """Whether one place can lie in the other: a country and a town of it."""
    return a.country == b.country and "country" in (a.kind, b.kind)


def _filed(dispatch: Dispatch, places: Sequence[Place], told: Sequence[Place], home: str | None) -> Scene | None:
    """The scene of the dateline, where nothing of force is told of another town and the story plays in its country."""
    line = dispatch.dateline
    filed = next(_filed_from(dispatch, places), None)
    if line is None or filed is None or (home is not None and home != filed.country):
        return None
    body = [p for p in places if p.start >= line.span.end and p.country]
    if any(not p.demonym for p in body) and all(p.country != filed.country for p in body):
        return None  # "BANGKOK - Myanmar's junta freed 600 prisoners": the story is only filed there
    elsewhere = any(p.kind != "country" and p.name.casefold() != filed.name.casefold() for p in told)
    foreign = any(p.country not in (None, filed.country) for p in told)
    if elsewhere or foreign:
        return None
    return Scene(0, 0, "dateline", Span(filed.start, filed.end), place=filed)


def _within(doc: Doc, dispatch: Dispatch, places: Sequence[Place], filed: Place, config: Config) -> Place:
    """The filed town, or its country where the story goes to other towns: "They began the strike in the X district"."""
    around = country_of(places, filed.country or "", filed.start, config)
    return around if around is not None and names_other(doc, dispatch, places, filed, config) else filed


def _filed_from(dispatch: Dispatch, places: Sequence[Place]) -> Iterator[Place]:
    line = dispatch.dateline
    if line is not None:
        yield from (p for p in places if line.span.start <= p.start < line.span.end and p.country)


def _filed_inside(doc: Doc, dispatch: Dispatch, places: Sequence[Place], config: Config) -> Iterator[Scene]:
    """The scenes that datelines inside the text open; one whose place nobody knows closes the last all the same."""
    for line in inner_datelines(dispatch, knowledge_of(config)):
        place = next((p for p in places if line.span.start <= p.start < line.span.end and p.country), None)
        yield Scene(doc.sentence_at(line.span.end), 0, "dateline", line.span, place=place)
