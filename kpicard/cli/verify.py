"""`kpicard verify`: closed periods are as they were closed, and come out again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kpicard.cli.close import json_of
from kpicard.cli.options import SOMETHING_WRONG, Lang, WrongUse, environment_language
from kpicard.cli.output import ProblemFormat, write_checked
from kpicard.cli.progress import shown
from kpicard.progress import Step

EXAMPLES = """\b
Examples:
  kpicard verify closed/
  kpicard verify closed/2026-10 --format github"""


def verify(
    path: Annotated[
        list[Path], typer.Argument(metavar="PATH", help="A folder of closed periods, or the folder of one.")
    ],
    format_: ProblemFormat = None,
    lang: Lang = None,
) -> None:
    """Check that closed periods were not changed, and that their data and rules give their cards again."""
    from kpicard.cards.closed import read_closed
    from kpicard.cards.verify import verify as problems_of
    from kpicard.problems import Problem, has_errors
    from kpicard.rules.load import Checked

    language = lang or environment_language()
    files: list[Path] = []
    problems: list[Problem] = []
    for folder in _folders(path):
        closed = read_closed(folder)
        if isinstance(closed, Problem):
            files.append(Path(closed.path))
            problems.append(closed)
            continue
        files += [folder / name for name in closed.manifest.files]
        with shown(language) as progress:
            progress(Step("checking"))
            problems += problems_of(closed, json_of)
    write_checked(Checked(tuple(files), tuple(problems)), format_, language)
    if has_errors(problems):
        raise typer.Exit(SOMETHING_WRONG)


def _folders(paths: list[Path]) -> list[Path]:
    """Return the folders of closed periods that are named; that there are none is a wrong use."""
    from kpicard.cards.closed import closed_folders

    found: list[Path] = []
    for path in paths:
        try:
            inside = closed_folders(path)
        except OSError:
            inside = []
        if not inside:
            raise WrongUse("nothing-closed", where="PATH", path=str(path))
        found += inside
    return found
