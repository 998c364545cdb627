"""Explanations for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as RichText

from kpicard.cards.explanation.explain import explain_all
from kpicard.cards.scorecards import Scorecards
from kpicard.reports.explain_text import Section, heading, sections, withheld_line
from kpicard.reports.terminal import Lines, show, terminal
from kpicard.text import Language


def write(result: Scorecards, language: Language, out: TextIO) -> None:
    """Write to `out`; its width and colours are those of the terminal, if it is one."""
    console = terminal(out)
    explanations = explain_all(result)
    for explanation in explanations.explained:
        console.print(RichText(heading(explanation.card, language), "bold underline"))
        console.print()
        for section in sections(explanation, language):
            for part in _section(section):
                console.print(part)
    for withheld in explanations.withheld:
        console.print(Lines([withheld_line(withheld, language)]))
    show(console, out)


def _section(section: Section) -> Iterator[RenderableType]:
    yield RichText(section.title, "bold")
    steps = Table.grid(padding=(0, 2, 0, 0))
    steps.add_column(style="dim", no_wrap=True)
    steps.add_column()
    for label, text in section.lines:
        if label:
            steps.add_row(RichText(label), Lines([text]))
    if steps.row_count:
        yield Padding(steps, (0, 0, 0, 2))
    remarks = [text for label, text in section.lines if not label]
    if remarks:
        yield Padding(Lines(remarks), (0, 0, 0, 2))
    if section.drawing:
        yield RichText("")
        drawing = RichText("\n".join(section.drawing), no_wrap=True)
        drawing.highlight_regex(r"[▁-█]+", "dim")  # so that the marks stand out
        yield drawing
    yield RichText("")
