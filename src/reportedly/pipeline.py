"""The straight line: one dispatch in, everything that was read from it out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from importlib.metadata import version
from itertools import islice

from spacy.language import Language

from reportedly.actors import find_actors
from reportedly.claims import assemble_claims
from reportedly.claims.certainty import Grade, grade
from reportedly.config import DEFAULT, Config
from reportedly.events import find_events
from reportedly.figures import find_figures
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Analysis, Diagnostic, Dispatch, Versions
from reportedly.parallel import spread
from reportedly.parse import layout, nlp
from reportedly.parse.casing import Casing
from reportedly.parse.parsed import Doc
from reportedly.parse.parsing import parse
from reportedly.places import find_places
from reportedly.statements import find_silences, find_statements, without_echoes
from reportedly.times import find_times


def read_doc(doc: Doc, dispatch: Dispatch, config: Config = DEFAULT) -> Analysis:
    """Read one parsed dispatch; everything returned points back into ``dispatch.text``."""
    times = find_times(doc, dispatch, config)
    places = find_places(doc, dispatch, config)
    actors = find_actors(doc, dispatch, places, config)
    figures = find_figures(doc, config)
    statements, doubts = find_statements(doc, dispatch, actors, times, config)
    silences = find_silences(doc, dispatch, actors, config)
    events = find_events(doc, dispatch, times, places, actors, figures, config)
    claims = assemble_claims(doc, dispatch, statements, silences, events, actors, config)
    return Analysis(
        dispatch=dispatch,
        times=times,
        places=places,
        actors=actors,
        statements=without_echoes(statements, dispatch, (c.statement for c in claims)),
        silences=silences,
        claims=claims,
        diagnostics=_cut(dispatch, config) + doubts,
        versions=versions(config),
    )


def read_dispatches(dispatches: Iterable[Dispatch], config: Config = DEFAULT, *, jobs: int = 1) -> Iterator[Analysis]:
    """Read many dispatches in input order, with ``jobs`` processes; see ``read_doc``.

    A dispatch that breaks a stage, or the process that reads it, comes back empty, with a diagnostic of level ``error``
    that names it. The results are the same for any number of processes.
    """
    if jobs > 1:
        batches = _batches(dispatches, config.batch_size)
        return spread(batches, "reportedly.pipeline:reader", config, jobs, partial(_lost, config=config))
    return (analysis for _, analysis in read_parsed(dispatches, config))


def reader(config: Config) -> Callable[[list[Dispatch]], list[Analysis]]:
    """What a worker process does: the model loaded, batches of dispatches read."""
    nlp.load(config.model)
    return lambda batch: list(read_dispatches(batch, config))


def read_parsed(dispatches: Iterable[Dispatch], config: Config = DEFAULT) -> Iterator[tuple[Doc, Analysis]]:
    """As ``read_dispatches``, each analysis with the parse it was read from."""
    language = nlp.load(config.model)
    casing = casing_of(config)
    texts = ((layout.prepare(d, config.max_chars, casing, knowledge_of(config)), d) for d in dispatches)
    for doc, dispatch in parse(language, texts, config.batch_size):
        try:
            analysis = read_doc(doc, dispatch, config)
        except Exception as problem:  # noqa: BLE001  one dispatch must not lose the others
            analysis = _failed(dispatch, problem, config)
        yield doc, analysis


def grade_texts(
    texts: Iterable[tuple[str, Sequence[Mapping[str, int]]]], config: Config = DEFAULT
) -> Iterator[list[Grade]]:
    """Factuality of the given triggers ``{"start", "end"}`` of each text, in the eyes of its author."""
    language = nlp.load(config.model)
    casing = casing_of(config)
    pairs = (
        (layout.prepare(Dispatch(id="", text=text), config.max_chars, casing, knowledge_of(config)), triggers)
        for text, triggers in texts
    )
    for doc, triggers in parse(language, pairs, config.batch_size):
        yield grade(doc, triggers, config)


@lru_cache(maxsize=4)
def casing_of(config: Config) -> Casing:
    """What restores mixed case under this configuration."""
    from reportedly.places.gazetteer import is_place_name

    return Casing(nlp.load(config.model), is_place_name, knowledge_of(config))


@lru_cache(maxsize=4)
def versions(config: Config) -> Versions:
    """What makes the results of this configuration."""
    language: Language = nlp.load(config.model)
    folder = nlp.model_folder(config.model)
    return Versions(
        reportedly=version("reportedly"),
        spacy=version("spacy"),
        model=f"{language.meta['name']} {language.meta['version']}",
        model_digest=nlp.model_digest(folder) if folder else "",
        tables=knowledge_of(config).digest,
    )


def _batches(dispatches: Iterable[Dispatch], size: int) -> Iterator[list[Dispatch]]:
    source = iter(dispatches)
    while batch := list(islice(source, size)):
        yield batch


def _lost(dispatch: Dispatch, reason: str, *, config: Config) -> Analysis:
    message = f"could not be analysed: the process that read it {reason}"
    return _empty(dispatch, "worker-died", message, config)


def _cut(dispatch: Dispatch, config: Config) -> tuple[Diagnostic, ...]:
    """Say so where a text is longer than what is analysed."""
    if len(dispatch.text) <= config.max_chars:
        return ()
    message = f"only the first {config.max_chars:,} of {len(dispatch.text):,} characters were analysed"
    cut = Diagnostic(
        "warning",
        "text-cut",
        message,
        file=dispatch.file,
        dispatch=dispatch.id,
        start=config.max_chars,
        end=len(dispatch.text),
    )
    return (cut,)


def _failed(dispatch: Dispatch, problem: Exception, config: Config) -> Analysis:
    message = f"could not be analysed ({type(problem).__name__}: {problem}); please report this with the text"
    return _empty(dispatch, "analysis-failed", message, config)


def _empty(dispatch: Dispatch, code: str, message: str, config: Config) -> Analysis:
    diagnostic = Diagnostic("error", code, message, file=dispatch.file, dispatch=dispatch.id)
    return Analysis(dispatch, (), (), (), (), (), (), (diagnostic,), versions(config))
