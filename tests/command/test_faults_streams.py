"""Streams that are closed, full or read no further, and signals at the end of a run."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kpicard import __version__
from tests.fault_runs import MONTH, ROLES, SCORE, command, environment, names_in, run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and descriptors as POSIX has them")


@pytest.mark.parametrize("words", [SCORE, (*SCORE, "--format", "csv"), (*SCORE, "--format", "xlsx"), ("roles",)])
def test_a_reader_that_goes_away_is_no_fault_of_ours(temporary: Path, words: tuple[str, ...]) -> None:
    """As `| head -1` does: nothing is said, nothing left."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        command(*words), stdout=writer, stderr=subprocess.PIPE, env=environment(temporary), check=False
    )
    os.close(writer)
    assert (1, b"") == (done.returncode, done.stderr)
    assert set() == names_in(temporary)


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        (f"score - --roles {ROLES} <&-", 1, "-: error: the file is empty [empty-file]"),
        (f"score {MONTH} --roles {ROLES} >&-", 2, "Error: cannot write standard output: Bad file descriptor"),
        ("score missing.csv 2>&-", 2, ""),
    ],
)
def test_closed_streams_are_said(work: Path, temporary: Path, line: str, status: int, said: str) -> None:
    """No traceback, and no file of ours takes the number of the closed stream."""
    done = run(["/bin/sh", "-c", f"{sys.executable} -m kpicard {line}"], work, temporary)
    assert status == done.returncode
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert set() == names_in(work)


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (("roles", "--roles", ROLES), " standard output"),
        (("validate", ROLES), ""),
        (("--version",), ""),
        (("--help",), ""),
        (("score", "--help"), ""),
        ((*SCORE, "--format", "html"), " standard output"),
    ],
)
@pytest.mark.parametrize(("to", "reason"), [(">&-", "Bad file descriptor"), (">/dev/full", "No space left on device")])
def test_what_cannot_be_written_is_said_once(  # noqa: PLR0917 - each parameter is one of the case
    work: Path, temporary: Path, words: tuple[str, ...], where: str, to: str, reason: str
) -> None:
    """By every command, with exit status 2, however little it had to write."""
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    done = run(["/bin/sh", "-c", f"{shlex.join(command(*words))} {to}"], work, temporary)
    assert (2, f"Error: cannot write{where}: {reason}\n") == (done.returncode, done.stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_wrong_use_is_told_by_the_status_where_nothing_can_be_said(work: Path, temporary: Path) -> None:
    """As where standard error is a file on a full disk."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(command("--bad"), cwd=work, env=environment(temporary), stderr=full, check=False)
    assert 2 == done.returncode


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_does_not_stop_what_tidies_up(work: Path, temporary: Path, number: signal.Signals) -> None:
    """All is written by then: the command ends as it would have, and says nothing more."""
    program = f"""
import atexit, os, sys
from kpicard.__main__ import command
atexit.register(os.kill, os.getpid(), {int(number)})
sys.argv = ["kpicard", "--version"]
command()
"""
    done = run([sys.executable, "-c", program], work, temporary)
    assert (0, f"kpicard {__version__}\n", "") == (done.returncode, done.stdout, done.stderr)
