"""The command in the process of the tests: what it reads, writes and answers is as in a process of its own.

To start Python and to import what a command needs takes ten times as long as most commands do. The streams are real
pipes, the environment is the whole environment, the folder is the process's own; all of it is put back afterwards. What
belongs to a process itself (signals, limits, what is imported, closed streams) needs a real one: the fixture `process`.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Thread

import kpicard.__main__ as program

_INPUT, _OUTPUT, _ERRORS = 0, 1, 2


def run_in_process(
    words: Sequence[str], stdin: str, cwd: Path | None, env: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run `kpicard *words` here with just this environment, and return what `subprocess.run` would."""
    out, errors = _Reader(), _Reader()
    given = _Writer(stdin.encode())
    with contextlib.ExitStack() as around:
        around.enter_context(_streams(given.end, out.end, errors.end))
        around.enter_context(_environment(env))
        around.enter_context(contextlib.chdir(cwd or "."))
        around.enter_context(_named(words))
        status = _status()
    given.close()
    return subprocess.CompletedProcess(list(words), status, out.text(), errors.text())


def _status() -> int:
    """Run what `sys.argv` says, and return the exit status, as the end of the process would have it."""
    from kpicard.cli.app import run

    status: object = 0
    try:
        run()
    except SystemExit as end:
        status = end.code
    except Exception:  # noqa: BLE001 - what Python does with an error that nobody caught
        traceback.print_exc()
        status = 1
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    if status is None or isinstance(status, int):
        return status or 0
    print(status, file=sys.stderr, flush=True)  # noqa: T201 - as Python does it
    return 1


class _Reader:
    """The reading end of a pipe, which takes all that is written to `end`."""

    def __init__(self) -> None:
        self._read, self.end = os.pipe()
        self._content = b""
        self._thread = Thread(target=self._take)
        self._thread.start()

    def _take(self) -> None:
        with os.fdopen(self._read, "rb") as file:
            self._content = file.read()

    def text(self) -> str:
        """Return all that was written, once nobody can write any more."""
        self._thread.join(timeout=60)
        assert not self._thread.is_alive(), "something that the command started still holds its streams"
        return io.TextIOWrapper(io.BytesIO(self._content), encoding="utf-8").read()


class _Writer:
    """The writing end of a pipe, from which `end` reads a content."""

    def __init__(self, content: bytes) -> None:
        self.end, self._write = os.pipe()
        self._thread = Thread(target=self._give, args=(content,))
        self._thread.start()

    def _give(self, content: bytes) -> None:
        with contextlib.suppress(BrokenPipeError), os.fdopen(self._write, "wb", buffering=0) as file:
            file.write(content)

    def close(self) -> None:
        """Wait until all was given, or nobody reads any more."""
        self._thread.join()


@contextlib.contextmanager
def _streams(*ends: int) -> Iterator[None]:
    """Put pipes in the place of the process's streams, for Python and for all else, and close them afterwards."""
    before = (sys.stdin, sys.stdout, sys.stderr)
    kept = [os.dup(number) for number in (_INPUT, _OUTPUT, _ERRORS)]
    for number, end in zip((_INPUT, _OUTPUT, _ERRORS), ends, strict=True):
        os.dup2(end, number)
        os.close(end)
    streams: list[io.TextIOWrapper] = [
        io.TextIOWrapper(io.BufferedReader(io.FileIO(_INPUT, closefd=False)), encoding="utf-8"),
        io.TextIOWrapper(io.BufferedWriter(io.FileIO(_OUTPUT, "w", closefd=False)), encoding="utf-8"),
        io.TextIOWrapper(
            io.BufferedWriter(io.FileIO(_ERRORS, "w", closefd=False)),
            encoding="utf-8",
            errors="backslashreplace",
            line_buffering=True,
        ),
    ]
    sys.stdin, sys.stdout, sys.stderr = streams
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
        for stream in streams:
            with contextlib.suppress(OSError, ValueError):
                stream.close()
        for number, own in zip((_INPUT, _OUTPUT, _ERRORS), kept, strict=True):
            os.dup2(own, number)
            os.close(own)


@contextlib.contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    """Have just this environment; the folder for temporary files, which Python remembers, is looked up in it."""
    before, folder = dict(os.environ), tempfile.tempdir
    tempfile.tempdir = None
    try:
        _change_environment(wanted)
        yield
    finally:
        _change_environment(before)
        tempfile.tempdir = folder


def _change_environment(wanted: Mapping[str, str]) -> None:
    for name in os.environ.keys() - wanted.keys():
        del os.environ[name]
    for name, value in wanted.items():
        if os.environ.get(name) != value:
            os.environ[name] = value


@contextlib.contextmanager
def _named(words: Sequence[str]) -> Iterator[None]:
    """Be called as `python -m kpicard` is: the usage names the program by it."""
    argv, main = sys.argv, sys.modules["__main__"]
    sys.argv, sys.modules["__main__"] = [str(program.__file__), *words], program
    try:
        yield
    finally:
        sys.argv, sys.modules["__main__"] = argv, main
