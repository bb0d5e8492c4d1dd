"""Why a phrase means this actor, and which table gives the code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reportedly.actors.coding import code_of
from reportedly.actors.lexicon import ADJECTIVE, BODY, CAPITAL, COUNTRY, LEADER, Entry, Lexicon, lexicon
from reportedly.knowledge.load import Knowledge
from reportedly.model import Actor, Dispatch, Party, Reason, Span, Words

TABLES = {BODY: "bodies", LEADER: "leaders", COUNTRY: "countries", ADJECTIVE: "countries", CAPITAL: "countries"}
MOST_MENTIONS = 3
BESIDE = 60  # characters around a mention in which the words of its code stand


def why_party(
    field: str, party: Party, actor: Actor, dispatch: Dispatch, reading: str, knowledge: Knowledge
) -> list[Reason]:
    """How the words at a party's place come to its name, and what its code was read from.

    ``reading`` is the text as it was analysed, with capitals restored.
    """
    here = Span(party.start, party.end)
    reasons = []
    if party.name.casefold() not in _flat(reading, here).casefold():
        reasons.append(_why_name(field, party, actor, here, dispatch, reading))
    if party.code:
        reasons.append(_why_code(field, party, actor, here, dispatch, reading, knowledge))
    return reasons


def _why_name(field: str, party: Party, actor: Actor, here: Span, dispatch: Dispatch, reading: str) -> Reason:
    """The phrase of a reference chain that gives the name."""
    own = next((m for m in actor.mentions if m.meets(here)), here)
    name, said = party.name.casefold(), _flat(dispatch.text, own)
    named = next((m for m in actor.mentions if name in _flat(reading, m).casefold()), None)
    named = named or next((m for m in actor.mentions if m != own and _flat(reading, m).casefold() in name), None)
    if named is not None and named != own:
        rule = f'"{said}" means {party.name} in this dispatch, named here'
        return Reason(field, party.name, rule, (_words(dispatch, own), _words(dispatch, named)))
    whose = _flat(reading, own).casefold() in name
    rule = f'"{said}" is named with whose it is' if whose else f'"{said}" is {party.name} by the tables'
    return Reason(field, party.name, rule, (_words(dispatch, own),))


class _Part(NamedTuple):
    """A row that gives part of a code: what it says, and whether that is the country or the sector."""

    says: str
    country: bool
    sector: bool


def _why_code(
    field: str, party: Party, actor: Actor, here: Span, dispatch: Dispatch, reading: str, knowledge: Knowledge
) -> Reason:
    """The first mention that gives the code by itself, with the rows it matches; else those that give parts of it."""
    lex, code = lexicon(knowledge), party.code or ""
    mentions = sorted(actor.mentions, key=lambda m: (not m.meets(here), m.start))
    whole = next((m for m in mentions if code_of(_flat(reading, m), lex).code == code), None)
    used = [whole] if whole is not None else mentions
    phrases = [_flat(reading, m) for m in used] + ([actor.role] if actor.role and whole is None else [])
    parts = list(dict.fromkeys(r for phrase in phrases for r in _parts(phrase, party, lex, knowledge)))
    # Copy that came in capitals is matched in whatever letters.
    parts = parts or [r for phrase in phrases for r in _parts(phrase, party, lex, knowledge, folded=True)][:1]
    parts += _beside(party, mentions, parts, reading, lex, knowledge)
    told = "; ".join(p.says for p in parts) or "from the words that stand with it"
    return Reason(field, party.name, f"code {code}: {told}", tuple(_words(dispatch, m) for m in used[:MOST_MENTIONS]))


def _beside(
    party: Party, mentions: list[Span], known: list[_Part], reading: str, lex: Lexicon, knowledge: Knowledge
) -> list[_Part]:
    """The words nearest to a mention that give what the mentions themselves do not: "Colombian" of the government."""
    country = bool(party.country) and not any(p.country for p in known)
    sector = party.code != party.country and not any(p.sector for p in known)
    for mention in mentions if country or sector else ():
        window = reading[max(0, mention.start - BESIDE) : mention.end + BESIDE]
        found = _parts(" ".join(window.split()), party, lex, knowledge)
        lacking = [p for p in found if (country and p.country) or (sector and p.sector)]
        if lacking:
            return [p._replace(says=f"{p.says}, beside it") for p in lacking[:1]]
    return []


def _parts(phrase: str, party: Party, lex: Lexicon, knowledge: Knowledge, *, folded: bool = False) -> Iterator[_Part]:
    """The rows of the tables that words of a phrase match and that have a part in the code, each word once."""
    country, code = party.country or "", party.code or ""
    tail = code.removeprefix(country)
    words = lex.split(phrase)
    taken: set[str] = set()
    for match in lex.matches(words, folded=folded):
        entry = match.entry
        part = _Part("", bool(country) and entry.country == country, bool(entry.sector) and entry.sector in tail)
        if part.country or part.sector:
            place = next(
                filter(None, (_place_of(entry, t, knowledge) for t in (TABLES[entry.sense], "bodies"))), "tables"
            )
            taken.add(match.spelling.lower())
            yield part._replace(says=f'{place} "{match.spelling}" is {entry.code or entry.name}')
    for end in range(len(words), 0, -1):
        role = lex.role_ending(words, end)
        if role is not None and role[1].sector and role[1].sector in tail and role[1].head not in taken:
            taken.update((role[1].head, *role[1].head.split()))
            place = _place("roles", role[1].head, knowledge, column="head") or "roles.tsv"
            yield _Part(f'{place} "{role[1].head}" is {role[1].sector}', country=False, sector=True)
    for word in dict.fromkeys(w.lower() for w in words):
        sector = lex.sectors.get(word, "")
        if word not in taken and sector and (sector in tail or (sector == "past" and "ELI" in tail)):
            place = _place("sectors", word, knowledge, column="word") or "sectors.tsv"
            yield _Part(f'{place} "{word}" is {sector}', country=False, sector=True)


def _place_of(entry: Entry, table: str, knowledge: Knowledge) -> str | None:
    """The row of a name: where several have it, the one with the entry's sector."""
    rows = [n for n in knowledge.numbered(table) if n.row["name"] == entry.name]
    exact = (n for n in rows if n.row.get("sector", "") == entry.sector)
    return next((n.place for n in (*exact, *rows)), None)


def _place(table: str, name: str, knowledge: Knowledge, *, column: str) -> str | None:
    return next((n.place for n in knowledge.numbered(table) if n.row[column] == name), None)


def _flat(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split())


def _words(dispatch: Dispatch, span: Span) -> Words:
    return Words(span.start, span.end, dispatch.text[span.start : span.end])
