"""`kpicard score`: its reports, what goes to which stream, and the exit status."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
Golden = Callable[[str, str], None]

DATA = Path(__file__).parents[1] / "data"
FORMATS = ["json", "csv", "markdown", "terminal"]
ONE = ["--employee", "E005"]


@pytest.fixture
def score(kpicard: Run) -> Run:
    """Score the month of tests/data, where one card is withheld for a bad value."""

    def run(*args: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        return kpicard("score", "2026-10.csv", "--roles", "roles", "--missing", "exclude", *args, cwd=DATA, env=env)

    return run


def report(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done.stdout, parse_float=Decimal, parse_int=Decimal)
    return found


def test_one_person_over_months_has_cards_and_no_ranking(kpicard: Run) -> None:
    """Among one there is no rank; among several, each month has a summary before its cards."""
    months = sorted((DATA.parent.parent / "examples").glob("2026-*.csv"))
    one, two = (kpicard("score", *months, *people).stdout for people in (ONE, [*ONE, "--employee", "E006"]))
    assert (3, 0) == (one.count("(E005)"), one.count("Summary"))
    assert (6, 3) == (two.count("(E005)"), two.count("Summary"))


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_reports_are_as_they_were(score: Run, golden: Golden, format_: str, language: str) -> None:
    """Each report in each language, in 100 columns; the withheld card gives exit status 1."""
    done = score("--format", format_, "--lang", language)
    assert done.returncode == 1
    golden(f"score/{format_}-{language}.txt", done.stdout)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_narrow_terminal_has_every_figure(score: Run, golden: Golden, language: str) -> None:
    """In 60 columns no line is longer, and no figure is cut off."""
    wide = score("--lang", language).stdout
    narrow = score("--lang", language, env={"COLUMNS": "60"}).stdout
    golden(f"score/terminal-60-{language}.txt", narrow)
    assert all(sum(2 if ord(each) > 0x2E80 else 1 for each in line) <= 60 for line in narrow.splitlines())
    assert sorted(re.findall(r"-?\d+\.\d\d", wide)) == sorted(re.findall(r"-?\d+\.\d\d", narrow))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_problems_go_to_standard_error(score: Run, golden: Golden, language: str) -> None:
    """Standard error has the problem with its place and how many cards there are; a report never has it twice."""
    done = score("--format", "markdown", "--lang", language)
    golden(f"score/problems-{language}.txt", done.stderr)
    assert "2026-10.csv:11:32" in done.stderr
    assert "bad-value" not in done.stdout


def test_a_clean_month_says_nothing_on_standard_error(score: Run) -> None:
    """Exit status 0, and nothing but the report."""
    done = score("--employee", "E017", "--format", "json")
    assert (0, "") == (done.returncode, done.stderr)
    assert [] == report(done)["problems"]


def test_standard_input_is_a_file_too(kpicard: Run) -> None:
    """`-` reads standard input, and its problems are placed at `-`."""
    text = (DATA / "2026-10.csv").read_text("utf-8")
    done = kpicard("score", "-", "--roles", DATA / "roles", "--format", "json", stdin=text)
    places = [(problem["path"], problem["line"], problem["column"]) for problem in report(done)["problems"]]
    assert ("-", 11, 32) in places


@pytest.mark.parametrize(
    "args",
    [
        ["score"],
        ["score", "a.csv", "--period", "2026-13"],
        ["score", "a.csv", "--format", "jsno"],
        ["score", "a.csv", "--missing", "one"],
        ["score", "a.csv", "--role", "nobody"],
        ["score", "a.csv", "--lang", "fr"],
        ["score", "a.csv", "--output", "no/such/folder/out.json"],
    ],
)
def test_wrong_use_is_said_and_gives_2(kpicard: Run, tmp_path: Path, args: list[str]) -> None:
    """Exit status 2, a word of what is wrong, and nothing on standard output."""
    (tmp_path / "a.csv").write_bytes((DATA / "2026-10.csv").read_bytes())
    done = kpicard(*args, *(["--roles", DATA / "roles"] if len(args) > 1 else []), cwd=tmp_path)
    assert (2, "") == (done.returncode, done.stdout)
    assert "Error" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's <(…) is Unix")
def test_a_pipe_is_a_file_too(kpicard: Run) -> None:
    """`kpicard score <(export)` gives what the same bytes in a file give, though a pipe can be read but once."""
    read, write = os.pipe()
    with os.fdopen(write, "wb") as pipe:
        pipe.write((DATA / "2026-10.csv").read_bytes())
    command = [sys.executable, "-m", "kpicard", "score", f"/dev/fd/{read}", "--roles", str(DATA / "roles")]
    piped = subprocess.run([*command, "--format", "csv"], pass_fds=[read], capture_output=True, text=True, check=False)
    os.close(read)
    done = kpicard("score", DATA / "2026-10.csv", "--roles", DATA / "roles", "--format", "csv")
    assert (1, done.stdout) == (piped.returncode, piped.stdout), piped.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are always text")
@pytest.mark.parametrize("args", [["\udcff.csv"], ["2026-10.csv", "--employee", "\udcff"]])
def test_arguments_that_are_no_text_are_no_crash(process: Run, args: list[str]) -> None:
    """A name in another encoding than UTF-8 is said like any other that is not there."""
    words = ("score", "2026-10.csv", "--roles", "roles", "--missing", "exclude", *args)
    done = process(*words, cwd=DATA, env={"LC_ALL": "C.UTF-8", "PYTHONCOERCECLOCALE": "0"})
    assert done.returncode in {1, 2}
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("file", "status"), [("nothing.csv", 2), (".", 1)])
def test_a_missing_file_is_a_problem(kpicard: Run, tmp_path: Path, file: str, status: int) -> None:
    """It is reported like any other problem, and the rest is scored."""
    done = kpicard("score", file, DATA / "2026-10.csv", "--roles", DATA / "roles", "--format", "json", cwd=tmp_path)
    assert done.returncode == status
    assert file in {problem["path"] for problem in report(done)["problems"]}
    assert len(report(done)["cards"]) > 0


@pytest.mark.parametrize("format_", FORMATS)
def test_a_closed_pipe_is_no_crash(tmp_path: Path, format_: str) -> None:
    """`kpicard score … | head` ends quietly."""
    count = 300 if format_ == "terminal" else 1000  # more than a pipe holds
    rows = "".join(f"2026-10,E{number},support,90,30\n" for number in range(count))
    (tmp_path / "a.csv").write_text("period,employee,role,quality,speed\n" + rows, "utf-8")
    command = [sys.executable, "-m", "kpicard", "score", "a.csv", "--roles", str(DATA / "roles"), "--format", format_]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.read(10)
        process.stdout.close()
        assert b"" == process.stderr.read()
