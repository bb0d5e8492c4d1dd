"""The law of examples: whoever reads a rule about the language finds words that it is about beside it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3] / "src" / "reportedly"
ROOMS = (
    "statements", "events", "claims", "figures", "actors", "scenes", "places", "times", "incidents", "parse",
)  # fmt: skip
# What a word of a parse is asked for, and the questions that are asked of the words below it.
ASKED = frozenset({"lemma_", "lower_", "dep_", "tag_", "pos_"})
QUESTIONS = frozenset({"children", "prep_objects"})
QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”')


def asks(function: ast.FunctionDef) -> bool:
    """Whether a function decides by a word of the parse: compares its form, lemma or label, or looks below it."""
    for node in ast.walk(function):
        if isinstance(node, ast.Compare) and any(getattr(n, "attr", "") in ASKED for n in ast.walk(node)):
            return True
        below = isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in QUESTIONS
        if below and any(isinstance(n, ast.Constant) for n in ast.walk(node)):
            return True
    return False


def has_example(text: str) -> bool:
    """Whether two words or more stand in quotation marks."""
    return any(len(re.findall(r"\w+", " ".join(words))) > 1 for words in QUOTED.findall(text))


def without_example(path: Path) -> list[str]:
    functions = (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.FunctionDef))
    told = ((f, text) for f in functions if (text := ast.get_docstring(f)) is not None and asks(f))
    return [f.name for f, text in told if not has_example(text)]


@pytest.mark.parametrize("room", ROOMS)
def test_a_rule_of_the_language_has_an_example(room: str) -> None:
    found = {str(p.relative_to(ROOT)): names for p in (ROOT / room).rglob("*.py") if (names := without_example(p))}
    assert not found, 'put an example into the docstring: """Whether ...: "the mayor, who fled, said"."""'


def test_the_law_sees_rules_and_examples() -> None:
    rule = 'def is_passive(verb):\n    """{}"""\n    return any(c.dep_ == "auxpass" for c in verb.children)\n'
    bare, quoted = (ast.parse(rule.format(t)).body[0] for t in ("Whether it is passive.", 'As "was freed".'))
    helper = ast.parse('def first(doc):\n    """The first word."""\n    return doc[0].lemma_').body[0]
    assert isinstance(bare, ast.FunctionDef)
    assert isinstance(quoted, ast.FunctionDef)
    assert isinstance(helper, ast.FunctionDef)
    assert [asks(bare), asks(helper)] == [True, False]
    assert [has_example(ast.get_docstring(f) or "") for f in (bare, quoted)] == [False, True]
