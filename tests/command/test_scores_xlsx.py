"""`kpicard score --format xlsx`: the workbook as somebody finds it who opens it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from kpicard.reports.xlsx.book import MOST_ROWS, check_rows

Run = Callable[..., subprocess.CompletedProcess[str]]

HERE = Path(__file__).parents[1]
MONTHS = sorted((HERE.parent / "examples").glob("2026-*.csv"))
ROLES = ["--roles", str(HERE / "data" / "roles")]

TRICKS = (
    *("<script>alert(1)</script>", "[red]x", "| a | b |", "\x1b[31mred", "@SUM(A1)", "+1+1", "-2+3", "{=1+1}"),
    *("http://example.com", "mailto:a@b.c", "internal:'Data'!A1", "<r><t>x</t></r>", "_x0041_", "007", "1e5", "TRUE"),
    *("a\nb", "\u202eabc", "\ufffe\uffff", "&amp;", "'quoted'", "😀", "%s{0}"),
)


def book_of(kpicard: Run, folder: Path, *arguments: str | Path, status: int = 0) -> Workbook:
    """Score into a workbook and open it."""
    done = kpicard("score", *arguments, "--output", folder / "cards.xlsx")
    assert status == done.returncode, done.stderr
    return load_workbook(folder / "cards.xlsx")


def rows(book: Workbook, sheet: str, first: int) -> list[tuple[Any, ...]]:
    """Return the values of a sheet from a row on."""
    return list(book[sheet].iter_rows(min_row=first, values_only=True))


def target(cell: Any) -> str:
    """Return where a cell's link leads to."""
    return str(cell.hyperlink.location)


def column(book: Workbook, sheet: str, heading: int, word: str) -> list[Any]:
    """Return the values below a heading."""
    words = [cell.value for cell in book[sheet][heading]]
    return [row[words.index(word)] for row in rows(book, sheet, heading + 1)]


def test_sheets(kpicard: Run, tmp_path: Path) -> None:
    """A summary, a sheet per role, the data and the rules, each with its headings in view and a filter."""
    book = book_of(kpicard, tmp_path, *MONTHS, "--lang", "zh")
    roles = ["内容运营专员", "客服专员", "数据分析师", "市场推广专员", "商品经理", "运营经理", "技术支持工程师"]
    assert ["汇总", *roles, "明细数据", "计分规则"] == book.sheetnames
    tables = {"汇总": ("F4", "A3:J75"), "客服专员": ("E7", "A6:AD24"), "明细数据": ("D4", "A3:U291")}
    assert tables == {name: (book[name].freeze_panes, book[name].auto_filter.ref) for name in tables}
    assert [("landscape", "9", "0")] * len(book.sheetnames) == [
        (sheet.page_setup.orientation, str(sheet.page_setup.paperSize), str(sheet.page_setup.fitToHeight))
        for sheet in book
    ]
    assert "汇总\u30002026-08 – 2026-10" == book["汇总"]["A1"].value


def test_role_sheet(kpicard: Run, tmp_path: Path) -> None:
    """A row per card with formulas from the scores to the grade; weights and targets stand above the figures."""
    book = book_of(kpicard, tmp_path, MONTHS[-1])
    sheet = book["Customer service specialist"]
    assert "Customer satisfaction score (points)" == sheet["J3"].value
    assert ("Weight", 25, '#,##0"%"') == (sheet["I4"].value, sheet["L4"].value, sheet["L4"].number_format)
    assert ("Target", 4.5) == (sheet["I5"].value, sheet["J5"].value)
    words = ["No.", "Period", "Employee", "Name", "Team", "Total", "Grade", "Coefficient", "Weights that count"]
    words += ["Actual", "Attainment", "Score", "Effective weight", "Points"] * 4
    assert [*words, "Notes"] == [cell.value for cell in sheet[6]]
    expected = {
        "F7": "=ROUND(ROUND(SUM(N7,S7,X7,AC7)*10000,0)/100,0)/100",
        "G7": "=LOOKUP(MAX($F7,MIN(grade_from)),grade_from,grade_name)",
        "H7": "=LOOKUP(MAX($F7,MIN(grade_from)),grade_from,grade_coefficient)",
        "I7": "=L$4*ISNUMBER(L7)+Q$4*ISNUMBER(Q7)+V$4*ISNUMBER(V7)+AA$4*ISNUMBER(AA7)",
        "N7": "=ROUND(ROUND(L7*100,0)*ROUND(M7*10000,0)/10000,0)/10000",
    }
    assert expected == {cell: sheet[cell].value for cell in expected}
    formats = {"F7": "#,##0.00", "K7": '#,##0.00"%"', "L7": "#,##0.00", "N7": "#,##0.0000", "H7": "#,##0.0"}
    assert formats == {cell: sheet[cell].number_format for cell in formats}
    coloured = {str(each.sqref) for each in sheet.conditional_formatting}
    assert {"L7:L12", "Q7:Q12", "V7:V12", "AA7:AA12", "G7:H12"} == coloured
    assert "$A$1:$AC$12" == sheet.print_area.rpartition("!")[2]


