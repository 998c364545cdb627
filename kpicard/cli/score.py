"""`kpicard score`: CSV actuals to scorecards."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer

from kpicard import reports
from kpicard.cli.inputs import there
from kpicard.cli.options import MemoryLimit, ProblemsFile, WrongUse, one_of
from kpicard.cli.output import Force, destination, format_option, keep_old, write_report
from kpicard.cli.scoring import Asked, finish, reads_actuals, scored, status_without_cards

EXAMPLES = """\b
Examples:
  kpicard score 2026-10.csv
  kpicard score 2026-10.csv --employee E017 --lang zh
  kpicard score 2026-10.xlsx --sheet 10月 --verbose
  kpicard score actuals/ --role customer-service --output cards/
  kpicard score - --period 2026-10 --format csv <export.csv >scores.csv
  kpicard score --engine spark --master yarn hdfs:///actuals/*.csv --output hdfs:///scores"""

ENGINES: Final = ("duckdb", "spark")


def _fingerprint(value: str) -> str:
    if not re.fullmatch("[0-9a-fA-F]{16}", value.strip()):
        raise WrongUse("no-fingerprint", value=value)
    return value.strip().lower()


@reads_actuals()
def score(  # noqa: PLR0913, PLR0917 - each is an option of the command
    asked: Asked,
    format_: Annotated[str | None, format_option(reports.SCORES)] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="Write to a file; or to a folder (ending in /): a file for each person, and an index.",
        ),
    ] = None,
    force: Force = False,
    expect_rules: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FINGERPRINT", parser=_fingerprint, help="Only by these rules, as cards name them; may be repeated."
        ),
    ] = None,
    closed: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            envvar="KPICARD_CLOSED",
            show_envvar=False,
            help="Folder of closed periods: their cards are final, or what differs is said. [default: $KPICARD_CLOSED]",
        ),
    ] = None,
    provisional: Annotated[bool, typer.Option("--provisional", help="Mark the cards as provisional.")] = False,
    problems_file: ProblemsFile = None,
    memory_limit: MemoryLimit = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say how each file was read.")] = False,
    engine: Annotated[
        str,
        typer.Option(
            metavar="|".join(ENGINES),
            parser=one_of(ENGINES),
            help="On this machine, or on Spark: a tidy table as CSV, Parquet or table:NAME in, one of these out.",
        ),
    ] = "duckdb",
    master: Annotated[
        str | None, typer.Option(metavar="URL", help="Spark's master, as local[*] or yarn. [default: Spark's own]")
    ] = None,
    remote: Annotated[
        str | None, typer.Option(metavar="URL", help="A server of Spark Connect, as sc://host. [default: none]")
    ] = None,
) -> None:
    """Score monthly actuals and report the scorecards."""
    if engine == "spark":
        others = {
            "--force": force,
            "--by": asked.request.by,
            "--roster": asked.request.roster and str(asked.request.roster.path),
            "--encoding": asked.actuals.encoding,
            "--sheet": asked.actuals.sheets,
            "--decimal": asked.request.decimal,
            "--not-reported": asked.request.not_reported,
            "--not-applicable": asked.request.not_applicable,
            "--provisional": provisional,
            "--memory-limit": memory_limit,
            "--verbose": verbose,
            "--anonymous": asked.is_anonymous,
        }
        from kpicard.cli.spark import SparkTo, score_on_spark

        on_spark = replace(asked, request=replace(asked.request, expect_rules=tuple(expect_rules or ())))
        to_spark = SparkTo(format_, output, problems_file)
        score_on_spark(on_spark, others, to_spark, master=master, remote=remote)
        return
    for option, value in (("--master", master), ("--remote", remote)):
        if value is not None:
            raise WrongUse("only-for-spark", where=option)
    to = destination(reports.SCORES, format_, output, asked.actuals, folders=reports.FOLDERS)
    if to.is_folder and not force:
        from kpicard.cli.card_folder import refuse_foreign

        refuse_foreign(to, asked.language)
    request = replace(
        asked.request,
        expect_rules=tuple(expect_rules or ()),
        closed=there(closed, "--closed") if closed else None,
        provisional=provisional,
        memory_limit=memory_limit,
    )
    result = scored(replace(asked, request=request), verbose=verbose, problems_file=problems_file)
    keep_old(to, asked.language, status=status_without_cards(result))
    if to.is_folder:
        from kpicard.cli.card_folder import write_cards

        write_cards(result, to, asked.language, force=force)
    else:
        write_report(reports.SCORES, to, result, asked.language, cards=result.count)
    finish(result)
