"""How one claim of a dispatch stands to another by its words: points back to it, answers it, came after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportedly.model import Claim, Place, Scene
from reportedly.parse import syntax
from reportedly.parse.identity import goes_elsewhere, is_told_of, telling_who
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import head_of, tokens_of
from reportedly.scenes.beside import MONTH, UNREAL, lasts, share_victims
from reportedly.scenes.by_sentence import BySentence
from reportedly.scenes.clauses import clause_of, is_apart, is_recalled, opens_where
from reportedly.scenes.words import SceneWords, brings, points_back

# What a code of looking into something begins with, which is done where it happened.
PROBED = "09"


class Relations:
    """Answers for the claims of one dispatch."""

    def __init__(self, doc: Doc, claims: Iterable[Claim], words: SceneWords) -> None:
        self.doc, self.words = doc, words
        told = tuple(claims)
        self._told = BySentence((doc.sentence_at(c.trigger.start), c) for c in told)
        spoken = (c for c in told if c.type in words.voicing | words.protest and (c.cameo or "")[:2] != PROBED)
        self._spoken = {head_of(doc, c.trigger.start, c.trigger.end).i for c in spoken}

    def tells_days(self, claim: Claim) -> bool:
        """Whether a claim tells itself on which days its happening was, and no finding or plan of it."""
        told = lasts(claim, MONTH) and claim.when_from == "told"
        return told and claim.modality not in UNREAL and not self.is_finding(claim)

    def tells_place(self, claim: Claim) -> bool:
        """Whether a claim tells itself where its happening was, and not where somebody was brought."""
        if claim.place is None or claim.place_from != "told" or claim.modality in UNREAL:
            return False
        return not brings(head_of(self.doc, claim.trigger.start, claim.trigger.end), self.words)

    def is_answered(self, trigger: Token) -> bool:
        """Whether it is what others speak of or protest at, wherever they are: "condemned the attack on the judges"."""
        if trigger.pos_ != "NOUN" or trigger.dep_ not in ("dobj", "pobj", "nsubjpass"):
            return False
        act = clause_of(trigger).i
        return act in self._spoken and act != trigger.i

    def answers(self, claim: Claim, other: Claim) -> bool:
        """Whether one is an arrest and the other the deed, which have times and places of their own.

        So has what only says who somebody is: "a man who was convicted of killing nine died in Lima on Monday".
        """
        types = {claim.type, other.type}
        held = bool(types & self.words.compelling) and bool(types & self.words.harm)
        return held or self._are_apart(claim, other)

    def _are_apart(self, claim: Claim, other: Claim) -> bool:
        outside = self.is_outside(claim, other.trigger.start) or self.is_outside(other, claim.trigger.start)
        return outside or self._is_of_others(claim, other) or self._is_of_others(other, claim)

    def has_other_place(self, claim: Claim, scene: Scene | None) -> bool:
        """Whether only what was elsewhere gives the sentence of a claim its place: "nine died there, one in Gao"."""
        if scene is None:
            return False
        beside = [c for c in self._beside(claim) if c.place_from == "told" and _is_same(c.place, scene.place)]
        apart = bool(beside) and all(self._are_apart(claim, c) for c in beside)
        return apart or self.is_outside(claim, scene.words.start)

    def has_other_day(self, claim: Claim, scene: Scene) -> bool:
        """Whether only what was at another time gives the sentence of a claim its day: "held on Friday for a raid"."""
        beside = [c for c in self._beside(claim) if c.when_from == "told" and c.begin == scene.begin]
        trigger = head_of(self.doc, claim.trigger.start, claim.trigger.end)
        held = claim.type in self.words.harm and trigger.dep_ in ("pobj", "pcomp")
        apart = bool(beside) and all(self._are_apart(claim, c) or (held and self.answers(claim, c)) for c in beside)
        return apart or self.is_outside(claim, scene.words.start)

    def _beside(self, claim: Claim) -> Iterator[Claim]:
        """The other claims of a sentence."""
        here = self.doc.sentence_at(claim.trigger.start)
        return (c for _, c in self._told.between(here, here) if c.id != claim.id)

    def _is_of_others(self, claim: Claim, other: Claim) -> bool:
        """Whether a claim joined to another tells what befell others elsewhere: "... and one died later in Gao"."""
        here, told = (clause_of(head_of(self.doc, c.trigger.start, c.trigger.end)) for c in (claim, other))
        return here.head == told and goes_elsewhere(here, self.words.where)

    def is_outside(self, claim: Claim, at: int) -> bool:
        """Whether a claim only says who somebody is, and a character of its sentence tells of him at another time."""
        trigger = head_of(self.doc, claim.trigger.start, claim.trigger.end)
        who = telling_who(trigger, self.words.known, self.words.fates, self.words.happening)
        told = self.doc.char_span(at, at + 1, alignment_mode="expand")
        if who is None or told is None:
            return False
        return told.root.sent.start == trigger.sent.start and not is_told_of(told.root, who)

    def is_sequel(self, claim: Claim, other: Claim) -> bool:
        """Whether one was before the other: "shelled it in retaliation for a raid", "the strike came after a march"."""
        here, told = (head_of(self.doc, c.trigger.start, c.trigger.end) for c in (claim, other))
        verb = clause_of(here)
        beside = here.sent.start == told.sent.start
        if beside and is_recalled(here, self.words) != is_recalled(told, self.words):
            return True
        if verb.lemma_.lower() not in self.words.sequel or told == verb or verb not in told.ancestors:
            return False
        met = told.head == verb and told.dep_ == "dobj"  # "the strike follows a march"
        return met or any(t.lower_ in ("after", "on") or t.lemma_.lower() in self.words.memory for t in told.ancestors)

    def is_back(self, claim: Claim) -> bool:
        """Whether a noun means what was told before: "the blast", and after "X died on Monday" too "X's death"."""
        told = tokens_of(self.doc, claim.trigger.start, claim.trigger.end)
        return self.is_owned(claim) or points_back(told, self.words)

    def is_owned(self, claim: Claim) -> bool:
        """Whether a noun names by its owner what befell him: "Hassan's death", "his arrest"."""
        told = tokens_of(self.doc, claim.trigger.start, claim.trigger.end)
        return bool(claim.recipients) and any(t.pos_ == "NOUN" and syntax.children(t, "poss") for t in told)

    def is_finding(self, claim: Claim) -> bool:
        """Whether it dates the finding and not the deed: "bodies were found on Monday"."""
        first, last = claim.trigger.start, claim.trigger.end
        return any(t.lemma_.lower() in self.words.finding for t in tokens_of(self.doc, first, last))

    def same(self, claim: Claim, other: Claim, steps: int) -> bool:
        """Whether it was done to the same people, or the same word told it before: "the police killed this man"."""
        if share_victims(claim, other):
            return True
        words = (head_of(self.doc, c.trigger.start, c.trigger.end).lemma_.lower() for c in (claim, other))
        return steps <= 0 and len(set(words)) == 1

    def is_aside(self, other: Claim, claim: Claim) -> bool:
        """Whether another claim's place is that of its clause alone: "came from Oslo, where he met X, and saw Y"."""
        told = head_of(self.doc, other.trigger.start, other.trigger.end)
        clause = next((t for t in (told, *told.ancestors) if opens_where(t)), None)
        here = head_of(self.doc, claim.trigger.start, claim.trigger.end)
        return clause is not None and here.i not in {t.i for t in clause.subtree} and here.sent.start == told.sent.start

    def is_before(self, other: Claim) -> bool:
        """Whether it was before what is told: "They were hanged. They had been convicted of killing a guard in Gao"."""
        trigger = head_of(self.doc, other.trigger.start, other.trigger.end)
        above = [trigger.head.head] if trigger.dep_ in ("pcomp", "pobj") else []
        return any(is_apart(t, self.words) for t in (trigger, *above))


def _is_same(place: Place | None, other: Place | None) -> bool:
    return place is not None and other is not None and place.name == other.name
