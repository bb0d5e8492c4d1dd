"""Questions about a dependency parse that several stages ask: who is the subject, what is negated, what is one phrase.

Labels are those of the English spaCy pipelines (ClearNLP style).
"""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.parse.parsed import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
# Conjunctions of time that are prepositions too.
TIMING = frozenset({"after", "before", "until", "till", "since"})
CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "xcomp", "pcomp", "csubj", "parataxis"})


def children(token: Token, *deps: str) -> list[Token]:
    """Direct dependents with one of the labels, in text order: of "fled" the "nsubj" is "crews" in "The crews fled"."""
    below = token.children
    return [c for c in below if c.dep_ in deps] if below else []


def conjuncts(token: Token) -> list[Token]:
    """The token and everything coordinated below it: "killed" and "wounded" of "killed and wounded".

    Of "miners and not farmers" the miners alone.
    """
    found = [token]
    for c in token.children:
        if c.dep_ == "conj" and not (c.pos_ in ("NOUN", "PROPN") and is_ruled_out(c)):
            found += conjuncts(c)
    return found


def first_conjunct(token: Token) -> Token:
    """The head of the coordination that a token belongs to: "killed" for "robbed" in "killed and robbed"."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive ("was killed"), or a bare participle ("killed by rebels", "when elected")."""
    below = {c.dep_ for c in verb.children}
    if below & {"nsubjpass", "auxpass"}:
        return True
    if verb.tag_ != "VBN" or below & {"nsubj", "aux"}:
        return False
    if verb.dep_ in ("acl", "amod", "advcl"):
        return True
    return verb.dep_ == "conj" and "dobj" not in below and is_passive(verb.head)


def own_subject(verb: Token) -> Token | None:
    """The subject that hangs on the verb itself: "crews" in "The crews came and left" for "came", none for "left"."""
    return next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)


def antecedent(pronoun: Token) -> Token:
    """What a relative pronoun stands for ("the man who fled" → man); other tokens are returned as they are."""
    if pronoun.tag_ in ("WP", "WDT") or (pronoun.lower_ == "that" and pronoun.dep_ in SUBJECTS | {"dobj"}):
        clause = pronoun.head
        if is_content_clause(clause):
            return pronoun
        while clause.dep_ in ("conj", "xcomp", "aux", "auxpass", "ccomp") and clause.head != clause:
            clause = clause.head
        if clause.dep_ == "relcl":
            return clause.head.head if is_ruled_out(clause.head) else clause.head
    return pronoun


def is_ruled_out(noun: Token) -> bool:
    """Whether a noun is set against the one before it: the soldiers of "rebels, not soldiers, who burned the mill"."""
    beside = (*noun.children, *noun.head.children)
    return noun.dep_ in ("appos", "conj") and any(c.dep_ == "neg" and noun.head.i < c.i < noun.i for c in beside)


def is_content_clause(clause: Token) -> bool:
    """Whether a clause with *that* tells a content ("the story that gunmen took the judge"), not which one is meant.

    Parsers often take such a *that* for a pronoun; where the clause has an object of its own as well, it is none.
    """
    that = next((c for c in clause.children if c.lower_ == "that" and c.i < clause.i), None)
    if that is None or that.dep_ in ("mark", "complm"):
        return that is not None
    complete = any(c.dep_ in ("dobj", "obj") and c.i > clause.i for c in clause.children)
    return that.dep_ in ("dobj", "obj") and complete and own_subject(clause) is not None


def counted_among(noun: Token) -> list[Token]:
    """Who a clause says is among them: "*Those* killed included two nuns", "Among the *dead* were two nuns".

    What one thing is, is nobody: "The *raid* was a mistake".
    """
    verb = noun.head
    several = ("include", "comprise", "number") if noun.tag_ == "NN" else ("include", "comprise", "number", "be")
    if noun.dep_ == "nsubj" and verb.lemma_ in several:
        return [t for c in children(verb, "dobj", "attr") if c.i > noun.i for t in conjuncts(c)]
    if noun.dep_ != "pobj" or verb.lower_ not in ("among", "amongst") or verb.head.lemma_ != "be":
        return []
    found = own_subject(verb.head)
    return conjuncts(found) if found is not None else [t for c in children(verb.head, "attr") for t in conjuncts(c)]


