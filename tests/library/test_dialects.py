"""Tables in eight dialects: the same cards as from a plain file, or a problem at the cell, never another figure."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Final

import pytest

import kpicard
from kpicard.cards.values import DecimalMark

CASES: Final = int(os.environ.get("KPICARD_DIALECTS", "2"))
"""How many random tables of a hundred people there are in each dialect."""

DEPARTMENT: Final = """
title: {en: Shop, zh: 店铺}
grades: [{grade: A, from: 90, coefficient: 1.2}, {grade: C, from: 0, coefficient: 0.5}]
adjustments: [{id: praise, name: {en: Praise, zh: 表扬信}, points_each: 1, at_most: 5}]
"""
ROLE: Final = """
id: sales
title: {en: Sales, zh: 销售}
kpis:
  - {id: revenue, name: {en: Revenue, zh: 销售额}, weight: 40, unit: UNIT, better: higher, target: 20000}
  - {id: rate, name: {en: Conversion rate, zh: 转化率}, weight: 35, unit: "%", better: higher, target: 40}
  - {id: turns, name: {en: Enquiries, zh: 接待量}, weight: 25, unit: {en: times, zh: 次}, better: higher, target: 1500}
"""


@dataclass(frozen=True)
class Dialect:
    """How a country, or a program, writes a table."""

    unit: str
    decimal: DecimalMark
    separator: str
    group: str
    encoding: str
    headings: Sequence[str]
    before: Sequence[str]
    behind: Sequence[str]
    periods: Sequence[str] = ("2026-10",)
    people: str = "E{}"


ENGLISH: Final = ("Month", "Owner", "Position", "Revenue", "Conversion rate %", "Enquiries", "Phone")
CHINESE: Final = ("统计日期", "工号", "岗位", "销售额", "转化率（%）", "接待量/次", "手机号")
DIALECTS: Final[Mapping[str, Dialect]] = {
    "American": Dialect(
        '"$"', ".", ",", ",", "utf-8", ENGLISH, ("$", "USD ", ""), ("", " USD"), ("10/25/2026", "Oct-26")
    ),
    "Chinese": Dialect("元", ".", ",", ",", "gb18030", CHINESE, ("¥", ""), ("元", ""), ("2026年10月", "2026/10/1")),
    "German": Dialect("€", ",", ";", ".", "utf-8-sig", ENGLISH, ("", "EUR "), (" €", ""), ("25.10.2026", "1.10.2026")),
    "French": Dialect("€", ",", ";", "\u202f", "utf-16", ENGLISH, ("",), ("\u00a0€", ""), ("25/10/2026",)),
    "Russian": Dialect("₽", ",", "\t", " ", "utf-8", ENGLISH, ("",), (" ₽", " руб.", ""), ("31.10.2026",)),
    "Swiss": Dialect(
        "CHF", ".", ";", "'", "utf-8", ENGLISH, ("CHF ", "Fr. ", ""), ("", " CHF"), ("2026-10-01~2026-10-31",)
    ),
    "Indian": Dialect("₹", ".", ",", "lakh", "utf-8", ENGLISH, ("₹", "Rs. ", "INR "), ("",), ("October 2026",)),
    "Korean": Dialect("₩", ".", "\t", ",", "utf-16", ENGLISH, ("₩", "KRW "), ("", "원"), ("2026.10.05", "46296")),
}


def written(value: Decimal, dialect: Dialect) -> str:
    """Return a number as the dialect writes it."""
    whole, _, decimals = f"{value:f}".partition(".")
    if dialect.group == "lakh":
        head, tail = whole[:-3], whole[-3:]
        while len(head) > 2:
            head, tail = head[:-2], f"{head[-2:]},{tail}"
        whole = f"{head},{tail}" if head else tail
    else:
        whole = f"{int(whole):,}".replace(",", dialect.group)
    return f"{whole}{dialect.decimal}{decimals}" if decimals else whole


def table(random: Random, dialect: Dialect, figures: Sequence[Sequence[Decimal]]) -> str:
    """Return the figures of some people as a table, with a title, sums and footers here and there."""
    rows = [list(dialect.headings)]
    for number, (revenue, rate, turns) in enumerate(figures):
        amount = written(revenue, dialect)
        amount = f"{random.choice(dialect.before)}{amount}{random.choice(dialect.behind)}"
        percent = written(rate, dialect) + random.choice(("", "%", " %"))
        cells = [amount, percent, written(turns, dialect), "13800000000"]
        rows.append([random.choice(dialect.periods), f"E{number}", "sales", *cells])
    if random.random() < 0.5:
        rows.append(["", random.choice(("Total", "合计", "Grand Total", "本月合计")), "", *rows[-1][3:6], ""])
    if random.random() < 0.5:
        rows.append([random.choice(("Source: ERP", "备注：数据来源ERP")), *[""] * 6])
    if random.random() < 0.3:
        rows.insert(0, ["Sales 2026", *[""] * 6])
    return "".join(dialect.separator.join(quoted(cell, dialect.separator) for cell in row) + "\n" for row in rows)


def quoted(cell: str, separator: str) -> str:
    return f'"{cell}"' if separator in cell else cell


def plain(figures: Sequence[Sequence[Decimal]]) -> str:
    lines = (f"2026-10,E{number},sales,{','.join(map(str, row))}\n" for number, row in enumerate(figures))
    return "period,employee,role,revenue,rate,turns\n" + "".join(lines)


def random_figures(random: Random) -> list[list[Decimal]]:
    """Return some people's revenue, rate and turns: of any number of digits that people have."""
    return [
        [
            Decimal(random.choice((random.randint(1000, 60000), random.randint(100000, 3000000))))
            / random.choice((1, 100)),
            Decimal(random.randint(100, 9999)) / 100,
            Decimal(random.randint(20, 9999)),
        ]
        for _ in range(100)
    ]


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, kpicard.Rules]:
    found = {}
    for name, dialect in DIALECTS.items():
        folder = tmp_path_factory.mktemp(name)
        (folder / "department.yaml").write_text(DEPARTMENT, "utf-8")
        (folder / "sales.yaml").write_text(ROLE.replace("UNIT", dialect.unit), "utf-8")
        found[name], problems = kpicard.load(folder)
        assert [] == [*problems]
    return found


