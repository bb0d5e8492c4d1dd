"""From drafts to statements: nesting, kinds of sources, modes, circumstances, and what stays doubtful."""

from __future__ import annotations

from pathlib import Path

import msgspec

from reportedly.config import Config
from reportedly.ids import content_id
from reportedly.model import Actor, Diagnostic, Dispatch, Span, Statement, StatementMode, Time
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import TokenIndex
from reportedly.parse.syntax import children, own_subject
from reportedly.statements.context import channel_of, media_words, said_on, told_to
from reportedly.statements.cues import lexicon
from reportedly.statements.direct import find_direct
from reportedly.statements.draft import Draft
from reportedly.statements.indirect import find_indirect
from reportedly.statements.labels import LABEL, find_labels
from reportedly.statements.pieces import joined_verbs
from reportedly.statements.reading import Reading
from reportedly.statements.sharing import hand_over, share_speakers
from reportedly.statements.silences import mutes
from reportedly.statements.sources import actor_of, document_words, kind_of

_MOSTLY = 0.9  # share of quoted letters from which content counts as direct
# "As you will recall", "everything indicates": nobody who could answer for it.
_NOBODY = frozenset({"you", "everything", "nothing", "something", "anything"})
_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_NARRATED = "was read as the narrator's words, not as part of what "


def find_statements(
    doc: Doc, dispatch: Dispatch, actors: tuple[Actor, ...], times: tuple[Time, ...], config: Config
) -> tuple[tuple[Statement, ...], tuple[Diagnostic, ...]]:
    """Every attribution of a dispatch in text order, and what was doubtful about them.

    Offsets point into ``dispatch.text``. A statement inside the content of another one names it as ``parent``.
    """
    reading = Reading(doc, media_words(config.tables), document_words(config.tables))
    words = lexicon(config.tables)
    silent = {i for m in mutes(doc, config.tables) for i in (m.verb.i, m.predicate.i)}
    drafts = [d for d in find_direct(reading, words, find_indirect(reading, words)) if d.anchor.i not in silent]
    share_speakers(reading, drafts)
    hand_over(reading, drafts, config.tables)
    drafts += find_labels(reading, dispatch.text, config.tables)
    maker = _Maker(reading, dispatch, actors, times, config.tables)
    drafts = [d for d in drafts if maker.is_said_by_somebody(d)]
    return maker.statements(drafts), (*_quote_doubts(reading, dispatch), *_scope_doubts(drafts, dispatch))


class _Maker:
    """Turns drafts into records."""

    def __init__(
        self,
        reading: Reading,
        dispatch: Dispatch,
        actors: tuple[Actor, ...],
        times: tuple[Time, ...],
        folder: Path | None,
    ) -> None:
        self._reading, self._dispatch, self._folder = reading, dispatch, folder
        self._all = actors
        self._actors = TokenIndex(reading.doc, ((m.start, m.end, a) for a in actors for m in a.mentions))
        self._times = TokenIndex(reading.doc, ((t.start, t.end, t) for t in times))

    def statements(self, drafts: list[Draft]) -> tuple[Statement, ...]:
        """The records, in the order of their cues."""
        parents = _parents(drafts)
        made: dict[int, Statement] = {}
        for draft in sorted(drafts, key=lambda d: _depth(d, parents)):
            parent = parents.get(id(draft))
            made[id(draft)] = self._statement(draft, made[id(parent)] if parent is not None else None)
        for draft, other in _fellows(drafts):
            made[id(draft)] = _with_circumstances(made[id(draft)], made[id(other)])
        return tuple(made[id(d)] for d in sorted(drafts, key=lambda d: (d.cue_span, d.content)))

    def is_said_by_somebody(self, draft: Draft) -> bool:
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
        return kind_of(self._reading, holder, draft.source, actor, self._folder) is not None

    def _statement(self, draft: Draft, parent: Statement | None) -> Statement:
        actor = actor_of(draft.holder, self._actors) if draft.holder is not None else None
        kind = (
            kind_of(self._reading, draft.holder, draft.source, actor, self._folder)
            if draft.holder is not None and draft.source
            else None
        )
        if kind is None and draft.cue is LABEL:
            kind = "named"
        content = _merged(draft.content)
        channel = channel_of(self._reading, draft, self._folder)
        if channel is None and parent is not None and parent.kind == "media":
            channel = self._medium(parent)
        return Statement(
            id=content_id("s", self._dispatch.id, draft.cue_span, draft.source, content),
            source=draft.source,
            actor=actor.id if actor is not None else None,
            kind=kind,
            cue=(draft.cue_span,),
            content=content,
            mode=self._mode(content),
            channel=channel,
            to=told_to(self._reading, draft),
            said=said_on(self._reading, draft, self._times),
            parent=parent.id if parent is not None else None,
            act=draft.cue.act,
        )

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
            for q in self._reading.quotes
            if q.inner_start < s.end and s.start < q.inner_end
        )
        return "indirect" if not quoted else "direct" if quoted >= _MOSTLY * letters else "mixed"

    def _letters(self, start: int, end: int) -> int:
        return sum(map(str.isalnum, self._reading.text[start:end]))


def _fellows(drafts: list[Draft]) -> list[tuple[Draft, Draft]]:
    """Pairs of statements that one source makes in one breath: "said A, adding B"; "quoted X as saying".

    "regretted A and vowed B".
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


def _with_circumstances(statement: Statement, fellow: Statement) -> Statement:
    """The statement with the day and the channel of its fellow, where it has none of its own."""
    own = statement.channel or (
        fellow.channel if fellow.parent != statement.id and statement.parent != fellow.id else None
    )
    return msgspec.structs.replace(statement, said=statement.said or fellow.said, channel=own)


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """The spans in order, overlapping ones as one."""
    merged: list[Span] = []
    for span in sorted(set(spans)):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _parents(drafts: list[Draft]) -> dict[int, Draft]:
    """The statement each one is nested in: the smallest one that holds its cue in its content."""
    parents: dict[int, Draft] = {}
    for draft in drafts:
        around = [d for d in drafts if d is not draft and _holds(d, draft)]
        if draft.outer is not None and any(d is draft.outer for d in drafts):
            parents[id(draft)] = draft.outer
        elif around:
            parents[id(draft)] = min(around, key=lambda d: (sum(s.end - s.start for s in d.content), d.cue_span))
    return {k: v for k, v in parents.items() if not _circular(k, parents)}


def _holds(outer: Draft, inner: Draft) -> bool:
    return any(s.holds(inner.cue_span) for s in outer.content) and outer.anchor.i != inner.anchor.i


def _circular(start: int, parents: dict[int, Draft]) -> bool:
    seen = {start}
    at = parents.get(start)
    while at is not None:
        if id(at) in seen:
            return True
        seen.add(id(at))
        at = parents.get(id(at))
    return False


def _depth(draft: Draft, parents: dict[int, Draft]) -> int:
    depth, at = 0, parents.get(id(draft))
    while at is not None:
        depth, at = depth + 1, parents.get(id(at))
    return depth


def _quote_doubts(reading: Reading, dispatch: Dispatch) -> list[Diagnostic]:
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


def _scope_doubts(drafts: list[Draft], dispatch: Dispatch) -> list[Diagnostic]:
    """Clauses coordinated with a cue or inside its content that could as well be the other's.

    As in "said he had resigned and left the country": the syntax decides, the doubt is told.
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
