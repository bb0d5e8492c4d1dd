"""CAMEO-style codes of phrases: "Taliban fighters" is AFGREB, "Hungarian foreign minister" HUNGOV."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from reportedly.actors.lexicon import (
    ADJECTIVE,
    BODY,
    CAPITAL,
    COUNTRY,
    LEADER,
    ActorEntry,
    ActorLexicon,
    Match,
    Role,
    lexicon,
)
from reportedly.model import ActorKind

_ARMED = frozenset({"MIL"})
_KINDS: dict[str, ActorKind] = {"organization": "organization", "group": "group", "person": "person", "thing": "group"}


class CodePart(msgspec.Struct, frozen=True):
    """A part of a code and what gave it: a row for a word of the phrase, or a rule (``reason_words``) without one."""

    value: str
    row: str = ""
    word: str = ""
    rule: str = "code.word"


Parts = tuple[CodePart, ...]


class ActorCoding(msgspec.Struct, frozen=True):
    """Who a phrase means: alpha-3 country, CAMEO-style code (country and sector), kind; None where it does not say.

    ``parts`` are what the code was put together from.
    """

    country: str | None
    code: str | None
    kind: ActorKind | None
    gender: str = ""
    parts: Parts = ()


def of_entry(entry: ActorEntry, spelling: str = "") -> ActorCoding:
    """What a name of the tables says by itself."""
    return ActorCoding(entry.country, entry.code, entry.kind, parts=_entry_part(entry.code, entry, spelling))


def of_country(country: str | None, kind: ActorKind | None = None) -> ActorCoding:
    """What is all that a place says of somebody: the country that it lies in."""
    return ActorCoding(country, country, kind, parts=_part(country, rule="code.place"))


def _part(value: str | None, row: str = "", word: str = "", rule: str = "code.word") -> Parts:
    return (CodePart(value, row, word, rule),) if value else ()


def _entry_part(value: str | None, entry: ActorEntry, spelling: str) -> Parts:
    return _part(value, entry.row, spelling or entry.name)


def _match_part(match: Match) -> Parts:
    """The country of a name."""
    return _entry_part(match.entry.country, match.entry, match.spelling)


def code_of(
    phrase: str | Sequence[str], lex: ActorLexicon | None = None, place_country: str | None = None
) -> ActorCoding:
    """The country, code and kind of a noun phrase in capitals and small letters.

    >>> code_of("Turkish police").code
    'TURCOP'

    The head noun gives the sector ("police"), names and adjectives of place the country; a head that speaks or acts for
    others ("spokesman", "members") takes the code of those it stands beside or is *of*. ``place_country`` is the
    country of a place in the phrase that the tables of names do not know ("officials in Aleppo").
    """
    lex = lex or lexicon()
    words = lex.split(phrase) if isinstance(phrase, str) else list(phrase)
    if words and words[-1] in ("'s", "’s", "'", "’"):
        words.pop()
    cut = next((i for i, w in enumerate(words) if i and w.lower() in lex.words("link")), len(words))
    known = (m for m in lex.matches(words) if not _goes_on(m, words))
    names = [m for m in known if not _is_elsewhere_named(m, words, lex)]
    inside = [m for m in names if m.end <= cut]
    after = [m for m in names if m.start >= cut]
    last = next((m for m in inside if m.end == cut), None)
    if any(m.start < cut < m.end for m in names):
        last = next(m for m in names if m.start < cut < m.end)
        inside, after = [*inside, last], [m for m in names if m.start >= last.end]
        cut = last.end
    found = _title(words, cut, last, lex) if last is None or last.entry.sense == LEADER else None
    if last is not None and (found is None or last.entry.sense == LEADER):
        return _named(last, [m for m in inside if m is not last], words, found, lex)
    if found is None:
        return _fallback(inside, after, place_country)
    start, end, role = found
    before, behind = words[:start], words[cut:]
    return _described(
        before, behind, words[end - 1], role, [m for m in inside if m.start < end], after, place_country, lex
    )


def _is_elsewhere_named(match: Match, words: Sequence[str], lex: ActorLexicon) -> bool:
    """Whether a name beside a word says whose somebody is not: "anti-Baghdad", "Iran-backed militias"."""
    apart = match.start > 0 and words[match.start - 1].lower() in lex.words("elsewhere")
    return apart or lex.is_backer(words, match.end)


def _goes_on(match: Match, words: Sequence[str]) -> bool:
    """Whether the name of a body is only the beginning of a longer one: "National Front for Reform"."""
    rest = words[match.end : match.end + 2]
    body = match.entry.sense == BODY and match.end - match.start > 1
    return body and len(rest) > 1 and rest[0] == "for" and rest[1][:1].isupper()


def _title(words: Sequence[str], cut: int, last: Match | None, lex: ActorLexicon) -> tuple[int, int, Role] | None:
    """The role that the phrase is headed by, or the title before a name: its first word, the word behind it, itself."""
    for end in range(last.start if last else cut, 0, -1):
        if words[end - 1] in ("'s", "’s"):
            return None
        found = lex.role_ending(words, end)
        if found is not None and (end == cut or found[1].kind == "person"):
            return found[0], end, found[1]
    return None


def _named(
    last: Match, others: list[Match], words: Sequence[str], title: tuple[int, int, Role] | None, lex: ActorLexicon
) -> ActorCoding:
    """A phrase that ends with a name of the tables ("Iraqi Kurds", "former President Omar Sol")."""
    entry = last.entry
    near = next((m for m in reversed(others) if m.entry.country), None)
    if not (entry.sense == BODY and entry.kind == "group" and not entry.country) and not _is_elsewhere(
        near, last, title
    ):
        near = None
    country, sector = near.entry.country if near is not None else entry.country, entry.sector
    former = _past(words[: last.start], lex) if entry.sense == LEADER and sector == "GOV" else ()
    if former:
        sector = "ELI"
    if near is not None and not entry.country:
        sector = sector[:3]
    kind: ActorKind = "group" if entry.sense == ADJECTIVE else entry.kind
    own = f"{entry.country or ''}{'' if former else sector}"
    parts = (*(_match_part(near) if near is not None else ()), *_entry_part(own, entry, last.spelling), *former)
    return ActorCoding(country, f"{country or ''}{sector}" or None, kind, title[2].gender if title else "", parts)


def _is_elsewhere(near: Match | None, last: Match, title: tuple[int, int, Role] | None) -> bool:
    """Whether a nation right before a name or its title says another land than the table: "the Belarusian KGB"."""
    if near is None or near.entry.sense != ADJECTIVE or not last.entry.country:
        return False
    if near.entry.country == last.entry.country:
        return False
    first = title[0] if title is not None and title[1] == last.start else last.start
    return near.end == first


def _past(words: Sequence[str], lex: ActorLexicon) -> Parts:
    """That an office is no longer held ("former President"), with the word that says so."""
    past = next((w for w in words if _ended(w, lex) is not None), None)
    return _part("ELI", lex.sector_rows.get(_ended(past, lex) or "", ""), past) if past is not None else ()


def _ended(word: str, lex: ActorLexicon) -> str | None:
    """The row that says of a word, or of what stands before its hyphen, that an office is over: "the ex-mayor"."""
    lower = word.lower()
    return next((w for w in (lower, lower.partition("-")[0]) if lex.sectors.get(w) == "past"), None)


def _fallback(inside: list[Match], after: list[Match], place_country: str | None) -> ActorCoding:
    """A phrase without a head that the tables know: the country of a modifier is all that can be said."""
    behind = (m for m in after if m.entry.sense in (COUNTRY, CAPITAL) and m.entry.country)
    named = next((m for m in reversed(inside) if m.entry.country), None) or next(behind, None)
    if named is not None:
        return ActorCoding(named.entry.country, named.entry.country, None, parts=_match_part(named))
    return of_country(place_country)


def _described(
    before: Sequence[str],
    behind: Sequence[str],
    head: str,
    role: Role,
    inside: list[Match],
    after: list[Match],
    place_country: str | None,
    lex: ActorLexicon,
) -> ActorCoding:
    """A phrase that a role heads ("rebel spokesman", "members of the Taliban", "Turkish police")."""
    plural = lex.singular(head.lower()) != head.lower()
    kind = _kind(role, plural=plural)
    bodies = (m for m in [*reversed(inside), *after] if m.entry.sense == BODY and m.entry.kind != "group")
    named = next(bodies, None)
    whole = _entry_part(named.entry.code, named.entry, named.spelling) if named is not None else ()
    where = _country(inside, after, place_country)
    country = where[0].value if where else None
    lent = _lent(before, lex) or _lent_behind(behind, lex)
    lends = role.scope in ("borrow", "owned", "weak", "proper") or (role.scope == "crowd" and named is not None)
    if lends and named is not None and (role.scope != "owned" or not country):
        body = named.entry
        return ActorCoding(
            body.country or country, body.code, kind, role.gender, whole if body.country else (*where, *whole)
        )
    nations = (m for m in inside if m.entry.sense != BODY)
    covered = {i for m in nations for i in range(m.start, m.end)}
    apart = any(w[:1].isupper() and i not in covered for i, w in enumerate(before) if i)  # "Lebanon's Druze leader"
    speaking = None if apart else country
    sector = _chaired(role, before, behind, lex) or _sector(role, lent, lex, lends=lends, country=speaking)
    of = sector[0].value if sector else ""
    if named is not None and country is None:
        country, where = named.entry.country, _match_part(named)
        if named.entry.sector.startswith("IGO"):
            armed = of if of in _ARMED else ""
            return ActorCoding(
                None, f"{named.entry.code}{armed}", kind, role.gender, (*whole, *(sector if armed else ()))
            )
    if of in ("GOV", "LEG") and role.kind == "person" and (former := _past(before, lex)):
        sector, of = former, "ELI"
    return ActorCoding(country, f"{country or ''}{of}" or None, kind, role.gender, (*where, *sector))


def _chaired(role: Role, before: Sequence[str], behind: Sequence[str], lex: ActorLexicon) -> Parts:
    """The sector of the body whose president somebody is: "the union's president", "president of the university"."""
    if role.head not in lex.words("chair"):
        return ()
    whose = before[:-1] if before and before[-1] in ("'s", "’s", "'", "’") else before
    found = lex.role_ending(whose, len(whose)) if whose else None
    own = found is not None and found[1].kind == "organization" and found[1].sector not in ("", "GOV", "MIL", "REB")
    if own and found is not None:
        return _part(found[1].sector, found[1].row, found[1].head)
    lent = _lent(whose[-1:], lex) if found is not None and found[1].kind == "organization" else ()
    lent = lent or (_lent_behind(behind, lex) if behind[:1] == ["of"] else ())
    return () if lent and lent[0].value in ("GOV", "MIL", "REB") else lent


def _sector(role: Role, lent: Parts, lex: ActorLexicon, *, lends: bool, country: str | None) -> Parts:
    """What a described one is: by the head noun, by what is lent to it, or by what it stands for."""
    own = _part(role.sector, role.row, role.head)
    if lends:
        if lent or own:
            return lent or own
        speaks = country and role.kind == "person" and role.scope == "borrow" and role.head not in lex.words("unsided")
        return _part("GOV", word=role.head, rule="code.office") if speaks else ()
    rebel = bool(lent) and lent[0].value in ("REB", "OPP") and role.sector in ("MIL", "GOV", "LEG")
    if role.kind in ("person", "group") and rebel:
        return lent
    if role.scope == "crowd":
        return lent or (_part("CVL", word=role.head, rule="code.crowd") if country else ())
    return own


def _kind(role: Role, *, plural: bool) -> ActorKind:
    return "group" if plural else _KINDS[role.kind]


def _country(inside: list[Match], after: list[Match], place_country: str | None) -> Parts:
    """The nation that a description names: in its modifiers first, then in what follows the head."""
    nations = (COUNTRY, ADJECTIVE, CAPITAL, LEADER)
    for match in [*inside, *after]:
        people = match.entry.sense == BODY and match.entry.kind == "group"
        if match.entry.sense == CAPITAL and place_country:
            break  # "police in London, Ontario"
        if match.entry.country and (people or match.entry.sense in nations):
            return _match_part(match)
    return _part(place_country, rule="code.place")


def _lent_behind(behind: Sequence[str], lex: ActorLexicon) -> Parts:
    """The sector of what the head is *of* or *for* ("a member of the Syrian parliament")."""
    if not behind or behind[0].lower() not in ("of", "for", "from"):
        return ()
    end = next((i for i, w in enumerate(behind) if i and w.lower() in lex.words("link")), len(behind))
    found = lex.role_ending(behind, end) if end > 1 else None
    if found is None or found[1].scope == "crowd" or found[1].kind == "thing":
        return ()
    return _part(found[1].sector, found[1].row, found[1].head)


def _lent(before: Sequence[str], lex: ActorLexicon) -> Parts:
    """The sector that a word before the head lends it, nearest first."""
    for end in range(len(before), 0, -1):
        word = before[end - 1].lower()
        found = lex.role_ending(before, end)
        plain = found is not None and found[1].scope != "crowd" and found[1].sector != "CVL"
        if found is not None and plain and found[1].sector and (end - found[0] > 1 or word not in lex.sectors):
            return _part(found[1].sector, found[1].row, found[1].head)
        form = word if lex.sectors.get(word) else lex.singular(word)
        sector = lex.sectors.get(form)
        if sector and sector != "past":
            return _part(sector, lex.sector_rows[form], form)
    return ()