def test_summary(kpicard: Run, tmp_path: Path) -> None:
    """The ranking of each period, where each employee leads to that card on the sheet of the role."""
    book = book_of(kpicard, tmp_path, *MONTHS)
    sheet = book["Summary"]
    assert [1, 2, 3] == column(book, "Summary", 3, "Rank")[:3]
    assert ["2026-08"] * 24 + ["2026-09"] * 24 + ["2026-10"] * 24 == column(book, "Summary", 3, "Period")
    for row in range(4, 76):
        name, _, cell = target(sheet.cell(row, 4)).rpartition("!")
        found = book[name.strip("'")][cell.replace("$", "")]
        assert (sheet.cell(row, 4).value, sheet.cell(row, 3).value) == (found.value, found.offset(0, -1).value)
    assert "=INDEX('Customer service specialist'!$F$7:$F$24,MATCH($A4,'Customer service specialist'!$A$7:$A$24,0))" == (
        sheet["H4"].value
    )


def test_data_sheet(kpicard: Run, tmp_path: Path) -> None:
    """The data sheet has the figures of `--format csv`, as numbers."""
    book = book_of(kpicard, tmp_path, MONTHS[-1])
    done = kpicard("score", MONTHS[-1], "--format", "csv")
    named = {"kpi": "KPI id", "role": "Role id"}
    same = ["period", "employee", "role", "kpi", "weight", "target", "actual", "attainment", "score", "points"]
    same += ["total", "grade", "coefficient"]
    written = zip(*(column(book, "Data", 3, named.get(word, word.capitalize())) for word in same), strict=True)
    told = csv.DictReader(done.stdout.splitlines())
    assert [tuple(_value(row[word]) for word in same) for row in told] == list(written)


