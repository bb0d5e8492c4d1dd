"""Why a statement is one: its cue in the table, and the words that name its source."""

from __future__ import annotations

from reportedly.knowledge.load import Knowledge
from reportedly.model import Dispatch, Reason, Span, Statement, Words
from reportedly.statements.cues import forms_of

FRAMES = {
    "direct": "the words stand in quotation marks beside the cue",
    "mixed": "the words are reported, partly in quotation marks",
    "indirect": "the words are reported in the frame of the cue",
}


def why_statement(statement: Statement, dispatch: Dispatch, knowledge: Knowledge) -> Reason:
    """The cue that makes the words somebody's, with its row, and the source it gives them to."""
    cue = _words(statement.cue, dispatch)
    source = _words(statement.source or (), dispatch)
    row = _row(" ".join(w.text for w in cue), knowledge)
    rule = f"{row}; {FRAMES[statement.mode]}"
    return Reason("source", " ".join(w.text for w in source) or None, rule, (*cue, *source))


def _words(spans: tuple[Span, ...], dispatch: Dispatch) -> tuple[Words, ...]:
    return tuple(Words(s.start, s.end, dispatch.text[s.start : s.end]) for s in spans)


def _row(cue: str, knowledge: Knowledge) -> str:
    words = cue.lower().split()
    if not words or not any(ch.isalpha() for ch in cue):
        return "a speaker's name with a colon or a dash"
    if "according" in words or words[0] in ("words", "per"):
        return '"according to" and its like'
    found = [
        f'{n.place}: cue "{n.row["lemma"]}" (takes {n.row["frames"]})'
        for n in knowledge.numbered("cues")
        if not forms_of(n.row).isdisjoint(words)
    ]
    return found[-1] if found else f'cue "{cue}"'
