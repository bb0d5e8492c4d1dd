"""The reading room as a program: on this machine alone, unless somebody asks for more and gets a token with it."""

from __future__ import annotations

import ipaddress
import secrets
import socket
import sys
import threading
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from reportedly.errors import ConfigError
from reportedly.places.gazetteer import load_gazetteer
from reportedly.views.charts import SCHEMA, Picture, svg
from reportedly.views.outlines import levels, provinces
from reportedly.web.app import build_app
from reportedly.web.patience import Patient
from reportedly.web.security import LOOPBACK, Guard

WARNING = """\
reportedly: WARNING: bound to {host}: everybody who can reach this machine there can try to open the ledger.
  They need the token below; it travels unencrypted. Put a server with TLS before it where others share the network.
"""


def is_loopback(host: str) -> bool:
    """Whether a host to bind to is this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def guard_for(host: str, names: tuple[str, ...] = ()) -> Guard:
    """Who is answered when bound to a host: other names only where they are given, others' machines only by token."""
    bracketed = f"[{host}]" if ":" in host and not host.startswith("[") else host
    hosts = tuple(dict.fromkeys((*LOOPBACK, bracketed.casefold(), *(n.casefold() for n in names))))
    return Guard(hosts=hosts, token=None if is_loopback(host) else secrets.token_urlsafe(24))


def run(ledger: Path, host: str, port: int, names: tuple[str, ...] = ()) -> None:
    """Serve until interrupted."""
    guard = guard_for(host, names)
    app = build_app(ledger, guard)
    threading.Thread(target=warm_up, daemon=True).start()
    with bound(host, port) as listening:
        port = listening.getsockname()[1]
        if guard.token is not None:
            sys.stderr.write(WARNING.format(host=host))
        shown = names[0] if names else host if ":" not in host else f"[{host}]"
        key = f"?token={guard.token}" if guard.token else ""
        sys.stderr.write(f"reportedly: {ledger} is open at http://{shown}:{port}/{key} (Ctrl-C closes it)\n")
        uvicorn.Server(config_of(app)).run(sockets=[listening])


def config_of(app: ASGIApp) -> uvicorn.Config:
    """How the application is served."""
    return uvicorn.Config(
        app,
        http=Patient,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=15,
        # Ctrl-C waits no longer for what is still being answered.
        timeout_graceful_shutdown=5,
        limit_concurrency=500,
        h11_max_incomplete_event_size=64 * 1024,
    )


def warm_up() -> None:
    """Load what draws before somebody waits for it: the first picture takes a second, each further one a twentieth."""
    levels()
    provinces()
    load_gazetteer().towns(0, 0, 0, 0, 0)
    svg(Picture("", {"$schema": SCHEMA, "data": {"values": []}, "mark": "point"}, 0))


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens at the address; says what to do where it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host.strip("[]"), port))
        # The address is told before the first answer can be given: whoever comes that early waits for it.
        opened.listen()
    except OSError as problem:
        opened.close()
        message = f"{host}:{port} cannot be opened ({problem.strerror})"
        raise ConfigError("E701", message, "Name another port with --port, or 0 for a free one.") from problem
    return opened
