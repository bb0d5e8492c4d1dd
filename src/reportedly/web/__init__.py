"""The reading room: a small web application that shows a ledger on this machine."""
