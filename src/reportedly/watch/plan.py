"""What is followed and how: a file of TOML, read strictly, with every fault named.

No request is made that this file does not name: a feed and its pages are asked for at the feed's own host and at the
``hosts`` that stand beside it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from reportedly.errors import ConfigError
from reportedly.filters import country_of, nearest
from reportedly.model.record import Record

EVERY: Final = 15 * 60.0
_UNITS: Final = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_DURATION = re.compile(r"(?a:(\d{1,6}(?:\.\d{1,3})?)\s*(s|m|h|d))$")
# The shortest time between two rounds.
SHORTEST: Final = 1.0


class Feed(Record, frozen=True):
    """Something that is asked: ``kind`` is *feed* (RSS or Atom), *sitemap* or *folder*, ``at`` its address or path.

    ``hosts`` are those that may be asked for it, ``full_text`` says whether pages are read where it has summaries,
    ``agency`` whose it is where it does not say so.
    """

    kind: str
    at: str
    hosts: frozenset[str] = frozenset()
    full_text: bool = True
    agency: str | None = None


class Follow(Record, frozen=True):
    """Whose news are told: incidents by id, sources and places by part of their names, countries; all where empty."""

    incidents: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


class Manners(Record, frozen=True):
    """How hosts are asked: seconds between two requests to one, seconds that an answer may take, its bytes.

    ``timeout`` is for each step of an answer, ``patience`` for all of it. ``contact`` goes into the name that the
    program gives to hosts. ``private`` allows addresses of networks that are not public, ``robots`` minds robots.txt.
    """

    delay: float = 2.0
    timeout: float = 10.0
    patience: float = 60.0
    max_bytes: int = 20_000_000
    contact: str = ""
    private: bool = False
    robots: bool = True


class WatchPlan(Record, frozen=True):
    """Everything that a file of feeds says."""

    feeds: tuple[Feed, ...]
    every: float = EVERY
    follow: Follow = Follow()
    manners: Manners = Manners()


def read_plan(path: Path) -> WatchPlan:
    """The plan that a file holds; raises ConfigError, with the file and what is wrong, for one that cannot be."""
    try:
        with path.open("rb") as stream:
            given = tomllib.load(stream)
    except OSError as problem:
        raise ConfigError("E340", f"{path}: cannot be read ({problem.strerror})", "Check the name.") from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ConfigError("E340", f"{path}: {problem}", "See docs/watch.md for an example.") from problem
    return _plan(path, given)


def _plan(path: Path, given: Mapping[str, Any]) -> WatchPlan:
    _known(path, "", given, ("every", "follow", "manners", "feed"))
    feeds = [_feed(path, n, entry) for n, entry in enumerate(_tables(path, given.get("feed", [])), start=1)]
    if not feeds:
        raise _fault(path, "names nothing to follow", 'Write [[feed]] and url = "https://...", folder = or sitemap =.')
    twice = next((f.at for n, f in enumerate(feeds) if f.at in {g.at for g in feeds[:n]}), None)
    if twice:
        raise _fault(path, f"{twice} stands there twice", "Leave one of them.")
    return WatchPlan(
        tuple(feeds),
        duration(str(given["every"]), f"{path}: every") if "every" in given else EVERY,
        _follow(path, given.get("follow", {})),
        _record(path, "manners", given.get("manners", {}), Manners),
    )


def duration(text: str, where: str) -> float:
    """Seconds of "90s", "15m", "2h" or "1d"; raises ConfigError for anything else."""
    found = _DURATION.match(text.strip())
    seconds = float(found[1]) * _UNITS[found[2]] if found else 0.0
    if seconds < SHORTEST:
        raise ConfigError("E340", f'{where} is "{text}", which is no time', "Write 90s, 15m, 2h or 1d.")
    return seconds


def _feed(path: Path, n: int, given: Mapping[str, Any]) -> Feed:
    where = f"feed {n}"
    _known(path, where, given, ("url", "sitemap", "folder", "hosts", "full_text", "agency"))
    kinds = [k for k in ("url", "sitemap", "folder") if k in given]
    if len(kinds) != 1:
        raise _fault(path, f"{where} has {' and '.join(kinds) or 'no url, sitemap or folder'}", "Give it one of them.")
    at = _text(path, f"{where}.{kinds[0]}", given[kinds[0]])
    agency = _text(path, f"{where}.agency", given["agency"]) if "agency" in given else None
    if kinds[0] == "folder":
        return Feed("folder", str(path.parent / Path(at).expanduser()), agency=agency)
    hosts = frozenset({_host(path, where, at), *_texts(path, f"{where}.hosts", given.get("hosts", []))})
    full = given.get("full_text", True)
    if not isinstance(full, bool):
        raise _fault(path, f"{where}.full_text is neither true nor false", "Write true or false.")
    return Feed("feed" if kinds[0] == "url" else "sitemap", at, frozenset(h.lower() for h in hosts), full, agency)


def _host(path: Path, where: str, url: str) -> str:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise _fault(path, f'{where}: "{url}" is no address of the web', "Write https://host/path, without a password.")
    return f"{host}:{port}" if port else host


def _follow(path: Path, given: object) -> Follow:
    if not isinstance(given, dict):
        raise _fault(path, "follow is no table", "Write [follow] on a line, names below it.")
    _known(path, "follow", given, Follow.__struct_fields__)
    said = {name: tuple(_texts(path, f"follow.{name}", value)) for name, value in given.items()}
    said["countries"] = tuple(map(country_of, said.get("countries", ())))
    return Follow(**said)


def _record(path: Path, where: str, given: object, kind: type[Manners]) -> Manners:
    if not isinstance(given, dict):
        raise _fault(path, f"{where} is no table", f"Write [{where}] on a line, values below it.")
    _known(path, where, given, kind.__struct_fields__)
    try:
        found = msgspec.convert(
            {k: float(v) if type(v) is int and k != "max_bytes" else v for k, v in given.items()}, kind
        )
    except msgspec.ValidationError as problem:
        raise _fault(path, f"{where}: {problem}", "See docs/watch.md for what each may say.") from problem
    if min(found.delay, found.timeout, found.patience, found.max_bytes) < 0:
        raise _fault(path, f"{where}: a value is below zero", "Give none below zero.")
    return found


def _tables(path: Path, given: object) -> list[dict[str, Any]]:
    if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
        raise _fault(path, "feed is no list of tables", "Write [[feed]] on a line of its own for each.")
    return given


def _known(path: Path, where: str, given: Mapping[str, Any], names: Sequence[str]) -> None:
    odd = next((name for name in given if name not in names), None)
    if odd is not None:
        near = nearest(odd, names)
        hint = f"Did you mean {near}? " if near else ""
        raise _fault(path, f"{where}{': ' * bool(where)}there is no {odd}", f"{hint}There are: {', '.join(names)}.")


def _texts(path: Path, where: str, value: object) -> list[str]:
    if not isinstance(value, list):
        raise _fault(path, f"{where} is no list", f'Write ["...", "..."] for {where}.')
    return [_text(path, where, part) for part in value]


def _text(path: Path, where: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _fault(path, f"{where} is no text", "Write it in quotation marks.")
    return value.strip()


def _fault(path: Path, message: str, remedy: str) -> ConfigError:
    return ConfigError("E340", f"{path}: {message}", remedy)
