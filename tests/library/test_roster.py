"""The roster: the truth about people, beside files of actuals."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, TypeAlias

import pytest

import kpicard
from kpicard.cards.scorecards import Scorecards
from kpicard.cards.values import Card
from kpicard.messages import codes_of
from kpicard.problems import Problem

Run: TypeAlias = Callable[..., CompletedProcess[str]]

ROLE = """\
id: {id}
title: {title}
kpis:
  - {{id: sales, name: Sales, weight: 60, unit: yuan, better: higher, target: 100, definition: d, source: s}}
  - {{id: time, name: Time, weight: 40, unit: s, better: lower, target: 30, definition: d, source: s}}
"""
DEPARTMENT = """\
title: Shop
grades:
  - {grade: A, from: 100, coefficient: 1.2}
  - {grade: B, from: 0, coefficient: 1}
"""
HEAD = "employee,name,role,team,manager,base,share,from,until,Sales target\n"
MONTH = "period,employee,sales,time\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Two roles alike."""
    (tmp_path / "roles").mkdir()
    (tmp_path / "roles" / "department.yaml").write_text(DEPARTMENT)
    for id_ in ("seller", "buyer"):
        (tmp_path / "roles" / f"{id_}.yaml").write_text(ROLE.format(id=id_, title=id_.title()))
    return tmp_path


def scored(shop: Path, roster: str, actuals: str, **options: Any) -> Scorecards:
    """Score a month with a roster."""
    (shop / "roster.csv").write_text(roster, "utf-8")
    (shop / "month.csv").write_text(actuals, "utf-8")
    rules = kpicard.load(shop / "roles").rules
    return kpicard.score(rules, shop / "month.csv", roster=shop / "roster.csv", **options)


def said(problems: tuple[Problem, ...]) -> list[str]:
    """Return the problems as file, line, column and code."""
    return [f"{Path(each.path).name}:{each.line}:{each.column} {each.code}" for each in problems]


def only(result: Scorecards) -> Card:
    """Return the one card, of a run without problems."""
    assert () == result.problems
    (card,) = result.cards
    return card


def test_the_roster_says_what_actuals_leave_out(shop: Path) -> None:
    """Name, role, team, manager, base and share come from it, and a personal target counts."""
    card = only(scored(shop, HEAD + "E1,Ann,Seller,East,Mo,5000,50%,,,125\n", MONTH + "2026-10,E1,100,30\n"))
    assert ("Ann", "East", "Mo", Decimal(5000), Decimal(50)) == (
        card.name,
        card.team,
        card.manager,
        card.base,
        card.share,
    )
    assert [(Decimal(125), Decimal("80.00")), (Decimal(30), Decimal("100.00"))] == [
        (each.target, each.score) for each in card.kpis
    ]


def test_targets_are_the_rows_else_the_rosters_else_the_kpis(shop: Path) -> None:
    """A target in a row comes before the roster's; where a person has none, the KPI's counts."""
    roster = HEAD + "E1,,seller,,,,,,,125\nE2,,seller,,,,,,,\n"
    month = "period,employee,kpi,actual,target\n" + "".join(
        f"2026-10,{who},{kpi},{actual},{target}\n"
        for who, target in (("E1", "200"), ("E2", ""))
        for kpi, actual, target in (("sales", 100, target), ("time", 30, ""))
    )
    result = scored(shop, roster, month)
    assert [Decimal(200), Decimal(100)] == [card.kpis[0].target for card in result.cards]
    long = MONTH.replace("sales,time", "kpi,actual") + "2026-10,E1,time,30\n"
    (card,) = scored(shop, roster.replace("E2,,seller,,,,,,,\n", ""), long, missing="zero").cards
    assert (Decimal(125), "not_reported") == (card.kpis[0].target, card.kpis[0].status)


def test_a_role_holds_from_its_first_to_its_last_month(shop: Path) -> None:
    """Any day in a month counts; who changes the role has the one of the month."""
    roster = HEAD + "E1,,seller,,,,,,2026-09-30,\nE1,,buyer,,,,,2026/10/1,2026-11,50\n"
    month = MONTH + "".join(f"2026-{number:02},E1,100,30\n" for number in (8, 9, 10, 11, 12))
    result = scored(shop, roster, month)
    assert [("2026-08", "seller"), ("2026-09", "seller"), ("2026-10", "buyer"), ("2026-11", "buyer")] == [
        (card.period, card.role.id) for card in result.cards
    ]
    assert ["month.csv:6:9 not-on-roster-then"] == said(result.problems)


ROSTER = HEAD + "E17,Ann,seller,East,Mo,5000,,,,\nE18,Ben,seller,East,Mo,,,2026-01,2026-06,\n"

