"""The way from a trigger up to the voice that answers for it: which word governs which, as what kind of complement."""

from __future__ import annotations

from typing import Final, NamedTuple

from reportedly.claims.certainty_words import CertaintyLexicon
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

MAX_PATH: Final = 40
FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})
QUESTION_TAGS: Final = frozenset({"WP", "WRB", "WDT", "WP$"})
SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj"})
PREDICATES: Final = frozenset({"acomp", "attr"})
CLAUSAL: Final = frozenset({"xcomp", "ccomp", "acl", "csubj", "pcomp", "advcl", "oprd", "acomp"})
IN_PHRASE: Final = frozenset({"pobj", "pcomp", "prep"})
QUESTION_STARTS: Final = frozenset({"whether", "if"})


class Link(NamedTuple):
    """One step up: the governor, the complement that the lower word is of it, and the preposition between them."""

    governor: Token
    frame: str
    prep: Token | None = None


def path_up(
    trigger: Token, limit: Token | None, words: CertaintyLexicon
) -> tuple[list[tuple[Token, Link | None]], Link | None]:
    """The way from the trigger up: "attacked" is a clause of "said" in "said that rebels attacked".

    Each word with the link to its governor, and the link to ``limit`` where the path runs into it.
    """
    path: list[tuple[Token, Link | None]] = []
    node = trigger
    if limit is not None and limit.dep_ in ("relcl", "acl") and limit.head.i == trigger.i:
        return [(trigger, None)], Link(limit, "obj")
    seen = {trigger.i}
    while len(path) < MAX_PATH:
        link = None if node is limit or (limit is not None and node.i == limit.i) else _link(node, words)
        if link is None or link.governor.i in seen or _hides_a_name(link.governor, node, words):
            path.append((node, None))
            return path, None
        if limit is not None and (link.governor.i == limit.i or _carries(link.governor, limit)):
            path.append((node, None))
            return path, link
        path.append((node, link))
        seen.add(link.governor.i)
        node = link.governor
    path[-1] = (path[-1][0], None)
    return path, None


def _hides_a_name(governor: Token, node: Token, words: CertaintyLexicon) -> bool:
    """Whether the governor is the *asked* of "who asked not to be named", to which parsers tie the next clause."""
    naming = (c.lemma_ for c in governor.children if c.dep_ == "xcomp" and c.i != node.i)
    return any((lemma, "unnamed") in words.governors for lemma in naming)


def _carries(governor: Token, limit: Token) -> bool:
    """Whether the governor is only the copula of a cue ("is *confident* that")."""
    return limit.head.i == governor.i and limit.dep_ in ("acomp", "attr", "oprd") and governor.pos_ == "AUX"


def _link(node: Token, words: CertaintyLexicon) -> Link | None:
    """The governor of a word and the kind of complement that the word is of it; None at the top.

    In "denied that rebels attacked" *denied* governs *attacked* as a clause.
    """
    head, dep = node.head, node.dep_
    if head.i == node.i:
        return None
    if dep in PREDICATES and head.pos_ == "AUX":
        return _link(head, words)
    if dep == "conj":
        return Link(first_alike(node), "conj")
    if (
        dep == "ccomp"
        and node.i > head.i
        and syntax.tells_of_report(head)
        and head.head.lemma_.lower() in words.reports
    ):
        return Link(head.head, "that")
    if dep in CLAUSAL and head.pos_ != "ADP":
        return _clause_link(node, head, dep, words)
    if dep in IN_PHRASE and head.pos_ in ("ADP", "SCONJ", "PART"):
        return _phrase_link(head, dep)
    if dep == "prep" and node.pos_ == "ADP":  # "is no longer *under arrest*"
        return _phrase_link(node, "pobj")
    if dep == "nsubjpass" and (raised := _foretold(head, words)) is not None:
        return Link(raised, "subj")
    if dep in ("dobj", "obj", "nsubjpass", "dative"):
        return Link(head, "obj")
    if dep == "nsubj":
        raised = _raised(head, words)
        return Link(content(head) if raised is None else raised, "subj")
    if dep == "relcl" and syntax.is_content_clause(node):
        return Link(_host(head, node, words), "that")
    return Link(head, "comp" if dep == "compound" else "aside")


