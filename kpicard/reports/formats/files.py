"""Reports that the engine writes, or that are no text: to a file, and from there to standard output."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from kpicard.cards.scorecards import Scorecards
from kpicard.files import own_folder
from kpicard.text import Language


def csv_file(result: Scorecards, language: Language, path: Path) -> None:  # noqa: ARG001 - ids only, in no language
    """Write all cards as CSV, one row per card and KPI. Raises OSError."""
    result.write_csv(path)


def parquet_file(result: Scorecards, language: Language, path: Path) -> None:  # noqa: ARG001 - ids only, in no language
    """Write all cards as Parquet, one row per card and KPI. Raises OSError."""
    result.write_parquet(path)


def tidy_csv_file(result: Scorecards, language: Language, path: Path) -> None:  # noqa: ARG001 - in no language
    """Write the figures as they were understood as CSV. Raises OSError."""
    result.write_tidy(path, "csv")


def tidy_parquet_file(result: Scorecards, language: Language, path: Path) -> None:  # noqa: ARG001 - in no language
    """Write the figures as they were understood as Parquet. Raises OSError."""
    result.write_tidy(path, "parquet")


def write_bytes(
    write_file: Callable[[Scorecards, Language, Path], object], result: Scorecards, language: Language, out: TextIO
) -> None:
    """Let `write_file` write a file of its own, and put its bytes on `out`. Raises OSError."""
    with own_folder() as folder:
        path = folder / "report"
        write_file(result, language, path)
        out.flush()
        with path.open("rb") as stream:
            shutil.copyfileobj(stream, out.buffer, 1 << 20)
