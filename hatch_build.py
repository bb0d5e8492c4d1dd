"""Build hook: compiles the gazetteer into the package, for wheels and for editable installs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

GAZETTEER = Path("src") / "reportedly" / "data" / "gazetteer.sqlite"


class GazetteerHook(BuildHookInterface[Any]):
    """Runs `tools/gazetteer.py` before files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatchling's signature
        """Compile the gazetteer where it is missing or older than its sources, and have it packed."""
        root = Path(self.root)
        sys.path.insert(0, str(root / "tools"))
        try:
            from gazetteer import build
        finally:
            sys.path.pop(0)
        build(root / GAZETTEER)
        build_data["artifacts"].append(GAZETTEER.as_posix())
