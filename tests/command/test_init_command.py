"""`kpicard init`: a folder to start from, whose files are right, teach the format and overwrite nothing."""

from __future__ import annotations

import csv
import io
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import pytest

import kpicard as library

Run = Callable[..., subprocess.CompletedProcess[str]]

FILES: Final = (
    *("roles/department.yaml", "roles/mechanic.yaml", "roles/service-adviser.yaml"),
    *("roster.csv", "actuals/2026-10.csv"),
)
FIGURES: Final = {
    "Sales": "88000",
    "Answer time": "4.5",
    "Customer rating": "4.7",
    "Repairs on time": "96.5",
    "Repeat repairs": "3.2",
    "Spare parts in stock": "31",
    "Complaints": "N/A",
}
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def starter(kpicard: Run, tmp_path: Path) -> Path:
    """A new folder, in English."""
    assert 0 == kpicard("init", "shop", "--period", "2026-10", "--lang", "en", cwd=tmp_path).returncode
    return tmp_path / "shop"


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_files_are_listed_and_what_comes_next(kpicard: Run, tmp_path: Path, language: str) -> None:
    """The next commands can be typed as they stand: validate, a month to fill in, score."""
    done = kpicard("init", "my shop", "--period", "2026-12", "--lang", language, cwd=tmp_path)
    listed, *steps = done.stdout.split("\n\n")
    expected = [f"my shop/{file}".replace("2026-10", "2026-12") for file in FILES]
    assert (0, "", expected) == (done.returncode, done.stderr, listed.replace("\\", "/").splitlines())
    assert sorted(expected) == [f"my shop/{name}" for name in files_below(tmp_path / "my shop")]
    commands = [shlex.split(step.splitlines()[1])[1:] for step in steps]
    assert ["validate", "template", "score"] == [command[0] for command in commands]
    assert bool(_CHINESE.search(steps[0])) == (language == "zh")
    validated, written, scored = (kpicard(*command, cwd=tmp_path) for command in commands)
    assert (0, "") == (validated.returncode, validated.stderr)
    filled_in = "my shop/actuals/2027-01.xlsx"
    said = f"Wrote a template of 14 rows to {filled_in}\n"
    if language == "zh":
        said = f"已将 14 行的填报模板写入 {filled_in}\n"
    assert (0, said, True) == (written.returncode, written.stderr, (tmp_path / filled_in).exists())
    assert {"not-reported"} == set(re.findall(r"\[([a-z-]+)\]$", scored.stderr, re.MULTILINE))


def test_the_roles_are_right_in_both_languages(kpicard: Run, tmp_path: Path) -> None:
    """Without a problem or a warning, and the same rules; only the comments differ."""
    rules = []
    for language in ("en", "zh"):
        kpicard("init", language, "--lang", language, cwd=tmp_path)
        loaded = library.load(tmp_path / language / "roles")
        assert () == loaded.problems
        rules.append((loaded.rules.department, loaded.rules.roles))
        comments = re.findall(
            r"(?:^|\s)#.+", "".join(each.read_text("utf-8") for each in tmp_path.glob(f"{language}/roles/*"))
        )
        assert [language == "zh"] * len(comments) == [bool(_CHINESE.search(each)) for each in comments]
    english, chinese = rules
    assert english == chinese


def test_the_roles_show_all_that_there_is(starter: Path) -> None:
    """Every scoring method, every direction, and texts in both languages."""
    roles = library.load(starter / "roles").rules.roles.values()
    kpis = [kpi for role in roles for kpi in role.kpis]
    assert {"ratio", "linear", "bands"} == {kpi.scoring.method for kpi in kpis}
    assert {"higher", "lower", "within"} == {kpi.better for kpi in kpis}
    texts = [text for kpi in kpis for text in (kpi.name, kpi.unit, kpi.definition) if text not in {None, "%"}]
    assert all(getattr(text, "en", None) and getattr(text, "zh", None) for text in texts)


def test_filled_in_it_scores_without_a_word(kpicard: Run, starter: Path) -> None:
    """The month is that of the roster, with a cell for each figure."""
    month = starter / "actuals" / "2026-10.csv"
    assert month.read_bytes().startswith(b"\xef\xbb\xbf")
    assert (starter / "roster.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    text = io.StringIO(month.read_text("utf-8-sig"))
    heading, *rows = csv.reader(text)
    for row in rows:
        row[heading.index("actual")] = FIGURES[row[heading.index("kpi")]]
    with month.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([heading, *rows])
    done = kpicard("score", "actuals/2026-10.csv", "--format", "csv", cwd=starter)
    assert (0, "") == (done.returncode, done.stderr)
    totals = {(row["employee"], row["total"]) for row in csv.DictReader(io.StringIO(done.stdout))}
    assert {("B01", "105.00"), ("B02", "105.00"), ("B03", "110.03"), ("B04", "110.03")} == totals


def test_the_month_is_the_current_one_if_none_is_given(kpicard: Run, tmp_path: Path) -> None:
    before = date.today()  # noqa: DTZ011 - the month on the user's own calendar
    assert 0 == kpicard("init", cwd=tmp_path).returncode
    after = date.today()  # noqa: DTZ011 - likewise
    (month,) = (tmp_path / "actuals").iterdir()
    assert month.name in {f"{day:%Y-%m}.csv" for day in (before, after)}


@pytest.mark.parametrize("there", FILES)
def test_nothing_is_overwritten(kpicard: Run, tmp_path: Path, there: str) -> None:
    """If any of the files is there, nothing at all is written."""
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("mine", "utf-8")
    done = kpicard("init", "--period", "2026-10", "--lang", "en", cwd=tmp_path)
    assert (2, "", {there: b"mine"}) == (done.returncode, done.stdout, files_below(tmp_path))
    said = f"nothing was written, since these files are there already: {Path(there)}; choose another folder"
    assert said in " ".join(done.stderr.split())


def test_every_file_in_the_way_is_named(kpicard: Run, starter: Path) -> None:
    before = files_below(starter)
    done = kpicard("init", starter, "--period", "2026-10", "--lang", "zh")
    assert (2, "", before) == (done.returncode, done.stdout, files_below(starter))
    assert all(str(starter / file) in done.stderr for file in FILES)
    assert 1 == done.stderr.count("请选择其他文件夹")


@pytest.mark.parametrize("folder", ["a-file", "a-file/below", "roles-is-a-file"])
def test_a_folder_that_cannot_be_one_is_said(kpicard: Run, tmp_path: Path, folder: str) -> None:
    """One message, exit status 2, and nothing written."""
    (tmp_path / "a-file").write_text("mine", "utf-8")
    (tmp_path / "roles-is-a-file").mkdir()
    (tmp_path / "roles-is-a-file" / "roles").write_text("mine", "utf-8")
    before = files_below(tmp_path)
    done = kpicard("init", folder, cwd=tmp_path)
    assert (2, "", before) == (done.returncode, done.stdout, files_below(tmp_path))
    assert ["Error: cannot write"] == [line[:19] for line in done.stderr.splitlines()]


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux")
def test_a_folder_that_may_not_be_written_is_said(kpicard: Run) -> None:
    done = kpicard("init", "/proc/shop")
    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.startswith("Error: cannot write /proc/shop")


def test_wrong_use_is_said_and_gives_2(kpicard: Run, tmp_path: Path) -> None:
    done = kpicard("init", "--period", "October", cwd=tmp_path)
    assert (2, "", {}) == (done.returncode, done.stdout, files_below(tmp_path))
    assert "'October' is not a period" in done.stderr
