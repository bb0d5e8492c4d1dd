"""Coding and merging on a Spark cluster: coded dispatches of texts, and a ledger of coded dispatches.

Each Python worker runs the same functions that the command runs, over what it is given. Needs the extra ``spark`` and a
Java runtime.
"""

from reportedly.spark.coding import code, code_files
from reportedly.spark.whole import incidents

__all__ = ["code", "code_files", "incidents"]
