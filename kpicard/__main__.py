"""The command `kpicard`, also as `python -m kpicard`."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command line."""
    gc.disable()  # one run makes few cycles, and looking for them takes some hundredths of a second
    from kpicard.cli.app import run

    run()


if __name__ == "__main__":
    main()
