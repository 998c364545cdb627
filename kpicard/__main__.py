"""The command `kpicard`, also as `python -m kpicard`."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from kpicard.cli.app import run

    run()


if __name__ == "__main__":
    main()
