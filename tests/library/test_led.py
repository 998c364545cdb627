"""Figures that are computed from those of a team, or of those whom somebody leads."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import kpicard
from kpicard.cards.scorecards import Scorecards

AGENT = """\
id: agent
title: Agent
kpis:
  - {id: time, name: Time, weight: 50, better: lower, target: 30, definition: d, source: s}
  - {id: rate, name: Rate, weight: 50, unit: "%", better: higher, target: 50, definition: d, source: s}
"""
LEAD = """\
id: lead
title: Lead
kpis:
  - {{id: own, name: Own, weight: 50, better: higher, target: 100, definition: d, source: s}}
  - {{id: all, name: All, weight: 50, {unit}better: lower, target: 30, definition: d, source: s, of: {of}}}
"""
ROSTER = """\
employee,role,team,manager,until
L1,lead,East,,
E1,agent,East,L1,
E2,agent,East,L1,
E3,agent,West,L1,
E4,agent,East,,2026-09
"""
HEAD = "period,employee,kpi,actual,numerator,denominator\n"


def scored(folder: Path, figures: str, of: str, **options: Any) -> Scorecards:
    """Score a month in which the leader has an own figure of 100."""
    (folder / "roles").mkdir(exist_ok=True)
    (folder / "roles" / "department.yaml").write_text("title: Shop\ngrades: [{grade: A, from: 0, coefficient: 1}]\n")
    (folder / "roles" / "agent.yaml").write_text(AGENT)
    (folder / "roles" / "lead.yaml").write_text(LEAD.format(of=of, unit='unit: "%", ' if "ratio" in of else ""))
    (folder / "a.csv").write_text(HEAD + "2026-10,L1,own,100,,\n" + figures)
    (folder / "r.csv").write_text(ROSTER)
    loaded = kpicard.load(folder / "roles")
    assert () == loaded.problems
    return kpicard.score(loaded.rules, folder / "a.csv", roster=folder / "r.csv", **options)


def of_leader(result: Scorecards) -> tuple[str, Decimal | None]:
    """Return the status and the figure that was computed."""
    (card,) = [card for card in result.cards if card.employee == "L1"]
    return card.kpis[1].status, card.kpis[1].actual


FIGURES = "".join(
    f"2026-10,{who},time,{time},,\n2026-10,{who},rate,,{num},{den}\n"
    for who, time, num, den in (("E1", 20, 1, 2), ("E2", 35, 1, 4), ("E3", 100, 9, 9))
)
TIME = "{{role: agent, kpi: time, over: {over}, rollup: {rollup}}}"


@pytest.mark.parametrize(
    ("of", "actual"),
    [
        (TIME.format(over="team", rollup="mean"), "27.5"),
        (TIME.format(over="team", rollup="sum"), "55"),
        (TIME.format(over="team", rollup="min"), "20"),
        (TIME.format(over="team", rollup="max"), "35"),
        (TIME.format(over="reports", rollup="mean"), "51.666667"),
        ("{role: agent, kpi: rate, over: team, rollup: ratio}", "33.333333"),
    ],
)
def test_it_is_computed_from_the_members_of_the_month(tmp_path: Path, of: str, actual: str) -> None:
    """The leader's own figure is not among them, nor that of who has left; choosing the leader changes nothing."""
    assert ("scored", Decimal(actual)) == of_leader(scored(tmp_path, FIGURES, of))
    result = scored(tmp_path, FIGURES, of, employees="L1")
    assert () == result.problems
    assert ("scored", Decimal(actual)) == of_leader(result)


MEAN = TIME.format(over="team", rollup="mean")


def test_what_does_not_apply_is_passed_over_and_of_nobody_nothing_applies(tmp_path: Path) -> None:
    """A mean is of those who have a figure."""
    assert ("scored", Decimal(35)) == of_leader(scored(tmp_path, FIGURES.replace("time,20", "time,N/A"), MEAN))
    nothing = FIGURES.replace("time,20", "time,N/A").replace("time,35", "time,N/A")
    assert ("not_applicable", None) == of_leader(scored(tmp_path, nothing, MEAN))


def test_what_is_not_reported_follows_missing(tmp_path: Path) -> None:
    """It withholds the leader's card too, counts as 0, or is passed over."""
    figures = FIGURES.replace("2026-10,E1,time,20,,\n", "")
    result = scored(tmp_path, figures, MEAN)
    assert ["E2", "E3"] == [card.employee for card in result.cards]
    assert {"All", "Time"} == {each.values["kpi"] for each in result.problems if each.code == "not-reported"}
    assert ("scored", Decimal("17.5")) == of_leader(scored(tmp_path, figures, MEAN, missing="zero"))
    assert ("scored", Decimal(35)) == of_leader(scored(tmp_path, figures, MEAN, missing="exclude"))


def test_a_members_faulty_figure_withholds_the_leaders_card(tmp_path: Path) -> None:
    """It is told at the leader's row, with whose it is."""
    result = scored(tmp_path, FIGURES.replace("time,20", "time,fast"), MEAN)
    assert ["E2", "E3"] == [card.employee for card in result.cards]
    assert {"bad-value", "not-computed"} == {each.code for each in result.problems}
    (problem,) = [each for each in result.problems if each.code == "not-computed"]
    assert (2, ("E1",)) == (problem.line, problem.values["members"])


def test_an_explanation_says_whose_figures_it_is_made_of(tmp_path: Path) -> None:
    """With how they became one."""
    from tests.in_process import run_in_process

    scored(tmp_path, FIGURES.replace("time,20", "time,N/A"), MEAN)
    words = ["explain", "a.csv", "--roster", "r.csv", "--roles", "roles", "--employee", "L1"]
    done = run_in_process(words, "", tmp_path, {"COLUMNS": "100"})
    assert (0, "") == (done.returncode, done.stderr)
    assert "Computed mean of E1 —, E2 35 Actual 35" in " ".join(done.stdout.split())
