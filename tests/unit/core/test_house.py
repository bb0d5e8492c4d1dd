"""The house in order: no module needs itself by whatever way round, no two classes share a name, none is too long."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

SRC = Path(__file__).parents[3] / "src"


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def needed(path: Path, known: set[str]) -> Iterator[str]:
    """The modules that a module imports when it is imported itself."""
    for node in tree(path).body:
        if isinstance(node, ast.ImportFrom) and node.module in known:
            inner = {f"{node.module}.{a.name}" for a in node.names}
            yield from inner & known
            yield from {node.module} if not inner <= known else ()


def test_there_is_no_circle_of_imports() -> None:
    modules = {name_of(path): path for path in (SRC / "reportedly").rglob("*.py")}
    graph = {name: set(needed(path, set(modules))) - {name} for name, path in modules.items()}
    order = list(TopologicalSorter(graph).static_order())
    assert order.index("reportedly.model.reading") < order.index("reportedly.claims.assemble")


def test_no_two_classes_share_a_name() -> None:
    paths = (SRC / "reportedly").rglob("*.py")
    nodes = (n for p in paths for n in ast.walk(tree(p)))
    names = Counter(n.name for n in nodes if isinstance(n, ast.ClassDef))
    assert [name for name, times in names.items() if times > 1] == []


def test_no_module_is_longer_than_can_be_read_at_once() -> None:
    lines = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in (SRC / "reportedly").rglob("*.py")}
    assert {str(p): n for p, n in lines.items() if n >= 400} == {}
