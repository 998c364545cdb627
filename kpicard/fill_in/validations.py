"""What a template's workbook says of its cells and what it lets into them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kpicard.fill_in.grid import Template, ToFill
from kpicard.messages import words_of
from kpicard.numbers import plain
from kpicard.rules.ranges import Bounds
from kpicard.text import Language, say

TITLE: Final = 32
TEXT: Final = 255

_WORDS: Final = words_of("template")


class Message(NamedTuple):
    """A title and a text."""

    title: str
    text: str


def prompt(cell: ToFill, language: Language) -> Message:
    """Return what is shown beside a cell to fill in: its KPI, unit, target, range and definition."""
    return Message(shorten(cell.kpi, TITLE), shorten("\n".join(_about(cell, language)), TEXT))


def refusal(cell: ToFill, language: Language) -> Message:
    """Return what is said where something else than an actual was typed, or one that cannot be true."""
    possible = say(_WORDS["possible"], language).format(possible=say(cell.bounds.words, language))
    lines = [possible] if any(each is not None for each in cell.bounds) else []
    return Message(say(_WORDS["number"], language), "\n".join([*lines, say(_WORDS["what-to-fill-in"], language)]))


def not_to_fill(language: Language) -> Message:
    """Return what is said where a cell stays empty."""
    return Message(say(_WORDS["not-this-kpi"], language), say(_WORDS["not-of-the-role"], language))


def comment(cells: Sequence[ToFill], language: Language) -> str:
    """Return what is said of a KPI's column: its unit, target, range and definition, for each role that has it."""
    return "\n\n".join("\n".join((f"{cell.role} · {cell.kpi}", *_about(cell, language))) for cell in cells)


def shorten(text: str, longest: int) -> str:
    """Return a text of at most so many characters, as Excel counts them: those beyond U+FFFF are two.

    >>> shorten("definition", 10), shorten("definition", 9)
    ('definition', 'definiti…')
    """
    coded = text.encode("utf-16-le")
    if len(coded) <= 2 * longest:
        return text
    return coded[: 2 * (longest - 1)].decode("utf-16-le", "ignore") + "…"


def _about(cell: ToFill, language: Language) -> list[str]:
    unit = (
        say(_WORDS["percent"] if cell.is_percent else _WORDS["unit"], language).format(unit=cell.unit)
        if cell.unit
        else ""
    )
    target = say(_WORDS["target"], language).format(target=cell.target) if cell.target else ""
    possible = say(_WORDS["possible"], language).format(possible=cell.possible) if cell.possible else ""
    return [line for line in (unit, target, possible, cell.definition) if line]


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
