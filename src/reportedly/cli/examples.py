"""Examples for the help of each command, as they are typed."""

from __future__ import annotations

from typing import Final

EXAMPLES: Final[dict[str, tuple[str, ...]]] = {
    "reportedly": (
        "reportedly code samples/dispatch.txt",
        "reportedly add samples --ledger news.duckdb",
        "reportedly incidents --ledger news.duckdb --where country=Sudan",
        "reportedly serve --ledger news.duckdb",
    ),
    "code": (
        "reportedly code samples/dispatch.txt",
        "reportedly code samples --output claims.csv",
        "reportedly code wire.jsonl --output coded.jsonl --jobs 0",
    ),
    "explain": (
        "reportedly explain c-0123456789ab samples/dispatch.txt",
        "reportedly explain c-0123456789ab --ledger news.duckdb",
    ),
    "read": (
        "reportedly read samples",
        "reportedly read wire.warc.gz --output dispatches.jsonl --diagnostics problems.jsonl",
    ),
    "certainty": (
        "reportedly certainty events.jsonl --output graded.jsonl",
        "reportedly certainty - < events.jsonl",
    ),
    "tables": (
        "reportedly tables",
        "reportedly tables cues",
        "reportedly tables --from-petrarch actors.txt --output my-tables",
    ),
    "doctor": ("reportedly doctor", "reportedly doctor --timings"),
    "add": (
        "reportedly add samples --ledger news.duckdb",
        "reportedly add wire.jsonl --ledger news.duckdb --jobs 0",
        "reportedly add --coded coded.parquet --ledger news.duckdb",
        "reportedly add --coded coded.parquet --ledger may.duckdb --from 2024-05 --to 2024-05",
    ),
    "incidents": (
        "reportedly incidents --ledger news.duckdb",
        "reportedly incidents --ledger news.duckdb --where country=Sudan --where standing=contested",
        'reportedly incidents --ledger news.duckdb --where since="may 2024" --sort -claims --output incidents.csv',
    ),
    "claims": (
        "reportedly claims --ledger news.duckdb --where type=ASSAULT --limit 5",
        "reportedly claims --ledger news.duckdb --where source=army --output claims.parquet",
    ),
    "sources": (
        "reportedly sources --ledger news.duckdb",
        "reportedly sources --ledger news.duckdb --where kind=anonymous --sort -denials",
    ),
    "dispatches": (
        "reportedly dispatches --ledger news.duckdb --where agency=nile",
        "reportedly dispatches --ledger news.duckdb --where new_facts=false --output copies.jsonl",
    ),
    "show": (
        "reportedly show n-0123456789ab --ledger news.duckdb",
        "reportedly show d-0123456789ab --version 1 --ledger news.duckdb",
    ),
    "judge": (
        'reportedly judge "the army" same "Sudanese army" --ledger news.duckdb --by "A. Editor"',
        "reportedly judge c-0123456789ab wrong --ledger news.duckdb",
        "reportedly judge c-0123456789ab wrong --ledger news.duckdb --undo",
    ),
    "judgements": (
        "reportedly judgements --ledger news.duckdb",
        "reportedly judgements --ledger news.duckdb --undo 3",
    ),
    "check": ("reportedly check --ledger news.duckdb", "reportedly check --ledger news.duckdb --repair"),
    "export": (
        "reportedly export --list",
        "reportedly export --to acled-like --ledger news.duckdb --output acled.csv",
        "reportedly export --to geojson --ledger news.duckdb --where country=Sudan --output sudan.geojson",
    ),
    "sample": (
        "reportedly sample --ledger news.duckdb --size 200",
        "reportedly sample --ledger news.duckdb --by type --seed 7 --where country=Sudan --output sample.csv",
    ),
    "precision": (
        "reportedly precision --ledger news.duckdb",
        'reportedly precision --ledger news.duckdb --sample sample-1 --judge "A. Coder" --output precision.csv',
    ),
    "compare": (
        "reportedly compare ours.jsonl theirs.jsonl",
        "reportedly compare news.duckdb coded.parquet --output differences.csv",
    ),
    "watch": (
        "reportedly watch feeds.toml --ledger news.duckdb --every 15m",
        "reportedly watch feeds.toml --ledger news.duckdb --once --jsonl",
    ),
    "serve": ("reportedly serve --ledger news.duckdb", "reportedly serve --ledger news.duckdb --port 0"),
    "report": ("reportedly report n-0123456789ab --ledger news.duckdb --output incident.html",),
}


def examples_of(command: str) -> str | None:
    """The examples of a command as a paragraph of its help that keeps its lines."""
    lines = EXAMPLES.get(command)
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines) if lines else None
