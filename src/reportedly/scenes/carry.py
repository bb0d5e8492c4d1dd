"""Place and day of a claim that its own clause does not give: from its happening, else from the scene around it.

Carried is only what a reader would take over: to what happened, is no background ("had", "since 2014"), no violence at
large ("attacks on civilians") and nobody's words. What is planned, asked for or threatened keeps what its clause says.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from reportedly.config import Config
from reportedly.days import days_between, today_of
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Because, Claim, Dispatch, Place, Reached, Scene, Silence
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import head_of, tokens_of
from reportedly.reasons import at
from reportedly.scenes.at_home import AtHome
from reportedly.scenes.beside import (
    MONTH,
    UNREAL,
    WEEK,
    are_apart,
    are_of_others,
    how_far,
    is_background,
    is_of_country,
    is_past,
    is_spared,
    lasts,
)
from reportedly.scenes.by_sentence import BySentence
from reportedly.scenes.clauses import (
    goes_on,
    is_apart,
    is_by_the_way,
    is_general,
    is_long,
    is_of_other_year,
    is_over,
    is_recalled,
    is_reported_before,
)
from reportedly.scenes.find import LONGEST
from reportedly.scenes.fitting import fitting, is_elsewhere_ahead
from reportedly.scenes.going_on import go_on
from reportedly.scenes.hours import is_long_after, is_soon_after
from reportedly.scenes.lasting import Lasting
from reportedly.scenes.left_open import unplaced
from reportedly.scenes.listed import Listed
from reportedly.scenes.pointed import Pointed
from reportedly.scenes.relations import Relations
from reportedly.scenes.seat import crowd_of, ruling_of, seat_of
from reportedly.scenes.settled import Settled
from reportedly.scenes.spread import Spread
from reportedly.scenes.story import country_of, home_of
from reportedly.scenes.tied import tie
from reportedly.scenes.words import SceneWords, load_words, points_back

HAPPENED = frozenset({"CT+", "PR+", "PS+"})
# So many sentences apart a claim has the place of another of its happening; a noun that points back, anywhere.
BESIDE = 4
# What is told farther on than this does not say where it was.
AHEAD = 2
# A scene not named again for so many sentences is no longer meant; a day beside no other one holds for longer.
PLACE_HOLDS, DAY_HOLDS, ALONE_HOLDS = 8, 5, 12
PARAGRAPH = "\n"


def carry(
    doc: Doc,
    dispatch: Dispatch,
    places: Sequence[Place],
    scenes: Sequence[Scene],
    claims: Sequence[Claim],
    config: Config,
    *,
    silences: Sequence[Silence] = (),
) -> tuple[Settled, ...]:
    """The claims, in the same order, with what happening and scene give them; told values stay as they are."""
    carrier = _Carrier(doc, dispatch, places, scenes, claims, config, unplaced(doc, silences))
    return go_on(doc, tie(doc, tuple(carrier.settled(claim) for claim in claims), carrier.words), carrier.words)


class _Carrier:
    def __init__(
        self,
        doc: Doc,
        dispatch: Dispatch,
        places: Sequence[Place],
        scenes: Sequence[Scene],
        claims: Sequence[Claim],
        config: Config,
        unplaced: frozenset[str],
    ) -> None:
        self.unplaced = unplaced
        self.doc, self.places, self.scenes, self.config = doc, places, scenes, config
        self.words: SceneWords = load_words(knowledge_of(config))
        self.today = today_of(dispatch)
        self.home = home_of(doc, dispatch, places, config)
        self.at_home = AtHome(doc, dispatch, places, self.words, config)
        self.lasting = Lasting(doc, places, config)
        self.spread = Spread(doc, places, self.words)
        self.listed = Listed(doc, places, config)
        self.pointed = Pointed(
            doc, (c for c in claims if c.modality not in UNREAL and c.factuality in HAPPENED), self.words
        )
        self.relations = Relations(doc, claims, self.words)
        self._scene_starts = [s.sentence for s in scenes]
        self._openers = {c.trigger.start: c for c in claims}
        self._dated_of = self._by_incident(c for c in claims if self.relations.tells_days(c))
        self._days_told = BySentence((self._sentence(c), c) for c in claims if c.begin and c.when_from == "told")
        self._placed_of = self._by_incident(c for c in claims if self.relations.tells_place(c))

    def settled(self, claim: Claim) -> Settled:
        """A claim with the place and the days that are carried to it."""
        trigger = head_of(self.doc, claim.trigger.start, claim.trigger.end)
        real = claim.modality not in UNREAL
        open_ = claim.place is None and claim.origin is None and not self._is_unplaced(trigger)
        takes = real and open_ and claim.type in self.words.here | self.words.joint
        where = self._place(claim, trigger) if takes else None
        where = where or (self._at_home(claim, trigger) if open_ else None)
        undated = real and claim.begin is None
        when = (self._days(claim, trigger) or self._told_on(claim, trigger)) if undated else None
        if where is not None and isinstance(where.value, Place):
            reached: Reached = "dateline" if where.rule == "place.dateline" else "carried"
            claim = replace(claim, place=where.value, place_from=reached)
        if when is not None and isinstance(when.value, tuple):
            begin, end = when.value
            claim = replace(claim, begin=begin, end_date=end, when_from="carried")
        return Settled(claim, tuple(b for b in (where, when) if b is not None))

    def _place(self, claim: Claim, trigger: Token) -> Because | None:
        """The place that a claim takes over: that of its happening, of the war, of the scene or of the story.

        "Nine died in Sarn. The blast hurt six": the blast was in Sarn.
        """
        # "Attacks on farms have doubled" sums up more than the one told before.
        several = trigger.tag_ == "NNS" and is_general(trigger) and not is_over(trigger, self.words)
        spread = several or self.spread.is_spread(trigger)
        # A war or an insurgency is not in the town alone in which the story plays.
        long = any(
            t.lemma_.lower() in self.words.lasting for t in tokens_of(self.doc, claim.trigger.start, claim.trigger.end)
        )
        wide = spread or long or self._is_of_other_day(claim)
        other = None if spread and not self.relations.is_back(claim) else self._located(claim)
        meant = self.pointed.same_place(claim, trigger) or self.pointed.by(claim, trigger)
        other = meant if meant and meant.place is not None else other
        if other is not None and other.place is not None:
            return Because("place", self.listed.around(other.place), "place.happening", words=at(other.trigger))
        lasting = self.lasting.place_of(trigger)
        if lasting is not None:
            return Because("place", lasting, "place.lasting", words=at(lasting))
        # "He was in jail when Chile voted in 1970" tells of another country's vote.
        now = not (is_background(claim, self.today) or self._is_of_history(claim))
        seat = seat_of(claim, trigger, self.places, self.words, self.config, self.home if now else None)
        if seat is not None:
            return Because("place", seat, "place.office", words=at(seat))
        return self._of_scene(claim, trigger, wide=wide) if self._is_of_scene(claim, trigger) else None

    def _at_home(self, claim: Claim, trigger: Token) -> Because | None:
        """The one country that the dispatch is about, and no more, also of what is planned or long over."""
        country = self.at_home.country(claim, trigger, self.today)
        return Because("place", country, "place.story", words=at(country)) if country is not None else None

    def _of_scene(self, claim: Claim, trigger: Token, *, wide: bool) -> Because | None:
        """The place of the scene, or the country where it was ``wide``: what is told from a town is not all in it."""
        scene = self._scene(claim)
        filed = scene.place if scene is not None and scene.opened == "dateline" else None
        # What goes on or took days is told from the town of the dateline, but of the country.
        wide = wide or (
            filed is not None
            and (goes_on(trigger, self.words) or (claim.begin is not None and not lasts(claim, LONGEST)))
        )
        if not wide and scene is not None and scene.place is not None and self._holds(scene, claim):
            rule = "place.dateline" if filed else "place.scene"
            place = fitting(claim, scene.place, self.words, here=True)
            return Because("place", place, rule, words=(scene.words,)) if place else None
        nation = self.home or ruling_of(claim, self.words)
        nation = nation or self._left(claim) or crowd_of(claim, self.words)
        country = country_of(self.places, nation, claim.trigger.start, self.config) if nation else None
        place = fitting(claim, replace(country, demonym=False), self.words, here=False) if country is not None else None
        return Because("place", place, "place.story", words=at(place)) if place else None

    def _located(self, claim: Claim) -> Claim | None:
        """The nearest claim of the same happening whose place is told: "nine died in Sarn" for "the blast hurt six"."""
        here = self._sentence(claim)
        reach = BESIDE if claim.type in self.words.here else 0
        told = self._placed_of[claim.incident]
        others = list(told.between(here - reach, here + min(reach, AHEAD)))
        if not reach:  # "Ministers met on Friday. The talks in Oslo broke down"
            others += [(n, o) for n, o in told.between(here + 1, here + AHEAD) if self.relations.is_back(o)]
        if self.relations.is_back(claim):
            others += told.last_before(here - reach)
            others += told.last_before(here - reach, lambda c: c.place is not None and c.place.kind != "country")
        others = [
            (n, o) for n, o in others if not self.relations.answers(claim, o) and not self._is_elsewhere(o, claim)
        ]
        others = [(n, o) for n, o in others if self.relations.is_owned(claim) <= (claim.type == o.type)]
        others = [(n, o) for n, o in others if not are_of_others(claim, o)]
        others = [(n, o) for n, o in others if not (self.relations.is_sequel(claim, o) or self._is_left(claim, n))]
        others = [(n, o) for n, o in others if n <= here or not is_elsewhere_ahead(self._scene(claim), o)]
        before = [(n, other) for n, other in others if n <= here]
        # Two towns are two happenings after all, and what was told before is meant.
        towns = [o.place for _, o in others if o.place and not is_of_country(o)]
        if len({p.name for p in towns}) > 1 and (before or len({p.admin1 or p.name for p in towns}) > 1):
            others = before
        options = [(is_of_country(other), *how_far(n - here, other), other) for n, other in others]
        return min(options, key=lambda o: o[:3])[3] if options else None

    def _is_elsewhere(self, other: Claim, claim: Claim) -> bool:
        """Whether another claim tells nothing of where this one was: it comes later and was long ago, or is aside."""
        old = is_background(other, self.today) and other.when_from == "told" and other.begin != claim.begin
        old |= self.relations.is_before(other)
        return (old and other.trigger.start > claim.trigger.start) or self.relations.is_aside(other, claim)

    def _is_of_scene(self, claim: Claim, trigger: Token) -> bool:
        """Whether a claim tells of what happened in the scene, not long before or in general: "nine were hurt"."""
        answered = self.relations.is_answered(trigger) and not self.relations.is_owned(claim)
        answered |= self.relations.has_other_place(claim, self._scene(claim))
        return (
            claim.type in self.words.here
            and claim.factuality in HAPPENED
            and not is_background(claim, self.today)
            and not self._is_of_history(claim)
            and not (is_apart(trigger, self.words) or is_recalled(trigger, self.words) or answered)
            and not (is_general(trigger) and claim.when_from != "told")
            and not (is_of_other_year(trigger, self.today) and claim.when_from != "told")
        )

    def _is_unplaced(self, trigger: Token) -> bool:
        """Whether somebody leaves open where it was, or that in which it happened: "did not say where the raid was"."""
        occasions = (trigger, *syntax.prep_objects(trigger, "in", "during"))
        return any(t.lemma_.lower() in self.unplaced for t in occasions)

    def _left(self, claim: Claim) -> str | None:
        """The country of the scene before, where words turn to something else: "Another man was arrested"."""
        at = bisect_right(self._scene_starts, self._sentence(claim)) - 1
        if at < 1 or self.scenes[at].opened != "turn" or self.scenes[at].place is not None:
            return None
        place = self.scenes[at - 1].place
        return place.country if place is not None else None

    def _holds(self, scene: Scene, claim: Claim) -> bool:
        """Whether the place of the scene was named not long before, or what happened there is meant: "the attack"."""
        opener = self._openers.get(scene.words.start)
        if scene.place is None or (opener is not None and self._is_set_apart(claim, opener)):
            return False
        subject = syntax.own_subject(head_of(self.doc, claim.trigger.start, claim.trigger.end))
        named = [t for t in (subject,) if t is not None and t.lemma_.lower() in self.words.happening]
        if self.relations.is_back(claim) or points_back(named, self.words):
            return True
        here = claim.trigger.start
        names = [p.start for p in self.places if p.start <= here and p.name == scene.place.name]
        return self._number(here) - self._number(max([*names, scene.words.start])) <= PLACE_HOLDS

    def _days(self, claim: Claim, trigger: Token) -> Because | None:
        if is_long(trigger, self.words) or is_long_after(trigger, self.words):
            return None
        back = self.relations.is_back(claim)
        of_now = is_over(trigger, self.words) and not is_apart(trigger, self.words)
        meant = self.pointed.by(claim, trigger)
        # "The killing" has its own day, whatever its clause tells of it: "an inquiry into the killing continues".
        named = back or (meant is not None and trigger.pos_ == "NOUN")
        if not (of_now or named) or not (claim.factuality in HAPPENED or is_spared(claim)):
            return None
        if meant is not None:
            days = (meant.begin, meant.end_date)
            return Because("begin", days, "when.happening", words=at(meant.trigger)) if lasts(meant, MONTH) else None
        happens = claim.type in self.words.here | self.words.joint
        soon = self._last_told(claim) if happens and is_soon_after(trigger, self.words) else None
        if soon is not None:
            return Because("begin", (soon.begin, soon.end_date), "when.later", words=at(soon.trigger))
        other = (self._dated(claim, back=back) or (self._sole(claim) if back else None)) if happens else None
        if other is not None:
            return Because("begin", (other.begin, other.end_date), "when.happening", words=at(other.trigger))
        of_now = of_now and not self._is_of_history(claim)
        aside = is_reported_before(trigger, self.words) or is_recalled(trigger, self.words)
        scene = self._scene(claim) if of_now and not aside else None
        if scene is None or scene.begin is None or scene.begin != scene.end_date:
            return None
        near = back or self._day_holds(scene, claim, trigger)
        beside = scene.sentence == self._sentence(claim)
        there = beside or claim.place_from != "told" or claim.place is None or claim.place == scene.place
        opener, past = self._openers.get(scene.words.start), is_past(scene.begin, self.today)
        answer = self.relations.has_other_day(claim, scene)
        if opener is not None:
            answer |= self._is_set_apart(claim, opener) or (past and self.relations.answers(claim, opener))
        happens &= claim.type in self.words.here and claim.factuality != "PS+"
        if answer or not (near and there and happens) or is_general(trigger) or is_of_other_year(trigger, self.today):
            return None
        return Because("begin", (scene.begin, scene.end_date), "when.scene", words=(scene.words,))

    def _day_holds(self, scene: Scene, claim: Claim, trigger: Token) -> bool:
        """Whether the day of a scene is near enough to be meant, or beside no other one and not much farther off."""
        behind = self._sentence(claim) - self._number(scene.words.start)
        if behind <= DAY_HOLDS or behind > ALONE_HOLDS or is_by_the_way(trigger):
            return behind <= DAY_HOLDS
        before = self._days_told.between(0, self._sentence(claim))
        return all(c.begin == scene.begin or is_background(c, self.today) for _, c in before)

    def _dated(self, claim: Claim, *, back: bool) -> Claim | None:
        """The nearest claim of the same happening whose days are told beside this one."""
        here = self._sentence(claim)
        options = []
        for number, other in self._dated_of[claim.incident].between(here - BESIDE, here + BESIDE):
            steps = number - here
            if (
                (lasts(other, WEEK) or not steps)
                and not (are_apart(claim, other) or are_of_others(claim, other))
                and not self.relations.answers(claim, other)
                and not self.relations.is_sequel(claim, other)
                and not self._is_left(claim, number)
                and self.relations.is_owned(claim) <= (claim.type == other.type)
                and (-1 <= steps <= 0 or (back and steps <= 0) or self.relations.same(claim, other, steps))
            ):
                options.append((*how_far(steps, other), other))
        return min(options, key=lambda o: o[:2])[2] if options else None

    def _told_on(self, claim: Claim, trigger: Token) -> Because | None:
        """The day that comes right behind: "Gunmen killed nine in Gao. The attack took place on Monday"."""
        told = is_over(trigger, self.words) and not is_apart(trigger, self.words) and claim.factuality in HAPPENED
        if not (told and claim.type in self.words.here) or is_long_after(trigger, self.words):
            return None
        here = self._sentence(claim)
        behind = (o for _, o in self._dated_of[claim.incident].between(here + 1, here + AHEAD) if lasts(o, WEEK))
        for other in behind:
            back = points_back(tokens_of(self.doc, other.trigger.start, other.trigger.end), self.words)
            if back and not are_apart(claim, other) and not self.relations.answers(claim, other):
                return Because("begin", (other.begin, other.end_date), "when.happening", words=at(other.trigger))
        return None

    def _last_told(self, claim: Claim) -> Claim | None:
        """What was told last with a day of its own: the raid of "They raided it on Monday. Hours later nine died"."""
        told = [c for _, c in self._days_told.between(self._sentence(claim) - BESIDE, self._sentence(claim))]
        told = [c for c in told if c.trigger.start < claim.trigger.start]
        return told[-1] if told and lasts(told[-1], LONGEST) else None

    def _sole(self, claim: Claim) -> Claim | None:
        """What told the happening to which a noun points back from far off, where that has one day alone."""
        told = self._dated_of[claim.incident].between(0, self._sentence(claim))
        other = (o for _, o in told if not (self.relations.answers(claim, o) or self.relations.is_sequel(claim, o)))
        found = [o for o in other if not are_apart(claim, o)]
        return found[0] if len({(o.begin, o.end_date) for o in found}) == 1 else None

    def _is_of_history(self, claim: Claim) -> bool:
        """Whether it goes on with what was long ago: "He was killed in June 1968. An aide was shot in the head".

        What stands in the pluperfect ends with it: "They had been caught in May. Friends protested outside".
        """
        here = self._sentence(claim)
        told = [c for _, c in self._days_told.between(here - 1, here) if c.trigger.start < claim.trigger.start]
        if not told or PARAGRAPH in self.doc.text[told[-1].trigger.end : claim.trigger.start]:
            return False
        then, now = (head_of(self.doc, c.trigger.start, c.trigger.end) for c in (told[-1], claim))
        over = is_apart(then, self.words) and not is_apart(now, self.words)
        return not over and claim.when_from != "told" and is_background(told[-1], self.today)

    def _is_of_other_day(self, claim: Claim) -> bool:
        """Whether it has a day of its own that is not the scene's, and long before: it may have been elsewhere."""
        if claim.begin is None or claim.when_from != "told" or self.today is None:
            return False
        scene = self._scene(claim)
        old = days_between(claim.begin, self.today) > WEEK
        return old and (scene is None or scene.begin is None or claim.begin[:10] != scene.begin[:10])

    def _is_set_apart(self, claim: Claim, opener: Claim) -> bool:
        """Whether what set the scene was after a claim or is the trial for it: "was jailed in London for a murder"."""
        token = head_of(self.doc, claim.trigger.start, claim.trigger.end)
        matter = token.pos_ == "NOUN" and token.dep_ == "pobj" and claim.type in self.words.harm
        tried = matter and opener.type in self.words.compelling and self._sentence(claim) == self._sentence(opener)
        return tried or self.relations.is_sequel(claim, opener)

    def _is_left(self, claim: Claim, number: int) -> bool:
        """Whether the story has turned to something else since a sentence: "Meanwhile, a guard was shot in Gao"."""
        scene = self._scene(claim)
        turned = scene is not None and scene.opened == "turn" and number < scene.sentence
        return turned and not self.relations.is_back(claim)

    def _by_incident(self, claims: Iterable[Claim]) -> Mapping[str | None, BySentence]:
        found: dict[str | None, list[tuple[int, Claim]]] = defaultdict(list)
        for claim in claims:
            found[claim.incident].append((self._sentence(claim), claim))
        return defaultdict(BySentence, {incident: BySentence(told) for incident, told in found.items()})

    def _number(self, at: int) -> int:
        return self.doc.sentence_at(at)

    def _sentence(self, claim: Claim) -> int:
        return self._number(claim.trigger.start)

    def _scene(self, claim: Claim) -> Scene | None:
        at = bisect_right(self._scene_starts, self._sentence(claim)) - 1
        return self.scenes[at] if at >= 0 else None
