"""Scorecards as a workbook whose points and totals are formulas. Needs XlsxWriter, which is optional."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from kpicard.reports.binary import write_bytes
from kpicard.reports.xlsx.workbook import write_workbook
from kpicard.scorecards import Scorecards
from kpicard.text import Language


def write_file(result: Scorecards, language: Language, path: Path) -> None:
    """Write the workbook to a file. Raises OSError."""
    write_workbook(result, language, path)


def write(result: Scorecards, language: Language, out: TextIO) -> None:
    """Write the workbook as bytes."""
    write_bytes(lambda path: write_workbook(result, language, path), out)
