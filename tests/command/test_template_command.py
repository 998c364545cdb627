"""`kpicard template`: a file to fill in, for the people of a roster; once filled in it scores without a word."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path
from random import Random
from typing import Final

import duckdb
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import kpicard as library
from kpicard.actuals.files.tables import Source
from kpicard.actuals.files.workbook import Workbook, read_workbook
from kpicard.fill_in.grid import Template, ToFill, long_template, wide_template
from kpicard.fill_in.roster import choose
from kpicard.fill_in.template_files import csv_bytes, xlsx_bytes
from kpicard.messages import codes_of
from kpicard.text import LANGUAGES, Language

Run = Callable[..., subprocess.CompletedProcess[str]]

DATA: Final = Path(__file__).parents[1] / "data"
ROLES: Final = DATA / "roles"
SHIPPED: Final = Path(__file__).parents[2] / "roles"
ROSTER: Final = "employee,name,team,role\n007,Ann,North,support\nE2,=1+1,South,销售专员\n007,Ann,North,Sales agent\n"
MARK: Final = "\ufeff"

ROLE: Final = """\
id: {id}
title: {{en: {title}, zh: {title}}}
kpis:
  - {{id: one, name: {one}, weight: 50, unit: {unit}, better: higher, target: 5}}
  - {{id: two, name: {two}, weight: 50, better: higher, target: 123456789012.123456}}