def has_to(verb: Token) -> bool:
    """Whether a verb has the "to" of an infinitive: "the request *to close* the border"."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


# What a clause of content begins with.
CONTENT_MARKS = frozenset({"that", "for", "to", "whether", "if"})


def is_circumstance(clause: Token) -> bool:
    """Whether a clause says when, why or on what condition: "appealed for calm *after guards beat two monks*"."""
    marks = (c for c in clause.children if c.tag_ in ("IN", "WRB") and c.i < clause.i and c.dep_ in ("mark", "advmod"))
    return any(c.lower_ not in CONTENT_MARKS or (c.lower_ == "if" and clause.dep_ == "advcl") for c in marks)


def tells_of_report(clause: Token) -> bool:
    """Whether a clause says what its noun tells: "posts *that claim* troops fled", "a report *saying* so"."""
    opens = clause.dep_ == "acl" and clause.tag_ == "VBG"
    relative = clause.dep_ == "relcl" and any(
        c.dep_ == "nsubj" and c.lower_ in ("that", "which") for c in clause.children
    )
    return (opens or relative) and any(c.dep_ == "ccomp" and c.i > clause.i for c in clause.children)


def subject(verb: Token) -> Token | None:
    """The understood subject: its own, that of the verb it is coordinated with, or the controller of its clause.

    >>> # "Rebels attacked the post and fled": subject(fled) is Rebels
    >>> # "He was forced to resign": subject(resign) is He
    """
    seen: set[int] = set()
    token = verb
    while token.i not in seen:
        seen.add(token.i)
        found = own_subject(token)
        if found is not None and not (token is not verb and _stands_in(found)):
            return antecedent(found)
        if any(c.dep_ == "csubj" for c in token.children):
            return None  # "Trying to hide it would not help": nobody does what the verb says
        if token.dep_ == "relcl":
            return token.head if token.head != token else None
        if token.dep_ == "acl":
            return token.head if token.tag_ in ("VBG", "VBN", "VB") else None
        if token.dep_ == "xcomp":
            governed = next((c for c in token.head.children if c.dep_ in ("dobj", "dative") and c.i < token.i), None)
            if governed is not None and token.head.lemma_ not in ("promise", "vow", "threaten"):
                return governed
            token = token.head
        elif token.dep_ in ("conj", "advcl", "pcomp", "prep", "aux", "ccomp") and token.head != token:
            if token.dep_ == "ccomp" and token.tag_ not in ("VBG", "VB"):
                return None
            token = token.head
        else:
            return None
    return None


def _stands_in(pronoun: Token) -> bool:
    """Whether *it* stands for a clause behind an adjective: "it is too early to say"."""
    verb = pronoun.head
    if pronoun.lower_ != "it" or verb.lemma_ != "be":
        return False
    return any(c.dep_ in ("xcomp", "ccomp") for a in children(verb, "acomp") for c in (*a.children, *verb.children))


def objects(verb: Token) -> list[Token]:
    """Direct objects with everything coordinated with them: "mill" and "farm" in "burned a mill and a farm"."""
    return [t for c in children(verb, "dobj", "obj") for t in conjuncts(c)]


def prep_objects(token: Token, *prepositions: str) -> list[Token]:
    """Objects of the prepositional phrases on the token: "mill" and "farm" of "attack on a mill and a farm".

    All prepositions where none is named.
    """
    found = []
    for prep in children(token, "prep", "agent", "dative"):
        if prepositions and prep.lower_ not in prepositions:
            continue
        for c in children(prep, "pobj"):
            found += conjuncts(c)
    return found


def agents(verb: Token) -> list[Token]:
    """Who did it in a passive: "miners" and "farmers" in "was blocked by miners and farmers"."""
    return [t for c in children(verb, "agent") for o in children(c, "pobj") for t in conjuncts(o)]


def is_negated(token: Token) -> bool:
    """Whether a negation hangs on the token: "did not flee", "never fled", "didn't flee"."""
    return any(c.dep_ == "neg" or c.lower_ in ("never", "not", "n't", "n’t") for c in token.children)


def np_tokens(head: Token) -> list[Token]:
    """The tokens of a noun phrase without clauses, appositions and what is coordinated to it.

    "the head of the union, who fled": "the head of the union".
    """
    skip = {"relcl", "acl", "appos", "conj", "cc", "punct", "advcl", "ccomp", "parataxis"}
    found = [head]
    for c in head.children:
        if c.dep_ in skip and not is_hyphen(c):
            continue
        found += np_tokens(c)
    return sorted(found, key=lambda t: t.i)


def is_hyphen(token: Token) -> bool:
    """Whether a dash makes one word of what stands on both sides ("oil-producing")."""
    if token.text not in ("-", "–") or token.whitespace_ or not 0 < token.i < len(token.doc) - 1:
        return False
    return not token.nbor(-1).whitespace_


def np_extent(head: Token) -> tuple[int, int]:
    """Code points of the noun phrase of ``np_tokens``, from its first to its last token."""
    tokens = [t for t in np_tokens(head) if not t.is_space]
    first, last = tokens[0], tokens[-1]
    return first.idx, last.idx + len(last)


def ancestors_with_self(token: Token) -> Iterator[Token]:
    """The token and its heads up to the root."""
    yield token
    yield from token.ancestors


def clause_head(token: Token) -> Token:
    """The verb or predicate of the clause that a token stands in: "fled" for "crews" in "said the crews fled"."""
    for t in ancestors_with_self(token):
        if t.dep_ in CLAUSES or (t.dep_ == "conj" and t.pos_ in ("VERB", "AUX")):
            return t
    return token


def verb_lemmas(verb: Token) -> tuple[str, ...]:
    """The lemma in lower case, and with the final e that rule lemmatizers lose: "stag", "stage" of "staged a raid"."""
    lemma = verb.lemma_.lower()
    return (lemma,) if lemma.endswith("e") or verb.lower_ == lemma else (lemma, f"{lemma}e")


def each_other(token: Token) -> list[Token]:
    """All of whom each does it to the rest: Chad and Niger for "other" in "Chad and Niger accused *each other* of"."""
    verb = token.head.head if token.dep_ == "pobj" else token.head
    if not is_reciprocal(token) or verb.pos_ != "VERB":
        return []
    doer = subject(verb)
    return conjuncts(doer) if doer is not None and doer is not token else []


def is_reciprocal(token: Token) -> bool:
    """Whether a word stands for each of several: "each other", "one another"."""
    return token.i > 0 and (token.nbor(-1).lower_, token.lower_) in (("each", "other"), ("one", "another"))
