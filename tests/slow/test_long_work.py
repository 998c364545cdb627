"""Long work says what it does, and stops cleanly when it is told to."""

from __future__ import annotations

import itertools
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpicard.cards.scorecards import score
from kpicard.progress import Step
from kpicard.rules.load import packaged_roles

ROOT = Path(__file__).parents[2]
ROLES = ROOT / "roles"
KPIS = ("customer-satisfaction", "complaint-resolution-time", "response-time", "repurchase-rate")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A month of 250,000 people, which takes seconds to score."""
    path = tmp_path_factory.mktemp("large") / "2026-10.csv"
    rows = (f"E{number},customer-service,{kpi},4\n" for number in range(250_000) for kpi in KPIS)
    path.write_text("employee,role,kpi,actual\n" + "".join(rows), "utf-8")
    return path


def _started(large: Path, folder: Path, stderr: int, stdout: int | None = None) -> subprocess.Popen[bytes]:
    (folder / "temporary").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "kpicard", "score", str(large), "--roles", str(ROLES), "--output", "cards.csv"]
    env = {**os.environ, "TMPDIR": str(folder / "temporary"), "TERM": "xterm", "LC_ALL": "zh_CN.UTF-8"}
    env.pop("NO_COLOR", None)
    return subprocess.Popen(command, cwd=folder, env=env, stderr=stderr, stdout=stdout)


@pytest.fixture(scope="module")
def complete(large: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What the whole work writes."""
    folder = tmp_path_factory.mktemp("complete")
    assert 0 == _started(large, folder, stderr=subprocess.DEVNULL).wait(timeout=60)
    return (folder / "cards.csv").read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
@pytest.mark.parametrize(
    ("signal_", "seconds"),
    [*((signal.SIGINT, seconds) for seconds in (0.4, 0.9, 1.4, 2.0)), (signal.SIGTERM, 0.9), (signal.SIGTERM, 1.6)],
)
def test_ctrl_c_stops_at_once_and_leaves_nothing_behind(
    large: Path, complete: bytes, tmp_path: Path, signal_: signal.Signals, seconds: float
) -> None:
    """As does the end of the session: status 130 or 143 without a traceback, and the old file; or the work was done.

    Told in the moment in which the new file has just taken the old one's place, the command stops all the same.
    """
    (tmp_path / "cards.csv").write_bytes(b"of last month")
    process = _started(large, tmp_path, stderr=subprocess.PIPE)
    time.sleep(seconds)
    process.send_signal(signal_)
    _, said = process.communicate(timeout=60)
    assert process.returncode in {128 + signal_, 0, -signal_}
    assert b"" == said
    assert (tmp_path / "cards.csv").read_bytes() in {complete, *([b"of last month"] if process.returncode else [])}
    assert ["cards.csv", "temporary"] == sorted(path.name for path in tmp_path.iterdir())
    assert [] == list((tmp_path / "temporary").iterdir())


