"""At the ends of the range: a value within is scored exactly, one beyond is a problem at its cell, in every place."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

import duckdb
import openpyxl
import pytest

import kpicard
from tests import oracle

Figures: TypeAlias = tuple[str | None, ...]
Cells: TypeAlias = Mapping[str, str]

HIGHEST: Final = "999999999999.999999"
COLUMNS: Final = ["employee", "role", "kpi", "actual", "target", "numerator", "denominator"]
GRADES: Final = [{"grade": "A", "from": 0, "coefficient": "1"}]
LINE: Final = {"method": "linear", "points": [[f"-{HIGHEST}", f"-{HIGHEST}"], [HIGHEST, HIGHEST]]}
"""The score is the actual."""
ACTUAL: Final = {"better": "higher", "scoring": LINE}
MONEY: Final = {**ACTUAL, "unit": "元"}
SECONDS: Final = {**ACTUAL, "unit": "s"}
PERCENT: Final = {**ACTUAL, "unit": "%"}
RATIO: Final = {"better": "higher", "target": "100", "scoring": {"method": "ratio", "cap": HIGHEST}}
LOWER: Final = {**RATIO, "better": "lower"}
"""The score is the attainment."""


class Case(NamedTuple):
    """A KPI, the cells of its row, and what they come to: actual, attainment, score; or the column of the problem."""

    kpi: Mapping[str, Any]
    cells: Cells
    expected: Figures | str


def inside(kpi: Mapping[str, Any], *figures: str | None, **cells: str) -> Case:
    return Case(kpi, cells, figures)


def beyond(column: str, kpi: Mapping[str, Any], **cells: str) -> Case:
    return Case(kpi, cells, column)


CASES: Final = [
    # actuals
    inside(ACTUAL, HIGHEST, None, "1000000000000.00", actual=HIGHEST),
    inside(ACTUAL, f"-{HIGHEST}", None, "-1000000000000.00", actual=f"-{HIGHEST}"),
    inside(ACTUAL, HIGHEST, None, "1000000000000.00", actual="000999999999999.9999994"),
    inside(ACTUAL, "999999999999.99", None, "999999999999.99", actual="999999999999.99"),
    *(
        beyond("actual", ACTUAL, actual=text)
        for text in [
            *("999999999999.9999995", "-999999999999.9999995", "1000000000000", "-1000000000000", "1E12", "-1e12"),
            *("9223372036854775807", "9223372036854775808", "170141183460469231731687303715884105728", "1e400"),
            *("9223372036854.775808", "18446744073709551616", "1" + "0" * 5000, "1,000,000,000,000", "-" + "9" * 13),
        ]
    ),
    # quantities
    inside(MONEY, "999999999900", None, "999999999900.00", actual="9999.999999亿"),
    inside(MONEY, HIGHEST, None, "1000000000000.00", actual="99999999.9999999999万元"),
    inside(SECONDS, "999999997200", None, "999999997200.00", actual="277777777h"),
    inside(PERCENT, "999999999999.9", None, "999999999999.90", actual="9999999999999‰"),
    *(
        beyond("actual", MONEY, actual=text)
        for text in ["10000亿", "-10000亿", "1万亿", "¥9999.999999999999995亿", "1e9k"]
    ),
    *(beyond("actual", SECONDS, actual=text) for text in ["277777778h", "11574075天", "277777777:46:40", "1e10h"]),
    beyond("actual", PERCENT, actual="10000000000000‰"),
    beyond("actual", PERCENT, actual="1000000000000%"),
    # the row's own target
    inside(RATIO, HIGHEST, "100.00", "100.00", actual=HIGHEST, target=HIGHEST),
    inside(ACTUAL, "1", "0.00", "1.00", actual="1", target=HIGHEST),
    beyond("target", RATIO, actual="1", target="999999999999.9999995"),
    beyond("target", ACTUAL, actual="1", target="1000000000000"),
    beyond("target", ACTUAL, actual="1", target="-1000000000000"),
    beyond("target", {**RATIO, "unit": "元"}, actual="1", target="10000亿"),
    # numerator, denominator, and what they come to
    inside(ACTUAL, "1", None, "1.00", numerator=HIGHEST, denominator=HIGHEST),
    inside(ACTUAL, "999999999999", None, "999999999999.00", numerator="999999.999999", denominator="0.000001"),
    inside(PERCENT, "999999999999.9999", None, "1000000000000.00", numerator="9999999999.999999", denominator="1"),
    beyond("numerator", ACTUAL, numerator="1000000000000", denominator="1"),
    beyond("denominator", ACTUAL, numerator="1", denominator="1000000000000"),
    beyond("numerator", ACTUAL, numerator="1000000", denominator="0.000001"),
    beyond("numerator", ACTUAL, numerator="-1000000", denominator="0.000001"),
    beyond("numerator", ACTUAL, numerator=HIGHEST, denominator="0.000001"),
    beyond("numerator", PERCENT, numerator="10000000000", denominator="1"),
    # the attainment
    inside(RATIO, "10000", "1000000000000.00", "1000000000000.00", actual="10000", target="0.000001"),
    inside(RATIO, "-10000", "-1000000000000.00", "0.00", actual="-10000", target="0.000001"),
    inside(LOWER, "-9999.999998", "1000000000000.00", "1000000000000.00", actual="-9999.999998", target="0.000001"),
    inside(LOWER, "10000.000002", "-1000000000000.00", "0.00", actual="10000.000002", target="0.000001"),
    beyond("actual", RATIO, actual="10000.000001", target="0.000001"),
    beyond("actual", RATIO, actual="-10000.000001", target="0.000001"),
    beyond("actual", LOWER, actual="-9999.999999", target="0.000001"),
    beyond("actual", LOWER, actual="10000.000003", target="0.000001"),
    beyond("actual", RATIO, actual=HIGHEST, target="0.000001"),
    beyond("actual", RATIO, actual=f"-{HIGHEST}", target="0.000001"),
    # the attainment is shown even where the actual is scored: beyond its range it would be a wrong figure on the card
    beyond("actual", ACTUAL, actual="10000.000001", target="0.000001"),
]


def write_role(folder: Path, id_: str, kpi: Mapping[str, Any]) -> Path:
    """Write a role with one KPI, `only`."""
    role = {"id": id_, "title": id_, "kpis": [{"id": "only", "name": "Only", "weight": 100, **kpi}]}
    (folder / f"{id_}.yaml").write_text(json.dumps(role), "utf-8")
    return folder / f"{id_}.yaml"


def rules(folder: Path, kpi: Mapping[str, Any] = ACTUAL, **department: Any) -> kpicard.Rules:
    """Return rules of one role, `r`, with one KPI, `only`."""
    folder.mkdir(exist_ok=True)
    (folder / "department.yaml").write_text(json.dumps({"title": "D", "grades": GRADES, **department}), "utf-8")
    write_role(folder, "r", kpi)
    return load(folder)


def load(folder: Path) -> kpicard.Rules:
    found, wrong = kpicard.load(folder)
    assert [] == [str(problem) for problem in wrong if problem.severity == "error"]
    return found


def shown(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def errors(result: kpicard.Scorecards) -> list[tuple[str, int | None, int | None]]:
    return [(each.code, each.line, each.column) for each in result.problems if each.severity == "error"]


def line(number: int, cells: Cells) -> list[str]:
    texts = {"employee": f"E{number:03}", "role": f"r{number}", "kpi": "only", **cells}
    return [f'"{text}"' if "," in text else text for text in (texts.get(name, "") for name in COLUMNS)]


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> kpicard.Scorecards:
    """All cases in one month, each with a role of its own."""
    folder = tmp_path_factory.mktemp("month")
    (folder / "department.yaml").write_text(json.dumps({"title": "D", "grades": GRADES}), "utf-8")
    for number, case in enumerate(CASES):
        write_role(folder, f"r{number}", case.kpi)
    lines = [COLUMNS, *(line(number, case.cells) for number, case in enumerate(CASES))]
    (folder / "2026-10.csv").write_text("\n".join(map(",".join, lines)), "utf-8")
    return kpicard.score(load(folder), folder / "2026-10.csv")


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: " ".join(CASES[number].cells.values())[:60])
def test_a_cell_is_scored_exactly_or_a_problem(month: kpicard.Scorecards, number: int) -> None:
    case = CASES[number]
    scored = [card.kpis[0] for card in month.cards if card.employee == f"E{number:03}"]
    found = [error for error in errors(month) if error[1] == number + 2]
    if isinstance(case.expected, str):
        before = line(number, case.cells)[: COLUMNS.index(case.expected)]
        assert ([("out-of-range", number + 2, 1 + sum(len(cell) + 1 for cell in before))], []) == (found, scored)
    else:
        assert [] == found
        assert [case.expected] == [(shown(each.actual), shown(each.attainment), shown(each.score)) for each in scored]


def test_every_case_is_a_card_or_a_problem(month: kpicard.Scorecards) -> None:
    assert len(CASES) == month.count + month.withheld
    assert month.withheld == len(errors(month))


@pytest.mark.parametrize("text", ["1000000000000", "-1000000000000", "1" + "0" * 40, "999999999999.9999995"])
def test_a_wide_cell_beyond_is_a_problem(tmp_path: Path, text: str) -> None:
    file = tmp_path / "2026-10.csv"
    file.write_text(f"employee,role,only\nE0,r,1\nE1,r,{text}\n", "utf-8")
    result = kpicard.score(rules(tmp_path / "roles"), file)
    assert [("out-of-range", 3, 6)] == errors(result)
    assert ["E0"] == [card.employee for card in result.cards]


@pytest.mark.parametrize(
    ("number", "expected"),
    [(999999999999, "999999999999"), (-999999999999, "-999999999999"), (1e12, None), (-1e12, None), (1e300, None)],
)
def test_a_number_of_a_workbook_beyond_is_a_problem(tmp_path: Path, number: float, expected: str | None) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for row in (["employee", "role", "only"], ["E0", "r", 1], ["E1", "r", number]):
        sheet.append(row)
    workbook.save(tmp_path / "2026-10.xlsx")
    result = kpicard.score(rules(tmp_path / "roles"), tmp_path / "2026-10.xlsx")
    assert ([] if expected else [("out-of-range", 3, 3)]) == errors(result)
    assert ["1", *([expected] if expected else [])] == [shown(card.kpis[0].actual) for card in result.cards]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("999999999999::BIGINT", "999999999999"),
        ("1000000000000::BIGINT", None),
        ("9223372036854775807::BIGINT", None),
        ("(-9223372036854775807 - 1)::BIGINT", None),
        ("18446744073709551615::UBIGINT", None),
        ("170141183460469231731687303715884105727::HUGEINT", None),
        ("999999999999.999999::DECIMAL(18, 6)", HIGHEST),
        ("999999999999.9999995::DECIMAL(38, 7)", None),
        ("999999999999.9999994::DECIMAL(38, 7)", HIGHEST),
        ("1e12::DOUBLE", None),
        ("1e308::DOUBLE", None),
        ("-1.1e12::FLOAT", None),
    ],
)
def test_a_number_of_parquet_beyond_is_a_problem(tmp_path: Path, sql: str, expected: str | None) -> None:
    file = tmp_path / "2026-10.parquet"
    duckdb.execute(f"COPY (SELECT 'E1' AS employee, 'r' AS role, {sql} AS only) TO '{file}'")
    result = kpicard.score(rules(tmp_path / "roles"), file)
    assert ([] if expected else ["out-of-range"]) == [code for code, _, _ in errors(result)]
    assert ([expected] if expected else []) == [shown(card.kpis[0].actual) for card in result.cards]


@pytest.mark.parametrize(
    ("each", "count", "points"),
    [
        ("1", "999999999999", "999999999999.0000"),
        ("-1", "999999999999", "-999999999999.0000"),
        ("999999999999.999999", "1", "1000000000000.0000"),
        ("0.000001", HIGHEST, "1000000.0000"),
        ("2", "499999999999.999999", "1000000000000.0000"),
        ("2", "500000000000", None),
        ("-2", "500000000000", None),
        ("999999999999.999999", "1.000001", None),
        ("999999999999.999999", HIGHEST, None),
        ("-999999999999.999999", HIGHEST, None),
        ("1", "1000000000000", None),
    ],
)
def test_points_of_an_adjustment_beyond_are_a_problem(
    tmp_path: Path, each: str, count: str, points: str | None
) -> None:
    adjustments = [{"id": "extra", "name": "Extra", "points_each": each}]
    file = tmp_path / "2026-10.csv"
    file.write_text(f"employee,role,kpi,actual\nE1,r,only,1\nE1,r,extra,{count}\n", "utf-8")
    result = kpicard.score(rules(tmp_path / "roles", adjustments=adjustments), file)
    assert ([] if points else [("out-of-range", 3, 12)]) == errors(result)
    assert ([points] if points else []) == [shown(line.points) for card in result.cards for line in card.adjustments]
    totals = [Decimal(points) + Decimal("1.00")] if points else []
    assert totals == [card.total for card in result.cards]


def test_a_total_of_as_much_as_a_card_can_hold_is_exact(tmp_path: Path) -> None:
    """21 lines, each with the highest points that there are."""
    adjustments = [{"id": f"a{index}", "name": f"A{index}", "points_each": HIGHEST} for index in range(20)]
    file = tmp_path / "2026-10.csv"
    counts = [f"E1,r,a{index},1" for index in range(20)]
    file.write_text("\n".join(["employee,role,kpi,actual", f"E1,r,only,{HIGHEST}", *counts]), "utf-8")
    (card,) = kpicard.score(rules(tmp_path / "roles", adjustments=adjustments), file).cards
    assert ("21000000000000.00", "A") == (shown(card.total), card.grade)


RULES: Final[Mapping[str, Callable[[str], Mapping[str, Any]]]] = {
    "target": lambda text: {"better": "higher", "target": text},
    "cap": lambda text: {**RATIO, "scoring": {"method": "ratio", "cap": text}},
    "x": lambda text: {**ACTUAL, "scoring": {"method": "linear", "points": [[0, 0], [text, 1]]}},
    "score": lambda text: {**ACTUAL, "scoring": {"method": "linear", "points": [[0, 0], [1, text]]}},
    "from": lambda text: {**ACTUAL, "scoring": {"method": "bands", "bands": [{"from": text, "score": 1}]}},
    "score of a band": lambda text: {**ACTUAL, "scoring": {"method": "bands", "bands": [{"from": 1, "score": text}]}},
    "veto": lambda text: {**ACTUAL, "veto": {"score_below": text, "grade_at_most": "A"}},
}


@pytest.mark.parametrize("number", RULES)
def test_a_number_of_the_rules_beyond_is_a_problem(tmp_path: Path, number: str) -> None:
    """The highest is read, the next one is refused at its place."""
    rules(tmp_path, RULES[number](HIGHEST))
    file = write_role(tmp_path, "r", RULES[number]("1000000000000"))
    column = file.read_text("utf-8").index('"1000000000000"') + 1
    wrong = [(each.code, each.line, each.column) for each in kpicard.load(tmp_path).problems]
    assert ("number-out-of-range", 1, column) in wrong


@pytest.mark.parametrize("better", ["higher", "lower"])
@pytest.mark.parametrize("x", [f"-{HIGHEST}", "-1", "0", "0.000001", "333333333333.333333", HIGHEST])
def test_the_longest_line_there_is_has_no_wrong_figure(tmp_path: Path, better: str, x: str) -> None:
    """From one end of all values to the other, in x and in the score: the widest numbers of the arithmetic come by."""
    scores = [f"-{HIGHEST}", "0.000001", HIGHEST] if better == "higher" else [HIGHEST, "0.000001", f"-{HIGHEST}"]
    points = [list(each) for each in zip([f"-{HIGHEST}", "-0.000001", HIGHEST], scores, strict=True)]
    kpi = {"id": "only", "weight": "100", "better": better, "scoring": {"method": "linear", "points": points}}
    file = tmp_path / "2026-10.csv"
    file.write_text(f"employee,role,kpi,actual\nE1,r,only,{x}\n", "utf-8")
    card = oracle.card({"kpis": [kpi]}, {"cap": "120", "grades": GRADES}, {"only": (x, "")}, "refuse")
    result = kpicard.score(rules(tmp_path / "roles", kpi), file)
    assert card
    assert [card.figures[0].score] == [shown(each.kpis[0].score) for each in result.cards]


def test_every_month_that_can_be_written_is_scored(tmp_path: Path) -> None:
    """More periods than 16 bits can number, from the first month to the last, in their order."""
    periods = [f"{year:04}-{month:02}" for year in (*range(3000), 9999) for month in range(1, 13)]
    file = tmp_path / "months.csv"
    file.write_text("\n".join(["period,employee,role,only", *(f"{period},E1,r,1" for period in periods)]), "utf-8")
    result = kpicard.score(rules(tmp_path / "roles"), file)
    assert ((), len(periods)) == (result.problems, result.count)
    assert [(period,) for period in periods] == result.relation().project("period").fetchall()
