"""A month of random roles and rows as files, the lines that it must come to, and those that it does come to."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, get_args

import kpicard
from tests.exact.scorer import NOT_APPLICABLE, NOT_REPORTED, Cells, Missing, Scorer
from tests.random_rules import (
    ENDS,
    Extent,
    adjustments,
    number,
    random_cell,
    random_department,
    random_role,
    veto,
)

PERIOD = "2026-10"
BEYOND = (*ENDS, "1000000000000", "-1000000000000", "123456789012345678901234567890", "-999999999999.9999995")
SMALLEST = ("0.000001", "0.0000005", "999999999999.999999", "1", "3")


@dataclass(frozen=True)
class Shape:
    """What a month is like."""

    extent: Extent
    missing: Missing
    is_wide: bool
    has_ratios: bool
    is_adjusted: bool

    @classmethod
    def random(cls, random: Random) -> Shape:
        """Return a shape: most months are long, and half of them have figures that are divided from two."""
        is_wide = random.random() < 0.25
        return cls(
            extent=random.choice(["ordinary", "extreme"]),
            missing=random.choice(get_args(Missing)),
            is_wide=is_wide,
            has_ratios=not is_wide and random.random() < 0.5,
            is_adjusted=random.random() < 0.6,
        )


class Difference(NamedTuple):
    """A line that is not as it must be, empty where there is none."""

    expected: str
    found: str


class Batch:
    """Random roles, and so many rows of actuals for them; the same again for the same seed."""

    def __init__(self, seed: str, rows: int) -> None:
        self.random = Random(seed)  # noqa: S311 - the same numbers each time are wanted
        self.shape = Shape.random(self.random)
        grades = self.random.choice([1, 2, 5, 5, 9])
        self.department = random_department(self.random, grades)
        self.roles = {id_: self._role(id_, grades) for id_ in (f"role-{index:02}" for index in range(60))}
        if self.shape.is_adjusted:
            self.department["adjustments"] = adjustments(self.random, "d", grades)
        self.cards = dict(self._cards(rows))
        self.rows = sum(map(len, self.cards.values()))
        self.scorer = Scorer(self.department, self.roles.values())

    def differences(self, folder: Path) -> list[Difference]:
        """Return where the program's cards are not the oracle's; the files go to a folder."""
        self.write(folder)
        result = self.score(folder)
        result.write_csv(folder / "out.csv")
        heading, *found = (folder / "out.csv").read_text("utf-8").split("\n")
        expected, withheld = self.expected()
        said = {problem.code for problem in result.problems if problem.severity == "error"}
        if result.withheld != withheld or bool(withheld) != bool(said) or heading.count(",") != expected[0].count(","):
            return [Difference(f"{withheld} cards withheld", f"{result.withheld} cards withheld: {sorted(said)}")]
        if [*expected, ""] == found:
            return []
        return [
            Difference(expected[index] if index < len(expected) else "", found[index] if index < len(found) else "")
            for index in range(max(len(expected), len(found) - 1))
            if expected[index : index + 1] != found[index : index + 1]
        ]

    def expected(self) -> tuple[list[str], int]:
        """Return the lines that the month must come to, in the order of the report, and how many cards it lacks."""
        lines: list[str] = []
        withheld = 0
        for (role, employee), cells in sorted(self.cards.items()):
            card = self.scorer.card(f"{PERIOD},{employee}", role, cells, self.shape.missing)
            withheld += card is None
            lines += card or ()
        return lines, withheld

    def score(self, folder: Path) -> kpicard.Scorecards:
        """Score the files in a folder."""
        rules, problems = kpicard.load(folder / "roles")
        wrong = [str(problem) for problem in problems if problem.severity == "error"]
        assert not wrong, wrong[0]
        return kpicard.score(rules, folder / f"{PERIOD}.csv", missing=self.shape.missing)

    def write(self, folder: Path) -> None:
        """Write the rules as JSON, which is YAML too, and the rows in any order; some not reported have no row."""
        roles = folder / "roles"
        roles.mkdir()
        (roles / "department.yaml").write_text(json.dumps(self.department), "utf-8")
        for id_, role in self.roles.items():
            (roles / f"{id_}.yaml").write_text(json.dumps(role), "utf-8")
        with (folder / f"{PERIOD}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(self._wide() if self.shape.is_wide else self._long())

    def _long(self) -> Iterator[Sequence[str]]:
        columns = 4 if self.shape.has_ratios else 2
        yield ("employee", "role", "kpi", *("actual", "target", "numerator", "denominator")[:columns])
        rows = [
            (employee, role, kpi, *figure[:columns])
            for (role, employee), cells in self.cards.items()
            for index, (kpi, figure) in enumerate(cells.items())
            # a card needs one row, here that of its first KPI, to be known at all
            if any(figure) or not index or self.random.random() < 0.5
        ]
        self.random.shuffle(rows)
        yield from rows

    def _wide(self) -> Iterator[Sequence[str]]:
        headings = sorted({id_ for cells in self.cards.values() for id_ in cells})
        yield ("employee", "role", *headings)
        for (role, employee), cells in self.cards.items():
            yield (employee, role, *(cells[id_].actual if id_ in cells else "" for id_ in headings))

    def _role(self, id_: str, grades: int) -> dict[str, Any]:
        role = random_role(self.random, id_, self.shape.extent)
        if self.shape.is_adjusted:
            role["adjustments"] = adjustments(self.random, "a", grades)
            role["kpis"] = [kpi | veto(self.random, grades) for kpi in role["kpis"]]
        if self.shape.extent == "extreme":
            role["kpis"] = [self._far_scores(kpi) if self.random.random() < 0.1 else kpi for kpi in role["kpis"]]
        return role

    def _far_scores(self, kpi: Mapping[str, Any]) -> dict[str, Any]:
        """Return a KPI whose best score is the highest value that is read, and whose worst is the lowest."""
        scoring = dict(kpi.get("scoring", {"method": "ratio"}))
        if scoring["method"] == "ratio":
            return {**kpi, "scoring": {**scoring, "cap": ENDS[0]}}
        if scoring["method"] == "step":
            return {**kpi, "scoring": {**scoring, "floor": "-99", "cap": "200"}}
        if scoring["method"] == "linear":
            ys = [float(y) for _, y in scoring["points"]]
            ends = {max(ys): ENDS[0], min(ys): ENDS[1]}
            return {**kpi, "scoring": {**scoring, "points": [[x, ends.get(float(y), y)] for x, y in scoring["points"]]}}
        best = max(float(band["score"]) for band in scoring["bands"])
        found = [{**band, "score": ENDS[0]} if float(band["score"]) == best else band for band in scoring["bands"]]
        return {**kpi, "scoring": {**scoring, "bands": found}}

    def _cards(self, rows: int) -> Iterator[tuple[tuple[str, str], dict[str, Cells]]]:
        roles, of_department = list(self.roles.values()), self.department.get("adjustments", ())
        index = 0
        while rows > 0:
            role = self.random.choice(roles)
            cells = {kpi["id"]: self._figure(kpi) for kpi in role["kpis"]}
            for adjustment in (*role.get("adjustments", ()), *of_department):
                cells[adjustment["id"]] = Cells(self._count())
            yield (role["id"], f"E{index:06}"), cells
            index += 1
            rows -= len(cells)

    def _figure(self, kpi: dict[str, Any]) -> Cells:
        actual, target = random_cell(self.random, kpi, self.shape.extent)
        if self.shape.is_wide:
            target = ""
        if self.shape.extent == "extreme" and self.random.random() < 0.02:
            return self._far(actual, target)
        if self.shape.has_ratios and self.random.random() < 0.2 and actual not in NOT_APPLICABLE | NOT_REPORTED:
            return Cells("", target, *self._ratio())
        return Cells(actual, target)

    def _far(self, actual: str, target: str) -> Cells:
        """Return a figure with a value at or beyond the ends of what is read, at each place where one can stand."""
        place = self.random.choice(["actual", "target", "ratio"])
        if place == "target" and not self.shape.is_wide:
            own = self.random.choice(["0.000001", "999999999999.999999", "999999999999.9999995", "1000000000000"])
            return Cells(actual, own)
        if place == "ratio" and self.shape.has_ratios:
            return Cells("", target, self.random.choice(BEYOND), self.random.choice(SMALLEST))
        return Cells(self.random.choice(BEYOND), target)

    def _ratio(self) -> tuple[str, str]:
        """Return a numerator and a denominator: often such that the quotient ends in a half; or both 0."""
        kind = self.random.random()
        if kind < 0.05:
            return "0", self.random.choice(["0", "0.00", "-0"])
        if kind < 0.3:
            return str(self.random.randint(-999, 9999)), self.random.choice(["64", "128", "640", "12.8"])
        return number(self.random, -50, 900, 3), number(self.random, 1, 50, 3)

    def _count(self) -> str:
        if self.shape.extent == "extreme" and self.random.random() < 0.05:
            return self.random.choice([each for each in BEYOND if not each.startswith("-")])
        count = number(self.random, 0, 9)
        return self.random.choice([count, count, "", "N/A", "-"])
