"""Place and day of what goes on with the act told before: the vote of "They voted on Monday. She won", talks, a pact.

Such acts take no part in the scene of what happens around them; the act of their own kind right before sets theirs.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from reportedly.model import Because, Claim
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import head_of
from reportedly.reasons import at
from reportedly.scenes.beside import UNREAL, lasts
from reportedly.scenes.clauses import clause_of, is_apart, is_over, lies_ahead
from reportedly.scenes.settled import Settled
from reportedly.scenes.words import SceneWords

HAPPENED = frozenset({"CT+", "PR+", "CT-"})
# So many sentences back an act may stand with which another one goes on; so many days it may take.
BACK, SHORT = 2, 2
OCCASION = ("in", "during", "at")


def go_on(doc: Doc, settled: Sequence[Settled], words: SceneWords) -> tuple[Settled, ...]:
    """The claims, in the same order, those left open with what the act gives with which they go on."""
    runner = _Runner(doc, words, [s.claim for s in settled])
    order = sorted(range(len(settled)), key=lambda i: settled[i].claim.trigger.start)
    done = {i: runner.next(settled[i]) for i in order}
    return tuple(done[i] for i in range(len(settled)))


class _Runner:
    """Claims in text order, each settled by those before it."""

    def __init__(self, doc: Doc, words: SceneWords, claims: Sequence[Claim]) -> None:
        self.doc, self.words = doc, words
        self.told: list[Claim] = []
        self.at = {self._token(c).i: c for c in claims}

    def next(self, settled: Settled) -> Settled:
        claim, trigger = settled.claim, self._token(settled.claim)
        real = claim.modality not in UNREAL and claim.factuality in HAPPENED
        other = self._before(claim, trigger) if real else None
        found = self._with(settled, other) if other is not None else settled
        self.told.append(found.claim)
        self.at[trigger.i] = found.claim
        return found

    def _token(self, claim: Claim) -> Token:
        return head_of(self.doc, claim.trigger.start, claim.trigger.end)

    def _with(self, settled: Settled, other: Claim) -> Settled:
        """The claim with the place and the days of the act, where it has none itself."""
        claim, why = settled.claim, list(settled.because)
        if claim.place is None and claim.origin is None and other.place is not None:
            claim = replace(claim, place=other.place, place_from="carried")
            why.append(Because("place", other.place, "place.act", words=at(other.trigger)))
        if claim.begin is None and other.begin is not None and other.type not in self.words.going:
            claim = replace(claim, begin=other.begin, end_date=other.end_date, when_from="carried")
            why.append(Because("begin", (other.begin, other.end_date), "when.act", words=at(other.trigger)))
        return Settled(claim, tuple(why))

    def _before(self, claim: Claim, trigger: Token) -> Claim | None:
        """The act told before of which a claim is part: what its occasion was, or what it goes on with."""
        return self._occasion(trigger) or self._course(claim, trigger) or self._stay(claim, trigger)

    def _occasion(self, trigger: Token) -> Claim | None:
        """The act in which it was: "At the Oslo talks they signed a pact", where the talks were told before."""
        if trigger.pos_ != "VERB" or lies_ahead(trigger):
            return None
        above = (trigger, syntax.first_conjunct(trigger), *syntax.objects(trigger), *self._joined(trigger))
        nouns = (n for word in above for n in syntax.prep_objects(word, *OCCASION) if self._is_known(n))
        told = (self.at.get(n.i) for n in nouns if n != trigger)
        return next((c for c in told if c is not None and (c.begin or c.place)), None)

    def _joined(self, trigger: Token) -> list[Token]:
        """What is told in one breath with it: "nine guards had been killed and 22 people wounded in the attack"."""
        kind = self.at[trigger.i].type
        verbs = [t for t in trigger.children if t.dep_ == "conj" and t.pos_ == "VERB" and t.i in self.at]
        return [t for t in verbs if kind in self.words.here and self.at[t.i].type == kind]

    def _is_known(self, noun: Token) -> bool:
        """Whether a noun means a certain act: "in the Oslo talks", "in last year's vote", not "in a landslide"."""
        return any(c.dep_ in ("poss", "relcl") or c.lower_ in self.words.pointing for c in noun.children)

    def _course(self, claim: Claim, trigger: Token) -> Claim | None:
        """The last act before, where it is of one kind with this one: "They voted on Monday. She won by ten votes"."""
        if claim.type in self.words.here or trigger.pos_ != "VERB" or not self._is_told(trigger):
            return None
        last = next((c for c in reversed(self.told) if (c.begin or c.place) and not self._is_matter(c)), None)
        if last is None or last.modality in UNREAL or not self._is_of_kind(claim, last):
            return None
        near = self.doc.sentence_at(claim.trigger.start) - self.doc.sentence_at(last.trigger.start) <= BACK
        return last if near and lasts(last, SHORT) and self._is_of_same(claim, trigger, last) else None

    def _is_matter(self, claim: Claim) -> bool:
        """Whether a noun names what is only spoken of: "They met on Friday. They called the May pact void"."""
        noun = self._token(claim)
        return noun.pos_ == "NOUN" and claim.type not in self.words.meeting and noun.dep_ not in ("nsubj", "nsubjpass")

    def _stay(self, claim: Claim, trigger: Token) -> Claim | None:
        """Where somebody had come, for whom he met there: "She arrived in Oslo on Monday and met the king"."""
        last = next((c for c in reversed(self.told) if c.begin or c.place), None)
        if last is None or last.place is None or last.type not in self.words.going or last.modality in UNREAL:
            return None
        near = self.doc.sentence_at(claim.trigger.start) - self.doc.sentence_at(last.trigger.start) <= BACK
        names = {p.name.casefold() for p in last.actors}
        shared = not names.isdisjoint(p.name.casefold() for p in claim.actors)
        return last if near and shared and claim.type in self.words.meeting and self._is_told(trigger) else None

    def _is_of_kind(self, claim: Claim, last: Claim) -> bool:
        """Whether two acts are of one family, or one what a meeting brings forth: "They met. They signed a pact".

        So are two that are done in words: "He warned them on Friday. He praised the envoy".
        """
        family = self.words.family.get(claim.type)
        if last.type in self.words.protest and claim.type in self.words.demanding:
            return True  # "They marched on Monday. The marchers demanded a vote"
        before = self.words.family.get(last.type)
        spoken = claim.type in self.words.voicing and last.type in self.words.voicing
        return last.type in self.words.meeting or spoken or (family is not None and before == family)

    def _is_told(self, verb: Token) -> bool:
        """Whether a main clause tells it in the simple past: "won", not "was first elected", "who had won"."""
        clause = syntax.first_conjunct(verb)
        aside = clause.dep_ in ("relcl", "acl", "advcl", "pcomp", "xcomp")
        step = any(c.lower_ in self.words.step for c in verb.children)
        return is_over(verb, self.words) and not (aside or step or is_apart(verb, self.words) or lies_ahead(verb))

    def _is_of_same(self, claim: Claim, verb: Token, last: Claim) -> bool:
        """Whether those who act are those of the act before: "they agreed", "the two sides signed"; of a vote, all."""
        if claim.type in self.words.seated and last.type in self.words.seated:
            return claim.place_from != "told" or last.place is None or _holds(last, claim)
        subject = syntax.own_subject(verb) or syntax.own_subject(clause_of(syntax.first_conjunct(verb)))
        names = {p.name.casefold() for p in (*last.actors, *last.recipients)}
        shared = not names.isdisjoint(p.name.casefold() for p in claim.actors)
        if subject is None:
            return shared
        if last.type in self.words.protest:
            return shared or subject.lemma_.lower() in self.words.crowd
        beside = {c.lower_ for c in subject.children}
        sides = subject.lemma_.lower() in self.words.side and bool(beside & {"the", "both", "two"})
        return shared or sides or subject.lower_ in ("they", "both")


def _holds(last: Claim, claim: Claim) -> bool:
    """Whether the place of one act is that of the other, or the country around it."""
    a, b = last.place, claim.place
    return a is not None and b is not None and (a.name == b.name or (a.kind == "country" and a.country == b.country))
