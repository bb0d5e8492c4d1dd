"""spaCy without its command line, which nobody here calls and which is a third of what its import loads."""

from __future__ import annotations

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType

_COMMANDS = ("spacy.cli", "spacy.cli.info")


def lightly() -> None:
    """From now on whoever imports spaCy first gets it without the commands; ``import spacy.cli`` works as ever."""
    if "spacy" not in sys.modules and not any(isinstance(finder, _SpacyFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _SpacyFinder())


class _SpacyFinder(MetaPathFinder):
    """Finds spaCy once, where it lies, and then is gone."""

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        """Where spaCy lies; nothing for all else."""
        if fullname != "spacy":
            return None
        sys.meta_path.remove(self)
        found = find_spec("spacy")
        if found is not None and found.loader is not None:
            found.loader = _Loader(found, found.loader)
        return found


class _Loader(Loader):
    """Runs `spacy/__init__.py`, which takes one function out of its command line, with that function alone."""

    def __init__(self, spec: ModuleSpec, real: Loader) -> None:
        self._spec, self._real = spec, real

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """As the real loader does."""
        return self._real.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """As the real loader does, with something in place of the commands."""
        module.__loader__ = self._spec.loader = self._real
        sys.modules.update({name: ModuleType(name) for name in _COMMANDS})
        vars(sys.modules["spacy.cli.info"])["info"] = _info
        try:
            self._real.exec_module(module)
        finally:
            for name in _COMMANDS:
                del sys.modules[name]


def _info(*args: object, **kwargs: object) -> object:
    from spacy.cli.info import info

    return info(*args, **kwargs)  # type: ignore[arg-type]
