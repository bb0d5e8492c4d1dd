"""The law of reasons: what a claim says and what its reasons say are the same, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reportedly.ingest import headers, read_paths
from reportedly.ingest.options import ReadOptions
from reportedly.model import Because, Claim, Dispatch
from reportedly.pipeline import find_all
from reportedly.stages import Findings

SAMPLES = Path(__file__).parents[3] / "samples"
TEXTS = (
    (
        "LOME, May 17 (Sample) - Gunmen killed six men on Sunday. The army raided the town two days after the attack. "
        "Police said four suspects were arrested. The talks open in Kara on May 25."
    ),
    (
        "The mayor, who was quoted as saying that troops might shell the port, denied that rebels had seized it. He urged "
        "both sides to stop. We will not surrender, he said."
    ),
    (
        "A roadside bomb killed three soldiers near Sokode, wounding five. Hundreds marched in Lome to demand that the "
        "government release the miners. No attack was reported. Did the army loot the market?"
    ),
    (
        "Dozens of villagers were killed in the landslide. If the rebels attack again, the army will respond, the general "
        "warned. The United States condemned the bombing by the militia and threatened sanctions against Togo."
    ),
)
ALWAYS = ("type", "factuality", "cameo", "source", "begin", "place", "actors", "recipients")


def dispatches() -> Iterator[Dispatch]:
    for n, text in enumerate(TEXTS):
        yield headers.annotate(Dispatch(id=f"d-{n}", text=text, published="2024-05-17"))
    yield from (d for d in read_paths([str(SAMPLES)], ReadOptions()) if isinstance(d, Dispatch))


@pytest.fixture(scope="module")
def read() -> list[Findings]:
    return list(find_all(dispatches()))


def claims(read: list[Findings]) -> Iterator[tuple[Claim, dict[str, list[Because]]]]:
    for found in read:
        for claim in found.claims:
            by_field: dict[str, list[Because]] = {}
            for because in (*found.because.get(claim.statement or "", ()), *found.because[claim.id]):
                by_field.setdefault(because.field, []).append(because)
            yield claim, by_field


def test_every_value_of_a_claim_is_the_one_that_its_last_reason_gave(read: list[Findings]) -> None:
    for claim, reasons in claims(read):
        assert reasons.keys() >= set(ALWAYS)
        for field in ("type", "mode", "cameo", "factuality", "modality", "place", "origin"):
            given = reasons[field][-1].value if field in reasons else None
            assert given == getattr(claim, field), (claim, field)
        assert reasons["begin"][-1].value == (claim.begin, claim.end_date)


def test_every_party_weapon_and_figure_has_its_reason_and_no_reason_is_left_over(read: list[Findings]) -> None:
    for claim, reasons in claims(read):
        for field in ("actors", "recipients", "means"):
            given = [b.value for b in reasons.get(field, ()) if b.value is not None]
            assert set(given) == set(getattr(claim, field)), (claim, field)
        told = {(f.start, f.end, f.role) for f in claim.figures}
        assert {(b.value.start, b.value.end, b.value.role) for b in reasons.get("figures", ())} == told


def test_who_answers_is_who_the_reasons_name(read: list[Findings]) -> None:
    for claim, reasons in claims(read):
        nobody = reasons["source"][-1].rule in ("source.none", "source.own")
        assert nobody == (claim.source is None)


def test_a_plain_fact_is_certain_and_what_lies_ahead_is_planned(read: list[Findings]) -> None:
    rules = set()
    for claim, reasons in claims(read):
        rule = reasons["factuality"][-1].rule
        rules.add(rule)
        if rule == "certainty.plain":
            assert (claim.factuality, claim.modality) in (("CT+", None), ("CT+", "ongoing"))
        if rule == "certainty.ahead":
            assert (claim.factuality, claim.modality) == ("U", "planned")
    assert {"certainty.plain", "certainty.ahead", "certainty.denied"} <= rules


def test_reasons_point_into_the_dispatch(read: list[Findings]) -> None:
    for found in read:
        for reasons in found.because.values():
            for because in reasons:
                assert all(0 <= s.start < s.end <= len(found.dispatch.text) for s in because.words)
