"""The command `kpicard`, also as `python -m kpicard`."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line."""
    gc.disable()  # one run makes few cycles, and looking for them takes some hundredths of a second
    try:
        from kpicard.cli.app import run

        run()
    except KeyboardInterrupt:  # while modules are imported; later the command line sees to it
        sys.exit(130)


if __name__ == "__main__":
    main()
