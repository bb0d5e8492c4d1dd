"""Views: a dispatch cut into pieces without losing a letter, honest sentences, maps that stay on their sheet."""

from __future__ import annotations

import re

import msgspec
from hypothesis import given
from hypothesis import strategies as st

import reportedly
from reportedly.model import (
    Analysis,
    Dispatch,
    Incident,
    IncidentFigure,
    IncidentSource,
    Question,
    Span,
    Statement,
    Versions,
    View,
)
from reportedly.views.asked import asked
from reportedly.views.charts import WIDTH, fitted, wide
from reportedly.views.reading import reading

VERSIONS = Versions("0", "0", "0", "0", "0")


def analysis(text: str, spans: list[tuple[int, int]]) -> Analysis:
    statements = tuple(
        Statement(
            f"s{n}", (Span(a, b),), None, "named", (), (Span(a, b),), "direct", None, None, None, None, "reporting"
        )
        for n, (a, b) in enumerate(spans)
    )
    return Analysis(Dispatch("d", text), (), (), (), statements, (), (), (), VERSIONS)


@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=6))
def test_every_letter_is_shown_once(text: str, spans: list[tuple[int, int]]) -> None:
    """Whatever overlaps whatever: the pieces are the text, paragraph by paragraph, without its outer blanks."""
    inside = [(min(a, b), max(a, b)) for a, b in spans if a != b and max(a, b) <= len(text)]
    shown = "".join(piece.text for p in reading(analysis(text, inside)).paragraphs for piece in p.pieces)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text)


def test_a_claim_is_found_by_its_parts() -> None:
    read = reportedly.read("Gunmen killed at least two guards in Goma on Friday, police said.", published="2024-05-18")
    page = reading(read)
    parts = {part: piece.text for p in page.paragraphs for piece in p.pieces for _, part in piece.claims}
    assert (parts["trigger"], parts["voice"], parts["place"]) == ("killed", "police", "Goma")
    assert page.paragraphs[0].groups[0].voice == "police"


def figure(source: str, low: int | None, high: int | None, day: str = "2021-09-02") -> IncidentFigure:
    return IncidentFigure(
        "killed", "Taliban", source, low, high, approx=False, as_of=day, claim=f"c-{source}", dispatch="d"
    )


def incident(*figures: IncidentFigure, silent: tuple[str, ...] = (), denies: tuple[str, ...] = ()) -> Incident:
    sources = [IncidentSource(f.source, "named", (f.source,), "affirms", (), (f.claim,)) for f in figures]
    sources += [IncidentSource(name, "group", (name,), "denies", (), ()) for name in denies]
    return Incident(
        "n", "ASSAULT", (), (), None, "2021-09-02", "2021-09-02", (), (), "single source", "", figures, (), silent,
        tuple(sources), (),
    )  # fmt: skip


def test_questions_come_whether_who_where_when_and_then_numbers() -> None:
    """The answer of most voices stands first; one voice's answers in other letters are one."""
    views = (View("police", "Gunmen", ("c-1",)), View("army", "rebels", ("c-2",)), View("mayor", "gunmen", ("c-3",)))
    day = Question("single source", "", (View("police", "2024-05-17 to 2024-05-18", ("c-1",)),))
    told = msgspec.structs.replace(
        incident(figure("police", 6, None)),
        questions={"killed": day, "who": Question("contested", "why", views), "when": day},
    )
    who, when, killed = asked(told)
    assert (who.question, who.standing, who.reason) == ("Who did it", "contested", "why")
    assert [(a.words, a.voices) for a in who.answers] == [
        ("Gunmen", (("police", "c-1"), ("mayor", "c-3"))),
        ("rebels", (("army", "c-2"),)),
    ]
    assert [a.words for a in when.answers] == ["17–18 May 2024"]
    assert killed.question == "How many killed"


@given(st.text("abcWMil., ’“é", max_size=120), st.floats(20, WIDTH))
def test_a_name_is_cut_only_where_it_does_not_fit(name: str, room: float) -> None:
    shown = fitted(name, room)
    assert shown == " ".join(name.split()) or shown.endswith("…")
    assert wide(shown) <= room or len(shown) <= 2
    assert shown.endswith("…") or wide(shown) <= room


def test_a_long_name_uses_the_whole_width() -> None:
    name = "spokesman for the provincial governor's office in Kassala"
    assert len(fitted(name, WIDTH)) > 40
