"""What a short run loads, and what it leaves alone."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import spacy
from spacy.lang.en import English
from spacy.language import Language

from reportedly.parse.nlp import DEFAULT_MODEL, model_folder, tokenizer

SPACY = """
import sys
import reportedly.parse.nlp
assert "spacy" not in sys.modules
import reportedly.pipeline
assert "spacy" in sys.modules
assert not [name for name in sys.modules if name.startswith(("spacy.cli", "weasel"))]
assert type(sys.modules["spacy"].__spec__.loader).__module__ == "_frozen_importlib_external"
import spacy.cli
assert spacy.cli.download is sys.modules["spacy.cli"].download
assert "spacy_version" in spacy.info(silent=True)
"""


def test_spacy_is_imported_without_its_command_line_and_keeps_it() -> None:
    subprocess.run([sys.executable, "-c", SPACY], check=True)


def test_the_tokenizer_is_filled_with_the_rules_of_the_pipeline(nlp: Language) -> None:
    """Made empty, it comes to the same as one that is made with rules and filled over."""
    folder = model_folder(DEFAULT_MODEL)
    assert folder is not None
    ours: Any = nlp.tokenizer
    own: Any = spacy.load(folder).tokenizer
    assert ours.to_bytes(exclude=["vocab"]) == own.to_bytes(exclude=["vocab"])


def test_names_are_split_alike_whether_the_pipeline_is_loaded_or_not(nlp: Language) -> None:
    """Its tokenizer, which stands in for that of English, has the same rules."""
    assert tokenizer() is nlp.tokenizer
    own: Any = English().tokenizer
    assert tokenizer().to_bytes(exclude=["vocab"]) == own.to_bytes(exclude=["vocab"])
