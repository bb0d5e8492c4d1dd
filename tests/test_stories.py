"""Stories of several dispatches: the incidents, standings and figures that a desk editor expects of a ledger.

What is not yet told right stands in the story itself (``open``), and is reported the moment it becomes right.
"""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

import reportedly
from reportedly.model import Analysis, Incident, IncidentFigure

FOLDER = Path(__file__).parent / "stories"
STORIES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Analysis]]:
    """What is read of each story, from a file as those who use the program do: datelines and all."""
    folder = tmp_path_factory.mktemp("stories")
    for name, story in STORIES.items():
        lines = "\n".join(map(json.dumps, story["dispatch"]))
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    found: dict[str, list[Analysis]] = {name: [] for name in STORIES}
    for analysis in reportedly.read_all(sorted(folder.iterdir())):
        found[Path(str(analysis.dispatch.file)).stem].append(analysis)
    return found


def told(readings: list[Analysis], ledger: Path) -> list[Incident]:
    """The incidents of a story."""
    with reportedly.open_ledger(ledger) as news:
        news.add(readings)
        return list(news.incidents())


def names(incident: Incident, source: str) -> set[str]:
    return {source} | {n for s in incident.sources if s.name == source for n in s.names}


def is_figure(incident: Incident, figure: IncidentFigure, wanted: dict[str, Any]) -> bool:
    if figure.role != wanted["role"] or figure.low != wanted.get("low"):
        return False
    if "high" in wanted and figure.high != wanted["high"]:
        return False
    known = {n.casefold() for n in names(incident, figure.source)}
    return "source" not in wanted or any(wanted["source"].casefold() in name for name in known)


def faults(incident: Incident, wanted: dict[str, Any]) -> list[str]:
    """What of an incident is not as the story wants it."""
    found = []
    if "dispatches" in wanted and set(wanted["dispatches"]) != set(incident.dispatches):
        found.append(f"told in {incident.dispatches}")
    if not set(wanted.get("has_dispatches", ())) <= set(incident.dispatches):
        found.append(f"told in {incident.dispatches}")
    found += [
        f"{field} {getattr(incident, field)}"
        for field in ("type", "begin", "end_date", "kind", "standing")
        if field in wanted and getattr(incident, field) not in listed(wanted[field])
    ]
    if "place" in wanted and (incident.place is None or incident.place.name not in listed(wanted["place"])):
        found.append(f"place {incident.place and incident.place.name}")
    if incident.standing in wanted.get("not_standing", ()):
        found.append(f"standing {incident.standing}")
    for name, standings in wanted.get("questions", {}).items():
        asked = incident.questions.get(name)
        if asked is None or asked.standing not in listed(standings):
            found.append(f"{name} {asked and asked.standing}")
    return found + headline_faults(incident, wanted) + figure_faults(incident, wanted)


def headline_faults(incident: Incident, wanted: dict[str, Any]) -> list[str]:
    """The words that a headline has to have, in this order, whatever their case."""
    at, line = 0, incident.headline.casefold()
    for words in wanted.get("headline", ()):
        at = line.find(words.casefold(), at)
        if at < 0:
            return [f"headline {incident.headline}"]
    return []


def figure_faults(incident: Incident, wanted: dict[str, Any]) -> list[str]:
    exact, some = wanted.get("figures", ()), (*wanted.get("figures", ()), *wanted.get("figures_have", ()))
    roles = {f["role"] for f in exact}
    missing = [f"no figure {w}" for w in some if not any(is_figure(incident, f, w) for f in incident.figures)]
    strange = [
        f"figure {f.role} {f.low} to {f.high} of {f.source}"
        for f in incident.figures
        if f.role in roles and not any(is_figure(incident, f, w) for w in exact)
    ]
    kept = [w for w in wanted.get("earlier", ()) if not any(is_figure(incident, f, w) for f in incident.earlier)]
    return missing + strange + [f"not replaced: {w}" for w in kept]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("name", STORIES)
def test_a_story_is_told_as_a_desk_expects(
    name: str, readings: dict[str, list[Analysis]], empty: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    story = STORIES[name]
    if "open" in story:
        request.applymarker(pytest.mark.xfail(reason=story["open"], strict=True))
    incidents = told(readings[name], Path(shutil.copy(empty, tmp_path / "news.duckdb")))
    for wanted in story.get("incident", ()):
        best = min((faults(i, wanted) for i in incidents), key=len, default=["no incident at all"])
        assert not best, f"{wanted}: {best}"
    for unwanted in story.get("no_incident", ()):
        assert all(faults(i, unwanted) for i in incidents), unwanted
