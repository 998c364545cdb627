"""`kpicard score`: CSV actuals to scorecards."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, cast

import typer

from kpicard import reports
from kpicard.cli.options import SOMETHING_WRONG, USED_WRONGLY, Lang, Roles, environment_language, one_of
from kpicard.cli.periods import one_period

if TYPE_CHECKING:
    from kpicard.card import Missing
    from kpicard.rules.models import Rules
    from kpicard.scorecards import Scorecards
    from kpicard.sources.source import Source
    from kpicard.text import Language

EXAMPLES = """\b
Examples:
  kpicard score 2026-10.csv
  kpicard score 2026-10.csv --employee E017 --lang zh
  kpicard score 2026-10.xlsx --sheet 10月 --verbose
  kpicard score actuals/ --role customer-service --output cards/
  kpicard score - --period 2026-10 --format csv <export.csv >scores.csv"""

MISSING = ("refuse", "zero", "exclude")
SHOWN = 100
"""The most problems that are listed on standard error; how many more there are is said."""

_SUFFIXES = {".md": "markdown", ".json": "json", ".csv": "csv", ".txt": "terminal"}


def _encoding(value: str) -> str:
    from kpicard.sources.encodings import known_encoding

    if known_encoding(value) is None:
        message = f"{value!r} is no encoding that is known; for instance utf-8, gb18030 or utf-16"
        raise typer.BadParameter(message)
    return value


def score(  # noqa: PLR0913, PLR0917 - each is an option of the command
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE", help="CSV, Excel or Parquet files of actuals, folders or patterns; - is standard input."
        ),
    ],
    roles_folder: Roles = None,
    period: Annotated[
        list[str] | None,
        typer.Option(
            metavar="YYYY-MM", parser=one_period, help="Only this period; it also dates a file that says none."
        ),
    ] = None,
    employee: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this employee; may be repeated.")
    ] = None,
    role: Annotated[
        list[str] | None, typer.Option(metavar="ROLE", help="Only this role, by id or title; may be repeated.")
    ] = None,
    missing: Annotated[
        str,
        typer.Option(
            metavar="|".join(MISSING),
            parser=one_of(MISSING),
            help="A KPI not reported: withhold the card, score it 0, or leave it out and scale the other weights up.",
        ),
    ] = "refuse",
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
    encoding: Annotated[
        str | None,
        typer.Option(metavar="NAME", parser=_encoding, help="Encoding of text files. [default: found out]"),
    ] = None,
    sheet: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Sheet of a workbook; may be repeated. [default: the one with actuals]"),
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
            [replace(_source(file, Path(folder)), encoding=encoding, sheets=tuple(sheet or ())) for file in files],
            missing=cast("Missing", missing),
            periods=period or (),
            employees=employee or (),
            roles=[_role(name, rules) for name in role or ()],
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
    if path.is_file() and _holds_actuals(path, files):
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


def _holds_actuals(path: Path, files: list[str]) -> bool:
    """Whether a file is one of those that are scored, by itself or in a folder or pattern."""
    from kpicard.sources.find import find_sources
    from kpicard.sources.source import Source

    sources, _ = find_sources(Source.of(file) for file in files if file != "-")
    return any(source.path.is_file() and path.samefile(source.path) for source in sources)


def _source(file: str, folder: Path) -> Source:
    """Return a source for a file's name; standard input is kept in `folder`, since it is read more than once."""
    from kpicard.sources.source import Source

    if file != "-":
        return Source.of(file)
    copy = folder / "standard-input.csv"
    if not copy.exists():
        with copy.open("wb") as stream:
            while chunk := sys.stdin.buffer.read(1 << 20):
                stream.write(chunk)
    return Source(copy, "-")


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