"""


@pytest.fixture
def template(kpicard: Run, tmp_path: Path) -> Run:
    """Write a template for October and the roles of tests/data, in a folder that has a roster."""
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")

    def run(*args: str | Path, roles: Path = ROLES) -> subprocess.CompletedProcess[str]:
        return kpicard("template", "--period", "2026-10", "--roles", roles, *args, cwd=tmp_path)

    return run


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix(MARK))))


def sheet_of(path: Path | io.BytesIO) -> Worksheet:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def custom_roles(folder: Path, **roles: str) -> Path:
    """Write a folder of roles, given by their ids."""
    folder.mkdir(exist_ok=True)
    shutil.copy(ROLES / "department.yaml", folder)
    for id_, text in roles.items():
        (folder / f"{id_}.yaml").write_text(text, "utf-8")
    return folder


# What stands in it


def test_without_a_roster_each_role_stands_once_for_nobody_yet(template: Run) -> None:
    done = template()
    expected = [
        ["period", "employee", "role", "kpi", "target", "unit", "actual", "definition"],
        ["2026-10", "", "Sales agent", "Revenue", "10000", "CNY", "", ""],
        ["2026-10", "", "Sales agent", "Refund rate", "", "%", "", ""],
        ["2026-10", "", "Support", "Response speed", "30", "s", "", ""],
        ["2026-10", "", "Support", "Service quality", "90", "%", "", ""],
    ]
    assert (0, "", expected) == (done.returncode, done.stderr, rows(done.stdout))


def test_with_a_roster_its_people_stand_in_their_order(template: Run) -> None:
    done = template("--roster", "roster.csv", "--lang", "zh")
    expected = [
        ["考核周期", "员工", "姓名", "团队", "岗位", "考核指标", "目标值", "单位", "实际值", "定义"],
        ["2026-10", "007", "Ann", "North", "客服专员", "响应时间", "30", "s", "", ""],
        ["2026-10", "007", "Ann", "North", "客服专员", "服务质量", "90", "%", "", ""],
        ["2026-10", "E2", "=1+1", "South", "销售专员", "销售额", "10000", "元", "", ""],
        ["2026-10", "E2", "=1+1", "South", "销售专员", "退款率", "", "%", "", ""],
        ["2026-10", "007", "Ann", "North", "销售专员", "销售额", "10000", "元", "", ""],
        ["2026-10", "007", "Ann", "North", "销售专员", "退款率", "", "%", "", ""],
    ]
    assert (0, "", expected) == (done.returncode, done.stderr, rows(done.stdout))


def test_the_wide_form_has_a_row_per_person_and_a_column_per_kpi(template: Run) -> None:
    done = template("--roster", "roster.csv", "--wide", "--lang", "en")
    kpis = ["Response speed (s)", "Service quality (%)", "Revenue (CNY)", "Refund rate (%)"]
    expected = [
        ["period", "employee", "name", "team", "role", *kpis],
        ["2026-10", "007", "Ann", "North", "Support", "", "", "", ""],
        ["2026-10", "E2", "=1+1", "South", "Sales agent", "", "", "", ""],
        ["2026-10", "007", "Ann", "North", "Sales agent", "", "", "", ""],
    ]
    assert (0, "", expected) == (done.returncode, done.stderr, rows(done.stdout))


def test_names_and_teams_have_a_column_only_if_the_roster_has_one(template: Run, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("职位,工号,姓名\n客服专员,1,\n", "utf-8")
    assert ["period", "employee", "name", "role", "kpi"] == rows(template("--roster", "roster.csv").stdout)[0][:5]


def test_roles_are_chosen_by_id_or_title(template: Run) -> None:
    def column(text: str, heading: str) -> list[str]:
        first, *others = rows(text)
        return [row[first.index(heading)] for row in others]

    assert ["Support"] * 2 + ["Sales agent"] * 2 == column(
        template("--role", "客服专员", "--role", "sales").stdout, "role"
    )
    assert ["E2", "007"] == column(template("--roster", "roster.csv", "--role", "sales", "--wide").stdout, "employee")


def test_definitions_are_in_the_language(template: Run) -> None:
    kpis = [kpi for role in library.load(SHIPPED).rules.roles.values() for kpi in role.kpis]
    for language in LANGUAGES:
        written = [row[-1] for row in rows(template("--lang", language, roles=SHIPPED).stdout)[1:]]
        assert [getattr(kpi.definition, language) for kpi in kpis] == written


def test_a_csv_file_is_one_that_excel_opens_rightly(template: Run, tmp_path: Path) -> None:
    """UTF-8 with its mark, and CRLF; the same to a file and to standard output."""
    assert (0, "Wrote a template of 4 rows to b.CSV\n") == (
        template("--output", "a.csv").returncode,
        template("--output", "b.CSV").stderr,
    )
    content = (tmp_path / "a.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfperiod,employee,")
    assert content.count(b"\n") == content.count(b"\r\n") == 5
    assert content == (tmp_path / "b.CSV").read_bytes()
    command = [
        sys.executable,
        "-m",
        "kpicard",
        "template",
        "--period",
        "2026年10月",
        "--roles",
        str(ROLES),
        "--lang",
        "en",
    ]
    assert content == subprocess.run(command, capture_output=True, check=True).stdout


def test_what_is_not_clear_by_its_title_or_name_is_called_by_its_id(template: Run, tmp_path: Path) -> None:
    """Two roles of one title, and in a role two KPIs of one name, or one whose name heads another column."""
    one = ROLE.format(id="one", title="Clerk", one="Sales", two="SALES", unit="h")
    two = ROLE.format(id="two", title="clerk", one="Month (value)", two="Cost", unit="h")
    folder = custom_roles(tmp_path / "unclear", one=one, two=two)
    found = [row[2:4] for row in rows(template(roles=folder).stdout)[1:]]
    assert [["one", "one"], ["one", "two"], ["two", "one"], ["two", "Cost"]] == found


@pytest.mark.parametrize(
    ("unit", "other", "heading"),
    [("h", "h", "Time (h)"), ("h", "min", "Time"), ("h", '""', "Time"), ("元(含税)", "元(含税)", "Time")],
)
def test_kpis_of_one_name_share_a_column_headed_with_their_unit(
    template: Run, tmp_path: Path, unit: str, other: str, heading: str
) -> None:
    """If they have the same one, and the heading is still understood."""
    other = "null" if other == '""' else other
    one = ROLE.format(id="one", title="One", one="Time", two="Sales", unit=unit)
    two = ROLE.format(id="two", title="Two", one="TIME", two="Cost", unit=other).replace("unit: null, ", "")
    done = template("--wide", roles=custom_roles(tmp_path / "shared", one=one, two=two))
    assert [heading, "Sales", "Cost"] == rows(done.stdout)[0][3:]


# The roster


def saved(path: Path, *lines: tuple[str, ...], merged: str = "") -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for line in lines:
        sheet.append(line)
    if merged:
        sheet.merge_cells(merged)
    workbook.save(path)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("工号,姓名,部门,职位\r\n007,王芳,北区,客服专员\r\n8,李雷,,客服专员\r\n", "gb18030"),
        ("Employee ID\tName\tTeam\tRole\n007\t王芳\t北区\tSUPPORT\n8\t李雷\t\tsupport\n", "utf-16"),
        ("role;team;name;employee\nsupport;北区;王芳;007\nSupport;;李雷;8\n", "utf-8-sig"),
        (
            '2026 年人员名单\n\n岗位,员工,姓名,团队,备注\n客服专员,"=""007""",王芳,北区,\n,,,,\nsupport,8,李雷,,x\n',
            "utf-8",
        ),
    ],
)
def test_a_roster_may_be_a_text_of_any_kind(template: Run, tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "other.csv").write_bytes(text.encode(encoding))
    done = template("--roster", "other.csv", "--wide")
    people = [["007", "王芳", "北区", "Support"], ["8", "李雷", "", "Support"]]
    assert (0, "", people) == (done.returncode, done.stderr, [row[1:5] for row in rows(done.stdout)[1:]])


