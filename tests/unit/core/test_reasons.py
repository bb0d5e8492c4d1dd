"""The law of reasons: what a claim says and what its reasons say are the same, field by field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reportedly.explain import FIELDS, explain_dispatches
from reportedly.ingest import headers, read_paths
from reportedly.ingest.options import ReadOptions
from reportedly.model import Because, Claim, Dispatch, Figure, Span
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
        "warned. The death toll rose from 120 to at least 180. The United States condemned the bombing by the militia and threatened sanctions against Togo. Rebels shelled Turkish positions near Afrin."
    ),
)
# How a rule reaches a place or a day that the clause of the event does not tell; all others are told.
REACHED = {
    "place.dateline": "dateline",
    **dict.fromkeys(
        ("place.act", "place.happening", "place.lasting", "place.office", "place.scene", "place.story"), "carried"
    ),
    **dict.fromkeys(
        ("when.act", "when.aside", "when.happening", "when.inherited", "when.later", "when.scene"), "carried"
    ),
}
ALWAYS = ("type", "factuality", "cameo", "source", "begin", "place", "actors", "recipients", "incident")
SINGLE = (
    "type", "mode", "cameo", "factuality", "modality", "to", "said", "channel", "place", "origin", "incident",
)  # fmt: skip
# What makes a claim one, or stands in another field: nothing has to say why.
NAMES = {"id", "trigger", "evidence", "statement", "chain", "end_date", "place_from", "when_from"}


def dispatches() -> Iterator[Dispatch]:
    for n, text in enumerate(TEXTS):
        yield headers.annotate(Dispatch(id=f"d-{n}", text=text, published="2024-05-17"))
    yield from (d for d in read_paths([str(SAMPLES)], ReadOptions()) if isinstance(d, Dispatch))


@pytest.fixture(scope="module")
def read() -> list[Findings]:
    found = list(find_all(dispatches()))
    assert sum(len(f.claims) for f in found) > len(TEXTS)
    return found


def claims(read: list[Findings]) -> Iterator[tuple[Claim, dict[str, list[Any]]]]:
    for found in read:
        for claim in found.claims:
            by_field: dict[str, list[Any]] = {}
            for because in (*found.because.get(claim.statement or "", ()), *found.because[claim.id]):
                by_field.setdefault(because.field, []).append(because)
            yield claim, by_field


def test_every_value_of_a_claim_is_the_one_that_its_last_reason_gave(read: list[Findings]) -> None:
    for claim, reasons in claims(read):
        assert reasons.keys() >= set(ALWAYS)
        for field in SINGLE:
            given = reasons[field][-1].value if field in reasons else None
            assert given == getattr(claim, field), (claim, field)
        assert reasons["begin"][-1].value == (claim.begin, claim.end_date)


def test_every_field_of_a_claim_has_its_law() -> None:
    lists = {"actors", "recipients", "means", "figures", "earlier", "source", "begin"}
    assert {f.name for f in msgspec.structs.fields(Claim)} == {*SINGLE, *lists, *NAMES}
    assert set(FIELDS) == {*SINGLE, *lists}


def test_every_party_weapon_and_figure_has_its_reason_and_no_reason_is_left_over(read: list[Findings]) -> None:
    for claim, reasons in claims(read):
        for field in ("actors", "recipients", "means"):
            given = [b.value for b in reasons.get(field, ()) if b.value is not None]
            assert set(given) == set(getattr(claim, field)), (claim, field)
        told = {(f.start, f.end, f.role) for f in claim.figures}
        assert {(b.value.start, b.value.end, b.value.role) for b in reasons.get("figures", ())} == told


def test_the_code_of_a_party_is_put_together_from_what_its_reasons_give(read: list[Findings]) -> None:
    for claim, reasons in claims(read):
        for field in ("actors", "recipients"):
            for party in getattr(claim, field):
                rules = {b.rule: b for b in reasons[field] if b.value == party}
                if (actor := rules.get("party.actor")) is not None:
                    named = next(f for f in read if claim in f.claims).because[actor.detail]
                    assert named[-1].value == party.name
                    assert covered(party.code, [str(b.value) for b in named[:-1]]), (party, named)
                else:
                    assert party.code is None or "party.nation" in rules, (party, rules)


def covered(code: str | None, parts: list[str]) -> bool:
    """Whether parts make up a code, with nothing left over but a country that the code does not name."""
    left = code or ""
    for part in parts:
        left = left.replace(part, "", 1)
    return not left


def test_the_bounds_of_a_figure_are_those_that_its_words_set(read: list[Findings]) -> None:
    for claim, reasons in claims(read):
        for field in ("figures", "earlier"):
            for figure in getattr(claim, field):
                own = [b for b in reasons[field] if b.rule.startswith("amount.") and same(b.value, figure)]
                assert own, figure
                assert all((b.value.low, b.value.high, b.value.approx) == bounds(figure) for b in own)
                if {b.rule for b in own} == {"amount.plain"}:
                    assert figure.low == figure.high
                    assert not figure.approx


def same(one: object, other: Figure) -> bool:
    """Whether a reason is about a figure; the claim's own words may be written in other letters."""
    return isinstance(one, Figure) and (one.start, one.end, one.role) == (other.start, other.end, other.role)


