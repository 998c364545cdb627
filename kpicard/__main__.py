"""The command `kpicard`, also as `python -m kpicard`.

Only what Python has itself is imported at the top: Ctrl-C is seen to from the first call on. Until then, while Python
itself starts, it ends the program in Python's own way, with a traceback.
"""

import _signal  # type: ignore[import-not-found] # what `signal` wraps; that takes longer to import than all else here
import atexit
import gc
import os
import sys

_ENDING = tuple(getattr(_signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(_signal, name))
"""The signals that end a run, as far as the system has them."""

_stopped: list[int] = []
"""The signal that the run is ending for."""


def command() -> None:
    """Run the command line, and end the process at once where it came to its end.

    To free what it holds takes a tenth of the time of a small run, and the system does it anyway. All that is written
    was written by then, and what is to be done at the end is done.
    """
    try:
        try:
            main()
        except SystemExit as end:
            if not isinstance(end.code, int):
                raise
            code = end.code
            _ignore_signals()
    except KeyboardInterrupt:  # between the two lines above: it comes only once
        code = 128 + _stopped[0]
        _ignore_signals()
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105 - `contextlib` is not imported so early
            stream.flush()
        except OSError:  # what cannot be written was told by then
            pass
    atexit._run_exitfuncs()  # noqa: SLF001 - as Python does it, before it frees everything
    os._exit(code)


def main() -> None:
    """Run the command line. Raises SystemExit."""
    for number in _ENDING:
        if _signal.getsignal(number) in {_signal.SIG_DFL, _signal.default_int_handler}:  # `nohup` has some ignored
            _signal.signal(number, _stop)
    sys.unraisablehook = _hear_again
    gc.disable()  # one run makes few cycles, and looking for them takes some hundredths of a second
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # else other packages' code runs, and all are looked through
    try:
        from kpicard.cli.app import run

        run()
    except Exception as error:
        if not _stopped:  # else it is what some code has made of Ctrl-C
            _end_without_memory(error)
            raise
    except KeyboardInterrupt:
        pass
    finally:
        if _stopped:
            sys.exit(128 + _stopped[0])  # as a shell says of signals


def _stop(number: int, _: object) -> None:
    """End the run: at once where nothing of it would be left behind, else as Ctrl-C does, so that it tidies up."""
    folders = sys.modules.get("kpicard.files")
    if not getattr(folders, "TO_TIDY", None):
        os._exit(128 + number)
    if not _stopped:  # whoever is tidying up is not stopped again
        _stopped.append(number)
        raise KeyboardInterrupt


def _hear_again(lost: "sys.UnraisableHookArgs") -> None:
    """Have Ctrl-C come once more where it came in code that can raise nothing, as while an object is freed."""
    if not isinstance(lost.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(lost)
    elif hasattr(_signal, "setitimer"):
        number = _stopped.pop() if _stopped else int(_signal.SIGINT)
        _signal.signal(_signal.SIGALRM, lambda _, frame: _stop(number, frame))
        _signal.setitimer(_signal.ITIMER_REAL, 0.001)
    else:
        os._exit(128 + _signal.SIGINT)


def _ignore_signals() -> None:
    """Let nothing stop the run any more: it is at its end, and tidies up."""
    for number in _ENDING:
        _signal.signal(number, _signal.SIG_IGN)


def _end_without_memory(error: Exception) -> None:
    """End the run where an error comes from the lack of memory, and say so, also where there is none to say it well."""
    try:
        from kpicard.cli.app import tell_lack_of_memory
        from kpicard.numbers import lacks_memory

        if not lacks_memory(error):
            return
        tell_lack_of_memory()
    except (MemoryError, ImportError, OSError):
        os.write(2, "Error: not enough memory\n错误：内存不足\n".encode())
    sys.exit(2)


if __name__ == "__main__":
    command()