def test_a_roster_may_be_a_workbook(template: Run, tmp_path: Path) -> None:
    """With a title, and a role that is merged over its people."""
    lines = ("人员名单", "", ""), ("岗位", "工号", "姓名"), ("客服专员", "007", "王芳"), ("", "8", "李雷")
    saved(tmp_path / "roster.xlsx", *lines, merged="A3:A4")
    done = template("--roster", "roster.xlsx", "--wide")
    people = [["007", "王芳", "Support"], ["8", "李雷", "Support"]]
    assert (0, "", people) == (done.returncode, done.stderr, [row[1:4] for row in rows(done.stdout)[1:]])


def test_a_roster_may_be_parquet(template: Run, tmp_path: Path) -> None:
    rows_of_people = "SELECT '007' AS employee, '客服专员' AS 岗位"
    duckdb.sql(f"COPY ({rows_of_people}) TO '{(tmp_path / 'roster.parquet').as_posix()}' (FORMAT parquet)")
    done = template("--roster", "roster.parquet", "--wide")
    assert (0, "", ["007", "Support"]) == (done.returncode, done.stderr, rows(done.stdout)[1][1:3])


def test_last_months_wide_file_may_be_the_roster(template: Run) -> None:
    """Its figures are not used, and it is said of each column."""
    done = template("--roster", DATA / "templates" / "wide-en.xls", "--wide")
    assert [["007"], ["A1"], ["A1"], ["B2"]] == [row[1:2] for row in rows(done.stdout)[1:]]
    assert (0, 4) == (done.returncode, done.stderr.count("[unknown-column]"))


