"""The command `kpicard`, also as `python -m kpicard`."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from contextlib import suppress
from typing import Final

_ENDING: Final = (signal.SIGTERM, getattr(signal, "SIGHUP", None))
"""The signals that end a run as Ctrl-C does, as far as the system has them."""


def command() -> None:
    """Run the command line, and end the process at once where it came to its end.

    To free what it holds takes a tenth of the time of a small run, and the system does it anyway. All that is written
    was written by then, and what is to be done at the end is done.
    """
    try:
        main()
    except SystemExit as end:
        if not isinstance(end.code, int):
            raise
        for number in filter(None, (signal.SIGINT, *_ENDING)):
            signal.signal(number, signal.SIG_IGN)  # it is at its end: nothing may stop it from tidying up
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):  # what cannot be written was told by then
                stream.flush()
        atexit._run_exitfuncs()  # noqa: SLF001 - as Python does it, before it frees everything
        os._exit(end.code)


def main() -> None:
    """Run the command line. Raises SystemExit."""
    gc.disable()  # one run makes few cycles, and looking for them takes some hundredths of a second
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # else other packages' code runs, and all are looked through
    stopped: list[int] = []

    def stop(number: int, _: object) -> None:
        """End the run as Ctrl-C does, so that nothing of it is left behind."""
        stopped.append(number)
        raise KeyboardInterrupt

    for number in filter(None, _ENDING):
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
    command()
