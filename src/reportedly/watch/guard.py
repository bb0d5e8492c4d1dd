"""The door to the network: only named hosts, only public addresses, and the address that was looked at is asked.

A name that points into a private network (or at one later: DNS rebinding) would let a feed's redirect reach what only
this machine can see. So every name is resolved here, every address it gives has to be public, and the connection goes
to that address.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Iterable
from functools import cache
from typing import Final

import httpx

_PORTS: Final = {"http": 80, "https": 443}


class RefusedRequestError(Exception):
    """A request that is not made, or not followed, and why."""


def may_ask(url: httpx.URL, hosts: Iterable[str]) -> bool:
    """Whether an address lies at one of these hosts ("example.org", or "example.org:8080")."""
    named = {url.host.lower(), f"{url.host.lower()}:{url.port or _PORTS.get(url.scheme)}"}
    whole = f"{url.host.lower()}:{url.port}" if url.port else url.host.lower()
    return url.scheme in _PORTS and (whole in hosts or (url.port is None and not named.isdisjoint(hosts)))


def public_address(host: str, port: int, *, private: bool) -> str:
    """The address of a host to connect to; raises RefusedRequestError where one of its addresses is not public."""
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError as problem:
        raise httpx.ConnectError(f"{host}: the name is not known ({problem})") from problem
    inside = next((a for a in found if not is_public(a)), None)
    if inside is not None and not private:
        raise RefusedRequestError(f"{host} is at {inside}, which is no public address")
    return found[0]


def is_public(address: str) -> bool:
    """Whether an address is one of the public network; one that wraps another is as public as that."""
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return is_public(str(inner)) if inner else found.is_global and not found.is_multicast


@cache
def _certificates() -> ssl.SSLContext:
    """Whom a host's certificate may be signed by: read once."""
    return httpx.create_ssl_context()


class GuardedTransport(httpx.BaseTransport):
    """Sends a request to the address that was looked at; the host is named to the server as it was asked for."""

    def __init__(self, *, private: bool) -> None:
        self._private = private
        self._inner = httpx.HTTPTransport(
            verify=_certificates(), retries=0, limits=httpx.Limits(max_connections=4, max_keepalive_connections=0)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Resolve, look, connect; raises RefusedRequestError for what is not public."""
        host = request.url.host
        address = public_address(host, request.url.port or _PORTS[request.url.scheme], private=self._private)
        if address != host:
            request.extensions = {**request.extensions, "sni_hostname": host}
            request.url = request.url.copy_with(host=address)
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Let all connections go."""
        self._inner.close()
