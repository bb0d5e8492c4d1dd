"""Speakers named by a label in square brackets, as bulletins of monitoring services print them."""

from __future__ import annotations

from typing import Any

from given import Parse

from reportedly.config import DEFAULT
from reportedly.statements import find_statements


def told(parse: Parse, text: str) -> Any:
    doc, dispatch = parse(text)
    statements, *_ = find_statements(doc, dispatch, (), (), DEFAULT)
    return [
        (dispatch.text[s.source[0].start : s.source[0].end], dispatch.text[s.content[0].start : s.content[0].end])
        for s in statements
        if s.source
        if dispatch.text[s.cue[0].start : s.cue[0].end] == "]"
    ]


def test_turns_of_an_interview(parse: Parse) -> None:
    text = "The minister was asked.\n\n[Reporter] Was the bridge blown up?\n\n[Morales] It was not.\n\nHe then left."
    assert told(parse, text) == [("Reporter", "Was the bridge blown up?"), ("Morales", "It was not")]


def test_a_communique_is_its_authors_from_beginning_to_end(parse: Parse) -> None:
    text = "[COMMUNIQUE] [COLONEL JUAN MORALES] [TEXT] We took the town.\n\nWe hold it."
    assert told(parse, text) == [("COLONEL JUAN MORALES", "We took the town.\n\nWe hold it")]


def test_other_remarks_in_brackets_name_nobody(parse: Parse) -> None:
    assert told(parse, "[laughter] They left.\n\n[as he was told] The town fell.") == []
