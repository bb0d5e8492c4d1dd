"""What kind of harm a death, an injury or a loss was: violence or accident, by the grammar, then by what is near."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from reportedly.events.conditions import holds
from reportedly.events.scene import TAKING_UP, EventScene
from reportedly.events.slots import doers, patients, patients_or_doers
from reportedly.events.triggers import Found, governor
from reportedly.model import Figure
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

BACK = 3
NEAR = 2
OFFICES = frozenset({"GOV", "MIL", "LEG", "JUD", "OPP", "REB", "SEP", "SPY"})
ONE = frozenset({"NNP", "PRP", "PRP$", "WP"})
MARKED = frozenset({"when", "after", "as", "while", "because"})
CAUSING = ("in", "by", "from", "during", "after", "under", "amid", "following", "of")
HELD = frozenset({"in", "under", "of", "during", "after"})


class Kind(NamedTuple):
    """The PLOVER type that a sense comes to in its dispatch, by which rule, and the word that tells the cause."""

    type: str
    rule: str = "type.row"
    cause: Token | None = None


class Cause(NamedTuple):
    """A word for a cause of harm and what it says: violence, accident, natural."""

    says: str
    word: Token | None = None


def settle(scene: EventScene, found: Sequence[Found]) -> list[Kind]:
    """The PLOVER types; harm is of the kind of what the grammar says it came of, else of the nearest word for a cause.

    Empty where nothing in the dispatch says what kind of harm it was and the sense alone does not either.
    """
    kinds = [Kind("" if f.entry.type.startswith("HARM") else f.entry.type) for f in found]
    at = {t.i: i for i, f in enumerate(found) for t in f.tokens}
    told = {t: kinds[i].type for t, i in at.items() if kinds[i].type}
    for i, f in enumerate(found):
        if f.entry.type.startswith("HARM"):
            kinds[i] = _kind(scene, f, told)
            told.update((t.i, kinds[i].type) for t in f.tokens if at[t.i] == i and kinds[i].type)
    return kinds


def _kind(scene: EventScene, found: Found, told: Mapping[int, str]) -> Kind:
    harms, default = scene.lexicon.harms, found.entry.type.partition(":")[2]
    cause = told_cause(scene, found, told)
    if cause is not None:
        return Kind(harms.get(cause.says, cause.says), "type.told", cause.word)
    cause = nearest_cause(scene, found)
    if cause is not None and cause.says == "natural" and _in_office(scene, found):
        return Kind(harms.get("accident", ""), "type.toll")
    if cause is None or cause.says not in harms:
        return Kind(default, "type.unknown")
    return Kind(harms[cause.says], "type.cause" if cause.word is not None else "type.dispatch", cause.word)


def told_cause(scene: EventScene, found: Found, told: Mapping[int, str]) -> Cause | None:
    """What the grammar says that the harm came of: the type of another trigger, or a word of ``events_causes``.

    First that somebody claims it, then the act that it is told to result from ("the shelling left six dead"), then
    who or what did it ("a bomb killed six"), then when it happened, in what, or by what ("six died in the raid").
    """
    token = governor(found)
    claimed = _claimed(scene, token)
    if claimed is not None:
        return Cause("violence", claimed)
    above = _result_of(token)
    if above is not None and (kind := _harmful(scene, above, told)):
        return Cause(kind, above)
    for doer in doers(scene, token) if found.entry.pos == "v" else []:
        if "subj" in found.entry.frame.actor:
            kind = _harmful(scene, doer, told) or _struck(scene, doer, told) or _doing(scene, doer)
        else:  # "an explosion killed nine"
            kind = "accident" if _is_accident(scene, doer) else None
        if kind:
            return Cause(kind, doer)
    return _occasion(scene, token, told) or _befallen(scene, token, told) or _shared_occasion(scene, token, told)


def _shared_occasion(scene: EventScene, verb: Token, told: Mapping[int, str]) -> Cause | None:
    """The cause told behind the last of several harms: "two were killed and nine hurt when a truck bomb exploded"."""
    later = (t for t in syntax.conjuncts(verb) if t.i > verb.i and t.tag_ == verb.tag_ == "VBN")
    return next((cause for t in later if (cause := _occasion(scene, t, told))), None)


def _claimed(scene: EventScene, noun: Token) -> Token | None:
    """The verb by which somebody says that he did it, as of no accident: "claimed responsibility for it"."""
    answering = noun.head.head if noun.dep_ == "pobj" else noun
    claims = answering.dep_ == "dobj" and scene.lemma(answering.head) in scene.lexicon.words["owned"]
    return answering.head if claims else None


def _befallen(scene: EventScene, verb: Token, told: Mapping[int, str]) -> Cause | None:
    """What a clause says that befell whoever dies: "the woman who was hit by a lorry on Monday has died"."""
    subject = syntax.own_subject(verb) if verb.pos_ == "VERB" else None
    clauses = syntax.children(subject, "relcl", "acl") if subject is not None else []
    return next((Cause(kind, c) for c in clauses if (kind := _harmful(scene, c, told))), None)


def _struck(scene: EventScene, doer: Token, told: Mapping[int, str]) -> str | None:
    """What befell a thing that is said to have killed: "the bombing of a bus that killed nine"."""
    if doer.dep_ != "pobj" or doer.head.lower_ not in ("of", "on"):
        return None
    return _harmful(scene, doer.head.head, told)


def _result_of(token: Token) -> Token | None:
    """The verb of the clause that a participle or a second verb goes on from: "crashed, killing nine"."""
    clause = syntax.first_conjunct(_causing(token) or token)
    if clause is not token and clause.dep_ == "pcomp":
        return clause.head.head
    if clause is not token:
        return clause if syntax.own_subject(token) is None else None
    goes_on = clause.dep_ == "advcl" and clause.tag_ == "VBG" and syntax.own_subject(clause) is None
    return syntax.first_conjunct(clause.head) if goes_on else None


def _causing(noun: Token) -> Token | None:
    """The verb behind "without" or "by" that says whether harm came of it: "attacked, without causing deaths"."""
    verb = noun.head
    return verb if noun.dep_ == "dobj" and verb.dep_ == "pcomp" and verb.head.lower_ in ("without", "by") else None


def _occasion(scene: EventScene, token: Token, told: Mapping[int, str]) -> Cause | None:
    """What the clauses of time and the phrases on a harm say of its cause: "when a cyclone hit", "in the crash"."""
    for clause in syntax.children(token, "advcl"):
        if any(c.lower_ in MARKED for c in syntax.children(clause, "mark", "advmod")):
            subject = syntax.own_subject(clause)
            kind = _harmful(scene, clause, told) or (_doing(scene, subject) if subject is not None else None)
            if kind:
                return Cause(kind, clause)
    for prep in syntax.children(token, "prep", "agent"):
        if prep.lower_ in CAUSING:
            for noun in syntax.prep_objects(token, prep.lower_):
                kind = _harmful(scene, noun, told) or (None if prep.lower_ in HELD else _doing(scene, noun))
                if kind:
                    return Cause(kind, noun)
    return None


def _harmful(scene: EventScene, token: Token, told: Mapping[int, str]) -> str | None:
    """The type of the trigger on a word, where it is a kind of harm: of "shelling", not of "peace talks"."""
    kind = told.get(token.i)
    types = scene.lexicon.types
    return kind if kind is not None and (kind in types.harm or kind in types.accident) else None


def _doing(scene: EventScene, token: Token) -> str | None:
    """What kind of harm somebody or something does: "gunmen" and "shells" do violence, "a flood" what nature does.

    Hazards and vehicles make accidents: "a bus".
    """
    token = syntax.antecedent(token)
    if _with_disease(scene, token):
        return "natural"
    if _is_accident(scene, token):
        return "accident"
    natural = scene.lexicon.causes.get(scene.lemma(token)) == "natural"
    if natural or any(scene.lexicon.causes.get(scene.lemma(c)) == "natural" for c in _before(token)):
        return "natural"
    classes = scene.classes(token)
    if token.lower_ in scene.lexicon.words["wheel"]:
        return None
    if "vehicle" in classes:
        return None if "force" in classes or "weapon" in classes else "accident"
    if token.lower_ in TAKING_UP and scene.actors.get(token) is None:
        return None  # "when it fell, killing two": whatever it is
    hazard, arms = "hazard" in classes, not classes.isdisjoint({"weapon", "fighting"})
    if hazard != arms:
        return "accident" if hazard else "violence"
    return "violence" if not hazard and not classes.isdisjoint({"person", "force"}) else None


def _is_accident(scene: EventScene, noun: Token) -> bool:
    """Whether the words around an event noun make an accident of it: "an explosion at a factory killed nine"."""
    senses = scene.lexicon.entries.get(("n", scene.lemma(noun)), ()) if noun.pos_ == "NOUN" else ()
    sense = next((s for s in senses if len(s.words) == 1 and all(holds(scene, noun, t) for t in s.tests)), None)
    return sense is not None and sense.type in scene.lexicon.types.accident


def _with_disease(scene: EventScene, noun: Token) -> bool:
    """Whether a fight is one with an illness: "a long battle with cancer"."""
    return any("disease" in scene.classes(o) for o in syntax.prep_objects(noun, "with", "against"))


def _before(noun: Token) -> list[Token]:
    return syntax.children(noun, "compound", "amod")


def settle_counted(scene: EventScene, found: list[Found], kinds: list[Kind], figures: Sequence[Figure]) -> list[Kind]:
    """The types with those of counted harm filled in that nothing gives a cause for ("5,500 people were injured").

    Such harm is of the kind that its sentence tells beside it, else a toll of unknown cause: HAZARD.
    """
    told, types = {(_sentence(scene, f), f.role) for f in figures}, scene.lexicon.types
    out = list(kinds)
    beside: dict[int, set[str]] = {}
    for f, kind in zip(found, kinds, strict=True):
        beside.setdefault(f.token.sent.start, set()).add(kind.type)
    for i, (f, kind) in enumerate(zip(found, kinds, strict=True)):
        start = f.token.sent.start
        if kind.type or f.entry.type != "HARM:" or nearest_cause(scene, f) is not None:
            continue
        if any((start, role) in told for role in f.entry.roles):
            kindred = beside[start] & (types.harm | types.accident)
            violent = bool(kindred) and kindred <= types.harm
            toll = scene.lexicon.harms.get("accident", "")
            out[i] = Kind(min(kindred), "type.beside") if violent else Kind(toll, "type.toll")
    return [kind if kind.type else _of_joined(scene, f, found, out) for f, kind in zip(found, out, strict=True)]


def _of_joined(scene: EventScene, harm: Found, found: Sequence[Found], kinds: Sequence[Kind]) -> Kind:
    """The kind of the harm with which one of the same people goes on: "three were hurt and died in hospital"."""
    first = syntax.first_conjunct(harm.token)
    goes_on = first != harm.token and syntax.own_subject(harm.token) is None
    if harm.entry.type != "HARM:" or not goes_on or nearest_cause(scene, harm) is not None:
        return Kind("", "type.unknown")
    told = (k for f, k in zip(found, kinds, strict=True) if f.token == first and f.entry.type.startswith("HARM"))
    return next((Kind(k.type, "type.joined") for k in told if k.type), Kind("", "type.unknown"))


def _sentence(scene: EventScene, figure: Figure) -> int | None:
    span = scene.doc.char_span(figure.start, figure.end, alignment_mode="expand")
    return span[0].sent.start if span else None


def nearest_cause(scene: EventScene, found: Found) -> Cause | None:
    """What the nearest word for a cause says: in the sentence, else in those before it, else in the whole dispatch."""
    own = {t.i for t in found.tokens} | _of_victims(found)
    index = scene.doc.sentence_number(found.token.i)
    causes = _causes(scene)
    here = [c for c in causes.get(index, ()) if c[0] not in own]
    if here:
        return min(here, key=lambda c: abs(c[0] - found.token.i))[1]
    for back in range(index - 1, max(index - 1 - (NEAR if _of_one_person(scene, found) else BACK), -1), -1):
        if back in causes:
            return causes[back][-1][1]
    if _of_one_person(scene, found):
        return Cause("natural")
    votes = Counter(c.says for told in causes.values() for _, c in told)
    return Cause(max(sorted(votes), key=votes.__getitem__)) if votes else None


def _of_victims(found: Found) -> set[int]:
    """The words of those to whom it is done, which say nothing of the cause: "killing all 18 soldiers on board"."""
    if found.entry.pos != "v":
        return set()
    return {t.i for victim in patients(found.token) for t in syntax.np_tokens(victim)}


def _of_one_person(scene: EventScene, found: Found) -> bool:
    """Whether one person by name dies, whose death needs no violence or disaster to be told: "Ann Miller died"."""
    if found.entry.type != "HARM:" or found.entry.roles.isdisjoint({"killed"}):
        return False
    dying = _dying(scene, found)
    actor = scene.actors.get(dying[0]) if len(dying) == 1 else None
    if actor is None or actor.kind != "person":
        return False
    return dying[0].tag_ in ONE or (dying[0].tag_ == "NN" and actor.name[:1].isupper())


def _dying(scene: EventScene, found: Found) -> list[Token]:
    """Who dies, also where the day stands between: "the death on Monday of the president"."""
    token = found.token
    dying = patients_or_doers(scene, token) if found.entry.pos == "v" else syntax.children(token, "poss", "nsubj")
    dated = [*syntax.prep_objects(token, "on", "in"), *syntax.children(token, "npadvmod")]
    return dying or syntax.prep_objects(token, "of") or [t for o in dated for t in syntax.prep_objects(o, "of")]


def _in_office(scene: EventScene, found: Found) -> bool:
    """Whether it is a ruler, an officer or the like whose death by age or illness is news: "President X died"."""
    if not _of_one_person(scene, found):
        return False
    actor = scene.actors.get(_dying(scene, found)[0])
    roles = (actor.code or "").removeprefix(actor.country or "") if actor is not None else ""
    return any(roles[i : i + 3] in OFFICES for i in range(0, len(roles), 3))


@lru_cache(maxsize=1)
def _causes(scene: EventScene) -> dict[int, list[tuple[int, Cause]]]:
    """The words for causes with their positions, by the number of their sentence: "shelling", "flood", "car crash"."""
    table = scene.lexicon.causes
    found: dict[int, list[tuple[int, Cause]]] = {}
    for t in scene.doc:
        cause = _of_guns(scene, t) or table.get(scene.lemmas[t.i])
        cause = cause or (table.get(t.lower_) if t.pos_ != "VERB" else None)
        if cause == "violence" and _with_disease(scene, t):
            cause = "natural"
        if cause == "accident" and t.dep_ == "compound" and scene.lemmas[t.head.i] in table:
            cause = None  # of "truck bomb" the bomb counts
        if cause is not None and t.pos_ != "PROPN":
            found.setdefault(scene.doc.sentence_number(t.i), []).append((t.i, Cause(cause, t)))
    return found


def _of_guns(scene: EventScene, token: Token) -> str | None:
    """Whether what is said to be fire is that of guns: "rebels fired", "exchanged fire", "mortar fire"."""
    if scene.lemmas[token.i] not in scene.lexicon.words["gunfire"]:
        return None
    beside = (token.head, token.head.head, *_before(token)) if token.dep_ != "compound" else ()
    firing = scene.lexicon.words["firing"]
    return "violence" if token.pos_ == "VERB" or any(scene.lemma(t) in firing for t in beside) else None
