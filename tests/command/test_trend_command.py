"""`kpicard trend`: people over months and KPIs over months, for people and for programs."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

Run = Callable[..., subprocess.CompletedProcess[str]]
Golden = Callable[[str, str], None]

EXAMPLES = Path(__file__).parents[2] / "examples"
DEPARTMENT = """\
title: Shop
grades:
  - {grade: A, from: 95, coefficient: 1.2}
  - {grade: B, from: 80, coefficient: 1.0}
  - {grade: C, from: 0, coefficient: 0.5}
"""
CLERK = """\
id: clerk
title: {en: Clerk, zh: 文员}
kpis:
  - {id: speed, name: {en: Response speed, zh: 响应速度}, weight: 40, unit: s, better: lower, target: 30}
  - {id: quality, name: {en: Quality, zh: 服务质量}, weight: 60, unit: "%", better: higher, target: 90}
adjustments:
  - {id: complaints, name: {en: Complaints, zh: 客诉}, points_each: -1, at_least: -10, unit: {en: times, zh: 次}}
"""
SELLER = """\
id: seller
title: {en: Sales agent, zh: 销售专员}
kpis:
  - {id: revenue, name: {en: Revenue, zh: 销售额}, weight: 100, unit: {en: CNY, zh: 元}, better: higher, target: 1000}
"""
HEADING = "employee,name,role,speed,quality,complaints,revenue\n"
MONTHS = {
    "2026-07": """\
E1,陈思琪,clerk,33,92,1,
E2,Ann Lee,clerk,24,80.5,,
E3,赵一鸣,clerk,30,90,,
E5,李强,clerk,20,72,,
E5,李强,seller,,,,870
""",
    "2026-08": """\
E1,陈思琪,clerk,N/A,93,,
E2,Ann Lee,clerk,24,81,,
E3,赵一鸣,clerk,,90,,
E5,李强,clerk,20,73,,
E5,李强,seller,,,,1100
""",
    "2026-09": """\
E1,陈思琪,clerk,27,93,2,
E3,赵一鸣,clerk,40,60,,
E4,New,clerk,N/A,N/A,,
E5,李强,seller,,,,950
""",
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Three months: a KPI that does not apply, a card that is withheld, people who come and go, one with two roles."""
    roles, actuals = tmp_path / "roles", tmp_path / "actuals"
    roles.mkdir()
    actuals.mkdir()
    for name, text in {"department": DEPARTMENT, "clerk": CLERK, "seller": SELLER}.items():
        (roles / f"{name}.yaml").write_text(text, encoding="utf-8")
    for month, rows in MONTHS.items():
        (actuals / f"{month}.csv").write_text(HEADING + rows, encoding="utf-8")
    return tmp_path