def _raised(verb: Token, words: CertaintyLexicon) -> Token | None:
    """The infinitive whose subject stands before what is held of it: *begin* of "a strike is likely to begin".

    None where the subject is that of the verb itself: "the strike forced the mine to close".
    """
    places = [verb, *syntax.children(verb, *PREDICATES)] if verb.lemma_ == "be" else [verb]
    held = any((lemma, "raised") in words.governors for lemma in syntax.verb_lemmas(verb))
    clauses = (c for t in places for c in syntax.children(t, "xcomp") if syntax.has_to(c)) if held else ()
    return next((c for c in clauses if syntax.own_subject(c) is None), None)


def _foretold(verb: Token, words: CertaintyLexicon) -> Token | None:
    """The infinitive of which it is said what will come: *resume* of "protests are set to resume"."""
    rules = (words.governors.get((lemma, "to")) for lemma in syntax.verb_lemmas(verb))
    if not any(rule is not None and rule.modality == "planned" for rule in rules):
        return None
    return next((c for c in syntax.children(verb, "xcomp") if syntax.has_to(c)), None)


def _host(noun: Token, clause: Token, words: CertaintyLexicon) -> Token:
    """The noun whose content a clause is: "a rumour in the camp *that* guards fled" tells the rumour, not the camp.

    A report right before it comes first: "no truth in the *claim* that guards fled".
    """
    nearest = clause.doc[max(clause.left_edge.i - 1, 0)]
    if nearest.pos_ == "NOUN" and nearest != noun and nearest.lemma_.lower() in words.reports:
        return nearest
    up = noun.head.head if noun.dep_ == "pobj" else noun
    told = (up.lemma_.lower(), "that") in words.nouns or up.lemma_.lower() in words.reports
    return up if up.pos_ == "NOUN" and told and (noun.lemma_.lower(), "that") not in words.nouns else noun


def _phrase_link(prep: Token, dep: str) -> Link:
    """The governor of a prepositional phrase; "because of" and "out of" count as one preposition."""
    outer = prep.head
    while outer.pos_ == "ADP" and outer.head.i != outer.i and outer.dep_ == "prep":
        outer = outer.head
    frame = "to+n" if prep.lower_ == "to" and dep == "pobj" else prep.lower_
    return Link(content(outer), frame, prep)


def first_alike(node: Token) -> Token:
    """What a coordinated word is coordinated with: a finite verb never with the infinitive that the parser chose.

    "vowed to fight and killed two" did not vow to kill.
    """
    head = node.head
    while (
        node.tag_ in FINITE
        and head.tag_ == "VB"
        and head.dep_ in ("xcomp", "advcl", "acl", "ccomp")
        and syntax.has_to(head)
    ):
        head = head.head
    return head if head.pos_ in ("VERB", "AUX") or head.i == node.head.i else node.head


def _clause_link(node: Token, head: Token, dep: str, words: CertaintyLexicon) -> Link:
    """The governor of a clause and what the clause is of it: "vowed to fight", "held off attacking", "fled after"."""
    told = syntax.is_content_clause(node)
    governor = _telling(content(head), node, words) if told else content(head)
    if dep in ("advcl", "acl", "xcomp") and _ranked(node, head, words):
        return Link(governor, "ranked")
    if dep == "advcl" or (dep == "acl" and node.tag_ != "VB" and not told):
        introduced = any(c.dep_ in ("mark", "advmod") and c.tag_ in ("IN", "WRB") for c in node.children)
        if dep == "advcl" and _is_wished_of(node):
            asks = any((lemma, "for") in words.governors for lemma in syntax.verb_lemmas(governor))
            return Link(governor, "for" if asks else "purpose")
        if dep == "advcl" and not introduced and node.tag_ == "VB" and syntax.has_to(node):
            return Link(governor, "to" if governor.pos_ == "ADJ" else "purpose")
        if dep == "advcl" and not introduced and _follows(node, head):
            return Link(governor, "ing")
        return Link(head, "clause" if dep == "advcl" else "aside")
    return Link(governor, _frame(node, dep))


