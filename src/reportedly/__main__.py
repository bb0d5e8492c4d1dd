"""``python -m reportedly`` is the command."""

from reportedly.cli import main

main()
