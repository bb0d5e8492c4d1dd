"""What a run of the tests must not leave out: `REPORTEDLY_DEMAND=browser,spark` turns a missing tool into a failure."""

from __future__ import annotations

import os

import pytest


def demanded(tool: str) -> bool:
    """Whether this run has to have the tool."""
    return tool in os.environ.get("REPORTEDLY_DEMAND", "").split(",")


def need(tool: str, *, found: bool, remedy: str) -> None:
    """Leave the tests that need a tool out where it is not found, and say so; fail where the run demands it."""
    if found:
        return
    message = f"no {tool} on this machine: its tests are left out ({remedy})"
    if demanded(tool):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