def bounds(figure: Figure) -> tuple[int | None, int | None, bool]:
    return figure.low, figure.high, figure.approx


def test_what_is_replaced_says_so(read: list[Findings]) -> None:
    replaced = [(c, r) for c, r in claims(read) if c.earlier]
    assert replaced
    for claim, reasons in replaced:
        assert {b.value.text.casefold() for b in reasons["earlier"]} == {f.text.casefold() for f in claim.earlier}
        assert any(b.rule == "figure.earlier" for b in reasons["earlier"])


def test_how_place_and_day_were_reached_is_what_their_rules_say(read: list[Findings]) -> None:
    for claim, reasons in claims(read):
        place, when = reasons["place"][-1].rule, reasons["begin"][-1].rule
        if claim.place is not None:
            assert claim.place_from == REACHED.get(place, "told"), (claim, place)
        if claim.begin is not None:
            assert claim.when_from == REACHED.get(when, "told"), (claim, when)
        assert (claim.when_from is None) == (claim.begin is None)


def test_who_answers_is_who_the_reasons_name(read: list[Findings]) -> None:
    rules = set()
    for found in read:
        for claim in found.claims:
            reasons = (*found.because.get(claim.statement or "", ()), *found.because[claim.id])
            own = [b for b in reasons if b.field == "source"]
            rules |= {b.rule for b in own}
            assert (own[-1].rule in ("source.none", "source.own")) == (claim.source is None)
            if claim.source is not None:
                assert source_named(found, own) == claim.source.name, (claim, own)
            chain = next((b.detail.split(", ") for b in own if b.rule == "source.chain"), [])
            assert chain == list(claim.chain[:-1])
    assert {"source.cue", "party.actor", "source.chain", "source.none"} <= rules


def source_named(found: Findings, own: list[Because]) -> str:
    """The name that the reasons for a source come to: of whom its words mean, else its own words."""
    by_rule = {b.rule: b for b in own}
    for rule in ("source.last", "source.around"):
        if rule in by_rule:
            return str(by_rule[rule].value)
    if "party.actor" in by_rule:
        return plain(str(found.because[by_rule["party.actor"].detail][-1].value))
    spans = next(b.value for b in own if isinstance(b.value, tuple))
    return plain(" ".join(" ".join(found.dispatch.text[s.start : s.end] for s in spans).split()))


def plain(name: str) -> str:
    return re.sub(r"^(?:the|an?|his|her|its|their|our|my)\s+(?=\S)", "", name, flags=re.IGNORECASE)


def test_the_country_of_a_party_without_an_actor_is_the_one_that_its_reason_names(read: list[Findings]) -> None:
    seen = 0
    for claim, reasons in claims(read):
        for field in ("actors", "recipients"):
            for nation in (b for b in reasons[field] if b.rule == "party.nation"):
                party = next(p for p in getattr(claim, field) if p == nation.value)
                assert party.country is not None
                assert (party.code or "").startswith(party.country)
                seen += 1
    assert seen


def test_an_incident_is_opened_once_and_joined_by_what_its_reasons_name(read: list[Findings]) -> None:
    rules = set()
    for found in read:
        why = {c.id: next(b for b in found.because[c.id] if b.field == "incident") for c in found.claims}
        rules |= {b.rule for b in why.values()}
        triggers = {Span(c.trigger.start, c.trigger.end): c.incident for c in reversed(found.claims)}
        opened = [str(c.incident) for c in found.claims if why[c.id].rule == "incident.opens"]
        assert sorted(opened) == sorted({str(c.incident) for c in found.claims})
        for claim in found.claims:
            for other in why[claim.id].words[1:]:
                told = [c.incident for c in found.claims if Span(c.trigger.start, c.trigger.end) == other]
                assert claim.incident in told, (claim, triggers)
    assert {"incident.opens", "incident.tied", "incident.joined"} <= rules


def test_an_incident_says_what_was_weighed() -> None:
    text = (
        "A bomb killed nine people at a market in Lima on Monday. The blast was the worst this year. "
        "Gunmen attacked a bank in Sokode. The rebels rejected the accusation."
    )
    (_, told) = next(explain_dispatches([Dispatch(id="d", text=text, published="2024-05-17")]))
    rules = {e.claim.trigger.text: [r.rule for r in e.explain if r.field == "incident"] for e in told}
    assert rules["killed"] == ["nothing told before it is the same happening"]
    assert rules["rejected"] == ['it turns down or takes back what was told right before, "attacked"']
    (blast,) = rules["blast"]
    assert "sentences that follow each other (+1)" in blast
    assert "words that point back (+2)" in blast


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
