"""Whether what a trigger tells is an affair of the news that a ledger keeps: politics, conflict, aid, disaster.

The same words tell of trade, sport and private life ("the company agreed to buy"), and of things that do nothing on
purpose ("water attacks the ice"). A wrong claim costs more than a missed one.
"""

from __future__ import annotations

from reportedly.events.arguments import Sides
from reportedly.events.generic import of_anyone, tells_rule
from reportedly.events.parties import is_thing
from reportedly.events.scene import EventScene
from reportedly.events.slots import doers, patients
from reportedly.events.triggers import Found, governor, tells_toll
from reportedly.model import Party
from reportedly.parse import syntax
from reportedly.parse.parsed import Token
from reportedly.parse.spans import head_of

PRIVATE = frozenset({"EDU", "ELI", "MED", "BUS", "MNC", "JRN"})
# Classes of words of copy about things that are told as if they were fights, and how many make such copy: one "team"
# may be of rescuers.
SHOWS = {"sport": 2, "show": 1}
PUBLIC = frozenset({
    "GOV", "MIL", "COP", "JUD", "LEG", "SPY", "OPP", "REB", "SEP", "INS", "UAF", "IGO", "NGO", "NGM", "IMG", "REF",
    "LAB", "PTY", "REL", "CRM", "PRM", "ETH",
})  # fmt: skip
DENSE = 0.02
SIZE = 3
SITES = (".com", ".net", ".org")


def is_affair(scene: EventScene, found: Found, type_: str, sides: Sides) -> bool:
    """Whether the event belongs into the ledger."""
    return not (
        _asked_of_you(found.token)
        or _of_everybody(scene, found, sides)
        or _is_habit(scene, governor(found))
        or tells_rule(scene, found, type_)
        or of_anyone(found)
        or _is_advice(scene, found, sides)
        or _is_aside(scene, governor(found))
        or _is_occasion(scene, found)
        or _names_a_body(scene, found)
        or _in_general(scene, found, type_, sides)
        or (type_ in scene.lexicon.types.placed and _is_feigned(scene, found))
        or _of_animals(scene, found)
        or _is_trade(scene, found, type_, sides)
        or (not tells_toll(scene, found) and _is_show(scene, type_, sides))
        or (type_ in scene.lexicon.types.personal and _is_private(scene, sides) and not _is_of_labour(scene, found))
        or (type_ in scene.lexicon.types.willed and not tells_toll(scene, found) and _done_by_a_thing(scene, found))
    )


def _asked_of_you(token: Token) -> bool:
    """Whether it stands in a question to the one who is interviewed, which claims nothing: "Did you order raids?"."""
    sentence = token.sent
    asks = any(t.text == "?" for t in sentence[-SIZE:])
    return asks and any(t.lower_ in ("you", "your") for t in sentence)


def _of_everybody(scene: EventScene, found: Found, sides: Sides) -> bool:
    """Whether it is said of a *you* that means everybody ("you will die", "reminds you of")."""
    if found.entry.pos != "v" or sides.actors or sides.recipients:
        return False
    return any(t.lower_ == "you" for t in (*doers(scene, found.token), *patients(found.token)))


def _is_habit(scene: EventScene, token: Token) -> bool:
    """Whether it tells what usually happens, in the present tense: "police often arrest strikers"."""
    clause = syntax.clause_head(token)
    if clause.tag_ not in ("VBZ", "VBP", "VB") or any(c.dep_ == "aux" and c.tag_ != "MD" for c in clause.children):
        return False
    return any(c.dep_ == "advmod" and scene.lemma(c) in scene.lexicon.words["usual"] for c in clause.children)


def _is_advice(scene: EventScene, found: Found, sides: Sides) -> bool:
    """Whether somebody without office says what must be done, or what things must do ("exports must rise")."""
    if "teller" not in found.entry.frame.actor:
        return False
    obliged = syntax.own_subject(found.token.head)
    if obliged is not None and is_thing(scene, obliged):
        return True
    return any(_roles(p) and _roles(p) <= PRIVATE | {"AGR", "LAB", "CVL"} for p in sides.actors)