def figures_of(result: kpicard.Scorecards) -> dict[str, tuple[object, ...]]:
    return {card.employee: (card.period, card.total, *(kpi.actual for kpi in card.kpis)) for card in result.cards}


@pytest.mark.parametrize("name", DIALECTS)
def test_a_table_in_any_dialect_has_the_cards_of_a_plain_one(
    tmp_path: Path, rules: Mapping[str, kpicard.Rules], name: str
) -> None:
    """With the decimal mark said all cards are there; without it, those that are have the same figures."""
    random, dialect = Random(name), DIALECTS[name]  # noqa: S311 - the same tables each time
    for _ in range(CASES):
        figures = random_figures(random)
        (tmp_path / "plain.csv").write_text(plain(figures), "utf-8")
        (tmp_path / "a.csv").write_bytes((text := table(random, dialect, figures)).encode(dialect.encoding))
        expected = figures_of(kpicard.score(rules[name], tmp_path / "plain.csv", missing="zero"))
        said = kpicard.score(rules[name], tmp_path / "a.csv", missing="zero", decimal=dialect.decimal)
        assert expected == figures_of(said), text
        unsaid = kpicard.score(rules[name], tmp_path / "a.csv", missing="zero")
        found = figures_of(unsaid)
        assert {employee: expected[employee] for employee in found} == found, text
        places = {problem.line for problem in unsaid.problems if problem.severity == "error"}
        assert len(expected) - len(found) <= len(places), text
