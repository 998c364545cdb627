"""The columns about a card as a whole: bonus base, days and share, in the files as people have them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kpicard
from kpicard.actuals.header_vocabulary import column_of
from kpicard.actuals.readers import read_number
from kpicard.numbers import exact_product, from_millionths

HERE = Path(__file__).parents[1]
ROLES = HERE / "cases" / "actuals" / "several-roles" / "roles"
BOTH = ("speed", "care")


def score(*files: Path, employees: str | tuple[str, ...] = ()) -> kpicard.Scorecards:
    return kpicard.score(kpicard.load(ROLES).rules, files, employees=employees)


def write(folder: Path, text: str, name: str = "a.csv") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        *((word, "base") for word in ("base", "Bonus base", "base_pay", "奖金基数", "绩效基数", "绩效奖金基数")),
        *((word, "base") for word in ("绩效工资基数", "绩效工资", "奖金基数（元）", "base (CNY)", "奖金基数*")),
        *((word, "days") for word in ("days", "在岗天数", "任职天数", "天数", "在岗天数（天）", "Days (days)")),
        *((word, "share") for word in ("share", "任职占比", "岗位占比", "占比", "任职占比（%）", "share (%)")),
        *((word, None) for word in ("奖金基数（万元）", "base (USD)", "在岗天数（小时）", "任职占比（‰）")),
    ],
)
def test_headings_of_the_numbers(heading: str, column: str | None) -> None:
    """By their usual words and with their own unit in brackets; with another unit it is not taken for the column."""
    assert column == column_of(heading)


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("base", "8,000", "8000"),
        ("base", "¥8,000.5", "8000.5"),
        ("base", "0.8万", "8000"),
        ("base", "８０００元", "8000"),
        ("base", "0", "0"),
        ("base", "-1", None),
        ("base", "8000美元", None),
        ("base", "8,00", None),
        ("days", "15", "15"),
        ("days", "15天", "15"),
        ("days", "10.5", "10.5"),
        ("days", "0", "0"),
        ("days", "31", "31"),
        ("days", "31.000001", None),
        ("days", "-1", None),
        ("share", "50%", "50"),
        ("share", "50", "50"),
        ("share", "0.5", "50"),
        ("share", "0.5%", "0.5"),
        ("share", "1", "100"),
        ("share", "100%", "100"),
        ("share", "100.000001%", None),
        ("share", "0", None),
        ("share", "-0.5", None),
        ("share", "half", None),
    ],
)
def test_numbers_are_read_as_people_write_them(column: str, text: str, value: str | None) -> None:
    """Amounts with marks and units; below and beyond what such a number can be there is none."""
    assert (None if value is None else Decimal(value)) == read_number(column, text).value


def test_a_card_has_the_numbers_of_whichever_of_its_rows_gives_them(tmp_path: Path) -> None:
    """A long file may give a number in one row of a card and leave the others empty; two files come together."""
    heading = "period,employee,role,kpi,actual,base,days,share,name"
    a = write(tmp_path, f"{heading}\n2026-10,E1,support,speed,10,,,,Lin\n2026-10,E1,support,care,10,0.8万,,,\n")
    rest = "employee,role,kpi,actual,在岗天数\nE2,support,speed,10,7\nE2,support,care,10,7.0\n"
    b = write(tmp_path, rest, "2026-10.csv")
    result = score(a, b)
    assert () == result.problems
    assert [
        ("E1", Decimal(8000), None, None, Decimal(9600)),
        ("E2", None, Decimal(7), None, None),
    ] == [(card.employee, card.base, card.days, card.share, card.bonus) for card in result.cards]


def test_a_wide_workbook_gives_them_as_well(tmp_path: Path) -> None:
    """In Excel, numbers and percentages with their formats, and headings in Chinese."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["考核周期", "工号", "岗位", "奖金基数", "任职占比", "speed", "care"])
    sheet.append(["2026-10", "E1", "客服", 8000.25, 0.5, 10, 10])
    sheet.append(["2026-10", "E2", "客服", "8,000元", "50%", 10, 10])
    sheet["D2"].number_format = "#,##0.00"
    sheet["E2"].number_format = "0%"
    book.save(tmp_path / "a.xlsx")
    result = score(tmp_path / "a.xlsx")
    assert () == result.problems
    assert [(Decimal("8000.25"), Decimal(50), Decimal("4800.15")), (Decimal(8000), Decimal(50), Decimal(4800))] == [
        (card.base, card.share, card.bonus) for card in result.cards
    ]


def test_a_number_that_is_not_understood_withholds_just_its_card(tmp_path: Path) -> None:
    """And the problem is at its cell, once for a card whose rows repeat it."""
    rows = "".join(
        f"2026-10,{who},support,{kpi},10,{base}\n" for who, base in (("E1", "x"), ("E2", "5")) for kpi in BOTH
    )
    result = score(write(tmp_path, f"period,employee,role,kpi,actual,base\n{rows}"))
    assert ["E2"] == [card.employee for card in result.cards]
    assert ["a.csv:2:29"] == [problem.place.rpartition("/")[2] for problem in result.problems]
    assert 1 == result.withheld


def test_without_such_columns_a_card_has_no_such_numbers(tmp_path: Path) -> None:
    """And no bonus."""
    rows = "".join(f"2026-10,E1,support,{kpi},10\n" for kpi in BOTH)
    (card,) = score(write(tmp_path, f"period,employee,role,kpi,actual\n{rows}")).cards
    assert (None, None, None, None) == (card.base, card.days, card.share, card.bonus)


def test_a_base_is_not_looked_at_where_its_card_is_not_chosen(tmp_path: Path) -> None:
    """Whoever scores one employee does not read of the others' bases."""
    rows = "".join(
        f"2026-10,{who},support,{kpi},10,{base}\n" for who, base in (("E1", "x"), ("E2", "5")) for kpi in BOTH
    )
    result = score(write(tmp_path, f"period,employee,role,kpi,actual,base\n{rows}"), employees="E2")
    assert () == result.problems


@given(st.integers(0, 10**18 - 1), st.integers(0, 10**7))
def test_a_bonus_is_the_exact_product(base: int, coefficient: int) -> None:
    """To the last digit, whatever the lengths: of millionths by millionths."""
    product = exact_product(from_millionths(base), from_millionths(coefficient))
    assert Fraction(base * coefficient, 10**12) == Fraction(product)
