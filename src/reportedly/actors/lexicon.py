"""The tables that say who somebody is, compiled once: names, offices, sector words, first names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

import msgspec

from reportedly.knowledge.load import SHIPPED, Knowledge, NumberedRow, Row
from reportedly.knowledge.speech import speech
from reportedly.model import ActorKind
from reportedly.parse.nlp import tokenizer

Sense = str
COUNTRY, ADJECTIVE, CAPITAL, BODY, LEADER = "country", "adjective", "capital", "body", "leader"


ARTICLES = frozenset({"the", "a", "an"})


class ActorEntry(msgspec.Struct, frozen=True):
    """A name of the tables and what it stands for; ``name`` is the usual form, shared by all its spellings.

    ``row`` is the row that says so, as editors write it ("bodies.tsv:31").
    """

    name: str
    sense: Sense
    country: str | None
    sector: str
    kind: ActorKind
    row: str = ""

    @property
    def code(self) -> str | None:
        """CAMEO-style code: the country and the sector behind it."""
        return f"{self.country or ''}{self.sector}" or None


class Role(msgspec.Struct, frozen=True):
    """A noun that heads a description, and its row; see ``roles.tsv``."""

    head: str
    kind: str
    sector: str
    scope: str
    gender: str
    title: bool
    row: str = ""


class Match(msgspec.Struct, frozen=True):
    """An entry found in a sequence of words, ``words[start:end]``, and how the table spells it."""

    start: int
    end: int
    entry: ActorEntry
    spelling: str = ""


class ActorLexicon:
    """All names by their first word, roles by their last; see ``lexicon`` for the way to get one."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._names: dict[str, list[tuple[tuple[str, ...], ActorEntry, str]]] = {}
        self._folded: dict[str, list[tuple[tuple[str, ...], ActorEntry, str]]] = {}
        self.roles: dict[str, Role] = {}
        self._role_tails: dict[str, int] = {}
        for entry, names in _entries(knowledge):
            for name in names:
                self._add(name, entry)
        for options in [*self._names.values(), *self._folded.values()]:
            options.sort(key=lambda o: -len(o[0]))
        for numbered in knowledge.numbered("roles"):
            self._add_role(numbered.row, numbered.place)
        self.sectors = {r["word"]: r["sector"] for r in knowledge.rows("sectors")}
        self.sector_rows = {n.row["word"]: n.place for n in knowledge.numbered("sectors")}
        self.capitals = frozenset(c for r in knowledge.rows("countries") for c in _cells(r["capital"]))
        self.genders = {r["name"]: r["gender"] for r in knowledge.rows("given_names")}
        stand_ins = knowledge.rows("hypernyms")
        self.hypernyms = {r["head"]: frozenset(r["sectors"].split()) for r in stand_ins if r["sectors"]}
        self.fighters = frozenset(r["head"] for r in stand_ins if r["beside"])
        self._uses: dict[str, set[str]] = {}
        for row in knowledge.rows("actor_words"):
            self._uses.setdefault(row["use"], set()).add(row["word"])
        self._singulars = {r["plural"]: r["singular"] for r in knowledge.rows("plurals")}
        verbs = knowledge.rows("metonymy")
        self.agent_verbs = speech(knowledge).acting | {r["verb"] for r in verbs if r["slot"] == "subject"}
        self.quoting = speech(knowledge).quoting
        self.patient_verbs = frozenset(r["verb"] for r in verbs if r["slot"] == "object")

    def words(self, use: str) -> AbstractSet[str]:
        """The small words of one use; see ``actor_words.tsv``."""
        return self._uses.get(use, set())

    def is_backer(self, words: Sequence[str], end: int) -> bool:
        """Whether a nation that ends before a word helps somebody not its own: "*Iran*-backed militias"."""
        rest = words[end : end + 2]
        return len(rest) > 1 and rest[0] in ("-", "–") and rest[1].lower() in self.words("backed")

    def singular(self, word: str) -> str:
        """The singular of a lower-case noun: by ``plurals.tsv``, else by its form."""
        return self._singulars.get(word) or _singular(word)

    def split(self, text: str) -> list[str]:
        """Words as the language step makes them: possessive *'s*, hyphens and punctuation apart."""
        return list(_split(text))

    def _add(self, name: str, entry: ActorEntry) -> None:
        words = tuple(self.split(name))
        options = self._names.setdefault(words[0], [])
        if all(known != words for known, _, _ in options):
            options.append((words, entry, name))
            if len(words) > 1:
                folded = tuple(w.lower() for w in words)
                self._folded.setdefault(folded[0], []).append((folded, entry, name))

    def _add_role(self, row: Row, place: str) -> None:
        head = row["head"]
        words = self.split(head)
        title = row["title"] == "y"
        self.roles[head] = Role(head, row["kind"], row["sector"], row["scope"], row["gender"], title, place)
        for parts in (words, head.split()):  # "gen." is one word of a text, with a capital
            tail = parts[-1]
            self._role_tails[tail] = max(self._role_tails.get(tail, 1), len(parts))
        if len(words) > 1:
            self.roles.setdefault(" ".join(words), self.roles[head])

    def matches(self, words: Sequence[str], *, folded: bool = False) -> Iterator[Match]:
        """The names in the words, longest first at each word, without overlap.

        With ``folded``, names of several words are found in whatever letters: copy that came in capitals only has had
        its small letters guessed.
        """
        at = 0
        lower = [w.lower() for w in words] if folded else []
        while at < len(words):
            if not folded and words[at] not in self._names:
                at += 1
                continue
            found = _match_at(self._folded, lower, at) if folded else None
            found = found or _match_at(self._names, words, at)
            if found is None or _is_of_others(found, words):
                at += 1
                continue
            yield found
            at = found.end

    def role_ending(self, words: Sequence[str], end: int) -> tuple[int, Role] | None:
        """The longest role whose last word is ``words[end - 1]``: where it starts and what it is."""
        last = words[end - 1].lower()
        for form in dict.fromkeys((last, self.singular(last))):
            for size in range(min(self._role_tails.get(form, 0), end), 0, -1):
                before = [w.lower() for w in words[end - size : end - 1]]
                role = self.roles.get(" ".join([*before, form]))
                if role is not None:
                    return end - size, role
        return None


