"""A folder to start from: a department, two roles, a roster and a month to fill in, with comments that teach them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kpicard.actuals.files.tables import Source
from kpicard.files import own_folder
from kpicard.fill_in.grid import long_template
from kpicard.fill_in.template_files import csv_bytes
from kpicard.roster.read import read_roster
from kpicard.rules.load import load
from kpicard.text import Language

ROSTER: Final = "roster.csv"
"""The roster's file below the folder; the roles are in `roles`, the months in `actuals`."""


def starter_files(period: str, language: Language) -> dict[Path, bytes]:
    """Return the files by their paths below the folder, with what is in them."""
    home = Path(__file__).parent / language
    inside = [*sorted(home.glob("roles/*.yaml")), home / ROSTER]
    files = {file.relative_to(home): file.read_bytes() for file in inside}
    rules = load(home / "roles").rules
    with own_folder() as folder:
        roster = read_roster(Source(home / ROSTER), rules, folder).roster
    month = Path("actuals", f"{period}.csv")
    return {**files, month: csv_bytes(long_template(roster, rules, period, language))}
