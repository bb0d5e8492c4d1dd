"""Quotations without an attribution of their own, which go on what somebody beside them says."""

from __future__ import annotations

from collections.abc import Iterable

from reportedly.model import Span
from reportedly.statements.cues import StatementDraft
from reportedly.statements.reading import Quote, QuotedText, Sentence

FEW = 3  # words: a shorter quotation beside no cue is a title, a nickname or a scare quote


def carry_on(reading: QuotedText, taken: dict[int, StatementDraft], drafts: Iterable[StatementDraft]) -> None:
    """Sentences that are nothing but quotation and have no attribution of their own go to their neighbour's source.

    Also to the one whose words the sentence before reports: "Sol said talks had failed. “We wanted peace.”"
    """
    told: dict[int, list[StatementDraft]] = {}
    for draft in drafts:
        told.setdefault(reading.sentence(draft.anchor).number, []).append(draft)
    waiting: list[Quote] = []
    last: StatementDraft | None = None
    last_sentence = -2
    for sentence in reading.sentences:
        quotes = reading.quotes_in(sentence)
        owned = [taken[q.start] for q in quotes if q.start in taken]
        if owned:
            _carry(waiting, owned[0])
            waiting = []
            last, last_sentence = owned[-1], sentence.number
            continue
        if not quotes or not _all_quoted(reading, sentence, quotes):
            waiting = []
            continue
        if last_sentence != sentence.number - 1 and not waiting:
            last = _reporter_before(reading, sentence, told.get(sentence.number - 1, []))
            last_sentence = sentence.number - 1 if last is not None else last_sentence
        if last is not None and last_sentence == sentence.number - 1 and not _carried_on(reading, sentence, quotes):
            last.content += [Span(q.start, q.end) for q in quotes]
            last_sentence = sentence.number
        else:
            waiting += quotes


def _reporter_before(reading: QuotedText, sentence: Sentence, before: list[StatementDraft]) -> StatementDraft | None:
    """Whose words the main verb of the sentence before, with its drafts, reports, in the same paragraph.

    "Sol said talks had failed. “We wanted peace.”": the quotation is Sol's.
    """
    if not sentence.number or reading.sentences[sentence.number - 1].paragraph != sentence.paragraph:
        return None
    main = (d for d in before if d.anchor.dep_ in ("ROOT", "conj") and not reading.quoted(d.anchor))
    return next((d for d in main if d.source and d.cue.act == "reporting" and d.cue.pos == "verb"), None)


def _carry(waiting: list[Quote], draft: StatementDraft) -> None:
    """Earlier paragraphs of a quotation whose attribution comes at its end."""
    if waiting and all(q.state != "paired" for q in waiting):
        draft.content = sorted([*(Span(q.start, q.end) for q in waiting), *draft.content])


def _carried_on(reading: QuotedText, sentence: Sentence, quotes: list[Quote]) -> bool:
    """Whether a quotation is left open and the next paragraph, which has its own attribution, goes on with it."""
    return (
        quotes[-1].state == "carried"
        and sentence.number > 0
        and reading.sentences[sentence.number - 1].paragraph != sentence.paragraph
    )


def _all_quoted(reading: QuotedText, sentence: Sentence, quotes: list[Quote]) -> bool:
    """Whether the sentence is quotation and nothing else, and more than a word or two: "“We wanted peace.”"."""
    outside = sum(t.is_alpha for t in reading.tokens[sentence.first : sentence.last + 1] if not reading.quoted(t))
    return not outside and sum(reading.length(q) for q in quotes) >= FEW
