"""The commands, and what they share. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from kpicard import __version__
from kpicard.cli import explain, impact, init, roles, schema, score, sql, summary, template, trend, validate
from kpicard.cli.language import command_language
from kpicard.cli.options import INTERRUPTED, USED_WRONGLY, Lang
from kpicard.cli.wrong_use import tell_error
from kpicard.text import Both, Language

_CANNOT_WRITE = Both("cannot write: {reason}", "无法写入：{reason}")
_NO_MEMORY = Both(
    "the memory does not do; raise --memory-limit, or free disk space in the folder for temporary files (TMPDIR)",
    "内存不足：请调高 --memory-limit，或为临时文件夹（TMPDIR）腾出磁盘空间",
)

app = typer.Typer(
    name="kpicard",
    help="KPI scorecards from YAML rules and a month's CSV: exact, checked, reviewable.",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help starts in half the time
    pretty_exceptions_enable=False,
)
app.command("score", epilog=score.EXAMPLES)(score.score)
app.command("explain", epilog=explain.EXAMPLES)(explain.explain)
app.command("trend", epilog=trend.EXAMPLES)(trend.trend)
app.command("summary", epilog=summary.EXAMPLES)(summary.summary)
app.command("impact", epilog=impact.EXAMPLES)(impact.impact)
app.command("roles", epilog=roles.EXAMPLES)(roles.roles)
app.command("validate", epilog=validate.EXAMPLES)(validate.validate)
app.command("template", epilog=template.EXAMPLES)(template.template)
app.command("schema", epilog=schema.EXAMPLES)(schema.schema)
app.command("sql", epilog=sql.EXAMPLES)(sql.sql)
app.command("init", epilog=init.EXAMPLES)(init.init)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kpicard {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback sees to it
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
    lang: Lang = None,
) -> None:
    if lang:
        context.default_map = {command.name: {"lang": lang} for command in app.registered_commands if command.name}


def run() -> None:
    """Run the command line.

    Output is UTF-8 where it is not a terminal's own business, and what cannot be written as text is written escaped.
    """
    for stream in filter(None, (sys.stdout, sys.stderr)):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    language = command_language(sys.argv[1:])
    try:
        _run_in(language)
    except RuntimeError as error:
        if str(error) != "Query interrupted":
            raise
        sys.exit(INTERRUPTED)  # Ctrl-C while the engine was at work
    except MemoryError:
        tell_error(_NO_MEMORY, language)
        sys.exit(USED_WRONGLY)
    except OSError as error:  # a full disk behind standard output; a closed pipe typer sees to itself
        from kpicard.problems.reasons import reason_in

        tell_error(_CANNOT_WRITE, language, reason=reason_in(error.strerror or str(error), language))
        sys.exit(USED_WRONGLY)


def _run_in(language: Language) -> None:
    """Run the command line with help and usage errors in a language; typer's own is English."""
    if language == "zh":
        from kpicard.cli.chinese.run import run_in_chinese

        run_in_chinese(app)
    app()
