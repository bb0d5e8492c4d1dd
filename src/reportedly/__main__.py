"""``python -m reportedly`` is the command, and what the command on the path runs."""

import sys


def main() -> None:
    """Run the command; Ctrl-C while it is still being loaded ends it without a word of Python."""
    try:
        from reportedly.cli import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
