"""Every report carries the same figures: JSON, CSV, Parquet, Markdown, HTML and the workbook, digit by digit."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeAlias

import duckdb
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kpicard
from kpicard.numbers import points_text
from kpicard.reports import SCORES, file_writer, writer
from tests.html_reader import Element
from tests.random_months import Month, folder_of, law, months, write

Line: TypeAlias = tuple[str, ...]
"""A KPI's or an adjustment's id, its weight, attainment, score and points; "" where there is none."""
Cards: TypeAlias = dict[str, tuple[Line, list[Line]]]
"""Total, grade and coefficient of each card, and its lines, by employee."""

FIGURES: Final = ("weight", "attainment", "score", "points")
RESULT: Final = ("total", "grade", "coefficient")


@law
@given(month=months(), missing=st.sampled_from(["zero", "exclude"]))
def test_all_reports_carry_the_same_figures(
    tmp_path_factory: pytest.TempPathFactory, month: Month, missing: kpicard.Missing
) -> None:
    folder = folder_of(tmp_path_factory)
    result = kpicard.score(month.load(folder), write(folder / "month.csv", month.rows), missing=missing)
    expected = of_values(result)
    found = {
        "json": of_json(text(result, "json")),
        "csv": of_rows(csv.DictReader(io.StringIO(text(result, "csv"), newline=""))),
        "parquet": of_rows(parquet_rows(result, folder / "cards.parquet")),
        "markdown": of_markdown(text(result, "markdown")),
    }
    assert dict.fromkeys(found, expected) == found
    assert happened(expected) == of_html(text(result, "html"))
    if result.cards:
        assert binary(expected) == binary(of_rows(workbook_rows(result, folder / "cards.xlsx")))


def text(result: kpicard.Scorecards, format_: str) -> str:
    """Return a report as it is put out."""
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, "utf-8", newline="")
    writer(SCORES, format_)(result, "en", out)
    out.flush()
    return raw.getvalue().decode("utf-8")


def shown(value: object) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def line(id_: str, *figures: object) -> Line:
    """A line's figures as texts; cards show points without the zeros that data has behind the second decimal."""
    *others, points = map(shown, figures)
    return (id_, *others, points_text(Decimal(points)) if points else "")


def of_values(result: kpicard.Scorecards) -> Cards:
    """The cards as the library gives them."""
    return {
        card.employee: (
            (shown(card.total), shown(card.grade), shown(card.coefficient)),
            [
                *(line(each.kpi.id, each.kpi.weight, each.attainment, each.score, each.points) for each in card.kpis),
                *(line(each.adjustment.id, None, None, None, each.points) for each in card.adjustments),
            ],
        )
        for card in result.cards
    }


def of_json(report: str) -> Cards:
    return {
        card["employee"]: (
            tuple(shown(card[name]) for name in RESULT),
            [
                line(each.get("kpi") or each["adjustment"], *(each.get(name) for name in FIGURES))
                for each in (*card["kpis"], *card["adjustments"])
            ],
        )
        for card in json.loads(report, parse_float=str, parse_int=str)["cards"]
    }


def of_rows(rows: Iterable[Mapping[str, Any]]) -> Cards:
    """The cards of one row per KPI."""
    cards: Cards = {}
    for row in rows:
        _, lines = cards.setdefault(row["employee"], (tuple(shown(row[name]) for name in RESULT), []))
        lines.append(line(row["kpi"], *(row[name] for name in FIGURES)))
    return cards


def parquet_rows(result: kpicard.Scorecards, path: Path) -> Iterator[Mapping[str, Any]]:
    """The rows of the file, whose weights and coefficients have all of six decimals."""
    result.write_parquet(path)
    table = duckdb.read_parquet(str(path))
    for values in table.fetchall():
        row = dict(zip(table.columns, values, strict=True))
        row["weight"] = None if row["weight"] is None else f"{row['weight']:f}".rstrip("0").rstrip(".")
        row["coefficient"] = None if row["coefficient"] is None else row["coefficient"].quantize(Decimal("0.01"))
        yield row


