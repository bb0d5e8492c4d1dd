"""The API against its own description: no server error, no answer outside its schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient

from reportedly import Incident
from reportedly.web.api import description
from reportedly.web.app import build_app
from reportedly.web.security import LOOPBACK, Guard

# Values that the description forbids, too.
NEGATIVE = schemathesis.GenerationMode.NEGATIVE


@pytest.fixture(scope="session")
def api_schema(ledger_file: Path) -> schemathesis.BaseSchema:
    """The API under the name by which Schemathesis asks for it."""
    app = build_app(ledger_file, Guard(hosts=(*LOOPBACK, "testserver")))
    return schemathesis.openapi.from_asgi("/api/openapi.json", app)


@pytest.mark.parametrize("path", list(description()["paths"]))
def test_every_answer_fits_the_description(api_schema: schemathesis.BaseSchema, path: str) -> None:
    """Addresses, filters and values as Schemathesis makes them up, sensible or not."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=api_schema[path]["GET"].as_strategy() | api_schema[path]["GET"].as_strategy(NEGATIVE))
    def check(case: Any) -> None:
        case.call_and_validate()

    check()


def test_what_is_there_fits_the_description(client: TestClient, convoy: Incident) -> None:
    """Answers with records in them, which random ids do not find."""
    import jsonschema

    parts = description()
    for path in ("incidents", "claims", "dispatches", "sources"):
        one = client.get(f"/api/{path}?limit=3").json()
        ref = parts["paths"][f"/api/{path}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(one, ref | {"components": parts["components"]})
    found = client.get(f"/api/incidents/{convoy.id}").json()
    assert found["claims"] == list(convoy.claims)
    dispatch = client.get(f"/api/dispatches/{convoy.dispatches[0]}").json()
    ref = parts["paths"]["/api/dispatches/{id}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.validate(dispatch, ref | {"components": parts["components"]})
