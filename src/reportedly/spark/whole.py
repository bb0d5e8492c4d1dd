"""From coded dispatches to a ledger in a folder: the steps of a merge, each over all dispatches at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.errors import LedgerError
from reportedly.incidents.merge import Decisions
from reportedly.knowledge.load import SHIPPED, own_tables
from reportedly.ledger import corrections, open_ledger, rows
from reportedly.ledger.period import Given, period_given
from reportedly.ledger.refresh import judged_of
from reportedly.spark.assembling import assemble
from reportedly.spark.comparing import candidates, compare
from reportedly.spark.copies import lineages
from reportedly.spark.folder import Beside, write_incidents, write_index, write_lineage, write_readings
from reportedly.spark.linking import EDGES_ON_DRIVER, link
from reportedly.spark.outlines import Reader, outlines, reference
from reportedly.spark.readings import readings
from reportedly.spark.steps import Steps

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def incidents(
    coded: DataFrame,
    folder: str | Path,
    *,
    judgements: str | Path | None = None,
    tables: Path | None = None,
    period: Given | None = None,
    edges_on_driver: int = EDGES_ON_DRIVER,
) -> Path:
    """Make a ledger of coded dispatches (the rows of ``code``) in a new ``folder``; gives its path.

    Its incidents are those of one ledger file to which the same dispatches were added. The driver and every worker have
    to reach the folder under this name. ``judgements`` is a ledger whose judgements count, ``tables`` a folder of the
    user's own tables to merge by. With a ``period`` (a month or a year, or the first and the last day) it is made of
    what was published then and 14 days before and after, and holds the incidents that were told in the period. More
    than ``edges_on_driver`` comparisons are linked by Spark itself, not by the driver.

    Raises LedgerError where the folder is there already.
    """
    place = Path(folder).absolute()
    if place.exists():
        raise LedgerError("E621", f"{place} is there already.", "Name a new folder, or take the old one away.")
    wanted = period_given(period)
    knowledge = own_tables(tables) if tables is not None else SHIPPED
    held, decisions, corrected = _judged(judgements)
    steps = Steps(coded.sparkSession, place / "steps")
    try:
        read, made_by = readings(steps, coded, wanted)
        lineage = lineages(steps, read, knowledge)
        weighed = reference(steps, knowledge)
        slim = outlines(steps, read, lineage, weighed, Reader(corrected, knowledge))
        compared = compare(steps, slim, candidates(steps, slim), knowledge)
        linked = link(steps, decisions, edges_on_driver)
        made = assemble(steps, slim, linked, compared, decisions, wanted, knowledge)
        write_readings(read, steps, held, place)
        write_lineage(lineage, place)
        write_incidents(made, place)
        write_index(place, Beside(made_by, weighed.seqs, held, wanted), decisions, knowledge)
    finally:
        steps.clear()
    return place


def _judged(ledger: str | Path | None) -> tuple[list[rows.Row], Decisions, dict[str, list[corrections.Kept]]]:
    """The judgements that a ledger holds, what they come to, and the corrections of claims."""
    if ledger is None:
        return [], Decisions(), {}
    with open_ledger(ledger, read_only=True) as held, held.turn(write=False) as con:
        return rows.query(con, "SELECT * FROM judgement ORDER BY n"), judged_of(con), corrections.standing(con)
