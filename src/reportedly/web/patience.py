"""How long the reading room waits for a request, and how many connections one machine may hold.

Both come before anything that a request says is looked at: whoever sends half of one, many times, keeps nobody out.
"""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

# A request has arrived, with all its lines and its body, in so many seconds.
REQUEST_SECONDS = 20.0
# Connections of one address, and of all. A browser holds six.
PER_CLIENT = 100
ALTOGETHER = 480


class Patient(H11Protocol):
    """A connection that is closed where its request does not come, or where it is idle and room is needed."""

    _late: asyncio.TimerHandle | None = None
    _since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """One more connection; the first request is awaited from now on."""
        super().connection_made(transport)
        self._since = self.loop.time()
        self._expect()
        self._make_room()

    def data_received(self, data: bytes) -> None:
        """A piece of a request; the clock runs from the first piece to the last."""
        self._expect()
        super().data_received(data)
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
            self._arrived()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is closed."""
        self._arrived()
        super().connection_lost(exc)

    @property
    def waits(self) -> bool:
        """Whether nothing is being answered on this connection."""
        return self.cycle is None or self.cycle.response_complete or self._late is not None

    def _expect(self) -> None:
        if self._late is None:
            self._late = self.loop.call_later(REQUEST_SECONDS, self.transport.abort)

    def _arrived(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _make_room(self) -> None:
        """Close the connection that has waited longest, of this client's or of all, where there are too many."""
        everybody: list[Any] = list(self.connections)
        own = [c for c in everybody if self.client and c.client and c.client[0] == self.client[0]]
        crowd = own if len(own) > PER_CLIENT else everybody if len(everybody) > ALTOGETHER else []
        if crowd:
            idle = [c for c in crowd if c.waits and c is not self]
            parting = min(idle, key=lambda c: c._since) if idle else self  # noqa: SLF001  of our own kind
            self.connections.discard(parting)
            parting.transport.abort()
