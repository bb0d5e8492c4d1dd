"""Which statement answers for a place in the text, and what its source is called."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate

import msgspec
from msgspec.structs import replace

from reportedly.model import Actor, Dispatch, Source, SourceKind, Span, Statement

FIRST_PERSON = frozenset({"i", "we", "us", "me"})
# Which kinds of source a pronoun can mean when nothing nearer resolves it: the one who spoke last, if of that kind.
MEANS: dict[str, frozenset[SourceKind]] = {
    **dict.fromkeys(("he", "she", "him", "her"), frozenset({"named", "anonymous"})),
    **dict.fromkeys(("it", "this", "that", "which"), frozenset({"organization", "document", "media"})),
    **dict.fromkeys(("they", "them"), frozenset({"group", "organization", "anonymous"})),
    "who": frozenset({"named", "anonymous", "group", "organization"}),
}
# "His office" names nobody by itself: what is left is the office.
_ARTICLE = re.compile(r"^(?:the|an?|his|her|its|their|our|my)\s+(?=\S)", re.IGNORECASE)


class Speaker(msgspec.Struct, frozen=True):
    """Who a statement's source is, and by which rule; ``None`` as a name: nobody that the text lets us name."""

    name: str | None
    kind: SourceKind
    rule: str = "source.words"
    own: bool = False


class Voices:
    """Answers for one dispatch; ``reading`` is its reading text (capitals restored).

    ``asides`` are the ids of statements about a noun that somebody else tells of ("the raid, *which the army denied*").
    """

    def __init__(
        self,
        dispatch: Dispatch,
        reading: str,
        statements: tuple[Statement, ...],
        actors: tuple[Actor, ...],
        asides: frozenset[str] = frozenset(),
    ) -> None:
        self._text = reading + dispatch.text[len(reading) :]
        self._agency = dispatch.agency
        self._by_id = {s.id: s for s in statements}
        sourced = sorted((s for s in statements if s.source and s.act == "reporting"), key=_place)
        self._sourced = [s for s in sourced if s.id not in asides]
        self._asides = [s for s in sourced if s.id in asides]
        self._places = [_place(s) for s in self._sourced]
        self._contents = sorted(((span.start, span.end, s) for s in self._sourced for span in s.content), key=_start)
        self._starts = [start for start, _, _ in self._contents]
        # How far the contents up to each one reach: what ends before that holds nothing behind it.
        self._reach = list(accumulate((end for _, end, _ in self._contents), max))
        self._actors = {a.id: a for a in actors}

    def statement_for(self, start: int, end: int) -> Statement | None:
        """The innermost sourced statement with ``[start, end)`` in its content; of two that share it the nested one."""
        fitting = list(self._holding(start, end))
        outer = {s.parent for _, s in fitting}
        return min(fitting, key=lambda x: (x[0], x[1].id in outer, x[1].id))[1] if fitting else None

    def _holding(self, start: int, end: int) -> Iterator[tuple[int, Statement]]:
        """The sourced statements with ``[start, end)`` in their content, each with the length of that."""
        at = bisect_right(self._starts, start) - 1
        while at >= 0 and self._reach[at] >= end:
            first, last, statement = self._contents[at]
            if last >= end:
                yield last - first, statement
            at -= 1

    def asides_on(self, start: int, end: int) -> list[Statement]:
        """The statements that are asides on ``[start, end)``."""
        return [s for s in self._asides if any(span.holds(Span(start, end)) for span in s.content)]

    def around(self, statement: Statement | None, start: int, end: int) -> list[Statement]:
        """The statements around this one that hold ``[start, end)`` in their content as well, from the inside out."""
        found = []
        seen: set[str] = set()
        while statement is not None and statement.id not in seen:
            seen.add(statement.id)
            statement = self._by_id.get(statement.parent or "")
            if statement is not None and any(span.holds(Span(start, end)) for span in statement.content):
                found.append(statement)
        return found

    def speaker(self, statement: Statement) -> Speaker:
        """The source of a statement by name.

        A pronoun that no actor resolves means the one who spoke last and can be meant; where nobody has spoken the
        pronoun is all that the text gives. *We* in a text that nobody is quoted with is the dispatch itself.
        """
        kind: SourceKind = statement.kind or "named"
        actor = self._actors.get(statement.actor or "")
        told = self._words(statement).casefold()
        if actor is not None and told in MEANS and _only_told_of(actor, statement):
            other = self._last_before(statement, MEANS[told])
            if other is not None:
                return other
        if actor is not None:
            return Speaker(_ARTICLE.sub("", actor.name), kind, "source.actor")
        words = self._words(statement)
        pronoun = words.casefold()
        if pronoun in FIRST_PERSON:
            around = self._around(statement)
            return replace(self.speaker(around), rule="source.around") if around else Speaker(None, kind, own=True)
        if pronoun in MEANS:
            return self._last_before(statement, MEANS[pronoun]) or Speaker(pronoun, statement.kind or "anonymous")
        return Speaker(_ARTICLE.sub("", words), kind)

    def actor(self, statement: Statement | None) -> Actor | None:
        """The one who answers for a statement, where the dispatch speaks of them."""
        return self._actors.get(statement.actor or "") if statement is not None else None

    def source(self, statement: Statement) -> Source | None:
        """The source record of a statement, or None where nobody can be named."""
        speaker = self.speaker(statement)
        if speaker.name is None or not statement.source:
            return None
        first = statement.source[0]
        return Source(speaker.name, speaker.kind, first.start, first.end)

    def chain(self, statement: Statement | None) -> tuple[str, ...]:
        """Names from the outside in: the agency, the sources that quote, the one who says it."""
        names: list[str] = []
        seen: set[str] = set()
        while statement is not None and statement.id not in seen:
            seen.add(statement.id)
            name = self.speaker(statement).name if statement.source else None
            names += [name] if name else []
            statement = self._by_id.get(statement.parent or "")
        return ((self._agency,) if self._agency else ()) + tuple(reversed(names))

    def _words(self, statement: Statement) -> str:
        spans = statement.source or ()
        return " ".join(" ".join(self._text[s.start : s.end] for s in spans).split())

    def _around(self, statement: Statement) -> Statement | None:
        """The statement in whose content this one's source stands."""
        start, end = _place(statement), (statement.source or statement.cue)[0].end
        around = self.statement_for(start, end)
        if around is None or self._words(around).casefold() in MEANS.keys() | FIRST_PERSON:
            return around if around is not None and around.actor in self._actors else None
        return around

    def _last_before(self, statement: Statement, kinds: frozenset[SourceKind]) -> Speaker | None:
        before = self._sourced[: bisect_left(self._places, _place(statement))][::-1]
        for other in (*(s for s in before if s.parent is None), *(s for s in before if s.parent is not None)):
            words = self._words(other).casefold()
            if other.kind in kinds and (other.actor in self._actors or words not in MEANS.keys() | FIRST_PERSON):
                return replace(self.speaker(other), rule="source.last")
        return None


def _only_told_of(actor: Actor, statement: Statement) -> bool:
    """Whether an actor comes up before the pronoun only in what is said: "Two men were arrested, *they* said"."""
    before = [m for m in actor.mentions if m.start < _place(statement)]
    return all(any(span.holds(m) for span in statement.content) for m in before)


def _start(content: tuple[int, int, Statement]) -> int:
    return content[0]


def _place(statement: Statement) -> int:
    return (statement.source or statement.cue)[0].start
