"""The straight line: one dispatch in, everything that was read from it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import version

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from reportedly import layout, nlp
from reportedly.actors import find_actors
from reportedly.claims import assemble_claims
from reportedly.config import DEFAULT, Config
from reportedly.events import find_events
from reportedly.figures import find_figures
from reportedly.model import Analysis, Diagnostic, Dispatch, Versions
from reportedly.places import find_places
from reportedly.statements import find_silences, find_statements
from reportedly.tables import tables_digest
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
        statements=statements,
        silences=silences,
        claims=claims,
        diagnostics=doubts,
        versions=versions(config),
    )


def read_dispatches(dispatches: Iterable[Dispatch], config: Config = DEFAULT) -> Iterator[Analysis]:
    """Read many dispatches in input order; see ``read_doc``."""
    language = nlp.load(config.model)
    pairs = ((layout.prepare(d, config.max_chars), d) for d in dispatches)
    for doc, dispatch in language.pipe(pairs, as_tuples=True, batch_size=config.batch_size):
        yield read_doc(doc, dispatch, config)


@lru_cache(maxsize=4)
def versions(config: Config) -> Versions:
    """What makes the results of this configuration."""
    language: Language = nlp.load(config.model)
    folder = nlp.model_folder(config.model)
    return Versions(
        reportedly=version("reportedly"),
        spacy=spacy.__version__,
        model=f"{language.meta['name']} {language.meta['version']}",
        model_digest=nlp.model_digest(folder) if folder else "",
        tables=tables_digest(config.tables),
    )