def _value(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text or None


def test_texts_are_texts(kpicard: Run, tmp_path: Path) -> None:
    """Names that try to be formulas, links, markup or numbers are texts; the file stays one that can be opened."""
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as stream:
        cells = [("2026-10", f"E{n:02}", trick, trick, "support", "30", "90") for n, trick in enumerate(TRICKS)]
        csv.writer(stream).writerows([("period", "employee", "name", "team", "role", "speed", "quality"), *cells])
    book = book_of(kpicard, tmp_path, tmp_path / "a.csv", *ROLES)
    shown = {
        "\x1b[31mred": r"\x1b[31mred",
        "a\nb": r"a\nb",
        "\u202eabc": r"\u202eabc",
        "\ufffe\uffff": r"\ufffe\uffff",
        "<r><t>x</t></r>": "<r><t>x</t></r> ",  # a blank more, without which XlsxWriter takes it for its own
    }
    for sheet, heading in (("Summary", 3), ("Support", 6), ("Data", 3)):
        for word in ("Name", "Team"):
            expected = {shown.get(trick, trick) for trick in TRICKS}
            assert expected == set(column(book, sheet, heading, word))
        kinds = {cell.data_type for cell in book[sheet]["D"][heading:]} | {
            cell.data_type for cell in book[sheet]["E"][heading:]
        }
        assert {"s"} == kinds


def rules(folder: Path, *titles: str, **role: Any) -> list[str | Path]:
    """Write roles with these titles, called r0, r1 and so on."""
    (folder / "roles").mkdir()
    grades = [{"grade": "A", "from": 80, "coefficient": "1.25"}, {"grade": "B", "from": 0, "coefficient": 1}]
    (folder / "roles" / "department.yaml").write_text(json.dumps({"title": "D", "grades": grades}), "utf-8")
    for index, title in enumerate(titles):
        kpi = {"id": "k", "name": "=1+1", "weight": 100, "better": "higher", "target": 10, "unit": "[x]:*?/\\"}
        content = {"id": f"r{index}", "title": title, "kpis": [kpi]} | role
        (folder / "roles" / f"r{index}.yaml").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return ["--roles", folder / "roles"]


def test_sheet_names(kpicard: Run, tmp_path: Path) -> None:
    """Titles that no sheet may have become names that it may have, each another; formulas still find the sheets."""
    titles = [
        "A[1]:*?/\\B",
        "a_1_b",
        "Summary",
        "History",
        "'quoted'",
        "x" * 40,
        "X" * 40,
        "SORT(x)",
        "😀" * 30,
        "#1%!",
    ]
    chosen = rules(tmp_path, *titles)
    lines = [f"2026-10,E{index},r{index},9" for index in range(len(titles))]
    (tmp_path / "a.csv").write_text("\n".join(["period,employee,role,k", *lines]), "utf-8")
    book = book_of(kpicard, tmp_path, tmp_path / "a.csv", *chosen)
    names = ["Summary", "A_1_B", "a_1_b (2)", "Summary (2)", "History (2)", "quoted", "x" * 31, f"{'X' * 27} (2)"]
    assert [*names, "SORT (x)", "😀" * 15, "#1%!", "Data", "Rules"] == book.sheetnames
    values = load_workbook(tmp_path / "cards.xlsx", data_only=True)
    assert [90] * 10 == column(values, "Summary", 3, "Total")
    for row in book["Summary"].iter_rows(min_row=4):
        sheet = target(row[3]).rpartition("!")[0]
        assert str(row[5].value).startswith(f"=INDEX({sheet}!$D$7:$D$7,")
        assert sheet.removeprefix("'").removesuffix("'").replace("''", "'") in book.sheetnames


def test_bonus(kpicard: Run, tmp_path: Path) -> None:
    """The bonus is a formula of base and coefficient, with every digit; who has no base has none."""
    chosen = rules(tmp_path, "Role")
    lines = ["period,employee,role,k,base", "2026-10,E1,r0,9,8500.55", "2026-10,E2,r0,9,", "2026-10,E3,r0,1,0.01"]
    (tmp_path / "a.csv").write_text("\n".join(lines), "utf-8")
    book = book_of(kpicard, tmp_path, tmp_path / "a.csv", *chosen)
    assert ["=ROUND(I4*H4,4)", None, "=ROUND(I6*H6,2)"] == column(book, "Summary", 3, "Bonus")
    values = load_workbook(tmp_path / "cards.xlsx", data_only=True)
    assert [10625.6875, None, 0.01] == column(values, "Summary", 3, "Bonus")


def test_long_figures_are_texts(kpicard: Run, tmp_path: Path) -> None:
    """A figure of more than the 15 digits that a spreadsheet keeps is a text, with all of its digits."""
    chosen = rules(tmp_path, "Role")
    (tmp_path / "a.csv").write_text("period,employee,role,k\n2026-10,E1,r0,12345678901.123456\n", "utf-8")
    book = book_of(kpicard, tmp_path, tmp_path / "a.csv", *chosen)
    assert ["12345678901.123456"] == column(book, "Role", 6, "Actual")
    assert [123456789011.23] == column(book, "Role", 6, "Attainment")


def test_weights_that_change_in_time(kpicard: Run, tmp_path: Path) -> None:
    """A role whose weights changed has a sheet for each of them, so that every figure has its weight above it."""
    chosen = rules(tmp_path, "Role")
    kpi = {"name": "k", "weight": 50, "better": "higher", "target": 10}
    later = {
        "id": "r0",
        "title": "Role",
        "from": "2026-11",
        "kpis": [{"id": "k"} | kpi, {"id": "m"} | kpi | {"name": "m"}],
    }
    (tmp_path / "roles" / "r0.2026-11.yaml").write_text(json.dumps(later), "utf-8")
    lines = ["period,employee,role,kpi,actual", "2026-10,E1,r0,k,9", "2026-11,E1,r0,k,9", "2026-11,E1,r0,m,5"]
    (tmp_path / "a.csv").write_text("\n".join(lines), "utf-8")
    book = book_of(kpicard, tmp_path, tmp_path / "a.csv", *chosen)
    assert ["Summary", "Role", "Role 2026-11", "Data", "Rules"] == book.sheetnames
    assert [90, 70] == column(load_workbook(tmp_path / "cards.xlsx", data_only=True), "Summary", 3, "Total")


def test_nothing_is_left_out_without_a_word(kpicard: Run, tmp_path: Path) -> None:
    """Who is withheld is named, and every problem is there with its place and how to fix it."""
    (tmp_path / "a.csv").write_text(
        "period,employee,name,role,speed,quality\n2026-10,E1,Li,support,30,90\n2026-10,E2,Wu,support,abc,90\n", "utf-8"
    )
    book = book_of(kpicard, tmp_path, tmp_path / "a.csv", *ROLES, status=1)
    assert ["Summary", "Support", "Data", "Rules", "Withheld", "Problems"] == book.sheetnames
    assert [("2026-10", "E2", "Wu", "Support")] == rows(book, "Withheld", 4)
    told = json.loads(kpicard("score", tmp_path / "a.csv", *ROLES, "--format", "json").stdout)["problems"]
    assert [(each["message"], each["hint"], each["code"]) for each in told] == [
        row[2:] for row in rows(book, "Problems", 4)
    ]
    assert (
        "1 cards are withheld: see the sheet “Withheld”. 1 problems: see the sheet “Problems”."
        in book["Summary"]["A2"].value
    )


def test_no_cards_at_all(kpicard: Run, tmp_path: Path) -> None:
    """Where no card could be scored, the workbook still says why."""
    (tmp_path / "a.csv").write_text("period,employee,role,speed,quality\n2026-10,E2,support,abc,90\n", "utf-8")
    book = book_of(kpicard, tmp_path, tmp_path / "a.csv", *ROLES, status=1)
    assert ["Summary", "Rules", "Withheld", "Problems"] == book.sheetnames


def test_not_assessed(kpicard: Run, tmp_path: Path) -> None:
    """A card on which no KPI counts has no total, and says so in the place of the grade."""
    (tmp_path / "a.csv").write_text("period,employee,role,speed,quality\n2026-10,E1,support,N/A,N/A\n", "utf-8")
    book_of(kpicard, tmp_path, tmp_path / "a.csv", *ROLES)
    values = load_workbook(tmp_path / "cards.xlsx", data_only=True)
    assert [(None, "not assessed", None)] == [row[5:8] for row in rows(values, "Summary", 4)]


def test_months_of_a_quarter(kpicard: Run, tmp_path: Path) -> None:
    """The quarter's total is the mean of the months' totals, in a formula over them."""
    book = book_of(kpicard, tmp_path, *MONTHS, "--by", "quarter")
    assert ["Summary", "Months", "Rules"] == book.sheetnames
    assert "=ROUND(ROUND(SUM(J4:L4)*100,0)/COUNT(J4:L4),0)/100" == book["Months"]["G4"].value


@pytest.mark.parametrize("language", ["en", "zh"])
def test_same_bytes(kpicard: Run, tmp_path: Path, language: str) -> None:
    """The same cards give the same bytes, also on standard output."""
    for name in ("a", "b"):
        assert 0 == kpicard("score", *MONTHS[:1], "--lang", language, "--output", tmp_path / f"{name}.xlsx").returncode
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_more_rows_than_a_sheet_takes() -> None:
    """Where a sheet could not take all rows, nothing is written, and it is said what to do instead."""
    check_rows([MOST_ROWS], "en")
    with pytest.raises(OSError, match="a sheet takes 1048576 rows, and 1048577 are needed: use --format csv"):
        check_rows([1, MOST_ROWS + 1], "en")


def test_without_xlsxwriter(process: Run, tmp_path: Path) -> None:
    """Where XlsxWriter is not installed, the command says how to install it, and writes nothing."""
    (tmp_path / "xlsxwriter.py").write_text("raise ModuleNotFoundError(name='xlsxwriter')", "utf-8")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    done = process("score", MONTHS[0], "--output", tmp_path / "cards.xlsx", env={"PYTHONPATH": path})
    assert (2, 'Error: a workbook needs XlsxWriter: pip install "kpicard[excel]"\n') == (done.returncode, done.stderr)
    assert not (tmp_path / "cards.xlsx").exists()