WRONG = {
    "somebody who is not on it": (ROSTER, MONTH + "2026-10,E77,90,30\n", "month.csv:2:9 not-on-roster"),
    "a month in which somebody is not there": (
        ROSTER,
        MONTH + "2026-10,E18,90,30\n",
        "month.csv:2:9 not-on-roster-then",
    ),
    "another role": (
        ROSTER,
        "period,employee,role,sales,time\n2026-10,E17,buyer,1,1\n",
        "month.csv:2:13 other-role-on-roster",
    ),
    "another name": (
        ROSTER,
        "period,employee,name,sales,time\n2026-10,E17,Zoe,1,1\n",
        "month.csv:2:13 differs-from-roster",
    ),
    "another team": (
        ROSTER,
        "period,employee,team,sales,time\n2026-10,E17,West,1,1\n",
        "month.csv:2:13 differs-from-roster",
    ),
    "several roles at a time, and none said": (
        ROSTER + "E17,,buyer,,,,,,,\n",
        MONTH + "2026-10,E17,90,30\n",
        "month.csv:2:9 several-roles",
    ),
    "a role twice at a time": (
        ROSTER + "E17,,seller,,,,,2026-05,,\n",
        MONTH + "2026-10,E17,90,30\n",
        "roster.csv:4:1 doubled-person",
    ),
    "an end before the beginning": (
        HEAD + "E17,,seller,,,,,2026-05,2026-04,\n",
        MONTH + "2026-10,E17,90,30\n",
        "roster.csv:2:25 until-before-from",
    ),
    "a month that is none": (
        HEAD + "E17,,seller,,,,,May,,\n",
        MONTH + "2026-10,E17,90,30\n",
        "roster.csv:2:17 bad-period",
    ),
    "a base that is none": (
        HEAD + "E17,,seller,,,lots,,,,\n",
        MONTH + "2026-10,E17,90,30\n",
        "roster.csv:2:15 bad-base",
    ),
    "a share that is none": (
        HEAD + "E17,,seller,,,,200%,,,\n",
        MONTH + "2026-10,E17,90,30\n",
        "roster.csv:2:16 bad-share",
    ),
    "a target that is none": (
        HEAD + "E17,,seller,,,,,,,high\n",
        MONTH + "2026-10,E17,90,30\n",
        "roster.csv:2:19 bad-target-value",
    ),
    "a target of nothing": (
        HEAD + "E17,,seller,,,,,,,0\n",
        MONTH + "2026-10,E17,90,30\n",
        "roster.csv:2:19 bad-target",
    ),
    "a role that there is not": (
        HEAD + "E17,,seler,,,,,,,\n",
        MONTH + "2026-10,E17,90,30\n",
        "roster.csv:2:6 unknown-role",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_go_together_withholds_the_card(shop: Path, name: str) -> None:
    """It is said at its cell, once, and nobody else is touched."""
    roster, month, problem = WRONG[name]
    result = scored(shop, roster + "E1,,seller,,,,,,,\n", month.rstrip("\n") + "\n" + _other(month))
    assert [problem] == [each for each in said(result.problems) if not each.endswith(("no-figures", "slip"))]
    assert ["E1"] == [card.employee for card in result.cards]


def _other(month: str) -> str:
    columns = month.partition("\n")[0].split(",")
    return ",".join(
        {"period": "2026-10", "employee": "E1", "sales": "5", "time": "5"}.get(each, "") for each in columns
    )


def test_a_base_or_a_share_that_differs_is_said_and_the_rows_wins(shop: Path) -> None:
    """It holds nothing back."""
    month = "period,employee,base,share,sales,time\n2026-10,E17,6000,50%,100,30\n"
    result = scored(shop, HEAD + "E17,,seller,,,5000,100%,,,\n", month)
    assert ["month.csv:2:13 number-not-on-roster", "month.csv:2:18 number-not-on-roster"] == said(result.problems)
    assert (Decimal(6000), Decimal(50)) == (result.cards[0].base, result.cards[0].share)


def test_who_has_no_figures_at_all_is_reported(shop: Path) -> None:
    """For the months of the actuals in which somebody is there; of a choice, for those who were chosen."""
    roster = HEAD + "E1,,seller,,,,,,,\nE2,,seller,,,,,2026-11,,\nE3,,seller,,,,,,2026-10,\n"
    month = MONTH + "2026-10,E1,90,30\n2026-11,E1,90,30\n"
    result = scored(shop, roster, month)
    assert ["roster.csv:3:1 no-figures", "roster.csv:4:1 no-figures"] == said(result.problems)
    assert [("2026-11",), ("2026-10",)] == [each.values["periods"] for each in result.problems]
    assert () == scored(shop, roster, month, employees="E1").problems


def test_the_nearest_id_is_named_and_an_id_for_a_name(shop: Path) -> None:
    """None is guessed."""
    hints = [
        each.hint
        for each in scored(shop, ROSTER, MONTH + "2026-10,E71,90,30\n2026-10,Ann,90,30\n").problems
        if each.code == "not-on-roster"
    ]
    assert ["is E18 meant? Otherwise add E71 to the roster", "is E17 meant? Otherwise add Ann to the roster"] == hints


def test_two_people_of_one_name_are_two(shop: Path) -> None:
    """Whoever calls them by their name is asked which."""
    roster = HEAD + "E1,Ann,seller,,,,,,,\nE2,Ann,buyer,,,,,,,\n"
    result = scored(shop, roster, MONTH + "2026-10,E1,90,30\n2026-10,E2,90,30\n2026-10,Ann,90,30\n")
    assert ["month.csv:4:9 not-on-roster"] == said(result.problems)
    assert [("E2", "buyer"), ("E1", "seller")] == [(card.employee, card.role.id) for card in result.cards]


def test_a_roster_that_cannot_be_read_scores_nobody(shop: Path) -> None:
    """Without it nobody knows who has which role."""
    result = scored(shop, "name\nAnn\n", MONTH + "2026-10,E1,90,30\n")
    assert (0, ["roster.csv:1:1 missing-roster-column"]) == (result.count, said(result.problems))


def test_every_problem_of_rosters_has_its_test() -> None:
    """A new one comes with a test."""
    tested = {problem.split()[1] for _, _, problem in WRONG.values()}
    elsewhere = {"number-not-on-roster", "no-figures", "nobody-then", "not-computed"}
    assert set() == codes_of("roster") - tested - elsewhere


@pytest.mark.parametrize("seed", range(3))
def test_a_roster_gives_the_cards_that_full_files_give(shop: Path, seed: int) -> None:
    """Of 40 people with targets and changing roles, against rational numbers."""
    chance = random.Random(seed)  # noqa: S311 - a test
    roster, month, expected = HEAD, MONTH, {}
    for number in range(40):
        who, change = f"E{number:02}", chance.choice(("2026-09", "2026-10", "2026-11"))
        targets = [chance.choice(("", str(chance.randint(50, 200)))) for _ in range(2)]
        roster += f"{who},,seller,,,,,,{change},{targets[0]}\n"
        start = f"{change[:5]}{int(change[5:]) + 1:02}"
        roster += f"{who},,buyer,,,,,{start},,{targets[1]}\n"
        for period in ("2026-09", "2026-10", "2026-11", "2026-12"):
            sales, time = chance.randint(1, 250), chance.randint(1, 60)
            month += f"{period},{who},{sales},{time}\n"
            own = targets[0] if period <= change else targets[1]
            first = min(Fraction(120), _round(Fraction(100 * sales, int(own or 100))))
            second = min(Fraction(120), max(Fraction(0), 200 - _round(Fraction(100 * time, 30))))
            role = "seller" if period <= change else "buyer"
            expected[period, who] = role, _round(first * Fraction(60, 100) + second * Fraction(40, 100))
    found = {
        (card.period, card.employee): (card.role.id, Fraction(card.total or 0))
        for card in scored(shop, roster, month).cards
    }
    assert expected == found


def _round(value: Fraction) -> Fraction:
    whole, rest = divmod(value * 100, 1)
    return Fraction(whole + (rest >= Fraction(1, 2)), 100)


def test_the_summary_shows_the_people_of_each_manager(kpicard: Run, shop: Path) -> None:
    """And names those who lie far from the mean."""
    people = [
        ("Mo", 100),
        ("Mo", 101),
        ("Mo", 99),
        ("Li", 100),
        ("Li", 98),
        ("Li", 102),
        ("Xu", 40),
        ("Xu", 42),
        ("Xu", 41),
    ]
    roster = HEAD + "".join(f"E{number},,seller,,{manager},,,,,\n" for number, (manager, _) in enumerate(people))
    (shop / "roster.csv").write_text(roster)
    rows = "".join(f"2026-10,E{number},{sales},30\n" for number, (_, sales) in enumerate(people))
    (shop / "month.csv").write_text(MONTH + rows)
    done = kpicard("summary", "month.csv", "--roster", "roster.csv", "--roles", "roles", "--lang", "en", cwd=shop)
    assert (0, "") == (done.returncode, done.stderr)
    assert "Xu's people" in done.stdout
    assert (
        "Means that lie further from the mean of all than the standard deviation, 16.70: Xu's people 23.60 below."
        in " ".join(done.stdout.split())
    )


def test_a_template_asks_for_those_who_are_there_with_their_targets(kpicard: Run, shop: Path) -> None:
    """In a month without anybody there is nothing to fill in."""
    (shop / "roster.csv").write_text(HEAD + "E1,Ann,seller,,,,,2026-10,,125\nE2,Ben,seller,,,,,,2026-09,\n")
    words = ("template", "--roster", "roster.csv", "--roles", "roles", "--period")
    done = kpicard(*words, "2026-10", cwd=shop)
    assert (0, "") == (done.returncode, done.stderr)
    assert [
        "2026-10,E1,Ann,,Seller,Sales,125,yuan,,d",
        "2026-10,E1,Ann,,Seller,Time,30,s,,d",
    ] == done.stdout.splitlines()[1:]
    (shop / "roster.csv").write_text(HEAD + "E2,Ben,seller,,,,,,2026-09,\n")
    done = kpicard(*words, "2026-10", cwd=shop)
    assert (1, "") == (done.returncode, done.stdout)
    assert "[nobody-then]" in done.stderr
