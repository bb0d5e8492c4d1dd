"""Datelines, headlines, bylines and notes of agency copy."""

from __future__ import annotations

import pytest

from reportedly.ingest.headers import annotate
from reportedly.model import Dispatch, Span

STORY = "Nine people were held after the march, the mayor said."

# head, place, date, agency; the story follows the head at once. Published on 10 March 2021.
HEADS = [
    ("TIRANA, March 9 (Reuters) - ", "TIRANA", "2021-03-09", "Reuters"),
    ("BANJUL, Gambia (AP) — ", "BANJUL, Gambia", None, "AP"),
    ("Port Louis (AFP) – ", "Port Louis", None, "AFP"),
    ("ASTANA, December 30. /TASS/. ", "ASTANA", "2020-12-30", "TASS"),
    ("ASTANA, December 30 /TASS/. ", "ASTANA", "2020-12-30", "TASS"),
    ("LUSAKA, March 9 (Xinhua) -- ", "LUSAKA", "2021-03-09", "Xinhua"),
    ("MINSK. March 9 (Interfax-West) - ", "MINSK", "2021-03-09", "Interfax-West"),
    ("BBC News, Tirana\n\n", "Tirana", None, "BBC"),
    ("Al Jazeera, Tirana\n\n", "Tirana", None, "Al Jazeera"),
    ("Riga (dpa) - ", "Riga", None, "dpa"),
    ("TEGUCIGALPA, 12 FEB 89 (ACAN-EFE) -- [TEXT] ", "TEGUCIGALPA", "1989-02-12", "ACAN-EFE"),
    (
        "QUITO (VOZ DE LOS ANDES), 12-13 FEB 89 -- [REPORT] [BY A CORRESPONDENT] [TEXT] ",
        "QUITO",
        "1989-02-13",
        "VOZ DE LOS ANDES",
    ),
    ("CLANDESTINE, NO DATE (RADIO LIBRE) -- [COMMUNIQUE] [TEXT] ", "CLANDESTINE", None, "RADIO LIBRE"),
    ("OSLO, March 9, Kyodo - ", "OSLO", "2021-03-09", "Kyodo"),
    ("Tehran, March 9, IRNA – ", "Tehran", "2021-03-09", "IRNA"),
    ("Bhopal, Mar 9 (PTI) ", "Bhopal", "2021-03-09", "PTI"),
    ("Bhopal [India], March 9 (ANI): ", "Bhopal", "2021-03-09", "ANI"),
    ("IZMIR (AA) - ", "IZMIR", None, "AA"),
    ("LUXEMBOURG, March 9 - ", "LUXEMBOURG", "2021-03-09", None),
    ("LUXEMBOURG, Tuesday, March 9, 2021 - ", "LUXEMBOURG", "2021-03-09", None),
    ("Luxembourg, 9 March 2021: ", "Luxembourg", "2021-03-09", None),
    ("Homs, SANA- ", "Homs", None, "SANA"),
    ("(Reuters) - ", None, None, "Reuters"),
    ("(ANSA) - Palermo, March 9 - ", "Palermo", "2021-03-09", "ANSA"),
    ("March 9 (Reuters) - ", None, "2021-03-09", "Reuters"),
    ("OSIJEK, Croatia, March 9 (Hina) - ", "OSIJEK, Croatia", "2021-03-09", "Hina"),
    ("OSIJEK, Croatia — ", "OSIJEK, Croatia", None, None),
    ("FRESNO, Calif. (AP) _ ", "FRESNO, Calif.", None, "AP"),
    ("WASHINGTON D.C., March 9 (UPI) -- ", "WASHINGTON D.C.", "2021-03-09", "UPI"),
    ("VIENNA/PRAGUE, March 9 (Reuters) - ", "VIENNA/PRAGUE", "2021-03-09", "Reuters"),
    ("N'DJAMENA, March 9 (Reuters) - ", "N'DJAMENA", "2021-03-09", "Reuters"),
    ("ABOARD THE MV ARCTIC STAR, March 9 (Reuters) - ", "ABOARD THE MV ARCTIC STAR", "2021-03-09", "Reuters"),
    ("ABUJA — ", "ABUJA", None, None),
    ("ABUJA: ", "ABUJA", None, None),
    ("TALLINN\n\n", "TALLINN", None, None),
    ("TALLINN, March 9\n\n", "TALLINN", "2021-03-09", None),
    ("By Jane Writer\n\nTALLINN, March 9 (Reuters) - ", "TALLINN", "2021-03-09", "Reuters"),
    ("By Jane Writer, Reuters\n\nTALLINN (Reuters) - ", "TALLINN", None, "Reuters"),
    ("By Jane Writer and John Scribe\nTALLINN (Reuters) - ", "TALLINN", None, "Reuters"),
    ("TALLINN (9 March 2021) – ", "TALLINN", "2021-03-09", None),
    ("Tallinn, 9 March - RIA Novosti. ", "Tallinn", "2021-03-09", "RIA Novosti"),
    ("(CNN)", None, None, "CNN"),
    ("ST. LOUIS – ", "ST. LOUIS", None, None),
    ("By our correspondent - TALLINN, March 9 - ", "TALLINN", "2021-03-09", None),
    ("   TALLINN, March 9 (Meridian) - ", "TALLINN", "2021-03-09", "Meridian"),
]