def found(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    values = json.loads(done.stdout, parse_float=Decimal, parse_int=Decimal)
    assert "kpicard.trend/1" == values["format"]
    assert isinstance(values, dict)
    return values


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("format_", ["terminal", "markdown", "json", "csv"])
def test_the_report_reads_as_in_the_golden_file(
    kpicard: Run, golden: Golden, shop: Path, format_: str, lang: str
) -> None:
    """Everybody, in both languages; who was withheld is said on standard error and below the tables."""
    done = kpicard("trend", "actuals", "--format", format_, "--lang", lang, cwd=shop)
    suffix = {"terminal": "txt", "markdown": "md", "json": "json", "csv": "csv"}[format_]
    golden(f"trend/trend.{lang}.{suffix}", re.sub(r'"rules": "[0-9a-f]{16}"', '"rules": "…"', done.stdout))
    assert 1 == done.returncode
    assert "E3" in done.stderr


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("only", ["--employee=E1", "--employee=E5", "--kpi=speed"])
def test_one_person_and_one_kpi_read_as_in_the_golden_files(
    kpicard: Run, golden: Golden, shop: Path, only: str, lang: str
) -> None:
    """A person, KPI by KPI, with the actuals; a KPI, person by person."""
    for format_, suffix in {"terminal": "txt", "markdown": "md"}.items():
        done = kpicard("trend", "actuals", only, "--format", format_, "--lang", lang, cwd=shop)
        golden(f"trend/{only.partition('=')[2]}.{lang}.{suffix}", done.stdout)


def test_every_figure_is_that_of_the_cards(kpicard: Run) -> None:
    """JSON has the same actuals, scores, points, totals and grades as `kpicard score`, and each change adds up."""
    files = sorted(EXAMPLES.glob("*.csv"))
    cards = json.loads(kpicard("score", *files, "--format", "json").stdout, parse_float=Decimal)["cards"]
    values = found(kpicard("trend", *files, "--format", "json"))
    assert 3 == len(values["periods"])
    shown: dict[tuple[str, str, str], dict[str, Any]] = {}
    for person in values["people"]:
        for index, period in enumerate(person["periods"]):
            kpis = {kpi["kpi"]: kpi["periods"][index] for kpi in person["kpis"]}
            shown[period["period"], person["role"], person["employee"]] = {**period, "kpis": kpis}
    assert {(card["period"], card["role"], card["employee"]) for card in cards} == set(shown)
    for card in cards:
        of_card = shown[card["period"], card["role"], card["employee"]]
        assert [card[key] for key in ("total", "grade", "rules")] == [
            of_card[key] for key in ("total", "grade", "rules")
        ]
        for kpi in card["kpis"]:
            keys = ("actual", "target", "attainment", "score", "effective_weight", "points", "status")
            assert [kpi[key] for key in keys] == [of_card["kpis"][kpi["kpi"]][key] for key in keys]
    for person in values["people"]:
        for before, after in zip(person["periods"], person["periods"][1:], strict=False):
            assert after["change"] == after["total"] - before["total"]


def test_means_are_exact_and_count_only_who_has_a_figure(kpicard: Run) -> None:
    """Rounded half away from zero to two decimals, from the figures as printed."""
    values = found(kpicard("trend", *sorted(EXAMPLES.glob("*.csv")), "--format", "json"))
    for role in values["roles"]:
        people = [person for person in values["people"] if person["role"] == role["role"]]
        for index, of_role in enumerate(role["periods"]):
            totals = [each["periods"][index]["total"] for each in people]
            assert (len(totals), mean(totals)) == (of_role["people"], of_role["mean_total"])
            for kpi in role["kpis"]:
                lines = [each for person in people for each in person["kpis"] if each["kpi"] == kpi["kpi"]]
                scores = [line["periods"][index]["score"] for line in lines]
                known = [score for score in scores if score is not None]
                of_kpi = kpi["periods"][index]
                assert (len(known), mean(known)) == (of_kpi["people"], of_kpi["mean_score"])


def mean(figures: list[Decimal]) -> Decimal:
    """The mean of figures of two decimals, by whole numbers."""
    exact = sum(map(Fraction, figures), Fraction(0)) / len(figures) * 1000
    thousandths = Decimal(exact.numerator // exact.denominator) / 1000  # never below 0 here
    return thousandths.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_csv_has_the_rows_of_the_cards_and_what_changed(kpicard: Run, shop: Path) -> None:
    """The same columns, and two more; the same rows, by person."""
    scores = rows(kpicard("score", "actuals", "--format", "csv", cwd=shop))
    trend = rows(kpicard("trend", "actuals", "--format", "csv", cwd=shop))
    changes = [(row.pop("score_change"), row.pop("total_change")) for row in trend]
    assert sorted(scores, key=lambda row: (row["role"], row["employee"], row["period"])) == trend
    assert ("", "") == changes[0]
    assert any(score and total for score, total in changes)


def rows(done: subprocess.CompletedProcess[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_a_period_without_a_card_is_never_a_zero(kpicard: Run, shop: Path) -> None:
    """JSON says what it is: withheld, not assessed, or no card; the change is against the card before."""
    people = {
        (each["employee"], each["role"]): each
        for each in found(kpicard("trend", "actuals", "--format", "json", cwd=shop))["people"]
    }
    states = {who: [each["card"] for each in person["periods"]] for who, person in people.items()}
    assert {
        ("E1", "clerk"): ["scored", "scored", "scored"],
        ("E2", "clerk"): ["scored", "scored", None],
        ("E3", "clerk"): ["scored", "withheld", "scored"],
        ("E4", "clerk"): [None, None, "not_assessed"],
        ("E5", "clerk"): ["scored", "scored", None],
        ("E5", "seller"): ["scored", "scored", "scored"],
    } == states
    first, gap, last = people["E3", "clerk"]["periods"]
    assert (None, None) == (gap["total"], gap["change"])
    assert last["change"] == last["total"] - first["total"]


def test_months_of_which_every_card_is_withheld_are_shown(kpicard: Run, shop: Path) -> None:
    """A gap for everybody is a column too."""
    (shop / "actuals" / "2026-09.csv").write_text(HEADING + "E1,陈思琪,clerk,27,,,\n", encoding="utf-8")
    done = kpicard("trend", "actuals", "--employee", "E1", cwd=shop)
    assert 1 == done.returncode
    assert re.search(r"2026-07 +2026-08 +2026-09", done.stdout)
    assert "Withheld, and therefore gaps: 陈思琪 (E1) 2026-09." in done.stdout


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", [56, 100])
@pytest.mark.parametrize("only", [[], ["--employee", "E017"], ["--kpi", "response-time"]])
def test_no_line_is_wider_than_the_terminal(kpicard: Run, only: list[str], columns: int, lang: str) -> None:
    """A Chinese character takes two columns; figures are never cut, and the last period is always there."""
    files = sorted(EXAMPLES.glob("*.csv"))
    done = kpicard("trend", *files, *only, "--lang", lang, env={"COLUMNS": str(columns)})
    assert columns >= max(map(cell_len, done.stdout.splitlines()))
    assert "…" not in done.stdout
    assert "93.13" in done.stdout or "--kpi" in only
    assert "102.00" in done.stdout or not only


def test_many_months_fold_into_a_sparkline(kpicard: Run, shop: Path) -> None:
    """A narrow terminal has the last months and says so; Markdown has them all."""
    for number in range(36):
        month = f"{2023 + number // 12}-{number % 12 + 1:02}"
        (shop / "actuals" / f"{month}.csv").write_text(HEADING + f"E1,陈思琪,clerk,30,{60 + number},,\n", "utf-8")
    done = kpicard("trend", "actuals", "--employee", "E1", "--period", "2025-12", cwd=shop)
    (last,) = re.findall(r"Total +(\S+)", done.stdout)
    narrow = kpicard("trend", "actuals", "--employee", "E1", cwd=shop, env={"COLUMNS": "60"})
    assert "No room for all 39 periods: figures of the last" in " ".join(narrow.stdout.split())
    assert 60 >= max(map(cell_len, narrow.stdout.splitlines()))
    assert last not in narrow.stdout
    whole = kpicard("trend", "actuals", "--employee", "E1", "--format", "markdown", cwd=shop)
    assert last in whole.stdout
    assert 39 == len(re.findall(r"\| 20\d\d-\d\d", whole.stdout))


def test_kpis_are_chosen_by_id_or_name(kpicard: Run, shop: Path) -> None:
    """In either language; a name that is none says which was meant, and is a wrong use."""
    by_id, *others = (
        kpicard("trend", "actuals", "--kpi", name, cwd=shop).stdout for name in ("speed", "响应速度", "Response speed")
    )
    assert [by_id, by_id] == others
    wrong = kpicard("trend", "actuals", "--kpi", "sped", cwd=shop)
    assert (2, "") == (wrong.returncode, wrong.stdout)
    assert "there is no KPI 'sped'; did you mean 'speed'?" in wrong.stderr
    chinese = kpicard("trend", "actuals", "--kpi", "响应", "--lang", "zh", cwd=shop)
    assert "没有考核指标“响应”" in chinese.stderr


def test_a_kpi_that_no_card_has_is_said(kpicard: Run, shop: Path) -> None:
    """An empty report is never a silent one."""
    done = kpicard("trend", "actuals", "--kpi", "revenue", "--role", "clerk", cwd=shop)
    assert 1 == done.returncode
    assert "none of the cards has the KPI revenue" in done.stderr


def test_one_period_is_a_trend_of_one(kpicard: Run) -> None:
    """Nothing to compare with is said, and is no error."""
    done = kpicard("trend", EXAMPLES / "2026-10.csv", "--employee", "E017")
    assert (0, "") == (done.returncode, done.stderr)
    assert "There is only one period" in done.stdout


def test_quarters_have_a_trend_too(kpicard: Run, shop: Path) -> None:
    """Cards made from totals have no KPIs, and their totals stand in order."""
    (shop / "actuals" / "2026-10.csv").write_text(HEADING + "E1,陈思琪,clerk,27,90,,\n", encoding="utf-8")
    done = kpicard("trend", "actuals", "--by", "quarter", "--employee", "E1", "--format", "json", cwd=shop)
    (person,) = found(done)["people"]
    assert ["2026-Q3", "2026-Q4"] == [each["period"] for each in person["periods"]]
    assert [] == person["kpis"]
    text = kpicard("trend", "actuals", "--by", "quarter", "--format", "csv", "--employee", "E1", cwd=shop)
    assert 2 == len(rows(text))


def test_a_name_is_only_a_text(kpicard: Run, shop: Path) -> None:
    """It makes no cell, no markup and no line, and commands no terminal."""
    names = ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "[red]x", "| a | b |", "\x1b[31mred", "a\nb"]
    for month in MONTHS:
        with (shop / "actuals" / f"{month}.csv").open("w", encoding="utf-8", newline="") as stream:
            people = [(f"N{number}", name, "clerk", "30", "90", "", "") for number, name in enumerate(names)]
            csv.writer(stream).writerows([HEADING.strip().split(","), *people])
    for only in ([], ["--employee", "N4"], ["--kpi", "speed"]):
        for format_ in ("terminal", "markdown"):
            done = kpicard("trend", "actuals", *only, "--format", format_, cwd=shop)
            assert done.returncode == 0
            assert ("like-a-formula" in done.stderr) == ("N4" not in only)
            assert "\x1b" not in done.stdout + done.stderr
            assert r"\x1b[31mred" in done.stdout.replace("\\\\", "\\").replace("\\[", "[")
    markdown = kpicard("trend", "actuals", "--format", "markdown", cwd=shop).stdout
    assert "<script>" not in markdown
    lines = [line for line in markdown.splitlines() if re.match(r"\| .*\(N\d\)", line)]
    assert [6] * len(names) == [len(re.findall(r"(?<!\\)\|", line)) - 2 for line in lines]
    shown = kpicard("trend", "actuals", cwd=shop).stdout
    assert "[red]x (N2)" in shown
    assert r"a\nb (N5)" in shown


def test_it_goes_to_a_file(kpicard: Run, tmp_path: Path) -> None:
    """By its ending, as the scorecards do."""
    files = sorted(EXAMPLES.glob("*.csv"))
    for suffix, format_ in {".md": "markdown", ".json": "json", ".csv": "csv", ".txt": "terminal"}.items():
        done = kpicard(
            "trend", *files, "--roles", EXAMPLES.parent / "roles", "--output", f"trend{suffix}", cwd=tmp_path
        )
        said = f"Wrote the report to trend{suffix}\n"
        assert (0, "", said) == (done.returncode, done.stdout, done.stderr)
        expected = kpicard("trend", *files, "--format", format_).stdout
        assert expected == (tmp_path / f"trend{suffix}").read_text("utf-8")
