"""What a sentence calls false at its end, however it was parsed.

"A video said to show troops looting shops *is a hoax*", "Reports of a massacre at Sarn *proved groundless*": parsers
tie such a predicate to the nearest verb, and the report or picture to what follows.
"""

from __future__ import annotations

from typing import Final

from reportedly.claims.certainty_words import CertaintyLexicon
from reportedly.claims.verdicts import TruthVerdict
from reportedly.parse.parsed import Token

FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
NEGATIONS: Final = frozenset({"not", "n't", "n’t", "never", "no"})
# So many words may stand before what it is called: "is a complete and utter lie".
APART: Final = 5


def called_false(trigger: Token, words: CertaintyLexicon) -> TruthVerdict | None:
    """The verdict that closes a clause about a report or picture before the trigger; None where there is none.

    "The raid showed that the reports were false" calls no raid false, and "The reports of a raid are no lie" none
    either.
    """
    sentence = trigger.doc[trigger.sent.start : trigger.sent.end]
    nouns = (t for t in sentence if t.i < trigger.i and t.pos_ == "NOUN")
    report = next((t for t in nouns if t.lower_ in words.reports or t.lower_ in words.pictures), None)
    if report is None:
        return None
    for said in sentence:
        row = _row(said, words) if said.i > trigger.i and _closes(said) else None
        copula = _copula(said, trigger, words) if row is not None else None
        if row is not None and copula is not None and _is_its_verb(report, copula):
            return TruthVerdict(true=False, word=said, row=row)
    return None


def _row(said: Token, words: CertaintyLexicon) -> str | None:
    """The row by which a word calls something false: "fake", "a hoax"."""
    rule = words.governors.get((said.lower_, "told")) or words.nouns.get((said.lemma_.lower(), "told"))
    return rule.row if rule is not None and rule.plus == "!" else None


def _closes(said: Token) -> bool:
    """Whether a word is the last one of its clause: "are *fake*, the army said", not "are fake notes"."""
    return said.i + 1 >= len(said.doc) or said.nbor().is_punct


def _copula(said: Token, trigger: Token, words: CertaintyLexicon) -> Token | None:
    """The *is* or *proved* of "is a hoax", behind the trigger and without a "not"."""
    before = said.doc[max(trigger.i + 1, said.i - APART) : said.i]
    copula = next((t for t in reversed(before) if t.lemma_ in words.copulas and t.tag_ in FINITE | {"VBN"}), None)
    between = before[before.index(copula) :] if copula is not None else []
    return None if any(t.lower_ in NEGATIONS or t.is_punct for t in between) else copula


def _is_its_verb(report: Token, copula: Token) -> bool:
    """Whether the first finite verb behind a report is the copula, but for clauses that say which report is meant.

    "Footage *that appears* to show a raid *is* fake", "A video *said to* show a raid *is* fake"; not "Reports of a raid
    *moved* the mayor, whose seal *was* false".
    """
    held = 0
    for t in report.doc[report.i + 1 : copula.i]:
        if t.lower_ in ("that", "which"):
            held += 1
        elif t.tag_ in FINITE and t.nbor().lower_ != "to":
            held -= 1
        if held < 0:
            return False
    return True