def _ranked(node: Token, head: Token, words: CertaintyLexicon) -> bool:
    """Whether an infinitive says in what somebody is the first, last or only one: "the first state to *begin*"."""
    if not (node.tag_ in ("VB", "VBN") and syntax.has_to(node)) and not _is_predicated(node, head):
        return False
    nouns = [head] if head.pos_ in ("NOUN", "PROPN", "PRON", "NUM") else syntax.children(head, "attr")
    near = [n for n in nouns if n.i < node.i]
    ranks = (c for n in near for c in (n, *n.children) if c.i <= n.i)
    return any(c.lower_ in words.ranks or c.tag_ == "JJS" for c in ranks)


def _is_predicated(node: Token, head: Token) -> bool:
    """Whether a participle is part of what somebody is said to be: "could be the second man *extradited*"."""
    return node.dep_ == "acl" and node.tag_ == "VBN" and head.dep_ == "attr" and head.head.lemma_ == "be"


def _is_wished_of(node: Token) -> bool:
    """Whether an infinitive says what others shall do: "called *for the minister to resign*"."""
    return (
        node.tag_ == "VB" and syntax.has_to(node) and any(c.dep_ == "mark" and c.lower_ == "for" for c in node.children)
    )


def _follows(node: Token, head: Token) -> bool:
    """Whether a gerund stands right behind its verb, as a complement does: "held off *attacking*"."""
    before = node.doc[node.left_edge.i - 1]
    return (
        node.tag_ == "VBG"
        and head.i < node.i
        and (before.i == head.i or (before.dep_ == "prt" and before.head.i == head.i))
    )


def _telling(governor: Token, node: Token, words: CertaintyLexicon) -> Token:
    """The noun that a *that*-clause tells the content of: "the *rumour* was that P", "one of the *fears* is that P"."""
    if governor.pos_ == "NOUN":
        return _host(governor, node, words)
    if governor.lemma_ != "be":
        return governor
    before = [c for c in governor.children if c.i < node.i]
    noun = next((c for c in before if c.dep_ == "nsubj"), None)
    phrases = (
        [noun] if noun is not None and noun.pos_ in ("NUM", "PRON", "DET") else [] if noun is not None else [governor]
    )
    inside = (o for t in phrases for o in syntax.prep_objects(t, "of", "among"))
    found = next(inside, noun)
    return found if found is not None and found.pos_ == "NOUN" else governor


def _frame(node: Token, dep: str) -> str:
    """What complement a clause is: "whether they fled", "who fled", "to flee", "seen fleeing", "feared dead".

    All others are clauses with "that".
    """
    marks = {c.lower_ for c in node.children if c.dep_ in ("mark", "advmod", "preconj")}
    if marks & QUESTION_STARTS and dep in ("ccomp", "pcomp"):
        return "whether"
    if dep in ("ccomp", "pcomp") and _asks(node):
        return "wh"
    if is_command(node):
        return "that"
    if syntax.has_to(node) or (
        node.tag_ == "VB" and not any(c.dep_ == "aux" for c in node.children) and "that" not in marks
    ):
        return "to"
    if dep in ("oprd", "acomp"):
        return "oprd"
    if node.tag_ == "VBG" and not any(c.dep_ == "aux" for c in node.children):
        return "ing"
    if any(c.dep_ == "aux" and c.tag_ == "VBG" for c in node.children):
        return "ing"  # "denied *having* fired"
    if dep == "xcomp":
        return "oprd"
    return "that"


def _asks(node: Token) -> bool:
    """Whether a clause opens with a question word: "did not say who fired" leaves open who, not that somebody did."""
    first = node.left_edge
    if first.pos_ == "ADP" and first.i + 1 < len(first.doc):
        first = first.nbor()
    return first.tag_ in QUESTION_TAGS


def is_command(node: Token) -> bool:
    """Whether a main clause is an imperative, a bare verb without subject and auxiliary: "Leave now", "Let them go"."""
    if node.tag_ != "VB" or node.dep_ not in ("ROOT", "ccomp") or (node.dep_ == "ccomp" and node.i > node.head.i):
        return False
    return not any(c.dep_ in SUBJECTS or (c.dep_ == "aux" and c.lower_ not in ("do", "don't")) for c in node.children)


def content(head: Token) -> Token:
    """The word that governs where the head is a bare copula: "is *likely* to", "the *plan* is to"."""
    if head.lemma_ != "be" or head.pos_ not in ("AUX", "VERB"):
        return head
    return next((c for c in head.children if c.dep_ in ("acomp", "attr") and c.pos_ in ("ADJ", "NOUN")), head)
