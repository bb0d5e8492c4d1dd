"""From inputs of any kind to dispatches: ``read_paths`` for files, folders and streams, ``headers.annotate`` for texts.

One module reads one format; ``registry`` tells which. Readers yield what an input holds (``source.Raw``), ``finish``
makes dispatches of it. Problems are diagnostics and never exceptions.
"""

from __future__ import annotations

from reportedly.ingest.inputs import read_paths
from reportedly.ingest.options import ReadOptions

__all__ = ["ReadOptions", "read_paths"]
