"""CAMEO-style codes of phrases: "Taliban fighters" is AFGREB, "Hungarian foreign minister" HUNGOV."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from reportedly.actors.lexicon import ADJECTIVE, BODY, CAPITAL, COUNTRY, LEADER, Lexicon, Match, Role, lexicon, singular
from reportedly.model import ActorKind

_LINKS = frozenset(
    [
        "of",
        "for",
        "in",
        "at",
        "from",
        "with",
        "to",
        "on",
        "near",
        "by",
        "who",
        "that",
        "which",
        "based",
        "throughout",
        "fleeing",
        ",",
        "(",
    ]
)
# A nation behind these is not the one that they belong to ("anti-Baghdad", "ethnic Albanian guerrillas in Macedonia").
_ELSEWHERE = frozenset({"-", "ethnic"})
_ARMED = frozenset({"MIL"})
_KINDS: dict[str, ActorKind] = {"organization": "organization", "group": "group", "person": "person", "thing": "group"}


class Coding(msgspec.Struct, frozen=True):
    """Who a phrase means: alpha-3 country, CAMEO-style code (country and sector), kind; None where it does not say."""

    country: str | None
    code: str | None
    kind: ActorKind | None
    gender: str = ""


def code_of(phrase: str | Sequence[str], lex: Lexicon | None = None, place_country: str | None = None) -> Coding:
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
    cut = next((i for i, w in enumerate(words) if i and w.lower() in _LINKS), len(words))
    names = [m for m in lex.matches(words) if not (m.start and words[m.start - 1].lower() in _ELSEWHERE)]
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


def _title(words: Sequence[str], cut: int, last: Match | None, lex: Lexicon) -> tuple[int, int, Role] | None:
    """The role that the phrase is headed by, or the title before a name: its first word, the word behind it, itself."""
    for end in range(last.start if last else cut, 0, -1):
        if words[end - 1] in ("'s", "’s"):
            return None
        found = lex.role_ending(words, end)
        if found is not None and (end == cut or found[1].kind == "person"):
            return found[0], end, found[1]
    return None


def _named(
    last: Match, others: list[Match], words: Sequence[str], title: tuple[int, int, Role] | None, lex: Lexicon
) -> Coding:
    """A phrase that ends with a name of the tables ("Iraqi Kurds", "former President Askar Akayev")."""
    entry = last.entry
    near = next((m.entry.country for m in reversed(others) if m.entry.country), None)
    country = entry.country or (near if entry.sense == BODY and entry.kind == "group" else None)
    sector = entry.sector
    if entry.sense == LEADER and sector == "GOV" and _past(words[: last.start], lex):
        sector = "ELI"
    if entry.sense == BODY and country and country != entry.country:
        sector = sector[:3]
    kind: ActorKind = "group" if entry.sense == ADJECTIVE else entry.kind
    gender = title[2].gender if title else ""
    return Coding(country, f"{country or ''}{sector}" or None, kind, gender)


def _past(words: Sequence[str], lex: Lexicon) -> bool:
    return any(lex.sectors.get(w.lower()) == "past" or w.lower().startswith("ex-") for w in words) or "ex" in words


def _fallback(inside: list[Match], after: list[Match], place_country: str | None) -> Coding:
    """A phrase without a head that the tables know: the country of a modifier is all that can be said."""
    near = next((m.entry for m in reversed(inside) if m.entry.country), None)
    if near is not None:
        return Coding(near.country, near.country, None)
    far = next(
        (m.entry.country for m in after if m.entry.sense in (COUNTRY, CAPITAL) and m.entry.country), place_country
    )
    return Coding(far, far, None)


def _described(
    before: Sequence[str],
    behind: Sequence[str],
    head: str,
    role: Role,
    inside: list[Match],
    after: list[Match],
    place_country: str | None,
    lex: Lexicon,
) -> Coding:
    """A phrase that a role heads ("rebel spokesman", "members of the Taliban", "Turkish police")."""
    plural = singular(head.lower()) != head.lower()
    kind = _kind(role, plural=plural)
    bodies = (m.entry for m in [*reversed(inside), *after] if m.entry.sense == BODY and m.entry.kind != "group")
    body = next(bodies, None)
    country = _country(inside, after, place_country)
    sector = role.sector
    lent = _lent(before, lex) or _lent_behind(behind, lex)
    if role.scope in ("borrow", "owned", "weak", "proper") or (role.scope == "crowd" and body is not None):
        if body is not None and (role.scope != "owned" or not country):
            return Coding(body.country or country, body.code, kind, role.gender)
        sector = lent or role.sector
        if not sector and country and role.kind == "person" and role.scope == "borrow":
            sector = "" if role.head in lex.words("unsided") else "GOV"
    elif role.kind in ("person", "group") and lent in ("REB", "OPP") and role.sector in ("MIL", "GOV", "LEG"):
        sector = lent
    elif role.scope == "crowd":
        sector = lent or ("CVL" if country else "")
    if body is not None and country is None:
        country = body.country
        if body.sector.startswith("IGO"):
            return Coding(None, f"{body.code}{sector if sector in _ARMED else ''}", kind, role.gender)
    if sector in ("GOV", "LEG") and role.kind == "person" and _past(before, lex):
        sector = "ELI"
    return Coding(country, f"{country or ''}{sector}" or None, kind, role.gender)


def _kind(role: Role, *, plural: bool) -> ActorKind:
    return "group" if plural else _KINDS[role.kind]


def _country(inside: list[Match], after: list[Match], place_country: str | None) -> str | None:
    """The nation that a description names: in its modifiers first, then in what follows the head."""
    nations = (COUNTRY, ADJECTIVE, CAPITAL, LEADER)
    for match in [*inside, *after]:
        people = match.entry.sense == BODY and match.entry.kind == "group"
        if match.entry.sense == CAPITAL and place_country:
            return place_country  # "police in London, Ontario"
        if match.entry.country and (people or match.entry.sense in nations):
            return match.entry.country
    return place_country


def _lent_behind(behind: Sequence[str], lex: Lexicon) -> str:
    """The sector of what the head is *of* or *for* ("a member of the Syrian parliament")."""
    if not behind or behind[0].lower() not in ("of", "for", "from"):
        return ""
    end = next((i for i, w in enumerate(behind) if i and w.lower() in _LINKS), len(behind))
    found = lex.role_ending(behind, end) if end > 1 else None
    return found[1].sector if found is not None and found[1].scope != "crowd" and found[1].kind != "thing" else ""


def _lent(before: Sequence[str], lex: Lexicon) -> str:
    """The sector that a word before the head lends it, nearest first."""
    for end in range(len(before), 0, -1):
        word = before[end - 1].lower()
        found = lex.role_ending(before, end)
        plain = found is not None and found[1].scope != "crowd" and found[1].sector != "CVL"
        if found is not None and plain and found[1].sector and (end - found[0] > 1 or word not in lex.sectors):
            return found[1].sector
        sector = lex.sectors.get(word) or lex.sectors.get(singular(word))
        if sector and sector != "past":
            return sector
    return ""
