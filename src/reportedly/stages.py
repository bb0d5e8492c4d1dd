"""The stages of a reading, in their order: each takes what was found so far and returns it with its own findings.

``Config.stages`` names the stages to run; a name with a colon ("mypackage.counts:figures") is a function of somebody
else's, with the signature of ``Stage``, that stands where a stage of ours stood or between two of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from typing import Protocol

import msgspec
from msgspec.structs import replace

from reportedly.actors import find_actors
from reportedly.claims import assemble_claims
from reportedly.config import Config
from reportedly.errors import ConfigError
from reportedly.events import find_events
from reportedly.figures import find_figures
from reportedly.model import (
    Actor,
    Because,
    Claim,
    Diagnostic,
    Dispatch,
    Event,
    Figures,
    Place,
    Scene,
    Silence,
    Statement,
    Time,
)
from reportedly.parse.parsed import Doc
from reportedly.places import rank_places
from reportedly.places.unread import PlaceReading
from reportedly.reasons import renewed
from reportedly.scenes import carry, find_scenes
from reportedly.statements import find_silences, find_statements, without_echoes
from reportedly.times import find_times


class Findings(msgspec.Struct, frozen=True):
    """What the stages have found in one dispatch so far; ``done`` names those that have finished.

    ``readings`` are those that were considered for each of ``places``, best first. ``because`` holds the reasons for
    the values of actors, statements and claims, by the id of the record.
    """

    doc: Doc
    dispatch: Dispatch
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    readings: tuple[tuple[PlaceReading, ...], ...] = ()
    actors: tuple[Actor, ...] = ()
    figures: Figures = Figures()
    statements: tuple[Statement, ...] = ()
    silences: tuple[Silence, ...] = ()
    events: tuple[Event, ...] = ()
    scenes: tuple[Scene, ...] = ()
    claims: tuple[Claim, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    because: Mapping[str, tuple[Because, ...]] = {}
    done: tuple[str, ...] = ()


class Stage(Protocol):
    """One step of the line."""

    __name__: str

    def __call__(self, found: Findings, config: Config, /) -> Findings:
        """The findings with those of this stage; what it was given is never changed."""


def times(found: Findings, config: Config) -> Findings:
    """Times named in the text, resolved against the day of the dispatch."""
    return replace(found, times=find_times(found.doc, found.dispatch, config))


def places(found: Findings, config: Config) -> Findings:
    """Places named in the text, resolved against the gazetteer."""
    named, readings = rank_places(found.doc, found.dispatch, config)
    return replace(found, places=named, readings=readings)


def actors(found: Findings, config: Config) -> Findings:
    """Everybody the dispatch speaks of, and what gives them their codes."""
    told, because = find_actors(found.doc, found.dispatch, found.places, config)
    return replace(found, actors=told, because={**found.because, **because})


def figures(found: Findings, config: Config) -> Findings:
    """Numbers of people and weapons."""
    return replace(found, figures=find_figures(found.doc, found.places, config))


def statements(found: Findings, config: Config) -> Findings:
    """Who says it, and what was doubtful about it."""
    told, doubts, because = find_statements(found.doc, found.dispatch, found.actors, found.times, config)
    diagnostics = found.diagnostics + doubts
    return replace(found, statements=told, diagnostics=diagnostics, because={**found.because, **because})


def silences(found: Findings, config: Config) -> Findings:
    """Who says nothing, and about what."""
    return replace(found, silences=find_silences(found.doc, found.dispatch, found.actors, config))


def events(found: Findings, config: Config) -> Findings:
    """What happened, to whom, where and when."""
    told = find_events(found.doc, found.dispatch, found.times, found.places, found.actors, found.figures, config)
    return replace(found, events=told)


def scenes(found: Findings, config: Config) -> Findings:
    """Which place and day each stretch of the text tells of."""
    return replace(
        found, scenes=find_scenes(found.doc, found.dispatch, found.places, found.times, found.events, config)
    )


def claims(found: Findings, config: Config) -> Findings:
    """Events in the mouths of their sources; statements that a headline only echoes go."""
    told, because = assemble_claims(
        found.doc, found.dispatch, found.statements, found.silences, found.events, found.actors, config
    )
    kept = without_echoes(found.statements, found.dispatch, (c.statement for c in told))
    return replace(found, claims=told, statements=kept, because={**found.because, **because})


def settings(found: Findings, config: Config) -> Findings:
    """Place and day of the claims that their own clause leaves open, from their happening or scene."""
    settled = carry(
        found.doc, found.dispatch, found.places, found.scenes, found.claims, config, silences=found.silences
    )
    because = {s.claim.id: renewed(found.because.get(s.claim.id, ()), *s.because) for s in settled if s.because}
    return replace(found, claims=tuple(s.claim for s in settled), because={**found.because, **because})


STAGES: tuple[Stage, ...] = (
    times, places, actors, figures, statements, silences, events, scenes, claims, settings,
)  # fmt: skip


def through(found: Findings, config: Config) -> Iterator[Findings]:
    """What has been found after each stage in turn; a stage that breaks raises, and what came before it is kept."""
    for stage in stages_of(config):
        found = replace(stage(found, config), done=(*found.done, stage.__name__))
        yield found


@lru_cache(maxsize=4)
def stages_of(config: Config) -> tuple[Stage, ...]:
    """The stages that a configuration names, all of ours where it names none.

    Raises ConfigError where there is no such stage.
    """
    return tuple(_stage(name) for name in config.stages) if config.stages else STAGES


def _stage(name: str) -> Stage:
    ours = {stage.__name__: stage for stage in STAGES}
    if name in ours:
        return ours[name]
    module, _, function = name.partition(":")
    try:
        found: Stage = getattr(import_module(module), function)
    except (ImportError, AttributeError, ValueError) as problem:
        what = f"there is no stage {name!r} ({problem})"
        raise ConfigError(
            "E316", what, f'Name one of {", ".join(ours)}, or your own as "package.module:function".'
        ) from problem
    return found
