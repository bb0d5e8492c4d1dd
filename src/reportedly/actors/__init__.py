"""Who is named, described or meant by a pronoun."""

from __future__ import annotations

from reportedly.actors.coding import Coding, code_of
from reportedly.actors.coreference import Resolver
from reportedly.actors.domestic import SECTORS, Home
from reportedly.actors.entities import Entity, all_codings, name_of
from reportedly.actors.lexicon import Lexicon, lexicon
from reportedly.actors.mentions import Finder, Mention
from reportedly.config import Config
from reportedly.ids import content_id
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Actor, Dispatch, Place, Span
from reportedly.parse.parsed import Doc

__all__ = ["Coding", "code_of", "find_actors"]


def find_actors(doc: Doc, dispatch: Dispatch, places: tuple[Place, ...], config: Config) -> tuple[Actor, ...]:
    """Everybody the dispatch speaks of, with every phrase and every safely resolved pronoun that means them.

    Mentions of different actors never overlap. An actor is named by the fullest proper name in the dispatch, or by the
    description; ``code`` and ``country`` are those that the dispatch's own words give, with the tables' knowledge of
    names. A name of a nation in a phrase of place ("in Iraq") is no mention of an actor.
    """
    lex = lexicon(knowledge_of(config))
    mentions = Finder(doc, places, lex, folded=_in_capitals(dispatch.text)).find()
    entities = Resolver(doc, mentions, lex).resolve()
    home = Home(doc, dispatch, places, entities, lex)
    return tuple(_actor(e, doc, dispatch, lex, home) for e in entities)


def _in_capitals(text: str) -> bool:
    """Whether the copy came in capitals, so that the letters of the reading text are guesses."""
    sample = text[:4000]
    upper = sum(map(str.isupper, sample))
    return upper > 4 * sum(map(str.islower, sample))


def _publisher(entity: Entity, dispatch: Dispatch) -> bool:
    """Whether somebody is the agency that sends the dispatch ("told Reuters")."""
    return dispatch.agency is not None and dispatch.agency.casefold() in entity.aliases


def _actor(entity: Entity, doc: Doc, dispatch: Dispatch, lex: Lexicon, home: Home) -> Actor:
    spans = tuple(_span(doc, m) for m in sorted(entity.mentions, key=lambda m: m.start))
    country, code = _codes(entity, lex)
    if country is None and code in SECTORS and (country := home.of(entity)) is not None:
        code = country + code
    kind = entity.kind or "person"
    if kind == "person" and _publisher(entity, dispatch):
        kind, code = "organization", "JRN"
    return Actor(
        id=content_id("a", dispatch.id, spans[0].start, spans[0].end),
        name=name_of(entity),
        kind=kind,
        role=max(entity.roles, key=len) if entity.roles else None,
        country=country,
        code=code,
        mentions=spans,
    )


def _span(doc: Doc, mention: Mention) -> Span:
    last = doc[mention.end - 1]
    return Span(doc[mention.start].idx, last.idx + len(last))


def _codes(entity: Entity, lex: Lexicon) -> tuple[str | None, str | None]:
    """Country and code: a code with a country before one without, the owner's country where there is no other."""
    codings = list(all_codings(entity, lex))
    best = next((c for c in codings if c.country and c.code != c.country), None)
    best = best or next((c for c in codings if c.country), None) or next(iter(codings), None)
    country, code = (best.country, best.code) if best is not None else (None, None)
    sector = next((c.code for c in codings if c.code and not c.country), None)
    if country and code == country and sector:
        return country, country + sector
    if country is None and entity.owner is not None and entity.owner is not entity:
        owner, owner_code = _codes(entity.owner, lex)
        if owner is not None:
            return owner, owner + code if code else owner_code
    return country, code
