"""Random roles over random months: quarters and years have the figures of an independent oracle in fractions."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any, Literal, TypeAlias, get_args

import pytest

import kpicard
from kpicard.cards.values import Missing
from tests import oracle
from tests.random_rules import Extent, number, random_cell, random_department, random_role, veto

EMPLOYEES = 60
Part: TypeAlias = tuple[str, str]
"""The texts of a numerator and a denominator, empty where there is an actual instead."""
Figure: TypeAlias = tuple[oracle.Cell, Part]
Month: TypeAlias = Mapping[str, Figure]
By: TypeAlias = Literal["quarter", "year"]


class Year:
    """Random roles, and cards of several months for each employee."""

    def __init__(self, folder: Path, seed: str) -> None:
        self.random = Random(seed)  # noqa: S311 - the same numbers each time are wanted
        self.folder = folder
        extent: Extent = "extreme" if "extreme" in seed else "ordinary"
        self.department = random_department(self.random)
        self.roles = [random_role(self.random, f"role-{index:02}", extent) for index in range(20)]
        for role in self.roles:
            role["kpis"] = [kpi | veto(self.random) | self._rollup() for kpi in role["kpis"]]
        self.people: dict[tuple[str, str], Mapping[str, Month]] = {}
        for index in range(EMPLOYEES):
            role = self.random.choice(self.roles)
            months = self.random.sample([f"2026-{month:02}" for month in range(1, 13)], self.random.randint(1, 9))
            cards = {month: {kpi["id"]: self._figure(kpi, extent) for kpi in role["kpis"]} for month in months}
            self.people[role["id"], f"E{index:02}"] = cards
        self._write()

    def _rollup(self) -> dict[str, str]:
        chosen = self.random.choice(["sum", "mean", "last", "min", "max", "", ""])
        return {"rollup": chosen} if chosen else {}

    def _figure(self, kpi: dict[str, Any], extent: Extent) -> Figure:
        """Return a random figure; most KPIs without a rollup have it as numerator and denominator."""
        actual, target = random_cell(self.random, kpi, extent)
        if "rollup" in kpi or self.random.random() < 0.1 or actual in oracle.NOT_APPLICABLE | oracle.NOT_REPORTED:
            return (actual, target), ("", "")
        return ("", target), (number(self.random, -50, 900, 3), number(self.random, 1, 50, 3))

    def _write(self) -> None:
        roles = self.folder / "roles"
        roles.mkdir()
        (roles / "department.yaml").write_text(json.dumps(self.department), "utf-8")
        for role in self.roles:
            (roles / f"{role['id']}.yaml").write_text(json.dumps(role), "utf-8")
        rows = [
            (month, employee, role, kpi, actual, target, *part)
            for (role, employee), cards in self.people.items()
            for month, card in cards.items()
            for kpi, ((actual, target), part) in card.items()
        ]
        self.random.shuffle(rows)
        with (self.folder / "year.csv").open("w", encoding="utf-8", newline="") as stream:
            heading = ("period", "employee", "role", "kpi", "actual", "target", "numerator", "denominator")
            csv.writer(stream).writerows([heading, *rows])

    def scored(self, missing: Missing, by: By, rollup: Literal["totals", "actuals"]) -> kpicard.Scorecards:
        rules, problems = kpicard.load(self.folder / "roles")
        assert () == problems
        return kpicard.score(rules, self.folder / "year.csv", missing=missing, by=by, rollup=rollup)

    def cards_of(self, by: By) -> dict[tuple[str, str, str], dict[str, Month]]:
        """Return the months of each card, by period, role and employee, in the order of the reports."""
        found: dict[tuple[str, str, str], dict[str, Month]] = {}
        for (role, employee), cards in self.people.items():
            for month in sorted(cards):
                period = "2026" if by == "year" else f"2026-Q{-(-int(month[5:]) // 3)}"
                found.setdefault((period, role, employee), {})[month] = cards[month]
        return dict(sorted(found.items()))

    def role(self, id_: str) -> dict[str, Any]:
        return next(role for role in self.roles if role["id"] == id_)

    def monthly(self, role: str, months: Mapping[str, Month], missing: Missing) -> list[oracle.Card | None]:
        """Return each month's own card."""
        return [
            oracle.card(
                self.role(role), self.department, {kpi: _cell(figure) for kpi, figure in month.items()}, missing
            )
            for month in months.values()
        ]

    def brought_together(self, role: str, months: Mapping[str, Month], missing: Missing) -> oracle.Card | None:
        """Return the card of the months' actuals; None where it is withheld."""
        try:
            cells = {
                kpi["id"]: _rolled(kpi, [month[kpi["id"]] for month in months.values()], missing)
                for kpi in self.role(role)["kpis"]
            }
        except oracle.OutOfRangeError:
            return None
        # every figure brings its target: a KPI that has none in one of the months has none in all of them together
        without = {**self.role(role), "kpis": [_without_target(kpi) for kpi in self.role(role)["kpis"]]}
        return oracle.card(without, self.department, cells, "exclude" if missing == "refuse" else missing)


def _without_target(kpi: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in kpi.items() if key != "target"}


def _cell(figure: Figure) -> oracle.Cell:
    """Return a figure with the one actual that it comes to."""
    (actual, target), (numerator, denominator) = figure
    if denominator:
        actual = oracle.plain(oracle.rounded(Fraction(numerator) / Fraction(denominator), 6)) or "0"
    return actual, target


