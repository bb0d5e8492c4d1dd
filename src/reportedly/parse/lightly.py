"""spaCy without its command line, which nobody here calls and which is a third of what its import loads."""

from __future__ import annotations

import sys
from types import ModuleType

_COMMANDS = ("spacy.cli", "spacy.cli.info")


def import_spacy() -> None:
    """Import spaCy, if nobody has; ``import spacy.cli`` works as ever afterwards, and ``spacy.info`` too."""
    if "spacy" in sys.modules:
        return
    # `spacy/__init__.py` takes one function out of its command line.
    sys.modules.update({name: ModuleType(name) for name in _COMMANDS})
    vars(sys.modules["spacy.cli.info"])["info"] = _info
    try:
        import spacy  # noqa: F401
    finally:
        for name in _COMMANDS:
            del sys.modules[name]


def _info(*args: object, **kwargs: object) -> object:
    from spacy.cli.info import info

    return info(*args, **kwargs)  # type: ignore[arg-type]
