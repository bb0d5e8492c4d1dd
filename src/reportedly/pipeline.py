"""The straight line: one dispatch in, everything that was read from it out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from importlib.metadata import version
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reportedly.claims.certainty import Grade, grade
from reportedly.config import DEFAULT, Config
from reportedly.ingest.inner import inner_datelines
from reportedly.knowledge.load import knowledge_of
from reportedly.limits import BATCH_CHARS, OutOfTimeError, portions, within
from reportedly.model import Analysis, Diagnostic, Dispatch, Level, Versions
from reportedly.parallel import spread
from reportedly.parse import layout, nlp
from reportedly.parse.casing import Casing
from reportedly.parse.legible import legible
from reportedly.parse.mending import mended
from reportedly.parse.paragraphs import LONGEST_RUN, cuts
from reportedly.parse.parsed import Doc
from reportedly.parse.parsing import parse
from reportedly.stages import Findings, stages_of, through

if TYPE_CHECKING:
    from spacy.language import Language


def read_doc(doc: Doc, dispatch: Dispatch, config: Config = DEFAULT) -> Analysis:
    """Read one parsed dispatch; everything returned points back into ``dispatch.text``.

    Raises whatever a stage raises; ``read_dispatches`` makes a diagnostic of it.
    """
    *_, found = through(Findings(doc, dispatch), config)
    return analysis_of(found, config)


def analysis_of(found: Findings, config: Config, made_by: Versions | None = None) -> Analysis:
    """What is given out of the findings; ``made_by`` where the parse is not that of the configuration's model."""
    return Analysis(
        dispatch=found.dispatch,
        times=found.times,
        places=found.places,
        actors=found.actors,
        statements=found.statements,
        silences=found.silences,
        claims=found.claims,
        diagnostics=(*_left_out(found.dispatch, config), *_cut_sentences(found), *found.diagnostics),
        versions=made_by or versions(config),
    )


def read_dispatches(dispatches: Iterable[Dispatch], config: Config = DEFAULT, *, jobs: int = 1) -> Iterator[Analysis]:
    """Read many dispatches in input order, with ``jobs`` processes; see ``read_doc``.

    A dispatch that breaks a stage comes back with what the stages before it found, one that breaks the process that
    reads it comes back empty, both with a diagnostic of level ``error``; one that takes over ``config.max_seconds``
    comes back with what the finished stages found and a warning. The results are the same for any number of processes.
    """
    if jobs > 1:
        batches = portions(dispatches, config.batch_size, BATCH_CHARS, _length)
        return spread(batches, "reportedly.pipeline:reader", config, jobs, partial(_lost, config=config))
    return (analysis_of(found, config) for found in find_all(dispatches, config))


def reader(config: Config) -> Callable[[list[Dispatch]], list[Analysis]]:
    """What a worker process does: the model loaded, batches of dispatches read."""
    nlp.load(config.model)
    return lambda batch: list(read_dispatches(batch, config))


def find_all(dispatches: Iterable[Dispatch], config: Config = DEFAULT) -> Iterator[Findings]:
    """As ``read_dispatches``, with the parse and the reasons that an analysis leaves out."""
    language = nlp.load(config.model)
    casing = casing_of(config)
    texts = ((_reading_text(d, casing, config), d) for d in dispatches)
    for doc, dispatch in parse(language, texts, config.batch_size):
        yield _found(Findings(mended(doc, knowledge_of(config)), dispatch), config)


def read_parse(doc: Doc, dispatch: Dispatch, config: Config, made_by: Versions) -> Analysis:
    """As ``read_dispatches`` for a parse that somebody else's pipeline has made of the text of a dispatch."""
    return analysis_of(_found(Findings(mended(doc, knowledge_of(config)), dispatch), config), config, made_by)


def _reading_text(dispatch: Dispatch, casing: Casing, config: Config) -> str:
    knowledge = knowledge_of(config)
    inner = inner_datelines(dispatch, knowledge)
    return layout.prepare(dispatch, config.max_chars, casing, knowledge, max_words=config.max_words, inner=inner)


def _found(start: Findings, config: Config) -> Findings:
    """What all stages find, or those before the one that breaks or has no time left."""
    found = start
    try:
        with within(config.max_seconds):
            for after in through(start, config):
                found = after
    except OutOfTimeError:
        return _out_of_time(found, config)
    except Exception as problem:  # noqa: BLE001  one dispatch must not lose the others
        return _broken(found, problem, config)
    return found


