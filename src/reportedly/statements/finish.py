"""From drafts to statements: shared speakers, nesting, kinds of sources, modes, circumstances, and doubts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from reportedly.config import Config
from reportedly.ids import content_id
from reportedly.knowledge.load import Knowledge, knowledge_of
from reportedly.knowledge.word_sets import word_sets
from reportedly.model import Actor, Because, Diagnostic, Dispatch, Span, Statement, StatementMode, Time
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import TokenIndex
from reportedly.parse.syntax import children, own_subject
from reportedly.statements.context import channel_of, media_words, said_on, told_to
from reportedly.statements.cues import StatementDraft, lexicon
from reportedly.statements.direct import find_direct
from reportedly.statements.frames import joined_verbs
from reportedly.statements.indirect import find_indirect
from reportedly.statements.labels import LABEL, find_labels
from reportedly.statements.reading import QuotedText
from reportedly.statements.sharing import hand_over, share_speakers
from reportedly.statements.silences import mutes
from reportedly.statements.sources import actor_of, document_words, kind_of, report_words

_MOSTLY = 0.9  # share of quoted letters from which content counts as direct
# "As you will recall", "everything indicates": nobody who could answer for it.
_NOBODY = frozenset({"you", "everything", "nothing", "something", "anything"})
_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_NARRATED = "was read as the narrator's words, not as part of what "


class Finished(NamedTuple):
    """The statements of a dispatch, what was doubtful about them, and by the id of each what makes it one."""

    statements: tuple[Statement, ...]
    doubts: tuple[Diagnostic, ...]
    because: Mapping[str, tuple[Because, ...]]


def find_statements(
    doc: Doc, dispatch: Dispatch, actors: tuple[Actor, ...], times: tuple[Time, ...], config: Config
) -> Finished:
    """Every attribution of a dispatch in text order, the cue that each rests on, and what was doubtful about them.

    Offsets point into ``dispatch.text``. A statement inside the content of another one names it as ``parent``.
    """
    knowledge = knowledge_of(config)
    reading = QuotedText(
        doc, media_words(knowledge), document_words(knowledge), report_words(knowledge), word_sets(knowledge)
    )
    words = lexicon(knowledge)
    silent = {i for m in mutes(doc, knowledge) for i in (m.verb.i, m.predicate.i)}
    drafts = [d for d in find_direct(reading, words, find_indirect(reading, words)) if d.anchor.i not in silent]
    share_speakers(reading, drafts)
    hand_over(reading, drafts, knowledge)
    drafts += find_labels(reading, dispatch.text, knowledge)
    maker = _Maker(reading, dispatch, actors, times, knowledge)
    drafts = [d for d in drafts if maker.is_said_by_somebody(d)]
    doubts = (*_quote_doubts(reading, dispatch), *_scope_doubts(drafts, dispatch))
    return Finished(maker.statements(drafts), doubts, maker.because)


class _Maker:
    """Turns drafts into records."""

    def __init__(
        self,
        reading: QuotedText,
        dispatch: Dispatch,
        actors: tuple[Actor, ...],
        times: tuple[Time, ...],
        knowledge: Knowledge,
    ) -> None:
        self._reading, self._dispatch, self._knowledge = reading, dispatch, knowledge
        self._all = actors
        self.because: dict[str, tuple[Because, ...]] = {}
        self._actors = TokenIndex(reading.doc, ((m.start, m.end, a) for a in actors for m in a.mentions))
        self._times = TokenIndex(reading.doc, ((t.start, t.end, t) for t in times))

    def statements(self, drafts: list[StatementDraft]) -> tuple[Statement, ...]:
        """The records, in the order of their cues."""
        parents = _parents(drafts)
        made: dict[int, Statement] = {}
        for draft in sorted(drafts, key=lambda d: _depth(d, parents)):
            parent = parents.get(id(draft))
            made[id(draft)] = self._statement(draft, made[id(parent)] if parent is not None else None)
        for draft, other in _fellows(drafts):
            made[id(draft)] = self._with_circumstances(made[id(draft)], made[id(other)])
        return tuple(made[id(d)] for d in sorted(drafts, key=lambda d: (d.cue_span, d.content)))

    def is_said_by_somebody(self, draft: StatementDraft) -> bool:
        """Whether the source is no mere thing or event ("fears", "the standstill"), as far as its words tell."""
        holder = draft.holder
        if holder is None or not draft.source or draft.cue.act != "reporting" or draft.direct:
            return True
        if holder.lower_ in _NOBODY:
            return False
        if holder.tag_ in _RELATIVE and draft.cue.lemma == "according to":
            return False
        if holder.pos_ not in ("NOUN", "VERB", "ADJ", "ADV", "ADP") or holder.text.isupper() or not holder.is_alpha:
            return True
        actor = actor_of(holder, self._actors)
        return kind_of(self._reading, holder, draft.source, actor, self._knowledge) is not None

    def _statement(self, draft: StatementDraft, parent: Statement | None) -> Statement:
        actor = actor_of(draft.holder, self._actors) if draft.holder is not None else None
        kind = (
            kind_of(self._reading, draft.holder, draft.source, actor, self._knowledge)
            if draft.holder is not None and draft.source
            else None
        )
        if kind is None and draft.cue is LABEL:
            kind = "named"
        content = _merged(draft.content)
        channel = channel_of(self._reading, draft, self._knowledge) or self._publisher(parent)
        to, said = told_to(self._reading, draft), said_on(self._reading, draft, self._times)
        mode = self._mode(content)
        key = content_id("s", self._dispatch.id, draft.cue_span, draft.source, content)
        self.because[key] = (_because(draft, mode), *(b for b in (to, said, channel) if b is not None))
        return Statement(
            id=key,
            source=draft.source,
            actor=actor.id if actor is not None else None,
            kind=kind,
            cue=(draft.cue_span,),
            content=content,
            mode=mode,
            channel=_value(channel),
            to=_value(to),
            said=_value(said),
            parent=parent.id if parent is not None else None,
            act=draft.cue.act,
        )

    def _publisher(self, parent: Statement | None) -> Because | None:
        """The medium that quotes, as the channel of what it quotes: "The minister told Radio Delta ..., it said"."""
        name = self._medium(parent) if parent is not None and parent.kind == "media" else None
        return Because("channel", name, "channel.publisher", words=parent.source or ()) if parent and name else None

    def _with_circumstances(self, statement: Statement, fellow: Statement) -> Statement:
        """The statement with the day and the channel of its fellow, where it has none of its own."""
        nested = fellow.parent == statement.id or statement.parent == fellow.id
        lent = {} if statement.said or not fellow.said else {"said": fellow.said}
        lent |= {} if statement.channel or nested or not fellow.channel else {"channel": fellow.channel}
        told = [b for b in self.because[fellow.id] if b.field in lent]
        self.because[statement.id] += tuple(replace(b, rule=f"{b.field}.fellow", row="") for b in told)
        return replace(statement, **lent)

    def _medium(self, parent: Statement) -> str | None:
        """What the medium that quotes is called: the actor's name, else its words; a pronoun is no name."""
        name = next((a.name for a in self._all if a.id == parent.actor), None)
        if name is not None or not parent.source:
            return name
        words = " ".join(" ".join(self._dispatch.text[s.start : s.end] for s in parent.source).split())
        return words if len(words) > len("they") else None

    def _mode(self, content: tuple[Span, ...]) -> StatementMode:
        letters = sum(self._letters(s.start, s.end) for s in content)
        quoted = sum(
            self._letters(max(s.start, q.inner_start), min(s.end, q.inner_end))
            for s in content
            for q in self._reading.quotes_over(s)
        )
        return "indirect" if not quoted else "direct" if quoted >= _MOSTLY * letters else "mixed"

    def _letters(self, start: int, end: int) -> int:
        return sum(map(str.isalnum, self._reading.text[start:end]))


