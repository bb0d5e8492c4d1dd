"""Statements and events joined: who answers for what, and how sure."""

from reportedly.claims.assemble import assemble_claims

__all__ = ["assemble_claims"]