def _status(figure: Figure) -> str:
    text = _cell(figure)[0]
    return "na" if text in oracle.NOT_APPLICABLE else "none" if text in oracle.NOT_REPORTED else "scored"


def _rolled(kpi: Mapping[str, Any], figures: Sequence[Figure], missing: Missing) -> oracle.Cell:
    """Return the actual and the target of several months, as the texts of a cell."""
    statuses = [_status(figure) for figure in figures]
    counted = [figure for figure, status in zip(figures, statuses, strict=True) if status == "scored"]
    if not counted or (missing == "zero" and "none" in statuses):
        targets = [_target(kpi, figure) for figure in figures]
        return ("" if "none" in statuses else "N/A"), _text(_together(kpi.get("rollup", "mean"), targets))
    actuals, targets = [oracle.read(_cell(figure)[0]) for figure in counted], [_target(kpi, each) for each in counted]
    if "rollup" not in kpi and all(part[1] for _, part in counted):
        numerators = [oracle.read(part[0]) for _, part in counted]
        denominators = [oracle.read(part[1]) for _, part in counted]
        whole = sum(denominators, Fraction(0))
        actual = _kept(oracle.rounded(sum(numerators, Fraction(0)) / whole, 6))
        known = [target for target in targets if target is not None]
        if len(known) < len(targets):
            return _text(actual), ""
        weighted = sum((each * weight for each, weight in zip(known, denominators, strict=True)), Fraction(0))
        return _text(actual), _text(_kept(oracle.rounded(weighted / whole, 6)))
    how = kpi.get("rollup", "mean")
    return _text(_together(how, list(actuals))), _text(_together(how, targets))


def _target(kpi: Mapping[str, Any], figure: Figure) -> Fraction | None:
    text = figure[0][1] or kpi.get("target", "")
    return oracle.read(text) if text else None


def _together(how: str, values: Sequence[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    whole = sum(known, Fraction(0))
    mean = oracle.rounded(whole / len(known), 6)
    return _kept({"sum": whole, "mean": mean, "last": known[-1], "min": min(known), "max": max(known)}[how])


def _kept(value: Fraction) -> Fraction:
    if abs(value) >= oracle.FURTHEST:
        raise oracle.OutOfRangeError
    return value


def _text(value: Fraction | None) -> str:
    return oracle.plain(value) or ""


def _grade(department: Mapping[str, Any], total: Fraction) -> str:
    grades = department["grades"]
    return str(next((each["grade"] for each in grades if oracle.read(each["from"]) <= total), grades[-1]["grade"]))


def _shown(value: Any) -> str | None:
    return None if value is None else f"{value:f}"


@pytest.fixture(scope="module", params=["ordinary-1", "ordinary-2", "extreme-1"])
def year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Year:
    return Year(tmp_path_factory.mktemp("year"), request.param)


@pytest.mark.parametrize("by", get_args(By))
@pytest.mark.parametrize("missing", get_args(Missing))
def test_no_mean_of_totals_differs_from_the_oracle(year: Year, missing: Missing, by: By) -> None:
    """Total and grade of each card; none with a month that is withheld, no grade with one that leaves out too much."""
    expected: list[tuple[str | None, ...]] = []
    for (period, role, employee), months in year.cards_of(by).items():
        cards = year.monthly(role, months, missing)
        totals = [Fraction(card.total) for card in cards if card and card.total is not None]
        if all(cards):
            mean = oracle.round2(sum(totals, Fraction(0)) / len(totals)) if totals else None
            is_graded = all(card.grade for card in cards if card and card.total is not None)
            grade = _grade(year.department, mean) if mean is not None and is_graded else None
            expected.append((period, role, employee, oracle.show(mean, 2), grade))
    result = year.scored(missing, by, "totals")
    assert len(expected) > 0
    assert expected == [(*card.key, _shown(card.total), card.grade) for card in result.cards]
    assert len(year.cards_of(by)) == result.count + result.withheld


@pytest.mark.parametrize("by", get_args(By))
@pytest.mark.parametrize("missing", get_args(Missing))
def test_no_figure_from_actuals_differs_from_the_oracle(year: Year, missing: Missing, by: By) -> None:
    """Every figure of every card: actual, target, attainment, score, points, status, total, grade and coefficient."""
    expected: list[tuple[str | None, ...]] = []
    for (period, role, employee), months in year.cards_of(by).items():
        card = year.brought_together(role, months, missing) if all(year.monthly(role, months, missing)) else None
        for figure in card.figures if card else ():
            shown = (figure.target, figure.actual, figure.attainment, figure.score, figure.points, figure.status)
            total = (card.total, card.grade, card.coefficient) if card else ()
            expected.append((period, role, employee, figure.kpi, *shown, *total))
    result = year.scored(missing, by, "actuals")
    found = [
        (
            *(*card.key, each.kpi.id),
            *map(_shown, (each.target, each.actual, each.attainment, each.score, each.points)),
            each.status,
            *(_shown(card.total), card.grade, _shown(card.coefficient)),
        )
        for card in result.cards
        for each in card.kpis
    ]
    assert len(expected) > 0
    assert expected == found
    assert len(year.cards_of(by)) == result.count + result.withheld