# Sends a signal to itself as the nth module is looked for, counted from the first line of the command on.
AT_AN_IMPORT = """
import os, sys
number, at = int(sys.argv[1]), int(sys.argv[2])
seen = [0]
def watch(event, arguments):
    if event == "import":
        seen[0] += 1
        if seen[0] == at:
            os.kill(os.getpid(), number)
from kpicard.__main__ import command
sys.argv[:] = ["kpicard", *sys.argv[3:]]
sys.addaudithook(watch)
command()
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    "words", [["--help"], ["validate", "roles"], ["score", "examples/2026-10.csv", "--roles", "roles"]]
)
def test_a_signal_while_modules_are_imported_ends_the_run_without_a_word(
    words: list[str], number: signal.Signals, tmp_path: Path
) -> None:
    """At the first one and at any other: status 130 or 143, no traceback, and no folder left behind."""
    at, last = 1, False
    while not last:
        command = [sys.executable, "-c", AT_AN_IMPORT, str(int(number)), str(at), *words]
        environment = {**os.environ, "TMPDIR": str(tmp_path)}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=60, check=False)
        last = done.returncode == 0
        assert (0 if last else 128 + number, b"") == (done.returncode, done.stderr)
        assert [] == list(tmp_path.iterdir())
        at += 1 if at < 4 else at // 2
    assert at > 50


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
@pytest.mark.parametrize(
    "words", [["--help"], ["validate", "roles"], ["score", "examples/2026-10.csv", "--roles", "roles"]]
)
def test_ctrl_c_at_any_moment_and_however_often_shows_nothing_of_the_program(words: list[str], tmp_path: Path) -> None:
    """Python alone may speak, as long as none of the program has run."""
    beside = Path(sys.executable).parent / "kpicard"
    ways = [[sys.executable, "-m", "kpicard"], *([[str(beside)]] if beside.exists() else [])]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    for step, way in itertools.product(range(6), ways):
        process = subprocess.Popen(
            [*way, *words], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        time.sleep(step * 0.12)
        while process.poll() is None:
            process.send_signal(signal.SIGINT)
            time.sleep(0.01)
        _, said = process.communicate(timeout=60)
        files = set(re.findall(rf'"{re.escape(str(ROOT))}/(kpicard/[^"]*)"', said.decode()))
        assert files <= {"kpicard/__init__.py", "kpicard/__main__.py"}
        assert "in command" not in said.decode()
        assert said or process.returncode in {0, 130, -signal.SIGINT}
        assert [] == list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_ctrl_c_that_is_lost_in_code_that_can_raise_nothing_is_heard_again(tmp_path: Path) -> None:
    """As while an object is freed: Python would print it and go on."""
    program = """
import os, signal, sys, time
from kpicard import __main__, folders
from kpicard.cli import app
class Freed:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
def run():
    with folders.own_folder():
        freed = Freed()
        del freed
        time.sleep(30)
        print("went on")
app.run = run
__main__.command()
"""
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, timeout=60, check=False
    )
    assert (130, b"", b"") == (done.returncode, done.stdout, done.stderr)
    assert [] == list(tmp_path.iterdir())


def _read(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            data = os.read(terminal, 65536)
        except OSError:  # how the end of a terminal is told on Linux
            return
        if not data:
            return
        yield data


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are POSIX's")
def test_long_work_says_on_a_terminal_what_it_does_and_clears_the_line(large: Path, tmp_path: Path) -> None:
    """In the language of the environment, with nothing on standard output."""
    ours, theirs = os.openpty()
    process = _started(large, tmp_path, stderr=theirs, stdout=subprocess.PIPE)
    os.close(theirs)
    seen = b"".join(_read(ours)).decode()
    out, _ = process.communicate(timeout=60)
    os.close(ours)
    assert (0, b"") == (process.returncode, out)
    assert any(words in seen for words in ("正在解析数据", "正在核对数据", "正在计分"))
    before, said, after = seen.rpartition("已将 250000 张考核表写入 cards.csv")
    assert (True, "\r\n") == (bool(said), after)
    assert before.endswith(("\x1b[2K", "\x1b[?25h", "\r"))


def test_short_work_and_files_of_messages_stay_quiet(large: Path, tmp_path: Path) -> None:
    """Where standard error is no terminal, nothing is said of progress, only what was written."""
    process = _started(large, tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    said = "已将 250000 张考核表写入 cards.csv\n".encode()
    assert (b"", said) == process.communicate(timeout=60)


def test_the_library_tells_of_each_step() -> None:
    """Whoever asks is told each file by its name, and what is done with the figures."""
    from kpicard import load

    steps: list[Step] = []
    files = [ROOT / "examples" / f"2026-{month}.csv" for month in ("09", "10")]
    score(load(packaged_roles()).rules, files, progress=steps.append)
    expected = [Step("reading", str(file), number, 2) for number, file in enumerate(files, start=1)]
    assert [*expected, Step("understanding"), Step("checking"), Step("scoring")] == steps
