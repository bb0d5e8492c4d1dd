"""The law of words: what the language calls things stands in tables; stage code holds the words of grammar alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from reportedly.knowledge.load import SHIPPED
from reportedly.knowledge.schema import TABLES

ROOT = Path(__file__).parents[3] / "src" / "reportedly"
WORD_OF_TEXT = re.compile(r"\.(lower_|lemma_|text)$|\.(lower|casefold)\(\)$")
ROOMS = ("statements", "events", "claims", "figures", "actors", "scenes", "places", "incidents")
# Articles, pronouns, prepositions, conjunctions, auxiliaries, negation, and the adverbs of degree and order that
# grammars list beside them: a rule about "of" or "who" names them.
GRAMMAR = frozenset(
    """a an the this that these those his her its their our my your some any no all both half each every another other
    others one none nobody nothing anything something everything anyone everyone everybody somebody someone noone no-one
    neither nor either i we us me he him she it they them himself herself itself themselves myself hers theirs you who
    whom whose which what where when why how whereupon of in on at to from for by with within without about against over
    under into onto upon near between among amid during after before since until till through throughout across along
    around beside besides behind inside outside toward towards off out up down away back apart aside per via than as like
    except including involving following despite regarding concerning together plus and or but if unless whether because
    while although though once so be is are am was were been being do does did have has had will would shall should can
    could may might must ought cannot ca wo n't n’t not never 's s' ’s 've ’ve 're ’re 'll ’ll 'd ’d more most less least
    fewer few many several much little only just merely too also then there here ago yet already later earlier first last
    two else according words it's don't wh further scant in case event same amongst
    al al- el el- ez es de del du la i e""".split()  # noqa: SIM905  a list of words is read as a text
)
# The labels of the parser.
LABELS = frozenset(
    """nsubj nsubjpass dobj pobj conj agent dative poss attr appos ccomp xcomp advcl acl relcl prep det amod compound
    nmod nummod quantmod advmod npadvmod aux auxpass mark punct cc case csubj csubjpass parataxis pcomp oprd acomp expl
    dep neg prt predet preconj intj meta iobj complm flat""".split()  # noqa: SIM905  a list of words is read as a text
)
# Names of the program's own: rules of conditions and certainty, sort orders, values that are given out.
OWN = frozenset(
    """turned granted holds pred doer governs gapped subjunctive bare demanded wont stable ignore surrogatepass happened leader far
    deny-authorship dash comment identity details opening next otherwise inf openblas world ascii noted warned perceived performed
    unnamed comes come claimed raised voted deterministic words- leads""".split()  # noqa: SIM905  a list of words is read as a text
)
# Forms of words: endings, and letters and abbreviations that names are folded by ("Mt. Hermon", "Hashi Jr.").
FORMS = frozenset(
    """er or ern ist ian ee man men woman women folk people ies ied ings ing ed es s ss us is ch sh sses ches shes x z oe y
    ish pbgt aiou aeiou lsz l d m t th ae un unreach
    st ste saint sainte mt mount ft fort jr""".split()  # noqa: SIM905  a list of words is read as a text
)


# Verbs whose syntax is their own: their subject is that of their infinitive, or they say of it what it consists of.
SYNTAX = frozenset({"promise", "vow", "threaten", "include", "comprise", "number"})


@cache
def identifiers() -> frozenset[str]:
    """Names of fields and arguments, values of literals and of columns: no words of the language."""
    found: set[str] = {v for t in TABLES.values() for c in t.columns for v in (c.name, *c.allowed)} | set(TABLES)
    named = (
        "events_classes.class", "events_frames.frame", "event_types.family", "event_types.within", "event_modes.within",
        "events_verbs.mode", "figure_types.role", "link.observation",
    )  # fmt: skip
    for column in named:
        table, _, name = column.partition(".")
        found |= {row[name] for row in SHIPPED.rows(table)}
    found |= {kind for row in SHIPPED.rows("event_modes") for kind in row["kinds"].split()}
    found |= {g for row in SHIPPED.rows("generic_sources") for g in row["groups"].split()}
    slots = (row[c] for row in SHIPPED.rows("events_frames") for c in ("actor", "recipient"))
    found |= {slot for cell in slots for slot in re.split("[, ]", cell)}
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                found.add(node.target.id)
            elif isinstance(node, ast.arg):
                found.add(node.arg)
            elif isinstance(node, ast.Subscript) and getattr(node.value, "id", None) == "Literal":
                found |= set(constants(node.slice))
    return frozenset(found)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def constants(node: ast.AST) -> Iterator[str]:
    yield from (n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str))


def spoken(path: Path) -> set[str]:
    """The lower-case words among the strings of a module that are no documentation, no message and no reason."""
    passed: set[int] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and isinstance(node.body[0], ast.Expr):
            passed |= {id(n) for n in ast.walk(node.body[0])}
        named = isinstance(node, ast.Assign) and {"__all__", "__slots__"} & {ast.unparse(t) for t in node.targets}
        if named or isinstance(node, ast.JoinedStr):
            passed |= {id(n) for n in ast.walk(node)}
    strings = (n for n in ast.walk(tree(path)) if isinstance(n, ast.Constant) and id(n) not in passed)
    return {s.value for s in strings if isinstance(s.value, str) and re.fullmatch(r"[a-z][a-z’'-]*", s.value)}


@pytest.mark.parametrize("path", [p for room in ROOMS for p in sorted((ROOT / room).rglob("*.py"))], ids=str)
def test_stage_code_holds_no_words_of_the_language(path: Path) -> None:
    name = str(path.relative_to(ROOT))
    assert spoken(path) - GRAMMAR - LABELS - OWN - FORMS - identifiers() == set(), f"{name}: put them into a table"


def compared(path: Path) -> set[str]:
    """The words that a module compares with one of a text: one by one, or listed."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
        if any(WORD_OF_TEXT.search(ast.unparse(side)) for side in sides):
            listed = [e for side in sides if isinstance(side, ast.Tuple | ast.List | ast.Set) for e in side.elts]
            given = (s.value for s in (*sides, *listed) if isinstance(s, ast.Constant))
            found |= {
                word for value in given if isinstance(value, str) for word in re.findall(r"[’']?[a-z][a-z’'-]+", value)
            }
    return found


def test_the_law_sees_a_word_that_is_compared(tmp_path: Path) -> None:
    path = tmp_path / "stage.py"
    path.write_text('def f(t): return t.lower_ in ("of", "mayor") or t.text == "coup"', encoding="utf-8")
    assert compared(path) == {"of", "mayor", "coup"}


@pytest.mark.parametrize(
    "path", [p for room in (*ROOMS, "parse", "times") for p in sorted((ROOT / room).rglob("*.py"))], ids=str
)
def test_a_word_of_a_text_is_compared_with_words_of_grammar_alone(path: Path) -> None:
    assert compared(path) - GRAMMAR - SYNTAX - FORMS - OWN == set(), f"{path.relative_to(ROOT)}: put them into a table"
