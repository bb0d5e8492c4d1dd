"""Build hook: compiles gazetteer and outlines into the package, for wheels and for editable installs."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = Path("src") / "reportedly" / "knowledge" / "world"
GAZETTEER = DATA / "gazetteer.sqlite"
OUTLINES = DATA / "outlines.bin"


class DataHook(BuildHookInterface[Any]):
    """Runs `tools/gazetteer.py` and `tools/outlines.py` before files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatchling's signature
        """Compile what is missing or older than its sources, and have it packed.

        Where what they are compiled from is not installed, files that are there are taken as they are: `make` compiles
        them apart, so that an environment to run the program in need not hold it.
        """
        root = Path(self.root)
        sys.path.insert(0, str(root / "tools"))
        try:
            import gazetteer
            import outlines
        finally:
            sys.path.pop(0)
        for tool, path in ((gazetteer, root / GAZETTEER), (outlines, root / OUTLINES)):
            try:
                tool.build(path)
            except PackageNotFoundError:
                if not path.exists():
                    raise
        build_data["artifacts"] += [GAZETTEER.as_posix(), OUTLINES.as_posix()]
