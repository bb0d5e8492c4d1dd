"""Who is named, described or meant by a pronoun."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from reportedly.actors.coding import ActorCoding, code_of
from reportedly.actors.coreference import Resolver
from reportedly.actors.domestic import SECTORS, Home
from reportedly.actors.entities import Entity, NameEvidence, all_codings, name_of, with_tail
from reportedly.actors.lexicon import ActorLexicon, lexicon
from reportedly.actors.mentions import MentionFinder
from reportedly.actors.phrases import PRONOUN, ActorMention
from reportedly.config import Config
from reportedly.ids import content_id
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Actor, Because, Dispatch, Place, Span
from reportedly.parse.parsed import Doc
from reportedly.reasons import on

__all__ = ["ActorCoding", "code_of", "find_actors"]

Reasons = tuple[Because, ...]
ARMY, POLICE, HOUSE, PARTY = "MIL", "COP", "LEG", "PTY"
# Where deputies are those of a sheriff.
SHERIFFS = "USA"


def find_actors(
    doc: Doc, dispatch: Dispatch, places: tuple[Place, ...], config: Config
) -> tuple[tuple[Actor, ...], dict[str, Reasons]]:
    """Everybody the dispatch speaks of, with every phrase and every safely resolved pronoun that means them.

    Mentions of different actors never overlap. An actor is named by the fullest proper name in the dispatch, or by the
    description; ``code`` and ``country`` are those that the dispatch's own words give, with the tables' knowledge of
    names. A name of a nation in a phrase of place ("in Iraq") is no mention of an actor. With them the reasons for
    their codes and names, by their ids.
    """
    lex = lexicon(knowledge_of(config))
    mentions = MentionFinder(doc, places, lex, folded=_in_capitals(dispatch.text)).find()
    entities = Resolver(doc, mentions, lex).resolve()
    home = Home(doc, dispatch, places, entities, lex)
    made = [_actor(e, doc, dispatch, lex, home) for e in entities]
    return tuple(a for a, _ in made), {a.id: because for a, because in made}


def _in_capitals(text: str) -> bool:
    """Whether the copy came in capitals, so that the letters of the reading text are guesses."""
    sample = text[:4000]
    upper = sum(map(str.isupper, sample))
    return upper > 4 * sum(map(str.islower, sample))


def _publisher(entity: Entity, dispatch: Dispatch) -> bool:
    """Whether somebody is the agency that sends the dispatch ("told Reuters")."""
    return dispatch.agency is not None and dispatch.agency.casefold() in entity.aliases


def _actor(entity: Entity, doc: Doc, dispatch: Dispatch, lex: ActorLexicon, home: Home) -> tuple[Actor, Reasons]:
    spans = tuple(_span(doc, m) for m in sorted(entity.mentions, key=lambda m: m.start))
    coded = _codes(entity, lex, doc)
    if coded.country is None and coded.code in SECTORS and (country := home.of(entity)) is not None:
        about = Because("code", country, "code.home", words=spans[:1])
        coded = CodedActor(country, f"{country}{coded.code}", (about, *coded.because))
    coded = _in_uniform(_of_here(coded, home), entity, lex, home)
    kind = entity.kind or "person"
    if kind == "person" and _publisher(entity, dispatch):
        kind, coded = (
            "organization",
            CodedActor(coded.country, "JRN", (Because("code", "JRN", "code.agency", words=spans[:1]),)),
        )
    actor = Actor(
        id=content_id("a", dispatch.id, spans[0].start, spans[0].end),
        name=name_of(entity),
        kind=kind,
        role=max(entity.roles, key=len) if entity.roles else None,
        country=coded.country,
        code=coded.code,
        mentions=spans,
    )
    return actor, (*coded.because, _naming(actor.name, entity, doc))


def _naming(name: str, entity: Entity, doc: Doc) -> Because:
    """What gives the name: a mention that says it, the row of a name, or the owner ("its troops")."""
    said = (m for m in entity.mentions if m.type != PRONOUN and name.casefold() in (m.key, with_tail(m).casefold()))
    told = next(said, None)
    if told is not None:
        return Because("name", name, "name.said", words=(_span(doc, told),))
    row = next((m.entry.row for m in entity.mentions if m.entry is not None and m.entry.name == name), None)
    return Because("name", name, "name.owner") if row is None else Because("name", name, "name.table", row)


def _span(doc: Doc, mention: ActorMention) -> Span:
    last = doc[mention.end - 1]
    return Span(doc[mention.start].idx, last.idx + len(last))


class CodedActor(NamedTuple):
    """Country and code of somebody, and what gave them."""

    country: str | None
    code: str | None
    because: Reasons = ()


def _codes(entity: Entity, lex: ActorLexicon, doc: Doc) -> CodedActor:
    """Country and code: a code with a country before one without, the owner's country where there is no other."""
    found = list(all_codings(entity, lex))
    best = next((e for e in found if e.coding.country and e.coding.code != e.coding.country), None)
    best = best or next((e for e in found if e.coding.country), None) or next(iter(found), None)
    rebel = next((e for e in found if (e.coding.code or "").endswith("REB")), None)
    if entity.kind == "person" and best is not None and rebel is not None and best.coding.code == ARMY:
        best = rebel  # "Colonel Omar Sol, a rebel commander"
    coded = _coded(best, entity, doc) if best is not None else CodedActor(None, None)
    sector = next((e for e in found if e.coding.code and not e.coding.country), None)
    if coded.country and coded.code == coded.country and sector is not None:
        also = _coded(sector, entity, doc)
        return CodedActor(coded.country, f"{coded.country}{also.code}", (*coded.because, *also.because))
    if coded.country is None and entity.owner is not None and entity.owner is not entity:
        owner = _codes(entity.owner, lex, doc)
        if owner.country is not None:
            return _of_owner(owner, coded)
    return coded


