"""Who else says it: cues without a subject of their own, and words that are handed over ("X reported, citing Y")."""

from __future__ import annotations

from reportedly.knowledge.load import Knowledge
from reportedly.parse.syntax import children, own_subject
from reportedly.statements.cues import StatementDraft
from reportedly.statements.frames import indices_of, last_before
from reportedly.statements.reading import QuotedText
from reportedly.statements.sources import can_speak, source_spans


def share_speakers(reading: QuotedText, drafts: list[StatementDraft]) -> None:
    """Give X the last cue of "X announced A but withdrew the figure and said B" and of "X said A, adding B".

    A parser coordinates such a cue with the content of the first one, and it has no subject of its own.
    """
    by_verb = {d.anchor.i: d for d in drafts}
    for draft in drafts:
        outer = _coordinated_with(draft, by_verb) or _followed_by(reading, draft, by_verb)
        if outer is None:
            continue
        cut, speaker_draft = outer
        kept = [i for s in speaker_draft.content for i in indices_of(reading, s) if i < cut]
        spans = reading.spans(kept)
        if spans:
            speaker_draft.content = spans
            draft.source, draft.holder, draft.lead = speaker_draft.source, speaker_draft.holder, speaker_draft


def hand_over(reading: QuotedText, drafts: list[StatementDraft], knowledge: Knowledge) -> None:
    """Make Y of "..., X reported, citing Y" the one who says what X reports."""
    for draft in drafts:
        cited = next((o for o in children(draft.anchor, "dobj") if o.i > draft.anchor.i), None)
        if cited is None or draft.anchor.tag_ != "VBG" or "quoting" not in draft.cue.frames or draft.handed:
            continue
        sentence = reading.sentence(draft.anchor).number
        lead = next(
            (
                d
                for d in drafts
                if d is not draft and d.source == draft.source and reading.sentence(d.anchor).number == sentence
            ),
            None,
        )
        source = source_spans(reading, cited, draft.anchor)
        if lead is not None and draft.source and source is not None and can_speak(cited, knowledge):
            draft.source, draft.holder, draft.content = source, cited, list(lead.content)
            draft.outer, draft.handed = lead, True


def _coordinated_with(draft: StatementDraft, by_verb: dict[int, StatementDraft]) -> tuple[int, StatementDraft] | None:
    """The attribution whose content a later cue was joined to, and where that content ends.

    "The mill announced it would close and said 40 jobs were lost": "said" goes with "announced", not with "close".
    """
    token = draft.anchor
    if draft.cue.act != "reporting" or token.dep_ != "conj" or token.tag_ not in ("VBD", "VBZ"):
        return None
    cut = token
    while token.dep_ == "conj" and own_subject(token) is None:
        cut, token = token, token.head
    outer = by_verb.get(token.head.i) if token.dep_ == "ccomp" and token.head.i < token.i else None
    if (
        outer is None
        or outer.anchor.tag_ != draft.anchor.tag_
        or own_subject(token) is None
        or own_subject(cut) is not None
    ):
        return None
    joints = [c.i for c in cut.head.children if c.dep_ in ("cc", "punct") and cut.head.i < c.i < cut.i]
    return min((j for j in joints if j > last_before(cut)), default=cut.i), outer


def _followed_by(
    reading: QuotedText, draft: StatementDraft, by_verb: dict[int, StatementDraft]
) -> tuple[int, StatementDraft] | None:
    """The attribution that a participle goes on with: "said the road was open, adding that it was safe".

    It is the nearest one before whose content the parser hung it in.
    """
    token = draft.anchor
    before = reading.before(token)
    if "sequel" not in draft.cue.frames or token.tag_ != "VBG" or before is None or before.text != ",":
        return None
    outer = next(
        (by_verb[t.i] for t in token.ancestors if t.i in by_verb and t.i < token.i and by_verb[t.i].source), None
    )
    if outer is None or not any(s.start <= token.idx < s.end for s in outer.content):
        return None
    return before.i, outer
