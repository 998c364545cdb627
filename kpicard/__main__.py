"""The command `kpicard`, also as `python -m kpicard`."""

from __future__ import annotations

import gc
import signal
import sys


def main() -> None:
    """Run the command line."""
    gc.disable()  # one run makes few cycles, and looking for them takes some hundredths of a second
    stopped: list[int] = []

    def stop(number: int, _: object) -> None:
        """End the run as Ctrl-C does, so that nothing of it is left behind."""
        stopped.append(number)
        raise KeyboardInterrupt

    for number in filter(None, (signal.SIGTERM, getattr(signal, "SIGHUP", None))):
        if signal.getsignal(number) is signal.SIG_DFL:  # `nohup` has the second one ignored
            signal.signal(number, stop)
    try:
        from kpicard.cli.app import run

        run()
    except KeyboardInterrupt:  # while modules are imported; later the command line sees to it
        sys.exit(130)
    finally:
        if stopped:
            sys.exit(128 + stopped[0])  # as a shell says of signals


if __name__ == "__main__":
    main()
