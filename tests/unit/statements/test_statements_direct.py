"""Direct speech, where it goes on, and where marks are no speech."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

CASES = [
    ("“The road is closed,” the driver said.", [("the driver", "said", ["“The road is closed,”"], "direct")]),
    (
        "“The road is closed,” said Anna Bell, a driver.",
        [("Anna Bell, a driver", "said", ["“The road is closed,”"], "direct")],
    ),
    ('The driver said: "The road is closed."', [("The driver", "said", ['"The road is closed."'], "direct")]),
    (
        "“The road is closed,” the driver said, “and nobody will open it.”",
        [("the driver", "said", ["“The road is closed,”", "“and nobody will open it.”"], "direct")],
    ),
    (
        "“The road is closed,” the driver said. “Nobody will open it today.”",
        [("the driver", "said", ["“The road is closed,”", "“Nobody will open it today.”"], "direct")],
    ),
    (
        "“The road is closed. It has been mined. Stay at home,” the driver said.",
        [("the driver", "said", ["“The road is closed. It has been mined. Stay at home,”"], "direct")],
    ),
    (
        "“The road is closed.\n\n“Nobody will open it,” the driver said.",
        [("the driver", "said", ["“The road is closed.", "“Nobody will open it,”"], "direct")],
    ),
    (
        "The driver said that the road was “closed for ever.”",
        [("The driver", "said", ["that the road was “closed for ever.”"], "mixed")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_direct_speech(told: Callable[..., Any], text: str, expected: list[tuple[str, str, list[str], str]]) -> None:
    assert [(source, cue, content, record.mode) for record, source, cue, content in told(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The ship “Aurora” left the port on Monday.",
        "The so-called “safe zone” was empty.",
        "The museum showed the film “The Long Night” last week.",
    ],
)
def test_titles_and_scare_quotes_are_no_statements(told: Callable[..., Any], text: str) -> None:
    assert told(text) == []
