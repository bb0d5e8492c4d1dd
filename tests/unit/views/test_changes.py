"""What changed, from claims in the order of their publication; how one is cited."""

from __future__ import annotations

import msgspec

import reportedly
from reportedly.ledger import open_ledger
from reportedly.model import Incident, LedgerClaim
from reportedly.views.changes import Change, changes
from reportedly.views.citation import citation

TOLD = (
    ("2024-05-18", "WIRE", "Gunmen killed six guards in Kassala on Friday, police said."),
    ("2024-05-19", "WIRE", "Gunmen killed nine guards in Kassala on Friday, police said."),
    ("2024-05-19T20:00:00Z", "DESK", "Gunmen killed 14 guards in Kassala on Friday, the Red Cross said."),
    ("2024-05-21", "DESK", "The army denied that gunmen had killed guards in Kassala on Friday."),
)


def told(tmp_path: object) -> tuple[Incident, list[LedgerClaim]]:
    with open_ledger(f"{tmp_path}/news.duckdb") as ledger:
        ledger.add(reportedly.read(text, published=day, agency=agency) for day, agency, text in TOLD)
        incident = max(ledger.incidents(), key=lambda i: len(i.claims))
        return incident, ledger.claims(incident=incident.id)


def shown(found: tuple[Change, ...]) -> list[tuple[str | None, str, str]]:
    return [(change.day, change.kind, change.words) for change in found]


def test_each_change_is_told_once_and_in_order(tmp_path: object) -> None:
    incident, claims = told(tmp_path)
    found = changes(incident, claims)
    assert shown(found) == [
        ("2024-05-18", "first word", "first told by police: 6 killed"),
        ("2024-05-19", "correction", "police: 9 killed, before 6"),
        ("2024-05-19T20:00:00Z", "rival figure", "Red Cross: 14 killed, against 9 of police"),
        ("2024-05-21", "denial", "army denies it"),
    ]
    assert shown(changes(incident, reversed(claims))) == shown(found)
    assert [c.day for c in changes(incident, claims, since="2024-05-20")] == ["2024-05-21"]
    assert changes(incident, [*claims, *claims]) == found


def test_a_claim_is_cited_with_sentence_source_agency_date_and_link(tmp_path: object) -> None:
    _, claims = told(tmp_path)
    held = next(h for h in claims if h.published == "2024-05-19T20:00:00Z")
    sentence = "Gunmen killed 14 guards in Kassala on Friday, the Red Cross said."
    link = "http://localhost/claims/c-1"
    assert citation(held, link) == f"“{sentence}” — Red Cross, in DESK, 19 May 2024. {link}"
    own = msgspec.structs.replace(held, claim=msgspec.structs.replace(held.claim, source=None), published=None)
    assert citation(own) == f"“{sentence}” — DESK."
