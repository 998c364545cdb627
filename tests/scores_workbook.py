"""Cards as the workbook has them, and as `--format json` has them, in one form that can be compared."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook


@dataclass(frozen=True)
class Figures:
    """What of a card is a formula in the workbook. Numbers are as binary as in any workbook: the nearest there are."""

    points: tuple[float | None, ...]
    total: float | None
    grade: str | None
    coefficient: float | None


def of_json(path: Path) -> dict[int, Figures]:
    """Return the cards of a report in JSON, numbered from 1 in their order."""
    cards = json.loads(path.read_text("utf-8"))["cards"]
    return {
        number: Figures(
            tuple(line["points"] for line in (*card["kpis"], *card["adjustments"])),
            card["total"],
            card["grade"],
            card["coefficient"],
        )
        for number, card in enumerate(cards, start=1)
    }


def of_workbook(book: Workbook, value: Callable[[str, str], Any]) -> dict[int, Figures]:
    """Return the cards by the numbers that they have; `value` gives a cell's value by sheet and name."""
    found: dict[int, Figures] = {}
    for sheet in book:
        for heading in (3, 6):
            words = [cell.value for cell in sheet[heading]]
            if words[0] == "No." and "Rank" not in words:
                for row in range(heading + 1, sheet.max_row + 1):
                    names = [(word, cell.coordinate) for word, cell in zip(words, sheet[row], strict=True)]
                    points = tuple(_number(value(sheet.title, cell)) for word, cell in names if word == "Points")
                    one = {word: value(sheet.title, cell) for word, cell in names}
                    found[int(one["No."])] = _figures(points, one)
    return found


def of_summary(book: Workbook, value: Callable[[str, str], Any]) -> dict[int, Figures]:
    """Return the same, without points, from the first sheet."""
    sheet = book.worksheets[0]
    words = [cell.value for cell in sheet[3]]
    rows = (
        {word: value(sheet.title, cell.coordinate) for word, cell in zip(words, row, strict=True)}
        for row in sheet.iter_rows(min_row=4)
    )
    return {int(one["No."]): _figures((), one) for one in rows}


def _figures(points: tuple[float | None, ...], one: dict[Any, Any]) -> Figures:
    grade = None if one["Grade"] in {"not assessed", "not graded"} else one["Grade"]
    return Figures(points, _number(one["Total"]), grade, _number(one["Coefficient"]))


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def write_ties(folder: Path) -> Path:
    """Write rules and actuals of cards whose points end in just half a hundredth; return the file of actuals.

    The weights have decimals, scores may be below 0, and on some cards not every KPI counts.
    """
    weights = {"eighth": 1250, "third": 3333, "three-eighths": 3750, "rest": 1667}
    standard = {"better": "higher", "scoring": {"method": "linear", "points": [[-200, -200], [200, 200]]}}
    kpis = [{"id": id_, "name": id_, "weight": weight / 100, **standard} for id_, weight in weights.items()]
    grades = [{"grade": name, "from": bound, "coefficient": 1} for name, bound in (("A", 60), ("B", 0), ("C", -20.5))]
    (folder / "roles").mkdir()
    (folder / "roles" / "department.yaml").write_text(json.dumps({"title": "Ties", "grades": grades}), "utf-8")
    (folder / "roles" / "ties.yaml").write_text(json.dumps({"id": "ties", "title": "Ties", "kpis": kpis}), "utf-8")
    chosen = random.Random("ties")  # noqa: S311 - the same numbers each time are wanted
    rows = [f"period,employee,role,{','.join(weights)}"]
    for number in range(400):
        left_out = chosen.sample(sorted(weights), chosen.choice([0, 0, 1, 2, 3]))
        full = sum(weight for id_, weight in weights.items() if id_ not in left_out)
        cells = ["N/A" if id_ in left_out else str(_tie(chosen, weight, full)) for id_, weight in weights.items()]
        rows.append(f"2026-10,E{number:03},ties,{','.join(cells)}")
    path = folder / "ties.csv"
    path.write_text("\n".join(rows), "utf-8")
    return path


def _tie(chosen: random.Random, weight: int, full: int) -> float:
    """Return a score whose points end in half a hundredth, or any score where there is none."""
    start = chosen.randrange(-15_000, 15_000)
    scores = range(start, start + 2 * full)
    tie = next((score for score in scores if (2 * score * weight) % (2 * full) == full and abs(score) <= 20_000), start)
    return tie / 100