def _because(draft: StatementDraft, mode: StatementMode) -> Because:
    """The cue that makes the words somebody's, and the words of the source it gives them to."""
    rule = "source.label" if draft.cue is LABEL else "source.cue" if draft.cue.row else "source.phrase"
    return Because("source", draft.source, rule, draft.cue.row, (draft.cue_span, *(draft.source or ())), mode)


def _fellows(drafts: list[StatementDraft]) -> list[tuple[StatementDraft, StatementDraft]]:
    """Pairs of statements that one source makes in one breath.

    They are "said A, adding B", "quoted X as saying A" and "regretted A and vowed B".
    """
    by_verb = {d.anchor.i: d for d in drafts}
    pairs = []
    for draft in drafts:
        lead = draft.outer or draft.lead or by_verb.get(draft.anchor.head.i)
        if lead is None or lead is draft:
            continue
        participle = draft.anchor.dep_ == "advcl" and draft.anchor.tag_ == "VBG"
        joined = draft.anchor.dep_ == "conj" and own_subject(draft.anchor) is None
        if (
            draft.outer
            or draft.lead
            or participle
            or joined
            or (draft.source is not None and draft.source == lead.source)
        ):
            pairs += [(draft, lead), (lead, draft)]
    return pairs


def _value(because: Because | None) -> str | None:
    return None if because is None else str(because.value)


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """The spans in order, overlapping ones as one."""
    merged: list[Span] = []
    for span in sorted(set(spans)):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _parents(drafts: list[StatementDraft]) -> dict[int, StatementDraft]:
    """The statement each one is nested in: the smallest one that holds its cue in its content."""
    parents: dict[int, StatementDraft] = {}
    numbers = {id(d) for d in drafts}
    holders = _holders(drafts)
    for draft in drafts:
        around = [d for d in holders.get(id(draft), ()) if d is not draft and _holds(d, draft)]
        if draft.outer is not None and id(draft.outer) in numbers:
            parents[id(draft)] = draft.outer
        elif around:
            parents[id(draft)] = min(around, key=lambda d: (sum(s.end - s.start for s in d.content), d.cue_span))
    return {k: v for k, v in parents.items() if not _circular(k, parents)}


