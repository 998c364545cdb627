"""Where a command's report goes, and as what."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple, NoReturn, TypeAlias

import typer

from kpicard import reports
from kpicard.cli.actuals_files import holds_actuals
from kpicard.cli.options import USED_WRONGLY

if TYPE_CHECKING:
    from kpicard.text import Language

_SUFFIXES: Final = {
    ".md": "markdown",
    ".json": "json",
    ".csv": "csv",
    ".txt": "terminal",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
    ".svg": "svg",
}

Output: TypeAlias = Annotated[str | None, typer.Option(metavar="PATH", help="Write to a file.")]

REPORT_HELP: Final = "The report. [default: by the ending of --output, else terminal]"


class Destination(NamedTuple):
    """The report's format and its path, None for standard output; the path may be that of a folder."""

    format: str
    path: Path | None = None
    is_folder: bool = False


def destination(
    formats: Mapping[str, str], format_: str | None, output: str | None, files: Sequence[str], *, folder: bool = False
) -> Destination:
    """Return where a report goes; whatever does not say that, or would overwrite the actuals, is a wrong use.

    `formats` are the command's; `folder` says whether it can write one, of Markdown files.
    """
    if output is None:
        return Destination(format_ or "terminal")
    path = Path(output)
    suffixes = {suffix: name for suffix, name in _SUFFIXES.items() if name in formats}
    guessed = format_ or suffixes.get(path.suffix.lower())
    is_folder = output.endswith(("/", "\\")) or path.is_dir()
    message = None
    if path.is_file() and holds_actuals(path, files):
        message = f"{output!r} holds the actuals, and would be overwritten"
    elif not output or (is_folder and not folder):
        message = f"{output!r} is no file"
    elif is_folder and format_ not in {None, "markdown"}:
        message = f"a folder takes one Markdown file per card; for {format_} name a file"
    elif not is_folder and guessed is None:
        endings = ", ".join(suffixes) + (" or /" if folder else "")
        message = f"{output!r} does not say which report it is: give --format, or end it in {endings}"
    if message:
        raise typer.BadParameter(message, param_hint="--output")
    return Destination("markdown" if is_folder else guessed or "terminal", path, is_folder)


def write_report(formats: Mapping[str, str], to: Destination, result: object, language: Language) -> None:
    """Write a report with the writer of its format, whole or not at all; where that cannot be, end the command."""
    from kpicard.reports.files import write_whole

    writer: Any = reports.writer(formats, to.format)
    file_writer = reports.file_writer(formats, to.format)
    with_path = to.path
    try:
        if with_path is None:
            writer(result, language, sys.stdout)
            sys.stdout.flush()
        else:
            write_whole(
                with_path,
                lambda out: writer(result, language, out),
                (lambda path: file_writer(result, language, path)) if file_writer else None,
            )
    except BrokenPipeError:
        raise
    except OSError as error:
        cannot_write(to.path, error)


def cannot_write(path: Path | str | None, error: OSError) -> NoReturn:
    """Say that the report could not be written, and end the command."""
    typer.echo(f"Error: cannot write {path or 'standard output'}: {error.strerror or error}", err=True)
    raise typer.Exit(USED_WRONGLY) from None