def _is_aside(scene: EventScene, token: Token) -> bool:
    """Whether it says who tells it ("according to the inquiry", "close to the talks"), or what it is like."""
    link = token.head if token.dep_ == "pobj" else token
    if link.lower_ == "as" and scene.lemma(link.head) in scene.lexicon.words["define"]:
        return True
    near = link.head.lower_ if link is not token else ""
    if near == "according" or near in scene.lexicon.words["near"]:
        return True
    for node in (token, *token.ancestors):
        if node.dep_ == "prep" and node.lower_ == "like":
            return True
        if node.dep_ in ("ROOT", "ccomp", "relcl", "advcl"):
            return False
    return False


def _is_occasion(scene: EventScene, found: Found) -> bool:
    """Whether an election is only what somebody stands for or speaks of: "a candidate for the election".

    One that is dated where it is named, or told to be held, is told of.
    """
    token = found.token
    if found.entry.pos != "n" or scene.lemma(token) not in scene.lexicon.words["occasion"]:
        return False
    if token.dep_ == "dobj":  # "conceded the election"
        return scene.lemma(token.head) in scene.lexicon.words["contend"] and len(found.tokens) == 1
    if token.dep_ != "pobj":
        return False
    if token.head.lower_ in syntax.TIMING or any(
        c.dep_ in ("relcl", "acl", "poss", "npadvmod") for c in token.children
    ):
        return False
    return not any(t.ent_type_ == "DATE" and not _is_year_of(t, token) for t in token.subtree)


def _names_a_body(scene: EventScene, found: Found) -> bool:
    """Whether a bare noun says what a body is for: "the directorate of police and *investigations*"."""
    noun, first = found.token, syntax.first_conjunct(found.token)
    if found.entry.pos != "n" or first.dep_ != "pobj" or first.head.lower_ not in ("of", "on", "for"):
        return False
    body = scene.actors.get(first.head.head)
    named = body is not None and body.kind == "organization" and first.lower_ in body.name.casefold().split()
    return named and not any(c.dep_ in ("poss", "nummod", "prep", "acl", "relcl") for c in noun.children)


def _is_year_of(word: Token, noun: Token) -> bool:
    """Whether a year before a noun belongs to its name: "a contender in the *2016* election"."""
    return word.like_num and word.i < noun.i and word.head is noun


def _in_general(scene: EventScene, found: Found, type_: str, sides: Sides) -> bool:
    """Whether a bare noun speaks of violence as such ("sex and violence"), of nobody and not as what happened."""
    token = found.token
    if found.entry.pos != "n" or sides.actors or sides.recipients:
        return False
    if (
        token.dep_ == "pobj"
        and token.head.lower_ == "of"
        and scene.lemma(token.head.head) in scene.lexicon.words["general"]
    ):
        return not any(c.dep_ in ("det", "poss", "nummod") for c in token.children)
    if _is_curbed(scene, token) or _is_punished(scene, token):
        return True
    if type_ not in scene.lexicon.types.harm or tells_toll(scene, found):
        return False
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    alone = after.pos_ != "ADP" and not any(c.dep_ not in ("punct", "cc", "conj", "amod") for c in token.children)
    told = syntax.first_conjunct(token).dep_ in ("nsubj", "nsubjpass", "dobj", "ROOT", "attr")
    return alone and not told and not _borne(scene, token)


def _is_curbed(scene: EventScene, noun: Token) -> bool:
    """Whether bare words for harm name what shall not be: "would reduce risks and accidents", "to prevent attacks"."""
    first = syntax.first_conjunct(noun)
    if first.dep_ != "dobj" or scene.lemma(first.head) not in scene.lexicon.words["curb"]:
        return False
    return not any(c.dep_ in ("det", "poss", "nummod", "prep", "acl", "relcl") for c in noun.children)


