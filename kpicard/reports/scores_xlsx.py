"""Scorecards as a workbook whose points and totals are formulas. Needs XlsxWriter, which is optional."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from kpicard.cards.scorecards import Scorecards
from kpicard.files import write_whole
from kpicard.reports.xlsx.workbook import workbook_bytes
from kpicard.text import Language


def write_file(result: Scorecards, language: Language, path: Path) -> None:
    """Write the workbook to a file, whole or not at all. Raises OSError."""
    workbook = workbook_bytes(result, language)
    write_whole(path, lambda new: new.write_bytes(workbook))


def write(result: Scorecards, language: Language, out: TextIO) -> None:
    """Write the workbook as bytes."""
    out.flush()
    out.buffer.write(workbook_bytes(result, language))
