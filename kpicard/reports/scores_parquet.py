"""Scorecards as Parquet, one row per card and KPI, straight from the engine."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from kpicard.cards.scorecards import Scorecards
from kpicard.reports.binary import write_bytes
from kpicard.text import Language


def write_file(result: Scorecards, language: Language, path: Path) -> None:  # noqa: ARG001 - ids only, in no language
    """Write all cards to a file. Raises OSError."""
    result.write_parquet(path)


def write(result: Scorecards, language: Language, out: TextIO) -> None:  # noqa: ARG001 - ids only, in no language
    """Write all cards as bytes."""
    write_bytes(result.write_parquet, out)
