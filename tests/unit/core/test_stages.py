"""The line of stages: in order, one of somebody else's in its place, and what is kept when one breaks."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

import reportedly
from reportedly.config import Config
from reportedly.errors import ConfigError
from reportedly.model import Dispatch, Figures
from reportedly.pipeline import find_all, read_dispatches
from reportedly.stages import STAGES, Findings

TEXT = "LOME, May 17 (Sample) - Police said on Thursday that gunmen killed 12 people near Kara."
NAMES = tuple(stage.__name__ for stage in STAGES)


def no_figures(found: Findings, config: Config) -> Findings:
    """A stage of somebody else's that counts nothing."""
    return replace(found, figures=Figures())


def broken(found: Findings, config: Config) -> Findings:
    """A stage of somebody else's with a fault."""
    raise RuntimeError("no such number")


def with_stage(name: str, instead: str) -> Config:
    return Config(stages=tuple(f"{__name__}:{instead}" if n == name else n for n in NAMES))


def test_the_stages_named_are_those_that_run() -> None:
    dispatch = Dispatch(id="d-1", text=TEXT, published="2024-05-17")
    (found,) = find_all([dispatch], Config(stages=NAMES[:2]))
    assert found.done == ("times", "places")
    assert found.places
    assert not found.claims


def test_a_stage_of_ones_own_takes_the_place_of_ours() -> None:
    ours = reportedly.read(TEXT, published="2024-05-17")
    theirs = reportedly.read(TEXT, published="2024-05-17", config=with_stage("figures", "no_figures"))
    assert [f.low for c in ours.claims for f in c.figures] == [12]
    assert [f.low for c in theirs.claims for f in c.figures] == []
    assert theirs.versions.reportedly.endswith("test_stages:no_figures")


def test_what_was_found_before_a_stage_broke_is_kept() -> None:
    dispatch = Dispatch(id="d-1", text=TEXT, published="2024-05-17")
    (analysis,) = read_dispatches([dispatch], with_stage("figures", "broken"))
    assert [p.name for p in analysis.places if p.text == "Kara"] == ["Kara"]
    assert analysis.claims == ()
    (told,) = (d for d in analysis.diagnostics if d.level == "error")
    assert told.code == "analysis-failed"
    assert "broken broke (RuntimeError: no such number)" in told.message


@pytest.mark.parametrize("name", ["figure", "nowhere:figures", "reportedly.stages:figure"])
def test_a_stage_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match="there is no stage"):
        reportedly.read(TEXT, config=Config(stages=(name,)))
