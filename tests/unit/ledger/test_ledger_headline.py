"""The line of an incident: what, where, when, how many by whom, and what of it is contested."""

from __future__ import annotations

import pytest
from in_memory import merged
from readings import Said, reading

from reportedly.model import Analysis


def told(id: str, text: str, trigger: str, **said: object) -> Analysis:  # noqa: A002
    given: Said = {"type": "ASSAULT", "day": "2024-05-06", "place": ("Tarnova", "MDA")}
    return reading(id, text, "2024-05-07", (trigger, given | said), agency=f"Wire {id}")


STRUCK = "A shell struck the market of Tarnova and {n} people were killed in the shelling, {source} said."


def shelled(id: str, source: str, dead: int, **said: object) -> Analysis:  # noqa: A002
    text = STRUCK.format(n=dead, source=source)
    return told(id, text, "shelling", source=source, kind="named", killed=(dead, dead), **said)


@pytest.mark.parametrize(
    ("readings", "line"),
    [
        (
            [shelled("d1", "Ilona Varga", 5)],
            "Shelling in Tarnova, 6 May 2024: 5 killed (Ilona Varga)",
        ),
        (
            [shelled("d1", "Ilona Varga", 5), shelled("d2", "Petru Balan", 9)],
            "Shelling in Tarnova, 6 May 2024: 5 killed (Ilona Varga), 9 (Petru Balan)",
        ),
        (
            [shelled("d1", "Ilona Varga", 5, actors=("Northern Front",))],
            "Shelling in Tarnova, 6 May 2024: 5 killed (Ilona Varga); Northern Front accused (Ilona Varga)",
        ),
        (
            [told("d1", "Teachers plan to march in Tarnova.", "march", type="PROTEST", actors=("Teachers",),
                  factuality="U", modality="planned")],
            "Planned march by Teachers in Tarnova, 6 May 2024",
        ),
    ],
)  # fmt: skip
def test_a_headline_says_what_where_when_and_by_whom(readings: list[Analysis], line: str) -> None:
    assert [i.headline for i in merged(*readings)] == [line]


def test_a_denial_is_visible() -> None:
    denied = told("d2", "No shelling of Tarnova took place, Petru Balan said.", "shelling", source="Petru Balan",
                  kind="named", factuality="CT-")  # fmt: skip
    (incident,) = merged(shelled("d1", "Ilona Varga", 5), denied)
    assert incident.headline.endswith("5 killed (Ilona Varga); Ilona Varga said so, Petru Balan denied it")
