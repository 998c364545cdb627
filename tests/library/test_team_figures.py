"""Figures of a whole team: entered once, they count for everybody in it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import kpicard
from kpicard.cards.scorecards import Scorecards

ROLE = """\
id: {id}
title: {id}
kpis:
  - {{id: own, name: Own, weight: 60, better: higher, target: 100, definition: d, source: s}}
  - {{id: time, name: Time, weight: 40, better: lower, target: 30, definition: d, source: s, team_figure: true}}
"""
ROSTER = (
    "employee,role,team,from\nE1,clerk,East,\nE2,clerk,East,\nE3,lead,East,\nE4,clerk,West,\nE5,clerk,East,2026-11\n"
)


def scored(folder: Path, rows: str, roster: str | None = None) -> Scorecards:
    """Score rows."""
    (folder / "roles").mkdir(exist_ok=True)
    (folder / "roles" / "department.yaml").write_text("title: Shop\ngrades: [{grade: A, from: 0, coefficient: 1}]\n")
    for id_ in ("clerk", "lead"):
        (folder / "roles" / f"{id_}.yaml").write_text(ROLE.format(id=id_))
    (folder / "a.csv").write_text(rows, "utf-8")
    if roster:
        (folder / "r.csv").write_text(roster)
    rules = kpicard.load(folder / "roles").rules
    return kpicard.score(rules, folder / "a.csv", roster=folder / "r.csv" if roster else None)


def times(result: Scorecards) -> dict[str, tuple[Decimal | None, str | None]]:
    """Return each person's time, and whose figure it is."""
    return {card.employee: (card.kpis[1].actual, card.team_figures.get("time")) for card in result.cards}


EAST = (Decimal(24), "East")
WEST = (Decimal(36), "West")


@pytest.mark.parametrize(
    ("rows", "roster"),
    [
        (
            "period,employee,role,team,kpi,actual\n"
            + "".join(
                f"2026-10,{who},{role},{team},own,100\n"
                for who, role, team in (("E1", "clerk", "East"), ("E3", "lead", "East"), ("E4", "clerk", "West"))
            )
            + "2026-10,,,East,time,24\n2026年10月,,,West,time,36\n",
            None,
        ),
        (
            (
                "period,employee,role,team,own,time\n2026-10,E1,clerk,East,100,\n2026-10,E3,lead,East,100,\n"
                "2026-10,E4,clerk,West,100,\n2026-10,,,East,,24\n2026-10,,,West,,36\n"
            ),
            None,
        ),
        (
            (
                "period,employee,team,own,time\n2026-10,E1,,100,\n2026-10,E3,,100,\n2026-10,E4,,100,\n"
                "2026-10,,East,,24\n2026-10,,West,,36\n"
            ),
            ROSTER.replace("E2,clerk,East,\n", ""),
        ),
    ],
)
def test_a_row_with_a_team_and_no_employee_counts_for_everybody_in_it(
    tmp_path: Path, rows: str, roster: str | None
) -> None:
    """In long and wide files, by the rows or by the roster; the card says whose figure it is."""
    result = scored(tmp_path, rows, roster)
    assert () == result.problems
    assert {"E1": EAST, "E3": EAST, "E4": WEST} == times(result)


def test_ones_own_figure_beside_the_teams_is_an_error(tmp_path: Path) -> None:
    """At both cells; the others of the team have their cards."""
    rows = "period,employee,team,own,time\n2026-10,E1,,100,25\n2026-10,E2,,100,\n2026-10,E3,,100,\n"
    rows += "2026-10,E4,,100,30\n2026-10,,East,,24\n"
    result = scored(tmp_path, rows, ROSTER)
    (problem,) = result.problems
    assert ("doubled-figure", 6) == (problem.code, problem.line)
    assert str(problem.values["other"]).endswith("a.csv:2:17")
    assert {"E2": EAST, "E3": EAST, "E4": (Decimal(30), None)} == times(result)


def test_a_kpi_that_is_everybodys_own_has_no_team_figure(tmp_path: Path) -> None:
    """Then the row lacks its employee, as ever; so does that of a team in which nobody is."""
    rows = "period,employee,team,own,time\n2026-10,E4,,100,30\n2026-10,,East,90,\n2026-10,,North,,24\n"
    result = scored(tmp_path, rows, ROSTER)
    assert [("no-employee", 3), ("no-employee", 4)] == [
        (each.code, each.line) for each in result.problems if each.code != "no-figures"
    ]
    assert {"E4": (Decimal(30), None)} == times(result)


def test_the_roster_says_who_is_in_the_team_in_a_month(tmp_path: Path) -> None:
    """Who comes in November has November's figure."""
    rows = "period,employee,team,own,time\n" + "".join(
        f"2026-{month},{who},,100,\n" for month in (10, 11) for who in ("E1", "E2", "E3")
    )
    rows += "2026-11,E5,,100,\n2026-10,,East,,24\n2026-11,,East,,24\n2026-10,E4,,100,30\n2026-11,E4,,100,30\n"
    result = scored(tmp_path, rows, ROSTER)
    assert () == result.problems
    assert [
        ("2026-10", "E1"),
        ("2026-10", "E2"),
        ("2026-10", "E3"),
        ("2026-11", "E1"),
        ("2026-11", "E2"),
        ("2026-11", "E5"),
        ("2026-11", "E3"),
    ] == [(card.period, card.employee) for card in result.cards if card.team_figures]


def test_the_tidy_table_has_a_row_for_each_of_the_team(tmp_path: Path) -> None:
    """With what the roster says of people: so it is scored alike without a roster, on any engine."""
    from tests.in_process import run_in_process

    rows = "period,employee,team,own,time\n2026-10,E1,,100,\n2026-10,E2,,90,\n2026-10,E3,,80,\n2026-10,E4,,70,30\n"
    result = scored(tmp_path, rows + "2026-10,,East,,24\n", ROSTER)
    words = ["tidy", "a.csv", "--roster", "r.csv", "--roles", "roles", "--output", "t.csv"]
    assert 0 == run_in_process(words, "", tmp_path, {}).returncode
    again = kpicard.score(kpicard.load(tmp_path / "roles").rules, tmp_path / "t.csv")
    assert () == again.problems
    assert [(card.key, card.total, card.team) for card in result.cards] == [
        (card.key, card.total, card.team) for card in again.cards
    ]
