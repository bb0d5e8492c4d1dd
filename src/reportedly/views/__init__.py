"""What a person wants to see of an incident at one glance: pure functions over the ledger's records."""

from reportedly.views.matrix import Cell, Matrix, figure_matrix
from reportedly.views.timeline import Entry, timeline

__all__ = ["Cell", "Entry", "Matrix", "figure_matrix", "timeline"]
