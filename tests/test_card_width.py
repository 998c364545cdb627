"""Whether a card's table fits the terminal is decided by its texts, and comes to what rich measures."""

from __future__ import annotations

import pytest
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from kpicard.reports.card_terminal import needed

TEXTS = ["", "a", "服务质量", "Response time\n28.5 s / 30 s", "█████▉", "e\u0301", "x" * 90]


@pytest.mark.parametrize("columns", range(1, 9))
def test_a_table_needs_what_rich_measures(columns: int) -> None:
    """Of any number of columns, with headings, footers and texts of one line or more, in any script."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_footer=True)
    for index in range(columns):
        table.add_column(TEXTS[-index % 7], Text(TEXTS[(3 * index) % 7]), justify="right" if index % 2 else "left")
    for row in range(columns):
        table.add_row(*(Text(TEXTS[(row * index) % 7]) if index % 3 else TEXTS[row % 7] for index in range(columns)))
    console = Console(width=80)
    assert Measurement.get(console, console.options.update_width(2000), table).maximum == needed(table)
