"""Speakers set off by punctuation, and sources in the passive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def test_labels_of_a_dialogue(told: Callable[..., Any]) -> None:
    found = told("MILLER: We will stay here.\n\nBELL: Nobody asked you.\n\nMILLER: We will stay all the same.")
    assert [(source, cue, content) for _, source, cue, content in found] == [
        ("MILLER", ":", ["We will stay here"]),
        ("BELL", ":", ["Nobody asked you"]),
        ("MILLER", ":", ["We will stay all the same"]),
    ]


def test_quotation_signed_with_a_dash(told: Callable[..., Any]) -> None:
    ((record, source, cue, content),) = told("“We will stay here for ever.” — Anna Miller")
    assert (source, cue, content, record.mode) == ("Anna Miller", "—", ["“We will stay here for ever.”"], "direct")


def test_slug_is_no_label(told: Callable[..., Any]) -> None:
    assert told("UPDATE 2: Divers found the wreck.") == []


def test_passive_report_has_no_source(told: Callable[..., Any]) -> None:
    ((_, source, cue, content),) = told("The attack is said to have killed nine people.")
    assert (source, cue, content) == (None, "is said", ["The attack", "to have killed nine people"])


def test_was_quoted_by_a_medium(told: Callable[..., Any]) -> None:
    found = told("He was quoted by state radio as saying the bridge had been hit.")
    by_source = {source: record for record, source, _, _ in found}
    assert set(by_source) == {"state radio", "He"}
    assert by_source["He"].parent == by_source["state radio"].id
    assert by_source["He"].channel == "radio"


def test_three_sources_in_a_chain(told: Callable[..., Any]) -> None:
    found = told("Reuters quoted the ministry as saying that a report showed the bridge was safe.")
    parents = {record.id: record.parent for record, _, _, _ in found}
    assert [source for _, source, _, _ in found] == ["Reuters", "the ministry", "a report"]
    ids = [record.id for record, _, _, _ in found]
    assert [parents[i] for i in ids] == [None, ids[0], ids[1]]


def test_cited_source_says_what_is_reported(told: Callable[..., Any]) -> None:
    found = told("The plane crashed, Interfax reported, citing a source in the ministry.")
    assert [(source, cue, content) for _, source, cue, content in found] == [
        ("Interfax", "reported", ["The plane crashed"]),
        ("a source in the ministry", "citing", ["The plane crashed"]),
    ]
    assert found[1][0].parent == found[0][0].id


def test_hard_words_of_nobody(told: Callable[..., Any]) -> None:
    assert told("Neither side has confirmed or denied the report.") == []
