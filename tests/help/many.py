"""Dispatches that tests of the ledger add, one or many, and what a ledger then holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import by_content
import msgspec
from readings import reading

from reportedly.ledger import open_ledger
from reportedly.model import Analysis

FLOOD = "Seven people were killed when a dam burst above Tarnova on Monday, the rescue service said."


LATER = "Nine people were killed when a dam burst above Tarnova on Monday, the service said, correcting its toll."


def flood(text: str = FLOOD, dead: int = 7, **fields: Any) -> Analysis:
    said = {"type": "HAZARD", "source": "rescue service", "killed": (dead, dead), "place": ("Tarnova", "MDA")}
    return reading("d1", text, "2024-05-07", ("killed", said), agency="Lodestar", **fields)


def many() -> list[Analysis]:
    """Sixty dispatches of two claims."""
    towns = ["Tarnova", "Beltsi", "Orhei", "Soroca", "Ungheni"]
    out = []
    for n in range(60):
        town = towns[n % 5]
        text = f"Fire number {n} destroyed {n + 3} houses in {town}, the mayor said. {n + 2} people were hurt there."
        said = {"type": "HAZARD", "source": "mayor", "place": (town, "MDA"), "day": f"2024-05-{1 + n % 28:02}"}
        out.append(
            reading(
                f"d{n:03}",
                text,
                f"2024-05-{1 + n % 28:02}",
                ("destroyed", said),
                ("hurt", said | {"injured": (n + 2, n + 2)}),
            )
        )
    return out


def contents(path: Path) -> bytes:
    with open_ledger(path, read_only=True) as news:
        return msgspec.json.encode(by_content.everything(news))