def _is_punished(scene: EventScene, noun: Token) -> bool:
    """Whether bare words for harm name what rules are for: "stricter punishment for sexual abuse"."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("for", "against"):
        return False
    ruled = scene.lemma(noun.head.head) in scene.lexicon.words["penal"]
    return ruled and not any(c.dep_ in ("det", "poss", "nummod", "prep", "acl", "relcl") for c in noun.children)


def _borne(scene: EventScene, noun: Token) -> bool:
    """Whether a verb says that somebody takes part or suffers it ("killed in clashes", "subjected to torture")."""
    verb = noun.head.head
    return noun.dep_ == "pobj" and f"{scene.lemma(verb)} {noun.head.lower_}" in scene.lexicon.light


def _is_feigned(scene: EventScene, found: Found) -> bool:
    """Whether it happens in a film or a drill only: "in the film, soldiers burn a village", "a mock raid"."""
    token, feigned = governor(found), scene.lexicon.words["feigned"]
    before = syntax.children(token, "amod", "compound") if found.entry.pos in ("n", "x") else []
    shown = token.dep_ in ("dobj", "nsubjpass") and scene.lemma(token.head) in feigned
    if shown or any(t.lower_ in feigned for t in before):
        return True
    return any(_tells(scene, node, token) for node in syntax.ancestors_with_self(token))


def _tells(scene: EventScene, node: Token, event: Token) -> bool:
    """Whether a clause around an event is of what is only told or rehearsed: "killed in the film".

    So is one whose subject is such a thing: "the film tells of a raid".
    """
    fiction = scene.lexicon.words["fiction"]
    if node.pos_ not in ("VERB", "AUX"):
        return False
    if any(scene.lemma(t) in fiction for t in syntax.prep_objects(node, "in", "during") if t is not event):
        return True
    if node.dep_ == "relcl" and scene.lemma(node.head) in fiction:
        return any(c.dep_ == "prep" and any(o.tag_ == "WDT" for o in c.children) for c in node.children)
    subject = syntax.own_subject(node)
    return node is not event and subject is not None and scene.lemma(subject) in fiction


def _of_animals(scene: EventScene, found: Found) -> bool:
    """Whether animals or plants are what is hurt, caught or set free, or what attacks."""
    token = found.token
    around = [*doers(scene, token), *patients(token)] if found.entry.pos == "v" else _around(token)
    if not around and scene.number(token, "animal") > 1 and not any("human" in scene.classes(t) for t in token.sent):
        return True
    if any("force" in scene.classes(t) for t in around):
        return False  # "Soldiers stole cattle" is no affair of the cattle
    classes = [scene.classes(t) for t in around if scene.actors.get(t) is None]
    return any("animal" in c and "building" not in c for c in classes) and not any("human" in c for c in classes)


def _around(token: Token) -> list[Token]:
    """What a noun is of, on or by, and what stands before it: "horses" in "the killing of horses", "horse thefts".

    Also the noun that it stands before: "dogs" in "attack dogs".
    """
    return [
        *syntax.prep_objects(token, "of", "on", "by"),
        *syntax.children(token, "compound", "poss"),
        *([token.head] if token.dep_ in ("amod", "compound") else []),
    ]


def _is_trade(scene: EventScene, found: Found, type_: str, sides: Sides) -> bool:
    """Whether companies deal with each other ("Delta Oil will buy shares"), or nobody is named in copy about trade."""
    parties = (*sides.actors, *sides.recipients)
    if type_ in scene.lexicon.types.harm and any(_is_company(scene, p) for p in sides.actors):
        return not tells_toll(scene, found)
    if _is_of_labour(scene, found):
        return False
    if type_ not in scene.lexicon.types.civil or any(_is_public(scene, p) for p in parties):
        return False
    if any(_is_company(scene, p) for p in parties):
        return True
    if any(
        "force" in scene.classes(t) and scene.lemma(t) not in scene.lexicon.words["trade"] for t in found.token.sent
    ):
        return False
    traded = scene.number(found.token, "market") + scene.number(found.token, "company")
    return scene.share("market") >= DENSE or traded > 1 or (traded == 1 and scene.share("market") >= DENSE / 2)


def _is_of_labour(scene: EventScene, found: Found) -> bool:
    """Whether what employers do concerns their workers: "the company offered a rise, which the union turned down"."""
    labour = scene.lexicon.words["labour"]
    return any(t.pos_ == "NOUN" and scene.lemma(t) in labour for t in found.token.sent)


def _is_show(scene: EventScene, type_: str, sides: Sides) -> bool:
    """Whether it is told in copy about sport, stage or screen, of nobody but players, teams and artists.

    Teams are named by their town.
    """
    types = scene.lexicon.types
    if type_ not in types.civil | types.harm or not any(
        scene.share(genre) >= DENSE and scene.hits(genre) >= fewest for genre, fewest in SHOWS.items()
    ):
        return False
    parties = (*sides.actors, *sides.recipients)
    return not any(_is_public(scene, p) and p.code != p.country for p in parties)


def _is_private(scene: EventScene, sides: Sides) -> bool:
    """Whether private people ask, thank, meet or promise each other something, by their codes.

    Who held an office speaks as one of the public: "former minister Ana Ruiz called for talks".
    """
    parties = (*sides.actors, *sides.recipients)
    if not sides.actors or any(_held_office(scene, p) for p in sides.actors):
        return False
    return all(p.code is not None and _roles(p) and _roles(p) <= PRIVATE for p in parties)


def _held_office(scene: EventScene, party: Party) -> bool:
    """Whether somebody is introduced by an office of a state, held once or sought: "the former premier"."""
    found = scene.actors.get(head_of(scene.doc, party.start, party.end))
    classes = scene.lexicon.classes
    words = (found.role or "").casefold().replace(",", " ").split() if found is not None else ()
    return any("official" in classes.get(w, ()) or "officer" in classes.get(w, ()) for w in words)


def _roles(party: Party) -> set[str]:
    """The parts of a code behind the country."""
    roles = (party.code or "").removeprefix(party.country or "")
    return {roles[i : i + SIZE] for i in range(0, len(roles), SIZE)}


def _is_public(scene: EventScene, party: Party) -> bool:
    """A state, its servants, those who fight or govern: by code, else by the words; a country, no body of a town."""
    if _is_company(scene, party):
        return False
    if party.code is None:
        return any("official" in scene.lexicon.classes.get(w, ()) for w in party.name.casefold().split())
    roles = party.code.removeprefix(party.country or "")
    if not roles:
        return party.kind != "organization"
    return any(roles[i : i + SIZE] in PUBLIC for i in range(0, len(roles), SIZE))


def _is_company(scene: EventScene, party: Party) -> bool:
    if party.code is not None and party.code.endswith(("BUS", "MNC")):
        return True
    if party.name.casefold().endswith(SITES):
        return True
    # "AG" and "SA" make a company of what stands before them; "Ag Hama" is a man.
    words = [w for n, w in enumerate(party.name.replace(".", "").split()) if n or len(w) > 2 or w.isupper()]
    return any("company" in scene.lexicon.classes.get(w.casefold(), ()) for w in words)


def _done_by_a_thing(scene: EventScene, found: Found) -> bool:
    """Whether all that the verb is said of are things without a will of their own ("water", "conditions")."""
    if found.entry.pos != "v" or "subj" not in found.entry.frame.actor or syntax.is_passive(found.token):
        return False
    subject = syntax.own_subject(found.token) or _understood(found.token)
    if subject is None:
        return False
    return all(is_thing(scene, t) or _is_storm(scene, t) for t in syntax.conjuncts(subject))


def _understood(verb: Token) -> Token | None:
    """The subject that a clause of consequence shares: "the main broke, *cutting off* the water"."""
    return syntax.own_subject(verb.head) if verb.dep_ == "advcl" and verb.tag_ == "VBG" else None


def _is_storm(scene: EventScene, name: Token) -> bool:
    """Whether a name is that of a storm by its title elsewhere: "Hurricane Ina ... Ina left the islands"."""
    if name.pos_ != "PROPN" or not scene.share("hazard"):
        return False
    hazards = (t.i for t in scene.doc if "hazard" in scene.lexicon.classes.get(scene.lemmas[t.i], ()))
    return any(i + 1 < len(scene.doc) and scene.doc[i + 1].text == name.text for i in hazards)