def test_a_roster_that_has_names_alone_calls_people_by_them(template: Run, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("姓名,岗位\n王芳,客服专员\n", "utf-8")
    done = template("--roster", "roster.csv", "--wide")
    assert [["period", "employee", "role"], ["2026-10", "王芳", "Support"]] == [row[:3] for row in rows(done.stdout)]


WRONG_ROSTERS: Final = {
    "employee,name\nE1,Ann\n": "1:1 missing-roster-column",
    "employee,role\n": "1:1 no-people",
    "employee,role,phone\n,,\n": "1:1 no-people",
    "employee,role\nE1,support\n,support\n": "3:1 no-employee",
    "employee,role\nE1,\n": "2:4 no-role",
    "employee,role\nE1,suport\n": "2:4 unknown-role",
    "employee,role\nE1,support,x\n": "2:12 ragged-row",
    'employee,role\nE1,"support\n': "2:4 bad-quote",
    "employee,role,职位\nE1,support,\n": "1:15 doubled-column",
    "employee,role\nE1,support\nE2,support\nE1,客服专员\n": "4:1 doubled-person",
}


@pytest.mark.parametrize("text", WRONG_ROSTERS)
def test_what_is_wrong_in_a_roster_is_said_and_nothing_written(template: Run, tmp_path: Path, text: str) -> None:
    """At its line and column: a template that lacks somebody is none."""
    (tmp_path / "roster.csv").write_text(text, "utf-8")
    done = template("--roster", "roster.csv", "--output", "out.csv", "--lang", "en")
    place, code = WRONG_ROSTERS[text].split()
    assert (1, "", False) == (done.returncode, done.stdout, (tmp_path / "out.csv").exists())
    assert f"roster.csv:{place}: error: " in done.stderr
    assert f"[{code}]" in done.stderr
    assert "Nothing was written" in done.stderr


def test_a_person_given_twice_is_placed_at_both_rows(template: Run, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("employee,role\nE1,support\nE1,客服专员\n", "utf-8")
    done = template("--roster", "roster.csv", "--lang", "zh")
    assert "roster.csv:3:1: 错误: E1 已在 roster.csv:2:1 列入岗位“客服专员” [doubled-person]" in done.stderr


def test_a_role_that_nobody_has_is_said(template: Run, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("employee,role\nE1,support\n", "utf-8")
    done = template("--roster", "roster.csv", "--role", "sales", "--lang", "en")
    assert (2, "") == (done.returncode, done.stdout)
    assert "roster.csv: error: nobody is in the role Sales agent [nobody-chosen]\n" in done.stderr
    assert "  roles in the roster: Support\n" in done.stderr


def test_a_column_that_is_not_known_is_only_said(template: Run, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("employee,role,phone,备注,period\nE1,support,1,2,3\n", "utf-8")
    done = template("--roster", "roster.csv", "--wide", "--lang", "en")
    assert (0, "E1") == (done.returncode, rows(done.stdout)[1][1])
    assert "roster.csv:1:15: warning: kpicard does not know the column `phone`" in done.stderr
    assert 1 == done.stderr.count("warning: ")


def test_of_a_workbooks_sheets_the_one_with_people_is_the_roster(template: Run, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(["notes"])
    for name in ("people", "more"):
        workbook.create_sheet(name).append(["employee", "role"])
        workbook[name].append(["E1", "support"])
        workbook.save(tmp_path / f"{name}.xlsx")
    one, two = (template("--roster", f"{name}.xlsx", "--wide", "--lang", "en") for name in ("people", "more"))
    assert (0, "E1") == (one.returncode, rows(one.stdout)[1][1])
    assert "people.xlsx:Sheet: warning: this sheet has no employees and roles, and is not used" in one.stderr
    assert "[no-roster-sheet]" in one.stderr
    assert (1, "") == (two.returncode, two.stdout)
    assert "more.xlsx: error: several sheets have employees and roles: people, more [which-roster]" in two.stderr


def test_every_problem_of_templates_has_its_test() -> None:
    elsewhere = {"nobody-chosen", "which-roster", "no-roster-sheet"}
    codes = {place.split()[1] for place in WRONG_ROSTERS.values()} | elsewhere
    assert set() == codes_of("templates") - codes


# Wrong rules, and wrong use


def test_a_template_that_would_lack_a_wrong_role_is_not_written(template: Run, tmp_path: Path) -> None:
    """One that does not need it is; the problem is said and the exit status tells in any case."""
    folder = custom_roles(tmp_path / "mixed", wrong="id: wrong\n", support=(ROLES / "support.yaml").read_text("utf-8"))
    (tmp_path / "wrong.csv").write_text("employee,role\nE1,wrong\n", "utf-8")
    (tmp_path / "right.csv").write_text("employee,role\nE1,support\n", "utf-8")
    lacking = [(), ("--role", "wrong"), ("--roster", "wrong.csv")]
    whole = [("--role", "support"), ("--roster", "right.csv")]
    for args in (*lacking, *whole):
        done = template(*args, "--lang", "en", roles=folder)
        assert (1, args in whole, args in lacking) == (
            done.returncode,
            bool(done.stdout),
            "Nothing was written" in done.stderr,
        )
        assert "wrong.yaml:1:1: error: " in done.stderr


def test_no_roles_are_no_template(template: Run, tmp_path: Path) -> None:
    done = template("--role", "support", roles=tmp_path / "nowhere")
    assert (2, "") == (done.returncode, done.stdout)
    assert "Invalid value for --roles: there is no folder" in " ".join(done.stderr.split())


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_a_month_that_may_be_filled_in_is_not_overwritten(template: Run, tmp_path: Path, name: str) -> None:
    """Unless it is wanted so."""
    (tmp_path / name).write_text("filled in", "utf-8")
    done = template("--output", name)
    assert (2, "", "filled in") == (done.returncode, done.stdout, (tmp_path / name).read_text("utf-8"))
    assert f"'{name}' is there already, and may be filled in; --force overwrites it" in " ".join(done.stderr.split())
    assert (0, "") == (template("--output", name, "--force").returncode, done.stdout)
    assert (tmp_path / name).read_bytes() != b"filled in"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--output", "out.xls"), "ends neither in .csv nor in .xlsx"),
        (("--output", ""), "ends neither in .csv nor in .xlsx"),
        (("--output", "no/such/folder.csv"), "cannot write no/such/folder.csv"),
        (("--output", "roster.csv", "--roster", "./roster.csv", "--force"), "holds the roster"),
        (("--period", "2026-13"), "'2026-13' is not a period"),
        (("--role", "suport"), "there is no role 'suport'; did you mean 'support'?"),
        (("--roster", "."), "is a directory"),
    ],
)
def test_wrong_use_is_said_and_gives_2(template: Run, args: tuple[str, ...], said: str) -> None:
    done = template(*args)
    assert (2, "") == (done.returncode, done.stdout)
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_a_period_must_be_given(kpicard: Run) -> None:
    done = kpicard("template")
    assert (2, "") == (done.returncode, done.stdout)
    assert "--period" in done.stderr


def test_without_openpyxl_a_workbook_is_refused_with_how_to_get_it(tmp_path: Path) -> None:
    lines = ("import sys", "sys.modules['openpyxl'] = None", "from kpicard.__main__ import main", "main()")
    command = [sys.executable, "-c", "; ".join(lines), "template", "--period", "2026-10", "--output", "a.xlsx"]
    command += ["--roles", str(SHIPPED)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    said = 'Error: a workbook needs openpyxl: pip install "kpicard[excel]"\n'
    assert (2, "", said, False) == (done.returncode, done.stdout, done.stderr, (tmp_path / "a.xlsx").exists())


@pytest.mark.parametrize("command", ["template", "init"])
def test_help_loads_nothing_heavy(process: Run, command: str) -> None:
    """Neither the engine nor what reads workbooks or rules; typer may load pydantic for itself."""
    done = process(command, "--help", env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert 0 == done.returncode
    assert "kpicard.cli.app" in done.stderr
    assert [] == [name for name in ("duckdb", "openpyxl", "kpicard.rules", "yaml") if name in done.stderr]


# The workbook


@pytest.fixture
def sheet(template: Run, tmp_path: Path) -> Worksheet:
    """The wide template of the roster, in Chinese."""
    done = template("--roster", "roster.csv", "--wide", "--lang", "zh", "--output", "wide.xlsx")
    assert (0, "", "已将 3 行的填报模板写入 wide.xlsx\n") == (done.returncode, done.stdout, done.stderr)
    return sheet_of(tmp_path / "wide.xlsx")


def test_texts_of_a_workbook_stay_texts(sheet: Worksheet) -> None:
    """The zeros of an id are kept, a name that begins with `=` is no formula, and a month is no date."""
    cells = [sheet[place] for place in ("A2", "B2", "C3")]
    assert [("2026-10", "s", "@"), ("007", "s", "@"), ("=1+1", "s", "@")] == [
        (cell.value, cell.data_type, cell.number_format) for cell in cells
    ]


def test_cells_to_fill_in_take_plain_numbers(sheet: Worksheet) -> None:
    """They are coloured, and in no format of percent: for 12.5 % one types 12.5."""
    light, grey = sheet["F2"].fill.fgColor.rgb, sheet["H2"].fill.fgColor.rgb
    assert light != grey
    colours = [[sheet.cell(row, column).fill.fgColor.rgb for column in range(6, 10)] for row in (2, 3, 4)]
    assert [[light, light, grey, grey], [grey, grey, light, light], [grey, grey, light, light]] == colours
    assert {"General"} == {sheet.cell(row, column).number_format for row in (2, 3, 4) for column in range(6, 10)}


def test_the_heading_and_who_a_row_is_about_stay_in_sight(sheet: Worksheet) -> None:
    assert ("C2", True) == (sheet.freeze_panes, sheet["A1"].font.b)


def test_each_cell_says_what_belongs_in_it_and_takes_nothing_else(sheet: Worksheet) -> None:
    found = {place: each for each in sheet.data_validations.dataValidation for place in str(each.sqref).split()}
    assert {f"{letter}{row}" for row in (2, 3, 4) for letter in "FGHI"} == set(found)
    quality, empty = found["G2"], found["H2"]
    assert ("服务质量", "单位：%（12.5% 请填 12.5）\n目标值：90") == (quality.promptTitle, quality.prompt)
    assert 'OR(ISNUMBER(G2),G2="",UPPER(TRIM(G2))="N/A",TRIM(G2)="不适用")' == quality.formula1
    assert ("FALSE", "本行的岗位没有该指标。") == (empty.formula1, empty.error)
    assert 'OR(ISNUMBER(I3),I3="",UPPER(TRIM(I3))="N/A",TRIM(I3)="不适用")' == found["I4"].formula1, "from I3 on"
    assert {("stop", True, True)} == {
        (each.errorStyle or "stop", each.showErrorMessage, each.allowBlank) for each in found.values()
    }


def test_a_cell_takes_what_lies_in_the_range_and_says_so(template: Run, tmp_path: Path) -> None:
    """In the prompt, and where something else was typed; a time is never below 0 even where nothing is said."""
    kpi = "  - {{id: {0}, name: {0}, weight: 25, unit: {1}, better: higher, target: 5, range: {2}}}"
    kpis = [
        ("a", "points", "{from: 1, upto: 5}"),
        ("b", "points", "{upto: 12.5}"),
        ("c", "h", "~"),
        ("d", "h", "{from: -30}"),
    ]
    role = "\n".join(["id: one", "title: One", "kpis:", *(kpi.format(*each) for each in kpis)])
    folder = custom_roles(tmp_path / "ranges", one=role)
    heading, *others = rows(template("--lang", "en", roles=folder).stdout)
    column = heading.index("possible")
    assert ["1 to 5", "12.5 or less", "", "-30 or more"] == [row[column] for row in others]
    template("--lang", "zh", "--output", "ranges.xlsx", roles=folder)
    found = {str(each.sqref): each for each in sheet_of(tmp_path / "ranges.xlsx").data_validations.dataValidation}
    numbers = [found[f"H{row}"].formula1.removeprefix("OR(").partition(f',H{row}=""')[0] for row in range(2, 6)]
    expected = ["AND(ISNUMBER(H2),H2>=1,H2<=5)", "AND(ISNUMBER(H3),H3<=12.5)", "AND(ISNUMBER(H4),H4>=0)"]
    assert [*expected, "AND(ISNUMBER(H5),H5>=-30)"] == numbers
    assert "取值范围：1 至 5" in (found["H2"].prompt or "").splitlines()
    said = [(found[f"H{row}"].error or "").splitlines()[0] for row in range(2, 6)]
    assert ["取值范围：1 至 5", "取值范围：不高于 12.5", "取值范围：不低于 0", "取值范围：不低于 -30"] == said


def test_headings_of_kpis_carry_their_definitions(template: Run, tmp_path: Path) -> None:
    """In a comment, for each role that has the KPI; what is beyond the limits of a prompt is whole there."""
    long = "说明" * 200
    role = ROLE.replace("weight", f"definition: {long}, weight", 1)
    one = role.format(id="one", title="甲", one="好" * 40, two="Sales", unit="h")
    two = ROLE.format(id="two", title="乙", one="好" * 40, two="Cost", unit="h")
    folder = custom_roles(tmp_path / "limits", one=one, two=two)
    template("--wide", "--lang", "zh", "--output", "limits.xlsx", roles=folder)
    sheet = sheet_of(tmp_path / "limits.xlsx")
    comment = sheet["D1"].comment
    assert comment
    assert f"甲 · {'好' * 40}\n单位：h\n目标值：5\n{long}\n\n乙 · {'好' * 40}\n单位：h\n目标值：5" == comment.text
    prompts = [each for each in sheet.data_validations.dataValidation if str(each.sqref) == "D2"]
    assert [(32, 255)] == [(len(each.promptTitle or ""), len(each.prompt or "")) for each in prompts]


@pytest.mark.parametrize("wide", [True, False])
def test_a_large_template_stays_within_the_limits_of_a_validation(wide: bool) -> None:
    """Each cell to fill in has just one, and none has more places than an .xls file has room for."""
    rules = library.load(ROLES).rules
    people = choose(rules, None).roster
    assert people
    people = type(people)(people.people * 500)
    make = wide_template if wide else long_template
    sheet = sheet_of(io.BytesIO(xlsx_bytes(make(people, rules, "2026-10", "en"))))
    places = [str(each.sqref).split() for each in sheet.data_validations.dataValidation]
    assert max(map(len, places)) <= 432
    every = [place for each in places for place in each]
    assert (4000 if wide else 2000, len(set(every))) == (len(every), len(every))


def test_numbers_that_a_spreadsheet_would_round_are_texts(tmp_path: Path) -> None:
    """A target of 18 digits is the role's own, to the last one."""
    one = ROLE.format(id="one", title="One", one="Time", two="Sales", unit="h")
    rules = library.load(custom_roles(tmp_path / "digits", one=one)).rules
    people = choose(rules, None).roster
    assert people
    sheet = sheet_of(io.BytesIO(xlsx_bytes(long_template(people, rules, "2026-10", "en"))))
    assert [5, "123456789012.123456"] == [sheet["E2"].value, sheet["E3"].value]


# Filled in


@pytest.mark.parametrize("name", ["long-zh.xlsx", "wide-en.xls"])
def test_what_libreoffice_saved_scores_as_it_was_filled_in(kpicard: Run, name: str) -> None:
    """Both were written for templates/roster.csv, filled in with LibreOffice and saved by it.

    Somebody there is called like a formula, which stays a text and is all that is warned about.
    """
    done = kpicard("score", DATA / "templates" / name, "--roles", ROLES, "--format", "csv")
    figures = [
        (row["employee"], row["kpi"], row["actual"] or row["status"])
        for row in csv.DictReader(io.StringIO(done.stdout))
    ]
    expected = [
        ("A1", "revenue", "12800"),
        ("A1", "refunds", "12.5"),
        ("B2", "revenue", "9075.5"),
        ("B2", "refunds", "not_applicable"),
        ("007", "speed", "28.5"),
        ("007", "quality", "not_applicable"),
        ("A1", "speed", "31"),
        ("A1", "quality", "93.25"),
    ]
    assert (0, expected) == (done.returncode, figures)
    assert ["like-a-formula"] == re.findall(r"\[([a-z-]+)\]$", done.stderr, re.MULTILINE)
    cards = library.score(library.load(ROLES).rules, DATA / "templates" / name).cards
    assert {'=HYPERLINK("x")', "王 芳", "李雷"} == {card.name for card in cards}


@pytest.mark.parametrize(("name", "language"), [("long-zh.xlsx", "zh"), ("wide-en.xls", "en")])
def test_what_libreoffice_saved_is_the_template_that_is_written_today(name: str, language: Language) -> None:
    """But for the cells that were filled in: if this fails, both are to be made anew."""
    rules = library.load(ROLES).rules
    people = choose(rules, Source.of(DATA / "templates" / "roster.csv")).roster
    workbook = read_workbook(DATA / "templates" / name)
    assert people
    assert isinstance(workbook, Workbook)
    made = (long_template if name.startswith("long") else wide_template)(people, rules, "2026-10", language)
    kept = [
        [text for text, cell in zip_longest(texts, cells, fillvalue="") if not isinstance(cell, ToFill)]
        for texts, cells in zip(workbook.sheets[0].rows[1:], made.rows, strict=True)
    ]
    written = [[cell or "" for cell in row if not isinstance(cell, ToFill)] for row in made.rows]
    assert [list(made.headings), *([str(cell) for cell in row] for row in written)] == [
        list(workbook.sheets[0].rows[0]),
        *kept,
    ]


def filled(template: Template, figures: dict[tuple[str, str, str], str]) -> list[tuple[int, int, str]]:
    """Return what is filled in: row and column from 1, and the figure by employee, role and KPI as called there."""
    return [
        (row, column, figures[cells[1] if isinstance(cells[1], str) else "", cell.role, cell.kpi])
        for row, cells in enumerate(template.rows, start=2)
        for column, cell in enumerate(cells, start=1)
        if isinstance(cell, ToFill)
    ]


def save_csv(template: Template, cells: list[tuple[int, int, str]], path: Path) -> Path:
    table = rows(csv_bytes(template).decode())
    for row, column, figure in cells:
        table[row - 1][column - 1] = figure
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(table)
    return path


def save_xlsx(template: Template, cells: list[tuple[int, int, str]], path: Path) -> Path:
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(template)))
    for row, column, figure in cells:
        workbook.worksheets[0].cell(row, column).value = figure if figure == "N/A" else float(figure)
    workbook.save(path)
    return path


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_filled_in_gives_the_cards_of_the_plain_figures(
    tmp_path: Path, language: Language, seed: int
) -> None:
    """For the seven shipped roles, long and wide, as CSV and as a workbook: the same as a long CSV by ids."""
    random = Random(seed)  # noqa: S311 - the same figures each time
    rules = library.load(SHIPPED).rules
    chosen = random.choices(list(rules.roles.values()), k=12)
    roster, plain = ["employee,role"], ["period,employee,role,kpi,actual"]
    figures: dict[str, list[str]] = {}
    for number, role in enumerate(chosen):
        roster.append(f"E{number:02},{role.id}")
        figures[f"E{number:02}"] = [figure(kpi, random) for kpi in role.kpis]
        plain += [
            f"2026-10,E{number:02},{role.id},{kpi.id},{actual}"
            for kpi, actual in zip(role.kpis, figures[f"E{number:02}"], strict=True)
        ]
    (tmp_path / "roster.csv").write_text("\n".join(roster), "utf-8")
    (tmp_path / "plain.csv").write_text("\n".join(plain), "utf-8")
    expected = library.score(rules, tmp_path / "plain.csv")
    people = choose(rules, Source.of(tmp_path / "roster.csv")).roster
    assert people
    assert (12, ()) == (len(expected.cards), expected.problems)
    long = long_template(people, rules, "2026-10", language)
    in_order = iter([actual for actuals in figures.values() for actual in actuals])
    known = {
        (str(row[1]), cell.role, cell.kpi): next(in_order)
        for row in long.rows
        for cell in row
        if isinstance(cell, ToFill)
    }
    for made in (long, wide_template(people, rules, "2026-10", language)):
        cells = filled(made, known)
        for file in (save_csv(made, cells, tmp_path / "a.csv"), save_xlsx(made, cells, tmp_path / "a.xlsx")):
            result = library.score(rules, file)
            assert (expected.cards, ()) == (result.cards, result.problems)


def figure(kpi: library.Kpi, random: Random) -> str:
    """Return a figure in the KPI's range and not far from its target, or N/A."""
    near = round(float(kpi.target or 1) * random.uniform(0.6, 1.6), 4)
    lowest, highest = (None if bound is None else float(bound) for bound in kpi.bounds)
    possible = max(near, lowest) if lowest is not None else near
    possible = min(possible, highest) if highest is not None else possible
    return random.choice(["N/A", *[f"{possible:.4f}"] * 9])