def _holders(drafts: list[StatementDraft]) -> dict[int, list[StatementDraft]]:
    """For each draft those with a part of content that begins before its cue and ends behind its beginning."""
    parts = sorted(((s.start, s.end, n) for n, d in enumerate(drafts) for s in d.content), reverse=True)
    found: dict[int, list[StatementDraft]] = {}
    opened: list[tuple[int, int]] = []
    for draft in sorted(drafts, key=lambda d: d.cue_span.start):
        at = draft.cue_span.start
        while parts and parts[-1][0] <= at:
            _, end, number = parts.pop()
            opened.append((end, number))
        opened = [(end, number) for end, number in opened if end > at]
        found[id(draft)] = [drafts[n] for n in sorted({number for _, number in opened})]
    return found


def _holds(outer: StatementDraft, inner: StatementDraft) -> bool:
    return any(s.holds(inner.cue_span) for s in outer.content) and outer.anchor.i != inner.anchor.i


def _circular(start: int, parents: dict[int, StatementDraft]) -> bool:
    seen = {start}
    at = parents.get(start)
    while at is not None:
        if id(at) in seen:
            return True
        seen.add(id(at))
        at = parents.get(id(at))
    return False


def _depth(draft: StatementDraft, parents: dict[int, StatementDraft]) -> int:
    depth, at = 0, parents.get(id(draft))
    while at is not None:
        depth, at = depth + 1, parents.get(id(at))
    return depth


def _quote_doubts(reading: QuotedText, dispatch: Dispatch) -> list[Diagnostic]:
    return [
        Diagnostic(
            "info",
            "D401",
            f"unpaired quotation mark at {q.start}; the quotation was read to {q.end}",
            dispatch=dispatch.id,
            start=q.start,
            end=q.end,
        )
        for q in reading.quotes
        if q.state == "unclosed"
    ]


def _scope_doubts(drafts: list[StatementDraft], dispatch: Dispatch) -> list[Diagnostic]:
    """Clauses coordinated with a cue or inside its content that could as well be the other's.

    "He said he had resigned and left the country": the syntax decides, the doubt is told.
    """
    found = []
    for draft in drafts:
        end = max(s.end for s in draft.content)
        cue = draft.anchor.text
        found += [_doubt(dispatch, v, _NARRATED + repr(cue)) for v in joined_verbs(draft.anchor) if v.idx >= end]
        tied = [v for c in children(draft.anchor, "ccomp") if _shifted(c) for v in joined_verbs(c)]
        found += [
            _doubt(dispatch, v, ("was read as part of what " if v.idx < end else _NARRATED) + repr(cue))
            for v in tied
            if v.tag_ == draft.anchor.tag_
        ]
    return found


def _shifted(clause: Token) -> bool:
    """Whether the first verb of reported speech has another tense than the cue ("had resigned", "would resign")."""
    return bool(children(clause, "aux"))


def _doubt(dispatch: Dispatch, verb: Token, what: str) -> Diagnostic:
    message = f"{verb.text!r} {what} reports"
    return Diagnostic("info", "D402", message, dispatch=dispatch.id, start=verb.idx, end=verb.idx + len(verb))


def without_echoes(
    statements: tuple[Statement, ...], dispatch: Dispatch, needed: Iterable[str | None]
) -> tuple[Statement, ...]:
    """The statements without those of the headline, where the story has any.

    A statement among ``needed`` (ids), on which a claim rests, stays, and so does what it is nested in.
    """
    title = dispatch.title_span
    if title is None or all(s.cue[0].end <= title.end for s in statements):
        return statements
    kept = {i for i in needed if i is not None} | {s.id for s in statements if s.cue[0].end > title.end}
    parents = {s.id: s.parent for s in statements}
    for one in list(kept):
        above = parents.get(one)
        while above is not None and above not in kept:
            kept.add(above)
            above = parents.get(above)
    return tuple(s for s in statements if s.id in kept)
