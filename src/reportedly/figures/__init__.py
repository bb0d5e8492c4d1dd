"""Numbers of people and weapons as reported: who was killed, held, missing or gathered, and how many."""

from reportedly.figures.find import find_figures

__all__ = ["find_figures"]
