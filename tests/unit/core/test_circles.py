"""No module of the program needs itself, by whatever way round."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

SRC = Path(__file__).parents[3] / "src"


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__")


def needed(path: Path, known: set[str]) -> Iterator[str]:
    """The modules that a module imports when it is imported itself."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module in known:
            inner = {f"{node.module}.{a.name}" for a in node.names}
            yield from inner & known
            yield from {node.module} if not inner <= known else ()


def test_there_is_no_circle_of_imports() -> None:
    modules = {name_of(path): path for path in (SRC / "reportedly").rglob("*.py")}
    graph = {name: set(needed(path, set(modules))) - {name} for name, path in modules.items()}
    order = list(TopologicalSorter(graph).static_order())
    assert order.index("reportedly.model.reading") < order.index("reportedly.claims.assemble")
