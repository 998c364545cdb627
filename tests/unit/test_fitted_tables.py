"""A table that fits the terminal is drawn as rich draws it, and needs the width that rich measures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.measure import Measurement
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from kpicard.reports.formats.fitted import Fitted

TEXTS = ["", "a", "服务质量", "Response time\n28.5 s / 30 s", "█████▉", "e\u0301", "x" * 90, "two\n\nlines\n"]
STYLES = ["", "bold", "red", "dim"]
COLUMNS = range(1, 9)


def table_of(columns: int, *, show_footer: bool) -> Table:
    """Return a table with headings, footers and texts of one line or more, in any script and style."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_footer=show_footer)
    for index in range(columns):
        footer = Text(TEXTS[(3 * index) % 8]) if show_footer else ""
        table.add_column(TEXTS[1 + index % 7], footer, justify="right" if index % 2 else "left")
    for row in range(columns):
        table.add_row(
            *(
                Text.assemble(TEXTS[(row * index) % 8], ("…", STYLES[row % 4]), style=STYLES[index % 4])
                if index % 3
                else TEXTS[row % 8]
                for index in range(columns)
            )
        )
    return table


def shown(drawn: RenderableType, width: int) -> list[list[tuple[str, str]]]:
    """Return the lines that a terminal shows: each character with its style, blanks without one."""
    console = Console(width=width, force_terminal=True, color_system="standard", highlight=False)

    def characters(line: list[Segment]) -> Iterator[tuple[str, str]]:
        for text, style, _ in line:
            for character in text:
                yield character, "" if character == " " else str(style or "none")

    lines = Segment.split_lines(console.render(drawn, console.options))
    return [list(characters(line)) for line in lines]


@pytest.mark.parametrize("show_footer", [True, False])
@pytest.mark.parametrize("columns", COLUMNS)
def test_a_table_needs_what_rich_measures(columns: int, show_footer: bool) -> None:
    """Of any number of columns."""
    table = table_of(columns, show_footer=show_footer)
    console = Console(width=80)
    measured = Measurement.get(console, console.options.update_width(2000), table).maximum
    assert Fitted(table).width == measured


@pytest.mark.parametrize("show_footer", [True, False])
@pytest.mark.parametrize("columns", COLUMNS)
def test_a_table_that_fits_is_drawn_as_rich_draws_it(columns: int, show_footer: bool) -> None:
    """To the last blank and in the same styles."""
    table = table_of(columns, show_footer=show_footer)
    for width in (Fitted(table).width, 1000):
        assert shown(Fitted(table), width) == shown(table, width)


@pytest.mark.parametrize("columns", COLUMNS)
def test_a_table_that_does_not_fit_is_left_to_rich(columns: int) -> None:
    """It wraps and folds what is too wide."""
    table = table_of(columns, show_footer=True)
    for width in (Fitted(table).width - 1, 20):
        assert shown(Fitted(table), width) == shown(table, width)