PROSE = [
    STORY,
    "Tirana, the capital, was calm on Tuesday (March 9), officials said - but schools stayed shut.",
    "Tirana. That was where they met.",
    "U.S. officials met in Tirana on Tuesday.",
    "POLICE: nine people were held after the march.",
    "US: Nine people were held after the march.",
    "Gaza: Nine held.",
    "AVON RENT - A-CAR said that it was sold.",
    "EXCLUSIVE: Nine people were held after the march.",
    "NATO - the alliance that both want to join - met on Tuesday.",
    "The mayor - a former judge - said nine were held.",
    "In Tirana, March 9 - the day of the march - is remembered.",
    "Israel – Hamas talks went on in Cairo.",
    "March 9 was quiet, the mayor said.",
    "Nine held in Tirana (Reuters) - the mayor said so.",
    "",
]


@pytest.mark.parametrize(("head", "place", "date", "agency"), HEADS)
def test_ingest_dateline_styles(head: str, place: str | None, date: str | None, agency: str | None) -> None:
    """Place, day, agency and the start of the story, in the styles of the agencies."""
    found = annotate(Dispatch(id="t", text=head + STORY, published="2021-03-10"))
    assert found.dateline is not None
    assert (found.dateline.place, found.dateline.date, found.agency) == (place, date, agency)
    assert found.text[found.body_start :] == STORY
    assert found.dateline.span.end == found.body_start


@pytest.mark.parametrize("text", PROSE)
def test_ingest_prose_is_no_dateline(text: str) -> None:
    """A sentence that begins like a dateline stays the story."""
    found = annotate(Dispatch(id="t", text=text, published="2021-03-10"))
    assert (found.dateline, found.agency, found.body_start) == (None, None, 0)


@pytest.mark.parametrize("brackets", ["()", "( )", "(\n)", "//"])
def test_ingest_empty_brackets_name_no_agency(brackets: str) -> None:
    """A template that was not filled in costs no record."""
    found = annotate(Dispatch(id="d", text=f"LUXEMBOURG, March 9 {brackets} - {STORY}", published="2021-03-10"))
    assert found.agency is None
    assert found.dateline is not None
    assert found.dateline.place == "LUXEMBOURG"


def test_ingest_dateline_year_comes_from_publication() -> None:
    """Without a year the day is the last one before publication; without publication it stays unknown."""
    text = "TIRANA, Dec 30 (Reuters) - " + STORY
    dates = [annotate(Dispatch(id="t", text=text, published=p)).dateline for p in ("2021-01-02", "2021-12-29", None)]
    assert [d.date if d else "-" for d in dates] == ["2020-12-30", "2021-12-30", None]


def test_ingest_headline_update_byline_and_dateline() -> None:
    """A headline keeps its span, its slug becomes note and version, what stands between is header."""
    text = f"UPDATE 2-March ends with arrests\n\n* Nine held\n\nBy Jane Writer\n\nTIRANA, March 9 (Reuters) - {STORY}"
    found = annotate(Dispatch(id="t", text=text, published="2021-03-10"))
    assert (found.title, found.note, found.version) == ("UPDATE 2-March ends with arrests", "update", "2")
    assert found.title_span == Span(0, 32)
    assert text[found.body_start :] == STORY


@pytest.mark.parametrize(
    ("line", "note"),
    [("CORRECTED-UPDATE 1-Arrests", "correction"), ("KILL - Arrests at march", "kill"), ("Arrests at the march", None)],
)
def test_ingest_notes(line: str, note: str | None) -> None:
    """Corrections and kill notices are known by the slug of the headline."""
    assert annotate(Dispatch(id="t", text=f"{line}\n\nTIRANA, March 9 (Reuters) - {STORY}")).note == note


def test_ingest_headline_without_dateline() -> None:
    """A line of its own that is no sentence is the headline."""
    found = annotate(Dispatch(id="t", text=f"Arrests end march in Tirana\n\n{STORY} Streets were calm."))
    assert found.title == "Arrests end march in Tirana"
    assert found.text[found.body_start :].startswith("Nine people")


def test_ingest_sentence_over_dateline_is_kept() -> None:
    """Nothing that tells something is hidden: a sentence over the dateline stays in the title's span."""
    lead = "Twelve, not nine, people were held, police said."
    found = annotate(Dispatch(id="t", text=f"{lead}\n\nTIRANA, March 9 (AFP) - {STORY}", published="2021-03-10"))
    assert found.title_span == Span(0, len(lead))
    assert found.dateline is not None


def test_ingest_date_header_inside_a_text() -> None:
    """A text that begins with a date header stays as it is; the header gives what is missing."""
    text = f" date 2021-03-09 TIRANA, March 9. /TASS/. {STORY}"
    found = annotate(Dispatch(id="t", text=text))
    assert (found.text, found.published, found.agency) == (text, "2021-03-09", "TASS")
    assert found.dateline is not None
    assert (found.dateline.span, text[found.body_start :]) == (Span(1, text.index("Nine")), STORY)


def test_ingest_annotate_fills_only_gaps() -> None:
    """What a dispatch says of itself is not overwritten."""
    given = Dispatch(id="t", text="TIRANA (AP) - " + STORY, agency="Wire", title="A title", published="2021-03-10")
    found = annotate(given)
    assert (found.agency, found.title, found.published) == ("Wire", "A title", "2021-03-10")


def test_ingest_dateline_of_copy_without_capitals() -> None:
    """Copy that lost its capitals still has a day and a closer."""
    found = annotate(Dispatch(id="t", text=f"tallinn, 9 mar 89 (afp) -- [text] {STORY}".lower()))
    assert found.dateline is not None
    assert (found.dateline.place, found.dateline.date, found.agency) == ("tallinn", "1989-03-09", "afp")
