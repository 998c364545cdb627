"""The commands, and what they share. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from kpicard import __version__
from kpicard.cli import impact, init, roles, schema, score, template, validate
from kpicard.cli.options import USED_WRONGLY

app = typer.Typer(
    name="kpicard",
    help="KPI scorecards from YAML rules and a month's CSV: exact, checked, reviewable.",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help starts in half the time
    pretty_exceptions_enable=False,
)
app.command("score", epilog=score.EXAMPLES)(score.score)
app.command("impact", epilog=impact.EXAMPLES)(impact.impact)
app.command("roles", epilog=roles.EXAMPLES)(roles.roles)
app.command("validate", epilog=validate.EXAMPLES)(validate.validate)
app.command("template", epilog=template.EXAMPLES)(template.template)
app.command("schema", epilog=schema.EXAMPLES)(schema.schema)
app.command("init", epilog=init.EXAMPLES)(init.init)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kpicard {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


def run() -> None:
    """Run the command line.

    Output is UTF-8 where it is not a terminal's own business, and what cannot be written as text is written escaped.
    """
    for stream in filter(None, (sys.stdout, sys.stderr)):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    try:
        app()
    except OSError as error:  # a full disk behind standard output; a closed pipe typer sees to itself
        typer.echo(f"Error: cannot write: {error.strerror or error}", err=True)
        sys.exit(USED_WRONGLY)
