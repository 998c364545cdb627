"""`kpicard template`: a file to fill in."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kpicard.cli.inputs import roles_folder as found_roles
from kpicard.cli.inputs import rules_at
from kpicard.cli.options import (
    USED_WRONGLY,
    Lang,
    OnlyRoles,
    Roles,
    WrongUse,
    end_with,
    environment_language,
    one_period,
    status_of,
    tell,
    tell_error,
)
from kpicard.cli.output import cannot_write
from kpicard.text import printable

if TYPE_CHECKING:
    from kpicard.fill_in.grid import Template
    from kpicard.fill_in.roster import Chosen
    from kpicard.problems import Problem
    from kpicard.rules.rules import Rules
    from kpicard.text import Language

EXAMPLES = """\b
Examples:
  kpicard template --period 2026-10 --roster roster.csv --output 2026-10.xlsx
  kpicard template --period 2026-10 --role customer-service --wide --lang zh >2026-10.csv"""

_KINDS: Final = (".csv", ".xlsx")


def template(  # noqa: PLR0913, PLR0917 - each is an option of the command
    period: Annotated[str, typer.Option(metavar="YYYY-MM", parser=one_period, help="The month to fill in.")],
    roster: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            dir_okay=False,
            help="CSV, Excel or Parquet file of the people: employee, role and, if wanted, name and team. "
            "[default: each role once, for nobody yet]",
        ),
    ] = None,
    role: OnlyRoles = None,
    wide: Annotated[
        bool, typer.Option("--wide", help="One row per person and a column per KPI. [default: one row per KPI]")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="Write to a file that ends in .csv or .xlsx. [default: CSV to standard output]",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file, and what was filled in there.")] = False,
    roles_folder: Roles = None,
    lang: Lang = None,
) -> None:
    """Write a file to fill in with a month's actuals: for the people of a roster, or for each role."""
    from kpicard.fill_in.grid import long_template, wide_template
    from kpicard.problems import in_order
    from kpicard.rules.load import load

    language = lang or environment_language()
    _check(output, roster, force=force)
    rules, problems = load(found_roles(roles_folder, language))
    rules = rules_at(rules, period)
    people, wrong = _choose(rules, roster, role or (), period)
    problems = in_order([*problems, *wrong])
    _tell(problems, language, is_written=people is not None)
    if people:
        make = wide_template if wide else long_template
        _write(make(people, rules, period, language), output, language)
    end_with(status_of(problems))


def _check(output: Path | None, roster: Path | None, *, force: bool) -> None:
    """Refuse an output of another kind, and one whose figures would be lost."""
    if output is None:
        return
    wrong = None
    if output.suffix.lower() not in _KINDS:
        wrong = "neither-csv-nor-xlsx"
    elif roster and roster.exists() and output.exists() and output.samefile(roster):
        wrong = "holds-roster"
    elif output.exists() and not force:
        wrong = "there-already"
    if wrong:
        raise WrongUse(wrong, where="--output", output=str(output))


def _choose(rules: Rules, roster: Path | None, names: Sequence[str], period: str) -> Chosen:
    """Return who the template is for; nobody where rules are wrong without which it would lack somebody."""
    from kpicard.actuals.files.tables import Source
    from kpicard.cli.inputs import role_id
    from kpicard.fill_in.roster import Chosen, choose

    ids = [role_id(name, rules, "--role") for name in names] if rules.roles else []
    if not rules.roles or None in ids:
        return Chosen(None, ())
    return choose(rules, Source.of(roster) if roster else None, filter(None, ids), period)


def _tell(problems: Sequence[Problem], language: Language, *, is_written: bool) -> None:
    """Write the problems to standard error, and that there is no template for them."""
    if not problems:
        return
    from kpicard.reports.problems import write_problems

    write_problems(problems, language, sys.stderr)
    if not is_written:
        tell("template-not-written", language)


def _write(template: Template, output: Path | None, language: Language) -> None:
    from kpicard.files import write_whole

    content = _content(template, output, language)
    try:
        if output:
            write_whole(output, lambda new: new.write_bytes(content))
        else:
            sys.stdout.buffer.write(content)
            sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        cannot_write(output, error, language)
    if output:
        tell("wrote-template", language, count=len(template.rows), path=printable(str(output)))


def _content(template: Template, output: Path | None, language: Language) -> bytes:
    if output is None or output.suffix.lower() == ".csv":
        from kpicard.fill_in.template_files import csv_bytes

        return csv_bytes(template)
    try:
        from kpicard.fill_in.template_files import xlsx_bytes
    except ImportError:
        tell_error("needs-openpyxl", language)
        raise typer.Exit(USED_WRONGLY) from None
    return xlsx_bytes(template)
