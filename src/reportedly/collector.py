"""The collector of cyclic garbage in processes of our own: it looks seldom, and never at what stays for good.

Tables and models are a million objects that never go; a parse is a thousand that hang together in a circle.
Not for a program of somebody else, which may want its collector as it is.
"""

from __future__ import annotations

import gc
import sys

# So many more objects made than gone, and the collector looks at the young ones.
ALLOCATED = 50_000
_OLDER = 20


def relax() -> None:
    """Look less often; to be called when a process begins."""
    gc.set_threshold(ALLOCATED, _OLDER, _OLDER)


def keep() -> None:
    """Leave all that there is alone from now on; to be called when a process has loaded what it needs."""
    gc.freeze()


def let_go() -> None:
    """Look at everything again, where a database was used; to be called when a process ends.

    What its library made and nobody collects, it calls leaked, on standard error.
    """
    if "duckdb" in sys.modules:
        gc.unfreeze()