def grade_texts(
    texts: Iterable[tuple[str, Sequence[Mapping[str, int]]]], config: Config = DEFAULT
) -> Iterator[list[Grade]]:
    """Factuality of the given triggers ``{"start", "end"}`` of each text, in the eyes of its author."""
    language = nlp.load(config.model)
    casing = casing_of(config)
    pairs = ((_reading_text(Dispatch(id="", text=text), casing, config), triggers) for text, triggers in texts)
    for doc, triggers in parse(language, pairs, config.batch_size):
        yield grade(mended(doc, knowledge_of(config)), triggers, config)


@lru_cache(maxsize=4)
def casing_of(config: Config) -> Casing:
    """What restores mixed case under this configuration."""
    from reportedly.places.gazetteer import is_place_name

    return Casing(nlp.load(config.model), is_place_name, knowledge_of(config))


@lru_cache(maxsize=4)
def versions(config: Config) -> Versions:
    """What makes the results of this configuration."""
    language: Language = nlp.load(config.model)
    return Versions(
        reportedly=" ".join((version("reportedly"), *(s for s in config.stages if ":" in s))),
        spacy=version("spacy"),
        model=f"{language.meta['name']} {language.meta['version']}",
        model_digest=_model_digest(config.model),
        tables=knowledge_of(config).digest,
    )


def _model_digest(model: str) -> str:
    """The digest of a pipeline; that of the default one was looked at when it was loaded."""
    if model == nlp.DEFAULT_MODEL:
        return nlp.DEFAULT_MODEL_DIGEST
    folder = nlp.model_folder(model)
    return nlp.model_digest(folder) if folder else ""


def _length(dispatch: Dispatch) -> int:
    return len(dispatch.text)


def _out_of_time(found: Findings, config: Config) -> Findings:
    stages = [stage.__name__ for stage in stages_of(config)]
    if len(found.done) == len(stages):
        return found
    message = (
        f"took over {config.max_seconds:g} s of processor time (max_seconds): given is what was found before the stage "
        f'"{stages[len(found.done)]}"'
    )
    told = Diagnostic("warning", "out-of-time", message, file=found.dispatch.file, dispatch=found.dispatch.id)
    return replace(found, diagnostics=(*found.diagnostics, told))


def _lost(dispatch: Dispatch, reason: str, *, config: Config) -> Analysis:
    message = f"could not be analysed: the process that read it {reason}"
    return Analysis(dispatch, (), (), (), (), (), (), (_error(dispatch, "worker-died", message),), versions(config))


def _left_out(dispatch: Dispatch, config: Config) -> Iterator[Diagnostic]:
    """What of a text is not analysed: what lies behind the limits, and stretches that are no words."""
    read = legible(dispatch.text, config.max_chars, config.max_words)
    if len(read.text) < len(dispatch.text):
        message = f"only the first {len(read.text):,} of {len(dispatch.text):,} characters were analysed"
        yield _told("warning", "text-cut", message, dispatch, (len(read.text), len(dispatch.text)))
    if read.blanked:
        length = sum(span.end - span.start for span in read.blanked)
        message = f"{length:,} characters are no words and were not analysed"
        yield _told("info", "no-words", message, dispatch, (read.blanked[0].start, read.blanked[-1].end))


def _cut_sentences(found: Findings) -> Iterator[Diagnostic]:
    """Say so where so many words followed each other without a full stop that they were read as several sentences."""
    doc = found.doc
    if at := cuts([token.text for token in doc]):
        message = f"over {LONGEST_RUN} words without a full stop were cut in {len(at)} places"
        yield _told("warning", "sentence-cut", message, found.dispatch, (doc[at[0]].idx, doc[at[-1]].idx))


def _told(level: Level, code: str, message: str, dispatch: Dispatch, where: tuple[int, int]) -> Diagnostic:
    start, end = where
    return Diagnostic(level, code, message, file=dispatch.file, dispatch=dispatch.id, start=start, end=end)


def _broken(found: Findings, problem: Exception, config: Config) -> Findings:
    """What was found before a stage broke, with the diagnostic."""
    stage = stages_of(config)[len(found.done)].__name__
    message = (
        f"could not be analysed: {stage} broke ({type(problem).__name__}: {problem}); please report this with the text"
    )
    return replace(found, diagnostics=(*found.diagnostics, _error(found.dispatch, "analysis-failed", message)))


def _error(dispatch: Dispatch, code: str, message: str) -> Diagnostic:
    return Diagnostic("error", code, message, file=dispatch.file, dispatch=dispatch.id)
