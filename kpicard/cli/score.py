"""`kpicard score`: CSV actuals to scorecards."""

from __future__ import annotations

import re
from typing import Annotated, Final

import typer

from kpicard import reports
from kpicard.cli.actuals_options import (
    By,
    Employees,
    Encoding,
    MemoryLimit,
    MissingFigures,
    OnlyRoles,
    Periods,
    RollupOf,
    Sheets,
    requested,
)
from kpicard.cli.card_folder import refuse_foreign, write_cards
from kpicard.cli.inputs import Actuals
from kpicard.cli.options import Lang, Roles, WrongUse, environment_language, one_of
from kpicard.cli.output import REPORT_HELP, destination, keep_old, write_report
from kpicard.cli.scoring import finish, is_all_wrong, scored
from kpicard.cli.spark import ENGINES, refuse_others, refuse_spark_options, score_on_spark
from kpicard.text import Both

EXAMPLES = """\b
Examples:
  kpicard score 2026-10.csv
  kpicard score 2026-10.csv --employee E017 --lang zh
  kpicard score 2026-10.xlsx --sheet 10月 --verbose
  kpicard score actuals/ --role customer-service --output cards/
  kpicard score - --period 2026-10 --format csv <export.csv >scores.csv
  kpicard score --engine spark --master yarn hdfs:///actuals/*.csv --output hdfs:///scores"""

_NO_FINGERPRINT: Final = Both(
    "{value!r} is no fingerprint of rules: 16 digits of 0-9 and a-f, as a card has under `rules`",
    "“{value}”不是规则指纹：应为 16 位（0-9、a-f），见考核表上的“规则指纹”",
)


def _fingerprint(value: str) -> str:
    if not re.fullmatch("[0-9a-fA-F]{16}", value.strip()):
        raise WrongUse(_NO_FINGERPRINT, value=value)
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
    by: By = None,
    rollup: RollupOf = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(reports.SCORES), parser=one_of(reports.SCORES), help=REPORT_HELP),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="Write to a file; or to a folder (ending in /): a file for each person, and an index.",
        ),
    ] = None,
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="Write into a folder of others too: overwrites files of the same name, removes nothing.",
        ),
    ] = False,
    encoding: Encoding = None,
    sheet: Sheets = None,
    expect_rules: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FINGERPRINT", parser=_fingerprint, help="Only by these rules, as cards name them; may be repeated."
        ),
    ] = None,
    memory_limit: MemoryLimit = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say how each file was read.")] = False,
    engine: Annotated[
        str,
        typer.Option(
            metavar="|".join(ENGINES),
            parser=one_of(ENGINES),
            help="On this machine, or on Spark: CSV, Parquet or table:NAME in, CSV, Parquet or table:NAME out.",
        ),
    ] = "duckdb",
    master: Annotated[
        str | None, typer.Option(metavar="URL", help="Spark's master, as local[*] or yarn. [default: Spark's own]")
    ] = None,
    remote: Annotated[
        str | None, typer.Option(metavar="URL", help="A server of Spark Connect, as sc://host. [default: none]")
    ] = None,
    lang: Lang = None,
) -> None:
    """Score monthly actuals and report the scorecards."""
    language = lang or environment_language()
    if engine == "spark":
        others = {
            "--force": force,
            "--by": by,
            "--rollup": rollup,
            "--encoding": encoding,
            "--sheet": sheet,
            "--expect-rules": expect_rules,
            "--memory-limit": memory_limit,
            "--verbose": verbose,
        }
        refuse_others(others, files, master, remote)
        request = requested(missing=missing, period=period, employee=employee, role=role)
        score_on_spark(
            files, roles_folder, request, language, format_=format_, output=output, master=master, remote=remote
        )
        return
    refuse_spark_options(master, remote)
    to = destination(reports.SCORES, format_, output, files, folders=reports.FOLDERS)
    if to.is_folder and not force:
        refuse_foreign(to, language)
    request = requested(
        missing=missing,
        period=period,
        employee=employee,
        role=role,
        by=by,
        rollup=rollup,
        expect_rules=expect_rules,
        memory_limit=memory_limit,
    )
    result = scored(Actuals(files, encoding, sheet), roles_folder, request, language, verbose=verbose)
    keep_old(to, language, is_wrong=is_all_wrong(result))
    if to.is_folder:
        write_cards(result, to, language, force=force)
    else:
        write_report(reports.SCORES, to, result, language, cards=result.count)
    finish(result)
