"""Codes of phrases."""

from __future__ import annotations

import pytest

from reportedly.actors import code_of


@pytest.mark.parametrize(
    ("phrase", "country", "code", "kind"),
    [
        ("Chilean police", "CHL", "CHLCOP", "group"),
        ("Danish Foreign Minister Lene Holm", "DNK", "DNKGOV", "person"),
        ("Kenya's high court", "KEN", "KENJUD", "organization"),
        ("members of the Norwegian parliament", "NOR", "NORLEG", "group"),
        ("Hezbollah fighters", "LBN", "LBNREB", "group"),
        ("a spokesman for UNITA", "AGO", "AGOREB", "person"),
        ("Peruvian rebels", "PER", "PERREB", "group"),
        ("rebel commander", None, "REB", "person"),
        ("former Bolivian president", "BOL", "BOLELI", "person"),
        ("Boris Yeltsin", "RUS", "RUSGOV", "person"),
        ("the Obama administration", "USA", "USAGOV", "organization"),
        ("Iraqi Kurds", "IRQ", "IRQCVL", "group"),
        ("anti-Moscow rebels", None, "REB", "group"),
        ("Uruguay", "URY", "URY", "country"),
        ("World Health Organization", None, "IGOUNOHLH", "organization"),
        ("blue door", None, None, None),
        ("", None, None, None),
    ],
)
def test_a_phrase_gets_country_code_and_kind(
    phrase: str, country: str | None, code: str | None, kind: str | None
) -> None:
    """The head gives the sector, names and adjectives of place the country."""
    coding = code_of(phrase)
    assert (coding.country, coding.code, coding.kind) == (country, code, kind)


def test_a_place_that_no_table_knows_lends_its_country() -> None:
    """Whoever resolved the place hands its country in."""
    assert code_of("officials in Obscureville", place_country="NPL").code == "NPLGOV"
