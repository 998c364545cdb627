"""A folder to start from: a department, two roles, a roster and a month to fill in, with comments that teach them."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kpicard.loading import load
from kpicard.sources.source import Source
from kpicard.templates.csv_file import csv_bytes
from kpicard.templates.roster import read_roster
from kpicard.templates.table import long_template
from kpicard.text import Language

ROSTER: Final = "roster.csv"
"""The roster's file below the folder; the roles are in `roles`, the months in `actuals`."""


def starter_files(period: str, language: Language) -> dict[Path, bytes]:
    """Return the files by their paths below the folder, with what is in them."""
    home = Path(__file__).parent / language
    inside = [*sorted(home.glob("roles/*.yaml")), home / ROSTER]
    files = {file.relative_to(home): file.read_bytes() for file in inside}
    rules = load(home / "roles").rules
    with tempfile.TemporaryDirectory(prefix="kpicard-") as folder:
        roster = read_roster(Source(home / ROSTER), rules, Path(folder)).roster
    month = Path("actuals", f"{period}.csv")
    return {**files, month: csv_bytes(long_template(roster, rules, period, language))}


def write_new(files: Mapping[Path, bytes]) -> None:
    """Write files that are not there yet, all of them or none. Raises OSError."""
    written: list[Path] = []
    try:
        for path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
        for path, content in files.items():
            with path.open("xb") as stream:
                written.append(path)
                stream.write(content)
    except OSError:
        for path in written:
            path.unlink(missing_ok=True)
        raise
