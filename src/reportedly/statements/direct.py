"""Direct speech: quotations and the attributions beside them, and quotations that go on without one.

The surface decides, not the parse: a quotation, a comma, a name and a verb are dependable signs where a dependency
tree of the same words is not.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator

from reportedly.model import Span
from reportedly.parse.parsed import Token
from reportedly.statements.continued import FEW, carry_on
from reportedly.statements.cues import Cue, CueLexicon, StatementDraft, verb_cue, verb_group
from reportedly.statements.reading import Quote, QuotedText, Sentence
from reportedly.statements.sources import source_spans
from reportedly.statements.speakers import head_of, named_between, speaker

_JOINTS = frozenset({",", ":", "-", "–", "—", "--", ";"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


class Attribution:
    """A cue with the frame *quote* outside quotations.

    Its verb group, its speaker and where the attribution begins and ends.
    """

    __slots__ = ("cue", "first", "holder", "last", "source", "verb")

    def __init__(self, reading: QuotedText, verb: Token, cue: Cue) -> None:
        self.verb, self.cue = verb, cue
        self.first, self.last = verb_group(verb)
        self.holder = speaker(reading, verb)
        self.source = source_spans(reading, self.holder, verb) if self.holder is not None else None

    def behind(self, reading: QuotedText, quote: Quote) -> None:
        """Take the words between a quotation and the cue as the source, where they are one noun phrase."""
        start = min(bisect_left(reading.doc.offsets, quote.end), self.first)
        named = named_between(reading, start, self.first)
        span = reading.trimmed(*named) if named is not None else None
        if named is not None and span is not None:
            self.holder, self.source = head_of(reading, *named), (span,)

    def start(self) -> int:
        """First character of the cue or of a source before it."""
        begin = self.verb.doc[self.first].idx
        return min([begin, *(s.start for s in self.source or () if s.start < begin)])

    def end(self) -> int:
        """Last character of the cue or of a source behind it."""
        last = self.verb.doc[self.last]
        return max([last.idx + len(last), *(s.end for s in self.source or ())])


def find_direct(reading: QuotedText, words: CueLexicon, drafts: list[StatementDraft]) -> list[StatementDraft]:
    """``drafts`` with the quotations worked in.

    New drafts, quotations in place of what a parse made of them, continuations.
    """
    by_verb = {d.anchor.i: d for d in drafts}
    taken: dict[int, StatementDraft] = {}
    for sentence in reading.sentences:
        quotes = reading.quotes_in(sentence)
        if quotes:
            _attribute(reading, words, sentence, quotes, by_verb, taken)
    _take_inner(reading, by_verb.values(), taken)
    carry_on(reading, taken, by_verb.values())
    return sorted(by_verb.values(), key=lambda d: d.anchor.i)


def _take_inner(reading: QuotedText, drafts: Iterable[StatementDraft], taken: dict[int, StatementDraft]) -> None:
    """The quotations inside of what a draft reports are its: "She said the war was “a crime” and had to end"."""
    free = [q for q in reading.quotes if q.start not in taken]
    for draft in drafts:
        if reading.quoted(draft.anchor):
            continue
        for span in draft.content:
            first = bisect_left(free, span.start, key=lambda q: q.start)
            inside = slice(first, bisect_right(free, span.end, lo=first, key=lambda q: q.end))
            taken.update((q.start, draft) for q in free[inside])
            del free[inside]


class _Attributions:
    """The attributions of a sentence, to be asked for by where they stand."""

    def __init__(self, reading: QuotedText, words: CueLexicon, sentence: Sentence) -> None:
        self._all = _attributions(reading, words, sentence)
        tokens, numbered = reading.tokens, list(enumerate(self._all))
        self._by_first = sorted((tokens[a.first].idx, n) for n, a in numbered)
        self._by_start = sorted((a.start(), n) for n, a in numbered)

    def before(self, start: int, end: int) -> list[Attribution]:
        """Those whose verb lies between two places, in order."""
        first = bisect_left(self._all, start, key=lambda a: a.verb.idx)
        return self._all[first : bisect_left(self._all, end, lo=first, key=lambda a: a.verb.idx)]

    def behind(
        self, reading: QuotedText, quote: Quote, end: int, by_verb: dict[int, StatementDraft]
    ) -> Iterator[Attribution]:
        """Those that begin behind a quotation and before ``end``, in order.

        A cue that stands there itself takes the words between as its source first.
        """
        standing = {n for _, n in _between(self._by_first, quote.end, end)}
        for n in sorted(standing | {n for _, n in _between(self._by_start, quote.end, end)}):
            attribution = self._all[n]
            if _told_behind(reading, attribution, quote, by_verb):
                continue
            if n in standing:
                del self._by_start[bisect_left(self._by_start, (attribution.start(), n))]
                attribution.behind(reading, quote)
                insort(self._by_start, (attribution.start(), n))
            if quote.end <= attribution.start() < end:
                yield attribution


def _between(places: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    return places[bisect_left(places, (start, -1)) : bisect_left(places, (end, -1))]


def _attribute(
    reading: QuotedText,
    words: CueLexicon,
    sentence: Sentence,
    quotes: list[Quote],
    by_verb: dict[int, StatementDraft],
    taken: dict[int, StatementDraft],
) -> None:
    cues = _Attributions(reading, words, sentence)
    for number, quote in enumerate(quotes):
        before = quotes[number - 1].end if number else reading.tokens[sentence.first].idx
        after = (
            quotes[number + 1].start
            if number + 1 < len(quotes)
            else reading.tokens[sentence.last].idx + len(reading.tokens[sentence.last])
        )
        leading = _before(reading, cues.before(before, quote.start), before, quote)
        following = _after(reading, cues.behind(reading, quote, after, by_verb), quote)
        found = _lead(leading, following, reading, quote)
        if found is not None:
            taken[quote.start] = _record(reading, found, quote, by_verb)


def _lead(
    before: Attribution | None, after: Attribution | None, reading: QuotedText, quote: Quote
) -> Attribution | None:
    """Of two attributions the one before: "The mayor said “We stay,” and the envoy said nothing".

    Not where words stand between and the other one touches the quotation.
    """
    if before is None or after is None:
        return before or after
    touching = not reading.text[quote.end : after.start()].strip(" ,")
    between = reading.words(before.last + 1, reading.first_of[quote.start])
    apart = any(t.text not in _JOINTS for t in between) and not _hearer(before, between)
    return after if touching and apart else before


def _told_behind(
    reading: QuotedText, attribution: Attribution, quote: Quote, by_verb: dict[int, StatementDraft]
) -> bool:
    """Whether what the cue reports stands behind it ("... on “Morning,” X said he had left"): the quotation is none."""
    draft = by_verb.get(attribution.verb.i)
    if draft is None or draft.direct or quote.end > attribution.start():
        return False
    end = attribution.end()
    return all(s.start >= end for s in draft.content) and reading.text[end : end + 1] != ","


def _attributions(reading: QuotedText, words: CueLexicon, sentence: Sentence) -> list[Attribution]:
    """The verbs of a sentence that can tell who spoke, listed ones and such as in "“We stay,” snapped the envoy"."""
    found = []
    for token in reading.tokens[sentence.first : sentence.last + 1]:
        if token.lower_ in words.verbs and not reading.quoted(token):
            cue = verb_cue(token, words)
            if cue is not None and "quote" in cue.frames:
                found.append(Attribution(reading, token, cue))
                continue
        if not reading.quoted(token) and _stands_as_cue(reading, sentence, token):
            cue = Cue(token.lemma_.lower(), "verb", frozenset({"quote"}), "reporting")
            found.append(Attribution(reading, token, cue))
    return found


def _stands_as_cue(reading: QuotedText, sentence: Sentence, verb: Token) -> bool:
    """Whether a verb that no table lists can only tell who spoke: "“We stay,” snapped the envoy".

    So can "went on" behind a pronoun. The quotation opens the sentence and ends in a comma or mark; the verb and its
    subject are all that follows.
    """
    if verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return False
    quotes = reading.quotes_in(sentence)
    behind_verb = bisect_right(quotes, verb.idx, key=lambda q: q.end)
    quote = quotes[behind_verb - 1] if behind_verb else None
    if quote is None or quote.start != reading.tokens[sentence.first].idx:
        return False
    if reading.text[quote.inner_end - 1] not in ",?!—–":
        return False
    return _follows(reading, sentence, quote, verb) and reading.length(quote) >= FEW


def _follows(reading: QuotedText, sentence: Sentence, quote: Quote, verb: Token) -> bool:
    """Whether the verb and its subject are all that follows a quotation: "... snapped the envoy", "... he went on"."""
    first = bisect_left(reading.doc.offsets, quote.end)
    if reading.any_word(first, verb.i):
        behind = reading.words(verb.i + 1, min(verb.i + 8, sentence.last + 1))
        closing = all(t.is_punct or t.dep_ == "prt" for t in behind[:2]) and len(behind) <= len("on.")
        return closing and named_between(reading, first, verb.i) is not None
    subject = next((t for t in verb.children if t.i > verb.i and t.dep_ in ("nsubj", "dobj")), None)
    return subject is not None and subject.left_edge.i == verb.i + 1 and subject.pos_ in ("PROPN", "NOUN", "PRON")


def _before(reading: QuotedText, cues: list[Attribution], start: int, quote: Quote) -> Attribution | None:
    """The last cue in front of a quotation that leads up to it.

    It stands right beside the quotation, or a comma or colon parts them and no other clause does: "The mayor said on
    Monday: “Go home.”"
    """
    candidates = [a for a in cues if start <= reading.tokens[a.first].idx and reading.tokens[a.last].idx < quote.start]
    if not candidates:
        return None
    last = candidates[-1]
    gap = reading.words(last.last + 1, reading.first_of[quote.start])
    if not gap or all(t.text in _JOINTS or t.lower_ in ("that", "it") for t in gap):
        return last
    if gap[-1].text not in (",", ":") and not _hearer(last, gap):
        return None
    if gap[-1].text == "," and len(gap) > 1 and reading.length(quote) < FEW:
        return None
    if any(t.tag_ in _FINITE and gap[-1].text != ":" for t in gap) or len(gap) > 25:
        return None
    return last


def _hearer(attribution: Attribution, gap: list[Token]) -> bool:
    """Whether the words between cue and quotation are whom it is told to ("told reporters “...”")."""
    return "recipient" in attribution.cue.frames and all(
        t.pos_ in ("PROPN", "NOUN", "PRON", "DET", "ADJ", "PART") for t in gap
    )


def _after(reading: QuotedText, cues: Iterator[Attribution], quote: Quote) -> Attribution | None:
    """The attribution that follows a quotation directly: "“We stay,” the envoy said", "“We stay,” said the envoy"."""
    attribution = next(cues, None)
    if attribution is None:
        return None
    start = attribution.start()
    between = reading.text[quote.end : start].strip(" \t\u00a0,—–-\n.)")
    if between and not (between.lower() in ("the", "then", "and", "as") or _time_only(reading, quote.end, start)):
        return None
    if attribution.verb.tag_ == "VBG" or not _closes_for_attribution(reading, quote, attribution):
        return None
    return attribution


def _time_only(reading: QuotedText, start: int, end: int) -> bool:
    """Whether the stretch says when and no more: the "Late Monday" of "“We stay.” Late Monday the envoy added"."""
    span = reading.doc.char_span(start, end, alignment_mode="contract")
    return (
        span is not None
        and len(span) <= 4
        and all(t.ent_type_ in ("DATE", "TIME") or t.pos_ in ("ADV", "PUNCT") for t in span)
    )


def _closes_for_attribution(reading: QuotedText, quote: Quote, attribution: Attribution) -> bool:
    """Whether a quotation ends as one does that an attribution follows: by a comma, a question or an exclamation.

    The comma may stand behind the closing mark: “We stay,” or “We stay”, the guards said.
    """
    inner = reading.text[quote.inner_start : quote.inner_end].rstrip().rstrip("'’")
    outside = reading.text[quote.end : quote.end + 2].strip()
    if inner[-1:] in ",?!—-–…" or outside[:1] in (",", "–", "—", "-"):
        return True
    return inner[-1:] == "." or (
        reading.length(quote) > FEW and attribution.holder is not None and attribution.holder.i < attribution.verb.i
    )


def _record(
    reading: QuotedText, found: Attribution, quote: Quote, by_verb: dict[int, StatementDraft]
) -> StatementDraft:
    """Give a quotation to the draft of its cue.

    Content that a parse found beside it stays only where it leads up to it.
    """
    span = Span(_opening(reading, found, quote), quote.end)
    draft = by_verb.get(found.verb.i)
    if draft is None:
        cue_span = reading.trimmed(found.first, found.last) or Span(found.verb.idx, found.verb.idx + len(found.verb))
        draft = StatementDraft(
            found.cue, found.verb, cue_span, found.source, found.holder if found.source else None, [span], direct=True
        )
        by_verb[found.verb.i] = draft
        if _interrupts(reading, found, quote):
            draft.content += _resumption(reading, found)
    elif draft.direct:
        draft.content.append(span)
    else:
        end = found.end() if _interrupts(reading, found, quote) else len(reading.text)
        kept = [s for s in draft.content if s.meets(span) or s.end <= found.start() or s.start > end]
        draft.content = sorted({*(s for s in kept if not s.meets(span)), _joined(kept, span)})
        draft.direct = True
        if found.source is not None and not draft.handed:
            draft.source, draft.holder = found.source, found.holder
    return draft


def _interrupts(reading: QuotedText, found: Attribution, quote: Quote) -> bool:
    """Whether the attribution stands in commas, so that what is said goes on behind it: "“We,” she said, “stay”"."""
    piece = (
        reading.text[quote.inner_start : quote.inner_end].rstrip().endswith(",")
        or reading.text[quote.end : quote.end + 1] == ","
    )
    return quote.end <= found.start() and piece and reading.text[found.end() : found.end() + 1] == ","


def _resumption(reading: QuotedText, found: Attribution) -> list[Span]:
    """What goes on behind an attribution that the parse hangs on a verb there: "“The road,” he said, stays closed"."""
    verb, sentence = found.verb, reading.sentence(found.verb)
    if verb.dep_ not in ("parataxis", "ccomp", "advcl", "dep") or verb.head.i <= found.last:
        return []
    first = max(verb.i, bisect_left(reading.doc.offsets, found.end()))
    if first > sentence.last or reading.any_quoted(first, sentence.last + 1):
        return []
    span = reading.trimmed(first, sentence.last)
    return [span] if span is not None else []


def _opening(reading: QuotedText, found: Attribution, quote: Quote) -> int:
    """Where the content of a quotation before its attribution begins.

    A fragment takes the words of its sentence before it along: in 'The talks were "a farce", the envoy said' the
    content begins with "The talks".
    """
    if found.start() < quote.start:
        return quote.start
    sentence = reading.sentence(found.verb)
    first = reading.first_of[quote.start]
    if first <= sentence.first or reading.any_quoted(sentence.first, first):
        return quote.start
    last = next(t for t in reversed(reading.tokens[sentence.first : first]) if not t.is_space)
    trimmed = reading.trimmed(sentence.first, last.i) if last.text not in (",", ":", ".") else None
    return trimmed.start if trimmed is not None else quote.start


def _joined(kept: list[Span], span: Span) -> Span:
    meeting = [s for s in kept if s.meets(span)]
    return Span(min([span.start, *(s.start for s in meeting)]), max([span.end, *(s.end for s in meeting)]))
