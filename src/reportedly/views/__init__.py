"""What a person wants to see of an incident at one glance: pure functions over the ledger's records."""

from reportedly.views.matrix import Cell, Matrix, figure_matrix
from reportedly.views.timeline import TimelineEntry, timeline

__all__ = ["Cell", "Matrix", "TimelineEntry", "figure_matrix", "timeline"]
