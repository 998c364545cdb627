"""Data validation: a cell to fill in takes a number that can be true, N/A or nothing; one that stays empty, nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kpicard.numbers import plain
from kpicard.rules.models import Bounds
from kpicard.templates.prompts import Message, not_to_fill, prompt, refusal
from kpicard.templates.table import Template, ToFill

_ACTUAL: Final = 'OR({1},{0}="",UPPER(TRIM({0}))="N/A",TRIM({0})="不适用")'
_NOTHING: Final = "FALSE"
_MOST: Final = 400
"""The most cells of one validation: an .xls file has room for no more than 432."""


def add_validations(sheet: Worksheet, template: Template) -> None:
    """Add the validations to a sheet that a template was written to from A1 on: one for each KPI of a role."""
    to_fill: dict[ToFill, list[str]] = defaultdict(list)
    not_filled: list[str] = []
    for index in range(len(template.headings)):
        letter = get_column_letter(index + 1)
        for row, cell in enumerate(template.column(index), start=2):
            if isinstance(cell, ToFill):
                to_fill[cell].append(f"{letter}{row}")
            elif cell is None:
                not_filled.append(f"{letter}{row}")
    for cell, places in to_fill.items():
        for part in _parts(places):
            # All in one column: the formula is that of the topmost cell, and moves along with the others.
            formula = _ACTUAL.format(part[0], _is_possible(part[0], cell.bounds))
            _add(sheet, formula, part, prompt(cell, template.language), refusal(cell, template.language))
    empty = not_to_fill(template.language)
    for part in _parts(not_filled):
        _add(sheet, _NOTHING, part, None, empty)


def _is_possible(place: str, bounds: Bounds) -> str:
    """Return the formula that a cell has a number, within the bounds where there are some."""
    number = f"ISNUMBER({place})"
    ends = [f"{place}{sign}{plain(end)}" for sign, end in zip((">=", "<="), bounds, strict=True) if end is not None]
    return f"AND({','.join([number, *ends])})" if ends else number


def _add(sheet: Worksheet, formula: str, places: Iterable[str], shown: Message | None, refused: Message) -> None:
    sheet.add_data_validation(
        DataValidation(
            "custom",
            formula,
            sqref=" ".join(places),
            allow_blank=True,
            showErrorMessage=True,
            errorTitle=refused.title,
            error=refused.text,
            showInputMessage=shown is not None,
            promptTitle=shown and shown.title,
            prompt=shown and shown.text,
        )
    )


def _parts(places: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(places)
    while part := list(islice(rest, _MOST)):
        yield part