def workbook_rows(result: kpicard.Scorecards, path: Path) -> Iterator[Mapping[str, Any]]:
    """The rows of the sheet with all figures."""
    write_file = file_writer(SCORES, "xlsx")
    assert write_file
    write_file(result, "en", path)
    sheet = openpyxl.load_workbook(path, data_only=True)["Data"]
    words = [str(cell.value).lower() for cell in sheet[3]]
    for cells in sheet.iter_rows(min_row=4):
        row = dict(zip(words, (cell.value for cell in cells), strict=True))
        yield {
            **row,
            "kpi": row["kpi id"],
            "grade": str(row["grade"]).replace("not assessed", "").replace("not graded", ""),
        }


def binary(cards: Cards) -> dict[str, Any]:
    """The same with its numbers as binary as in any workbook: the nearest there are."""

    def number(text: str) -> float | str:
        return text if not text or text[0].isalpha() else float(text)

    return {
        key: (tuple(map(number, result)), [tuple(map(number, each)) for each in lines])
        for key, (result, lines) in cards.items()
    }


def of_markdown(report: str) -> Cards:
    """The cards by their headings, each with its table and the lines below."""
    cards: Cards = {}
    for part in report.split("\n## "):
        heading, *below = part.splitlines()
        if " · " in heading:
            rows = [row.strip("|").split(" | ") for row in below if row.startswith("|")]
            cells = [[cell.strip(" *%").replace("—", "") for cell in row] for row in rows]
            said = dict(
                each.removeprefix("- ").split(": ", 1) for each in below if each.startswith("- ") and ": " in each
            )
            at = [cells[0].index(name.capitalize()) for name in FIGURES]
            result = cells[-1][at[-1]], said["Grade"].strip("*"), said["Coefficient"]
            lines = [line(id_of(row[0]), *(marks(row[index]) for index in at)) for row in cells[2:-1]]
            cards[heading.split(" · ")[0]] = none(result), without_sections(lines)
    return cards


def of_html(report: str) -> Cards:
    """The cards of all articles."""
    cards: Cards = {}
    for article in Element.read(report).all("article"):
        said = {each.one("dt").text: figure(each.one("dd")) for each in article.one("dl", "facts").all("div")}
        lines = []
        for row in article.one("table", "stack").one("tbody").all("tr"):
            cells = {each.attributes.get("data-label"): each.text.strip("%—") for each in row.all("td")}
            lines.append(
                line(id_of(row.one("th").text), *(marks(cells.get(name.capitalize(), "")) for name in FIGURES))
            )
        title = next(article.one("header").all(id=article.attributes["id"] + ":h"))
        result = none(tuple(said[name.capitalize()] for name in RESULT))
        cards[title.text] = result, without_sections(lines)
    return cards


def without_sections(lines: list[Line]) -> list[Line]:
    """The lines of KPIs and adjustments: each section has a line above those of its KPIs."""
    return [each for each in lines if not str(each[0]).startswith("s")]


def marks(cell: str) -> str:
    """What a cell says without the full marks behind it: `27 of 30` is 27.00."""
    given, has_full_marks, _ = cell.partition(" of ")
    return f"{Decimal(given):.2f}" if has_full_marks else given


def happened(cards: Cards) -> Cards:
    """A page says nothing of adjustments that did not happen: these have no figures."""
    return {card: (result, [each for each in lines if any(each[1:])]) for card, (result, lines) in cards.items()}


def figure(cell: Element) -> str:
    """A key figure without what it means, which stands in small letters beside it."""
    return Element("", {}, [each for each in cell.children if not is_small(each)]).text


def is_small(child: Element | str) -> bool:
    return isinstance(child, Element) and child.tag == "small"


def none(result: Line) -> Line:
    return tuple("" if each in {"—", "not assessed", "not graded"} else each for each in result)


def id_of(name: str) -> str:
    """Random KPIs and adjustments are called by their ids, but for the case and a blank."""
    return name.strip().lower().replace(" ", "")
