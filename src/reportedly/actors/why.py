"""Why a phrase means this actor, and which table gives the code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reportedly.actors.coding import code_of
from reportedly.actors.lexicon import ADJECTIVE, BODY, CAPITAL, COUNTRY, LEADER, Entry, Lexicon, lexicon
from reportedly.model import Actor, Dispatch, Party, Reason, Span, Words
from reportedly.tables import numbered_rows

TABLES = {BODY: "bodies", LEADER: "leaders", COUNTRY: "countries", ADJECTIVE: "countries", CAPITAL: "countries"}
MOST_MENTIONS = 3


def why_party(field: str, party: Party, actor: Actor | None, dispatch: Dispatch, folder: Path | None) -> list[Reason]:
    """How the words at a party's place come to its name, and what its code was read from."""
    here = Span(party.start, party.end)
    words = dispatch.text[here.start : here.end]
    reasons = []
    if actor is not None and party.name.casefold() not in " ".join(words.casefold().split()):
        reasons.append(_why_name(field, party, actor, here, dispatch))
    if actor is not None and party.code:
        reasons.append(_why_code(field, party, _by_use(actor, here), actor.role, dispatch, folder))
    return reasons


def _why_name(field: str, party: Party, actor: Actor, here: Span, dispatch: Dispatch) -> Reason:
    """The phrase of a reference chain that gives the name."""
    own = next((m for m in actor.mentions if m.meets(here)), here)
    named = next((m for m in actor.mentions if party.name in dispatch.text[m.start : m.end]), None)
    named = named or next((m for m in actor.mentions if dispatch.text[m.start : m.end] in party.name), None)
    rule = f'"{_flat(dispatch, own)}" means {party.name} in this dispatch'
    if (named is None or named == own) and _flat(dispatch, own) in party.name:
        return Reason(
            field, party.name, f'"{_flat(dispatch, own)}" is named with whose it is', (_words(dispatch, own),)
        )
    if named is None or named == own:
        return Reason(field, party.name, f"{rule}, by the usual name in the tables", (_words(dispatch, own),))
    return Reason(field, party.name, f"{rule}, named here", (_words(dispatch, own), _words(dispatch, named)))


def _by_use(actor: Actor, here: Span) -> tuple[Span, ...]:
    """The mention at the party's own place first, then the others in text order."""
    return tuple(sorted(actor.mentions, key=lambda m: (not m.meets(here), m.start)))


def _why_code(
    field: str, party: Party, mentions: tuple[Span, ...], role: str | None, dispatch: Dispatch, folder: Path | None
) -> Reason:
    """The first mention that gives the code by itself, with the rows it matches; else those that give parts of it."""
    lex = lexicon(folder)
    whole = next((m for m in mentions if code_of(_flat(dispatch, m), lex).code == party.code), None)
    used = (whole,) if whole is not None else mentions
    phrases = [_flat(dispatch, m) for m in used] + ([role] if role and whole is None else [])
    rows = list(dict.fromkeys(r for phrase in phrases for r in _rows(phrase, lex, folder)))
    if party.country and whole is None and not any(r.rpartition(" is ")[2].startswith(party.country) for r in rows):
        rows.append(f"{party.country} from a name that stands with it")
    rule = f"code {party.code}: {'; '.join(rows)}" if rows else f"code {party.code}: from the words that stand with it"
    return Reason(field, party.name, rule, tuple(_words(dispatch, m) for m in used[:MOST_MENTIONS]))


def _rows(phrase: str, lex: Lexicon, folder: Path | None) -> Iterator[str]:
    """The rows of the tables that the words of a phrase match."""
    words = lex.split(phrase)
    for match in lex.matches(words):
        name = TABLES[match.entry.sense]
        place = _place_of(match.entry, name, folder) or _place_of(match.entry, "bodies", folder) or f"{name}.tsv"
        yield f'{place} "{match.spelling}" is {match.entry.code or match.entry.name}'
    role = lex.role_ending(words, len(words)) if words else None
    if role is not None and role[1].sector:
        place = _place("roles", role[1].head, folder, column="head") or "roles.tsv"
        yield f'{place} "{role[1].head}" is {role[1].sector}'
    for word in words:
        sector = lex.sectors.get(word.lower())
        if sector and (role is None or not role[1].sector):
            place = _place("sectors", word.lower(), folder, column="word") or "sectors.tsv"
            yield f'{place} "{word.lower()}" is {sector}'


def _place_of(entry: Entry, table: str, folder: Path | None) -> str | None:
    """The row of a name: where several have it, the one with the entry's sector."""
    rows = [n for n in numbered_rows(table, folder) if n.row["name"] == entry.name]
    exact = (n for n in rows if n.row.get("sector", "") == entry.sector)
    return next((n.place for n in (*exact, *rows)), None)


def _place(table: str, name: str, folder: Path | None, *, column: str) -> str | None:
    return next((n.place for n in numbered_rows(table, folder) if n.row[column] == name), None)


def _flat(dispatch: Dispatch, span: Span) -> str:
    return " ".join(dispatch.text[span.start : span.end].split())


def _words(dispatch: Dispatch, span: Span) -> Words:
    return Words(span.start, span.end, dispatch.text[span.start : span.end])