def _of_here(coded: CodedActor, home: Home) -> CodedActor:
    """A party without a country that the dispatch does not name, where it names another: "Democrats in Belgrade"."""
    if coded.code != f"{coded.country}{PARTY}" or not any(b.row.startswith("bodies") for b in coded.because):
        return coded
    others = home.countries_beside(coded.code)
    if not others or coded.country in others:
        return coded
    return CodedActor(None, PARTY, tuple(msgspec.structs.replace(b, value=PARTY) for b in coded.because[:1]))


def _in_uniform(coded: CodedActor, entity: Entity, lex: ActorLexicon, home: Home) -> CodedActor:
    """Officers are of the police where it tells of police and of no army: "two officers were stabbed, police said".

    So are deputies where it tells of no parliament: "shot two deputies in Ohio".
    """
    doc = home.doc
    sheriffs = any(p.country == SHERIFFS for p in home.places)
    for served, nouns, others in ((ARMY, "uniform", "soldiering"), (HOUSE, "sworn", "lawmaking")):
        if coded.code and coded.code.endswith(served) and entity.nouns and entity.nouns <= lex.words(nouns):
            policing, other_words = lex.words("policing"), lex.words(others)
            told = next((t for t in doc if t.lower_ in policing), None)
            about = told is not None or (served == HOUSE and sheriffs)
            if about and not any(t.lower_ in other_words for t in doc):
                code = coded.code.removesuffix(served) + POLICE
                words = on(told) if told is not None else _span_of(entity, doc)
                return CodedActor(
                    coded.country, code, (*coded.because, Because("code", code, "code.uniform", words=words))
                )
    return coded


def _span_of(entity: Entity, doc: Doc) -> tuple[Span, ...]:
    return (_span(doc, entity.mentions[0]),)


def _of_owner(owner: CodedActor, own: CodedActor) -> CodedActor:
    """Somebody of whom only the owner's country is told: "its troops"."""
    if not own.code:
        return owner
    at = tuple(s for b in owner.because[:1] for s in b.words)
    return CodedActor(
        owner.country,
        f"{owner.country}{own.code}",
        (Because("code", owner.country, "code.owner", words=at), *own.because),
    )


def _coded(evidence: NameEvidence, entity: Entity, doc: Doc) -> CodedActor:
    """What one mention or office gives, with the rows for its words."""
    coding = evidence.coding
    at = _span(doc, evidence.mention or entity.mentions[0])
    because = (Because("code", p.value, p.rule, p.row, (at,), p.word) for p in coding.parts)
    return CodedActor(coding.country, coding.code, tuple(because))
