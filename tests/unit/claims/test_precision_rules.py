"""What keeps claims of mixed news right: plans, dates ahead, no forecasts of nothing, no months as modals."""

from __future__ import annotations

from typing import Any

import pytest
from given import Parse

from reportedly.config import DEFAULT
from reportedly.pipeline import read_doc


def claims(parse: Parse, text: str, published: str | None = "2021-05-10") -> Any:
    doc, dispatch = parse(text, published=published)
    return read_doc(doc, dispatch, DEFAULT).claims


@pytest.mark.parametrize(
    ("text", "trigger", "factuality", "modality"),
    [
        ("The second round of the talks, which will be held in Quito, worries the army.", "talks", "U", "planned"),
        ("The plan involves arrests of officers and attacks on ministries.", "arrests", "U", "planned"),
        ("There will be no attack on the port, the minister said.", "attack", "CT-", None),
        ("Police foiled an attempt by rebels to kidnap the judge.", "kidnap", "CT-", None),
        ("The mayor did not offer an endorsement of the candidate.", "endorsement", "CT-", None),
        ("The party is preparing for the presidential election on June 6.", "presidential election", "U", "planned"),
        ("The storm service warned of floods in the valley.", "floods", "PS+", None),
    ],
)
def test_certainty_of_what_is_told(parse: Parse, text: str, trigger: str, factuality: Any, modality: Any) -> None:
    found = [c for c in claims(parse, text) if c.trigger.text == trigger]
    assert [(c.factuality, c.modality) for c in found] == [(factuality, modality)]


@pytest.mark.parametrize(
    "text",
    [
        "Exports must rise next year, the analyst said.",
        "A category 3 hurricane must sustain winds of 111 miles per hour.",
        "The boxer was treated in hospital and released.",
        "Rumours held up the stock of the chain.",
        "The bank could not meet the repayments.",
        "The teacher asked her pupils to measure the circle.",
    ],
)
def test_no_event_of_the_ledger(parse: Parse, text: str) -> None:
    assert not [c.trigger.text for c in claims(parse, text)]


@pytest.mark.parametrize(
    "text",
    [
        "As you will recall, the governor was kidnapped in March.",
        "Everything indicates that the rebels attacked the bridge.",
        "The war, according to which the village was attacked, is over.",
    ],
)
def test_nobody_is_no_source(parse: Parse, text: str) -> None:
    assert {c.source for c in claims(parse, text)} <= {None}
