"""Whether the words that govern an expression of time look back or ahead."""

from __future__ import annotations

from functools import lru_cache

from reportedly.knowledge.load import SHIPPED, Knowledge, listed
from reportedly.parse.parsed import Token

AHEAD_AUXILIARIES = frozenset({"will", "'ll", "’ll", "shall", "wo", "would", "'d", "’d"})
MOVED_TO = frozenset({"to", "until", "till", "for"})
MODALS = frozenset({"must", "should", "may", "might", "could", "can"})


@lru_cache(maxsize=4)
def _prospective(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    names = ("verb", "start", "plan", "passive", "other", "prep", "moved", "stopped", "slated", "decided")
    kinds: dict[str, set[str]] = {kind: set() for kind in names}
    for row in knowledge.rows("times_prospective"):
        kinds[row["kind"]].add(row["word"])
    return {kind: frozenset(words) for kind, words in kinds.items()}


@lru_cache(maxsize=4)
def _harmful(knowledge: Knowledge) -> frozenset[str]:
    """Words for violence and disaster, which nobody speaks of as to come on a day."""
    rows = (r for r in knowledge.rows("events_causes") if r["type"])
    return frozenset(w for r in rows for w in listed(r["words"]))


def direction(token: Token, knowledge: Knowledge = SHIPPED) -> int:
    """1 where the governing verb itself looks ahead ("will meet on", "is due on"), -1 where it looks back, else 0.

    "Until" looks ahead and "since" back, whatever the verb.
    """
    ahead = _prospective(knowledge)
    if _is_of_harm(token, knowledge) or _is_when_it_was(token):
        return -1
    for t in (token, *token.ancestors):
        if t.pos_ in ("VERB", "AUX") and not _has_no_tense(t, ahead["start"] | ahead["plan"]):
            return _planned(t, token, knowledge) or _of_verb(t, knowledge)
        if t.dep_ == "prep" and t.lower_ in MOVED_TO and (_moved(t.head, ahead["moved"]) or _is_slated(t, ahead)):
            return 1
        if t.dep_ == "prep" and t.lower_ in ahead["prep"]:
            return 0 if _is_over(t.head) else 1
        if t.dep_ == "prep" and t.lower_ == "since":
            return -1
        if t.i != token.i and (t.lemma_.lower() in ahead["other"] or _is_mistaken_verb(t, ahead)):
            return 1
    return 0


def _has_no_tense(verb: Token, opening: frozenset[str]) -> bool:
    """Whether a verb has the time of the clause around it: "burned trucks *waiting* to cross on Sunday".

    Not where it says itself that something is to come: "a truce *starting* on Sunday".
    """
    bare = verb.tag_ == "VBG" and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    return bare and verb.dep_ in ("acl", "advcl", "xcomp", "pcomp") and verb.lemma_.lower() not in opening


def _is_of_harm(day: Token, knowledge: Knowledge) -> bool:
    """Whether a day is that of harm which comes before something else: "to withdraw after Monday's fighting"."""
    noun = day.head
    behind = noun.dep_ == "pobj" and noun.head.lower_ in ("after", "following", "over", "since")
    return day.dep_ == "poss" and behind and noun.lemma_.lower() in _harmful(knowledge)


def _is_when_it_was(token: Token) -> bool:
    """Whether a clause tells what was done then: "starting in December, when rebels destroyed a bridge"."""
    behind = token.doc[token.i + 1 : token.i + 3]
    when = next((t for t in behind if t.lower_ == "when"), None)
    return when is not None and when.head.tag_ == "VBD" and all(t.is_punct for t in behind if t.i < when.i)


def _moved(verb: Token, moving: frozenset[str]) -> bool:
    """Whether a verb moves something to another day: "put off from Friday to Tuesday"."""
    verb = verb.head if verb.dep_ in ("prep", "prt") and verb.head != verb else verb
    particles = (c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod", "prep"))
    lemma = verb.lemma_.lower()
    return lemma in moving or any(f"{lemma} {p}" in moving for p in particles)


def _is_slated(preposition: Token, ahead: dict[str, frozenset[str]]) -> bool:
    """Whether "for" leads to the day that somebody sets for something: "called a strike for Thursday"."""
    what = preposition.head
    return preposition.lower_ == "for" and any(t.lemma_.lower() in ahead["slated"] for t in (what, what.head))


def _is_mistaken_verb(token: Token, ahead: dict[str, frozenset[str]]) -> bool:
    """Whether a noun that heads a clause is its verb after all ("Talks resume Thursday"): bare, behind a plural."""
    opens = ahead["verb"] | ahead["start"]
    if token.tag_ != "NN" or token.lower_ not in opens or token.dep_ not in ("ROOT", "ccomp", "conj"):
        return False
    return token.i > 0 and token.nbor(-1).tag_ in ("NNS", "NNPS") and token.nbor(-1).head == token


def _has(token: Token, knowledge: Knowledge) -> bool:
    """Whether a word itself looks ahead: "is due", "the upcoming vote", but not "the recent vote"."""
    ahead = _prospective(knowledge)
    kinds = ("verb", "start", "plan", "other") if token.pos_ in ("VERB", "AUX") else ("other",)
    return any(token.lemma_.lower() in ahead[kind] for kind in kinds) or token.lower_ in ahead["other"]


def _planned(verb: Token, time: Token, knowledge: Knowledge) -> int:
    """1 for "planned a rally on Saturday"; "on Friday he planned" says when the planning was.

    What "had been planned for Saturday" is over by now, unless it was called off before.
    """
    ahead = _prospective(knowledge)
    is_plan = verb.lemma_.lower() in ahead["plan"] and verb.i < time.i
    if any(c.lower_ == "had" for c in verb.children):
        stopped = verb.dep_ in ("relcl", "acl") and verb.head.dep_ in ("dobj", "nsubjpass")
        return int(is_plan and stopped and _moved(verb.head.head, ahead["stopped"]))
    return int(is_plan)


def _is_over(verb: Token) -> bool:
    """Whether "until Thursday" behind this verb is past ("had held", "did not come")."""
    return any(c.lower_ in ("had", "did") or c.dep_ == "neg" for c in verb.children)


def _of_verb(verb: Token, knowledge: Knowledge) -> int:
    """Whether a verb looks ahead (1) or back (-1): "will meet on Monday", "may meet", "met", "could have met"."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass") and c.tag_ != "NNP"}
    if verb.lower_ in AHEAD_AUXILIARIES or auxiliaries & AHEAD_AUXILIARIES:
        return 0 if "have" in auxiliaries else 1
    if "have" in auxiliaries and auxiliaries & MODALS:
        return -1
    if auxiliaries & MODALS:
        return 1
    if "to" in auxiliaries and verb.tag_ == "VB":
        return _of_infinitive(verb, knowledge)
    if (
        verb.tag_ == "VBD"
        or (verb.tag_ == "VBN" and not auxiliaries & {"is", "are", "'s", "’s", "'re", "’re"})
        or auxiliaries & {"has", "have", "had", "was", "were", "did", "'ve", "’ve"}
    ):
        return _of_past(verb, auxiliaries, knowledge)
    return _of_present(verb, auxiliaries, knowledge)


def _of_infinitive(verb: Token, knowledge: Knowledge) -> int:
    """What an infinitive takes from its head: ahead in "plans to meet", back in "began to meet"."""
    head = verb.head
    if head.i == verb.i:
        return 1
    ahead = _prospective(knowledge)
    if head.lemma_.lower() in ahead["start"] | ahead["decided"]:
        return _of_verb(head, knowledge)
    around = [head, *(c for c in head.children if c.dep_ in ("acomp", "attr", "dobj", "oprd", "prep"))]
    if any(_has(t, knowledge) for t in around) or head.lemma_ == "be":
        return 0 if any(c.lower_ == "had" for t in (head, head.head) for c in t.children) else 1
    return _of_verb(head, knowledge) if head.pos_ in ("VERB", "AUX") else 0


def _of_past(verb: Token, auxiliaries: set[str], knowledge: Knowledge) -> int:
    """A past form; "talks expected on Monday" is one in form only."""
    expected = verb.tag_ == "VBN" and verb.lemma_.lower() in _prospective(knowledge)["passive"]
    return 1 if expected and not auxiliaries & {"had", "have", "has"} else -1


def _of_present(verb: Token, auxiliaries: set[str], knowledge: Knowledge) -> int:
    """Whether a present form looks ahead: "is due on Monday", "opens on Monday", but not "lives here on Mondays"."""
    if verb.lemma_ == "be" and verb.tag_ in ("VBZ", "VBP"):
        complements = [c for c in verb.children if c.dep_ in ("acomp", "attr", "prep")]
        return 1 if any(_has(c, knowledge) for c in complements) else 0
    if auxiliaries & {"was", "were"}:
        return -1
    return 1 if verb.tag_ in ("VBZ", "VBP", "VBN", "VBG") and _has(verb, knowledge) else 0
