"""`kpicard init`: a folder to start from."""

from __future__ import annotations

import os
import re
import shlex
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kpicard.cli.options import (
    Lang,
    WrongUse,
    environment_language,
    one_period,
    said,
)
from kpicard.cli.output import cannot_write
from kpicard.text import Language

EXAMPLES = """\b
Examples:
  kpicard init
  kpicard init appraisal --period 2026-10 --lang zh"""


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder; it is made if need be.")] = Path(),
    period: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM", parser=one_period, help="The first month. [default: the current one]"),
    ] = None,
    lang: Lang = None,
) -> None:
    """Write a department, two roles, a roster and a month to fill in, to start from. Overwrites nothing."""
    from kpicard.files import write_new
    from kpicard.starter import starter_files

    language = lang or environment_language()
    today = date.today()  # noqa: DTZ011 - the month on the user's own calendar
    month = period or f"{today:%Y-%m}"
    files = starter_files(month, language)
    there = [folder / path for path in files if os.path.lexists(folder / path)]
    if there:
        raise WrongUse("start-there", where="DIR", found=[str(path) for path in there])
    try:
        write_new(folder, files)
    except OSError as error:
        cannot_write(folder, error, language)
    for path in files:
        typer.echo(folder / path)
    _say_what_next(folder, month, language, f" --lang {lang}" if lang else "")


def _say_what_next(folder: Path, month: str, language: Language, options: str) -> None:
    """Write the commands that come next: validate, fill in, score."""
    year, number = map(int, month.split("-"))
    after = f"{year + number // 12:04}-{number % 12 + 1:02}"
    names = ("roles", "roster.csv", f"actuals/{month}.csv", f"actuals/{after}.xlsx")
    roles, roster, actuals, workbook = (_word(folder / name) for name in names)
    steps = (
        ("next-check", f"kpicard validate {roles}"),
        ("next-fill-in", f"kpicard template --period {after} --roster {roster} --roles {roles} --output {workbook}"),
        ("next-score", f"kpicard score {actuals} --roles {roles}"),
    )
    for step, (words, command) in enumerate(steps, start=1):
        typer.echo(f"\n{step}. {said(words, language, month=actuals)}\n   {command}{options}")


def _word(path: Path) -> str:
    """Return a path as a word of a command line, in quotes where a shell would not take it for one."""
    text = str(path)
    if re.fullmatch(r"[\w./\\:-]+", text):
        return text
    return f'"{text}"' if os.name == "nt" else shlex.quote(text)
