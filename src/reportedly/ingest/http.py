"""An HTTP response as a web archive keeps it: status, header, the body without its packing."""

from __future__ import annotations

import re
import zlib

import msgspec

from reportedly.ingest.source import RefusedError

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?:[ \t]|\r?$)")
_END = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_PACKINGS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class Response(msgspec.Struct, frozen=True):
    """A response; names of header fields in small letters, ``doubt`` what is not as it says."""

    status: int
    fields: dict[str, str]
    body: bytes
    doubt: str | None = None

    @property
    def kind(self) -> str:
        """Its media type in small letters."""
        return self.fields.get("content-type", "").partition(";")[0].strip().lower()


def parse_response(data: bytes) -> Response:
    """The response that the data are, its body as it was sent.

    Raises RefusedError where there is no status line.
    """
    end = _END.search(data)
    head, body = (data[: end.start()], data[end.end() :]) if end else (data, b"")
    first, _, rest = head.partition(b"\n")
    status = _STATUS.match(first)
    if status is None:
        line = first[:60].decode("latin-1").strip()
        raise RefusedError("bad-status-line", f'no HTTP status line where one should be ("{line}")')
    return Response(int(status[1]), fields(rest), body)


def unpacked(response: Response, limit: int) -> Response:
    """The response with its body out of its chunks and its packing, and no more than ``limit`` bytes of it.

    Raises RefusedError where the packing is broken or not known.
    """
    body, doubt = response.body, None
    if "chunked" in response.fields.get("transfer-encoding", "").lower():
        body, doubt = _without_chunks(body)
    packing = response.fields.get("content-encoding", "").strip().lower()
    if packing and packing != "identity":
        body = _unpack(body, packing, limit)
    return msgspec.structs.replace(response, body=body[:limit], doubt=doubt)


def fields(head: bytes) -> dict[str, str]:
    """Header fields, names in small letters; of several of a name the first one, folded lines as one."""
    found: dict[str, str] = {}
    name = ""
    for line in head.decode("utf-8", "replace").split("\n"):
        before, colon, value = line.partition(":")
        if line[:1] in (" ", "\t"):
            found[name] = f"{found.get(name, '')} {line.strip()}".strip()
        elif colon:
            name = before.strip().lower()
            found.setdefault(name, value.strip())
    return found


def _without_chunks(body: bytes) -> tuple[bytes, str | None]:
    """The body without the sizes of its chunks; crawlers often keep it so and leave the header as it was."""
    pieces, at = [], 0
    while found := _CHUNK.match(body, at):
        size = int(found[1], 16)
        pieces.append(body[found.end() : found.end() + size])
        at = found.end() + size
        if not size or at > len(body):
            break
        at += 2 if body[at : at + 2] == b"\r\n" else body[at : at + 1] == b"\n"
    if not pieces:
        return body, "said to come in chunks, and does not: read as it stands"
    if at > len(body) or pieces[-1]:
        return b"".join(pieces), "its last chunks are missing or broken: read up to there"
    return b"".join(pieces), None


def _unpack(body: bytes, packing: str, limit: int) -> bytes:
    if packing not in _PACKINGS:
        raise RefusedError("unknown-packing", f'packed as "{packing[:40]}", which cannot be unpacked')
    # Some servers send deflate without its header.
    tries = (_PACKINGS[packing], -15) if packing == "deflate" else (_PACKINGS[packing],)
    for number, window in enumerate(tries, start=1):
        try:
            return zlib.decompressobj(window).decompress(body, limit)
        except zlib.error as problem:
            if number == len(tries):
                raise RefusedError("broken-packing", f"packed as {packing}, and broken: {problem}") from None
    raise AssertionError
