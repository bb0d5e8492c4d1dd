"""reportedly: who says that what happened to whom, where, when, how many, and how sure they are."""

__version__ = "0.1.0"
