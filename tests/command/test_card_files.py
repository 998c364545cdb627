"""`kpicard score --output cards/`: a file for each person, with nothing in it about anybody else."""

from __future__ import annotations

import csv
import json
import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

from kpicard import reports

Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
MONTH = ROOT / "examples" / "2026-10.csv"
ROLES = ["--roles", str(ROOT / "roles")]


def written(run: Run, actuals: Path, folder: Path, format_: str, *more: str) -> Mapping[str, bytes]:
    """The files of a folder of cards by their names, without kpicard's list."""
    done = run("score", actuals, *ROLES, "--format", format_, "--output", f"{folder}/", *more)
    assert "" == done.stdout
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def people() -> Mapping[str, str]:
    """The names in the example's month by id."""
    with MONTH.open(encoding="utf-8") as stream:
        return {row["employee"]: row["name"] for row in csv.DictReader(stream)}


@pytest.mark.parametrize("format_", [name for name in reports.FOLDERS if name in {"markdown", "html"}])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_persons_file_says_nothing_about_anybody_else(kpicard: Run, tmp_path: Path, format_: str, lang: str) -> None:
    """No other id, name or rank; the index has everybody, and leads to each file."""
    files = written(kpicard, MONTH, tmp_path / "cards", format_, "--lang", lang)
    everybody = people()
    ending = {"markdown": "md", "html": "html"}[format_]
    index = files[f"index.{ending}"].decode()
    for employee, name in everybody.items():
        text = files[f"2026-10-{employee}-{name}.{ending}"].decode()
        assert name in text
        others = [other for pair in everybody.items() if pair[0] != employee for other in pair]
        assert [] == [other for other in others if other in text]
        assert not re.search("rank|排名", text, re.IGNORECASE)
        assert name in index
    assert len(everybody) + 1 == len(files)


@pytest.mark.parametrize("format_", reports.FOLDERS)
def test_a_persons_file_is_the_same_whatever_becomes_of_the_others(kpicard: Run, tmp_path: Path, format_: str) -> None:
    """To the byte."""
    with MONTH.open(encoding="utf-8") as stream:
        header, *rows = csv.reader(stream)
    employee, actual = header.index("employee"), header.index("actual")
    for row in rows:
        if row[employee] != "E017":
            row[actual] = "1.2"
    with (tmp_path / "other.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    before = written(kpicard, MONTH, tmp_path / "before", format_)
    after = written(kpicard, tmp_path / "other.csv", tmp_path / "after", format_)
    (name,) = (each for each in before if "E017" in each)
    assert before[name] == after[name]


def test_names_that_no_file_system_takes_are_told_apart(kpicard: Run, tmp_path: Path) -> None:
    """Somebody with two roles has two files; ids that differ in what cannot stand in a name, or in case alone, too."""
    (tmp_path / "month.csv").write_text(
        "period,employee,name,role,kpi,actual\n"
        + "".join(
            f"2026-10,{who},王/芳,{role},response-time,30\n"
            for who, role in [("a/b", "customer-service"), ("a:b", "customer-service"), ("ab", "customer-service")]
        )
        + "2026-10,AB,王芳,customer-service,response-time,20\n",
        "utf-8",
    )
    names = written(kpicard, tmp_path / "month.csv", tmp_path / "cards", "html", "--missing", "exclude")
    assert 5 == len(names) == len({name.casefold() for name in names})
    assert 2 == sum(bool(re.fullmatch(r"2026-10-a_b-王_芳-[0-9a-f]{12}\.html", name)) for name in names)


def test_a_persons_workbook_has_live_formulas_and_nobody_else(kpicard: Run, tmp_path: Path) -> None:
    """One sheet that prints on one page, and the rules that its formulas look up; the total is that of the JSON."""
    words = ("score", MONTH, *ROLES, "--role", "customer-service")
    cards = json.loads(kpicard(*words, "--format", "json").stdout, parse_float=str)["cards"]
    assert 0 == kpicard(*words, "--format", "xlsx", "--output", f"{tmp_path / 'cards'}/").returncode
    everybody = people()
    for card in cards:
        path = tmp_path / "cards" / f"2026-10-{card['employee']}-{card['name']}.xlsx"
        live, shown = (openpyxl.load_workbook(path, data_only=each) for each in (False, True))
        texts = [str(cell.value) for sheet in shown for row in sheet.iter_rows() for cell in row if cell.value]
        others = [other for pair in everybody.items() if pair[0] != card["employee"] for other in pair]
        assert [] == [other for other in others if any(other in text for text in texts)]
        last = next(row for row in range(8, 30) if shown.worksheets[0].cell(row, 1).value == "Total")
        assert float(card["total"]) == shown.worksheets[0].cell(last, 8).value == shown.worksheets[0].cell(5, 1).value
        assert str(live.worksheets[0].cell(last, 8).value).startswith("=ROUND(")
        assert card["grade"] == shown.worksheets[0].cell(5, 3).value