@lru_cache(maxsize=20_000)
def _split(text: str) -> tuple[str, ...]:
    """The words of a name, kept: the tables of a user's stand beside those of the package."""
    return tuple(text.split() if text.replace(" ", "").isalpha() else (t.text for t in tokenizer()(text)))


def _is_of_others(match: Match, words: Sequence[str]) -> bool:
    """Whether the short form of a body stands behind a name or an owner: "Iran's Security Council" is not the UN's."""
    full, short = match.entry.name.split(), match.spelling.split()
    if not match.start or not 1 < len(short) < len(full) or full[-len(short) :] != short:
        return False
    before = words[match.start - 1]
    return before in ("'s", "’s") or (before[:1].isupper() and before.lower() not in ARTICLES)


def _match_at(
    names: dict[str, list[tuple[tuple[str, ...], ActorEntry, str]]], words: Sequence[str], at: int
) -> Match | None:
    second = words[at + 1] if at + 1 < len(words) else ""
    for name, entry, spelling in names.get(words[at], ()):
        if len(name) == 1 or (name[1] == second and tuple(words[at : at + len(name)]) == name):
            return Match(at, at + len(name), entry, spelling)
    return None


@lru_cache(maxsize=4)
def lexicon(knowledge: Knowledge = SHIPPED) -> ActorLexicon:
    """The compiled tables, with those of the user's folder."""
    return ActorLexicon(knowledge)


def _entries(knowledge: Knowledge) -> Iterator[tuple[ActorEntry, Iterable[str]]]:
    """Every name of the tables; what comes first keeps a spelling that several share, a user's own rows before all."""
    endings = tuple(r["word"] for r in knowledge.rows("actor_words") if r["use"] == "people_ending")
    yield from _leaders(knowledge.own("leaders"))
    yield from _bodies(knowledge.own("bodies"), endings)
    yield from _leaders(knowledge.numbered("leaders"))
    yield from _bodies(knowledge.numbered("bodies"), endings)
    yield from _countries(knowledge)


def _leaders(rows: Iterable[NumberedRow]) -> Iterator[tuple[ActorEntry, Iterable[str]]]:
    for numbered in rows:
        row = numbered.row
        yield (
            ActorEntry(row["name"], LEADER, row["country"] or None, row["sector"], "person", numbered.place),
            _names(row),
        )


def _names(row: Row) -> list[str]:
    return [row["name"], *_cells(row["aliases"])]


def _cells(cell: str) -> list[str]:
    return [c.strip() for c in cell.split("|") if c.strip()]


def _bodies(rows: Iterable[NumberedRow], endings: tuple[str, ...]) -> Iterator[tuple[ActorEntry, Iterable[str]]]:
    for numbered in rows:
        row, place = numbered.row, numbered.place
        kind: ActorKind = msgspec.convert(row["kind"], ActorKind)
        if kind != "country":
            yield ActorEntry(row["name"], BODY, row["country"] or None, row["sector"], kind, place), _names(row)
            continue
        adjectives = [n for n in _cells(row["aliases"]) if n.endswith(endings)]
        nouns = [n for n in _names(row) if n not in adjectives]
        yield ActorEntry(row["name"], COUNTRY, row["country"], row["sector"], kind, place), nouns
        yield ActorEntry(row["name"], ADJECTIVE, row["country"], row["sector"], kind, place), adjectives


def _countries(knowledge: Knowledge) -> Iterator[tuple[ActorEntry, Iterable[str]]]:
    rows = [(n.row, n.place) for n in knowledge.numbered("countries")]
    for row, place in rows:
        yield ActorEntry(row["name"], COUNTRY, row["iso3"], "", "country", place), _names(row)
    for row, place in rows:
        people = [*_cells(row["adjectives"]), *_cells(row["nouns"])]
        yield ActorEntry(row["name"], ADJECTIVE, row["iso3"], "", "country", place), people
    for row, place in rows:
        yield ActorEntry(row["name"], CAPITAL, row["iso3"], "", "country", place), _cells(row["capital"])


_ESSES = ("ss", "us", "is")
# Endings of plurals, with those of their singulars.
_ENDINGS = (("men", "man"), ("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"))


@lru_cache(maxsize=20_000)
def _singular(word: str) -> str:
    """The singular of a regular plural in lower case, by its form."""
    for plural, single in _ENDINGS:
        if word.endswith(plural) and len(word) > len(plural) + 1:
            return word[: -len(plural)] + single
    return word[:-1] if word.endswith("s") and len(word) > 3 and not word.endswith(_ESSES) else word
