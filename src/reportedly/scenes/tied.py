"""Day and place of what one sentence tells together with another act.

"Blocked the road (that day), letting nobody pass", "raided it and burned a mill", "died on Monday after being shot",
and "lost nine men in the raid" beside a raid whose day was told before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from reportedly.model import Because, Claim
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import head_of, tokens_of
from reportedly.reasons import at
from reportedly.scenes.clauses import clause_of, is_apart, is_over
from reportedly.scenes.settled import Settled
from reportedly.scenes.words import SceneWords

# What leads to a participle of the same moment: "without hurting anybody".
MANNER = ("by", "without")
# Over so many clauses a day is handed on.
FARTHEST = 3


def tie(doc: Doc, settled: Sequence[Settled], words: SceneWords) -> tuple[Settled, ...]:
    """The claims, those without days or a place of their own with those of the claim in whose clause they hang."""
    dated = {t.i: s.claim for s in settled if s.claim.begin for t in _told(doc, s.claim)}
    placed = {t.i: s.claim for s in settled if s.claim.place for t in _told(doc, s.claim)}
    days = (s if s.claim.begin else _tied(doc, s, dated, words) for s in settled)
    return tuple(_placed(doc, s, placed) if s.claim.place_from == "carried" else s for s in days)


def _placed(doc: Doc, settled: Settled, placed: dict[int, Claim]) -> Settled:
    """A claim that was where its verb was: "They raided a convoy in the east, killing five", not where others died."""
    claim = settled.claim
    above = _governors(head_of(doc, claim.trigger.start, claim.trigger.end))
    other = next((placed[t.i] for t in above if t.i in placed), None)
    if other is None or other.place is None or other.modality != claim.modality:
        return settled
    why = Because("place", other.place, "place.act", words=at(other.trigger))
    return Settled(replace(claim, place=other.place), (*(b for b in settled.because if b.field != "place"), why))


def _told(doc: Doc, claim: Claim) -> list[Token]:
    return list(tokens_of(doc, claim.trigger.start, claim.trigger.end))


def _tied(doc: Doc, settled: Settled, dated: dict[int, Claim], words: SceneWords) -> Settled:
    claim = settled.claim
    trigger = head_of(doc, claim.trigger.start, claim.trigger.end)
    other = next((dated[t.i] for t in _governors(trigger) if t.i in dated), None)
    other = other or _joined(trigger, dated, words) or _wounded(claim, trigger, dated, words)
    other = other or _beside(claim, trigger, dated, words)
    if other is None or other.modality != claim.modality:
        return settled
    days = (other.begin, other.end_date)
    why = Because("begin", days, "when.aside", words=at(other.trigger))
    told = replace(claim, begin=days[0], end_date=days[1], when_from="carried")
    return Settled(told, (*settled.because, why))


def _joined(trigger: Token, dated: dict[int, Claim], words: SceneWords) -> Claim | None:
    """The act before, which the same did in one breath: "raided it and burned a mill", not "and later died"."""
    first = syntax.first_conjunct(trigger)
    if trigger.dep_ != "conj" or trigger.tag_ != "VBD" or first.tag_ != "VBD" or syntax.own_subject(trigger):
        return None
    aside = any(c.lower_ in words.step | words.apart | words.afterwards for c in trigger.children)
    return None if aside else dated.get(first.i)


def _wounded(claim: Claim, trigger: Token, dated: dict[int, Claim], words: SceneWords) -> Claim | None:
    """Of what somebody died: "died on Monday after being shot in his car"."""
    after = trigger.dep_ == "pcomp" and trigger.head.lower_ == "after"
    other = dated.get(trigger.head.head.i) if after else None
    hurt = other is not None and {other.type, claim.type} <= words.harm and other.incident == claim.incident
    return other if hurt and any(c.lower_ == "being" for c in trigger.children) else None


def _beside(claim: Claim, trigger: Token, dated: dict[int, Claim], words: SceneWords) -> Claim | None:
    """What brought it about, told in its clause: "lost nine men in the raid", "nine died as a result of the raid"."""
    verb = clause_of(trigger)
    if claim.type not in words.harm or not is_over(trigger, words) or is_apart(trigger, words):
        return None
    if verb.lemma_.lower() in words.sequel:
        return None
    inside = (dated[t.i] for t in verb.subtree if t.i in dated and t.dep_ == "pobj" and clause_of(t) == verb)
    causes = [c for c in inside if c.incident == claim.incident and c.type in words.harm]
    return causes[0] if len({(c.begin, c.end_date) for c in causes}) == 1 else None


def _governors(trigger: Token) -> Iterator[Token]:
    """The verbs at whose time something was done, nearest first: "attacked it without causing any deaths".

    An event that is the subject was when its participle was: "The blast hit a mill, killing nine on Monday".
    """
    if trigger.pos_ == "NOUN" and trigger.dep_ == "nsubj":
        yield from (c for c in trigger.head.children if _governor(c) == trigger.head)
    verb = trigger.head if trigger.pos_ == "NOUN" and trigger.dep_ == "dobj" and trigger.head.tag_ == "VBG" else trigger
    for _ in range(FARTHEST):
        above = _governor(verb)
        if above is None:
            return
        yield above
        verb = above


def _governor(verb: Token) -> Token | None:
    """The verb beside which a participle tells something: "took" for "using" in "took it, using a ladder"."""
    if verb.tag_ != "VBG" or syntax.own_subject(verb) is not None:
        return None
    first = syntax.first_conjunct(verb)
    if first.dep_ == "advcl" and not any(c.dep_ in ("mark", "advmod") and c.i < first.i for c in first.children):
        return first.head
    if first.dep_ == "pcomp" and first.head.lower_ in MANNER:
        return first.head.head
    return None
