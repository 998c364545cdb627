"""`kpicard score`: CSV actuals to scorecards."""

from __future__ import annotations

import re
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, cast

import typer

from kpicard import reports
from kpicard.cli.actuals_files import holds_actuals, source_of
from kpicard.cli.actuals_options import SHOWN, Employees, Encoding, MissingFigures, OnlyRoles, Periods, Sheets
from kpicard.cli.options import SOMETHING_WRONG, USED_WRONGLY, Lang, Roles, environment_language, one_of

if TYPE_CHECKING:
    from kpicard.card import Missing
    from kpicard.rules.rules import Rules
    from kpicard.scorecards import Scorecards
    from kpicard.text import Language

EXAMPLES = """\b
Examples:
  kpicard score 2026-10.csv
  kpicard score 2026-10.csv --employee E017 --lang zh
  kpicard score 2026-10.xlsx --sheet 10月 --verbose
  kpicard score actuals/ --role customer-service --output cards/
  kpicard score - --period 2026-10 --format csv <export.csv >scores.csv"""

_SUFFIXES = {".md": "markdown", ".json": "json", ".csv": "csv", ".txt": "terminal"}


def _fingerprint(value: str) -> str:
    if not re.fullmatch("[0-9a-fA-F]{16}", value.strip()):
        message = f"{value!r} is no fingerprint of rules: 16 digits of 0-9 and a-f, as a card has under `rules`"
        raise typer.BadParameter(message)
    return value.strip().lower()


def score(  # noqa: PLR0913, PLR0917 - each is an option of the command
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE", help="CSV, Excel or Parquet files of actuals, folders or patterns; - is standard input."
        ),
    ],
    roles_folder: Roles = None,
    period: Periods = None,
    employee: Employees = None,
    role: OnlyRoles = None,
    missing: MissingFigures = "refuse",
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="|".join(reports.SCORES),
            parser=one_of(reports.SCORES),
            help="The report. [default: by the ending of --output, else terminal]",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="Write to a file; or to a folder (ending in /): one Markdown file per card, and an index.",
        ),
    ] = None,
    encoding: Encoding = None,
    sheet: Sheets = None,
    expect_rules: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FINGERPRINT", parser=_fingerprint, help="Only by these rules, as cards name them; may be repeated."
        ),
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say how each file was read.")] = False,
    lang: Lang = None,
) -> None:
    """Score monthly actuals and report the scorecards."""
    from kpicard.loading import load
    from kpicard.problems import has_errors
    from kpicard.rules.find import find_roles
    from kpicard.scorecards import score as score_files

    language = lang or environment_language()
    destination = _destination(format_, output, files)
    rules, problems = load(find_roles(roles_folder))
    with tempfile.TemporaryDirectory(prefix="kpicard-") as folder:
        result = score_files(
            rules,
            [replace(source_of(file, Path(folder)), encoding=encoding, sheets=tuple(sheet or ())) for file in files],
            missing=cast("Missing", missing),
            periods=period or (),
            employees=employee or (),
            roles=[_role(name, rules) for name in role or ()],
            expect_rules=expect_rules or (),
        ).with_problems(problems)
    if verbose:
        _account(result, language)
    _tell(result, language)
    try:
        _write(result, destination, language)
    except BrokenPipeError:
        raise
    except OSError as error:
        typer.echo(f"Error: cannot write {output or 'standard output'}: {error.strerror or error}", err=True)
        raise typer.Exit(USED_WRONGLY) from None
    if has_errors(result.problems):
        raise typer.Exit(SOMETHING_WRONG)


class _Destination(NamedTuple):
    """Where the report goes, and as what; without a path, to standard output."""

    format: str
    path: Path | None = None
    is_folder: bool = False


def _destination(format_: str | None, output: str | None, files: list[str]) -> _Destination:
    if output is None:
        return _Destination(format_ or "terminal")
    path = Path(output)
    if not output:
        message = "name a file, or a folder ending in /"
        raise typer.BadParameter(message, param_hint="--output")
    if path.is_file() and holds_actuals(path, files):
        message = f"{output!r} holds the actuals, and would be overwritten"
        raise typer.BadParameter(message, param_hint="--output")
    if output.endswith(("/", "\\")) or path.is_dir():
        if format_ not in {None, "markdown"}:
            message = f"a folder takes one Markdown file per card; for {format_} name a file"
            raise typer.BadParameter(message, param_hint="--output")
        return _Destination("markdown", path, is_folder=True)
    guessed = format_ or _SUFFIXES.get(path.suffix.lower())
    if guessed is None:
        message = f"{output!r} does not say which report it is: give --format, or end it in {', '.join(_SUFFIXES)} or /"
        raise typer.BadParameter(message, param_hint="--output")
    return _Destination(guessed, path)


def _role(name: str, rules: Rules) -> str:
    """Return the id of the role that is called `name`; a role that could not be loaded has no cards to choose."""
    from kpicard.cli.names import role_id

    return (role_id(name, rules, "--role") or name) if rules.roles else name


def _account(result: Scorecards, language: Language) -> None:
    """Write how each file was read to standard error."""
    from kpicard.reports.tables_text import write_tables

    write_tables(result.tables, language, sys.stderr)


def _tell(result: Scorecards, language: Language) -> None:
    """Write the problems, and how many cards are withheld for them, to standard error."""
    if not result.problems:
        return
    from kpicard.reports.problems_text import write_problems
    from kpicard.reports.words import WORDS
    from kpicard.text import say

    write_problems(result.problems[:SHOWN], language, sys.stderr)
    if len(result.problems) > SHOWN:
        typer.echo(say(WORDS["more-problems"], language).format(count=len(result.problems) - SHOWN), err=True)
    words = WORDS["cards-withheld" if result.withheld else "cards"]
    typer.echo(say(words, language).format(count=result.count, withheld=result.withheld), err=True)


def _write(result: Scorecards, destination: _Destination, language: Language) -> None:
    from kpicard.reports.files import write_whole
    from kpicard.reports.scores_folder import write_folder
    from kpicard.reports.words import WORDS
    from kpicard.text import say

    write = reports.writer(reports.SCORES, destination.format)
    if destination.path is None:
        write(result, language, sys.stdout)
        sys.stdout.flush()
    elif destination.is_folder:
        left = write_folder(result, language, destination.path)
        if left:
            typer.echo(say(WORDS["left-behind"], language).format(count=left, folder=destination.path), err=True)
    else:
        write_file = reports.file_writer(reports.SCORES, destination.format)
        write_whole(
            destination.path,
            lambda out: write(result, language, out),
            (lambda path: write_file(result, language, path)) if write_file else None,
        )
