"""Where a command's report goes, and as what."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple, NoReturn, TypeAlias

import typer

from kpicard import reports
from kpicard.cli.completion import words as complete_words
from kpicard.cli.inputs import Actuals
from kpicard.cli.options import USED_WRONGLY, Value, WrongUse, note, one_of, said, tell, tell_error
from kpicard.cli.progress import shown
from kpicard.progress import Step
from kpicard.text import printable

if TYPE_CHECKING:
    from kpicard.rules.load import Checked
    from kpicard.text import Language

Output: TypeAlias = Annotated[str | None, typer.Option("--output", "-o", metavar="PATH", help="Write to a file.")]

Force: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--force",
        help="Write into a folder of others too: overwrites files of the same name, removes nothing.",
    ),
]
ProblemFormat: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="|".join(reports.PROBLEMS),
        parser=one_of(reports.PROBLEMS),
        help="The report. [default: text; github in GitHub's CI]",
    ),
]


def format_option(formats: Mapping[str, str]) -> Any:
    """Return the option `--format` of a command that has these formats."""
    help_ = "The report. [default: by the ending of --output, else terminal]"
    return typer.Option(
        "--format",
        metavar="|".join(formats),
        parser=one_of(formats),
        help=help_,
        autocompletion=complete_words(formats),
    )


_NO_TEXT: Final = frozenset({"xlsx", "parquet", "pdf"})


class Destination(NamedTuple):
    """The report's format and its path, None for standard output; the path may be that of a folder."""

    format: str
    path: Path | None = None
    is_folder: bool = False

    @property
    def called(self) -> str:
        """The path as it is shown: a folder's ends in a slash."""
        return printable(f"{self.path}/" if self.is_folder else str(self.path))


def destination(
    formats: Mapping[str, str],
    format_: str | None,
    output: str | None,
    actuals: Actuals,
    *,
    folders: Sequence[str] = (),
) -> Destination:
    """Return where a report goes; whatever does not say that, or would overwrite the actuals, is a wrong use.

    `formats` are the command's; `folders` are those of which it can write a folder, the first if none is named.
    """
    if output is None:
        if format_ in _NO_TEXT and sys.stdout.isatty():
            raise WrongUse("not-for-a-terminal", where="--output", format=format_)
        return Destination(format_ or "terminal")
    path = Path(output)
    suffixes = {suffix: name for suffix, name in reports.SUFFIXES.items() if name in formats}
    guessed = format_ or suffixes.get(path.suffix.lower())
    is_folder = output.endswith(("/", "\\")) or path.is_dir()
    wrong = None
    if path.is_file() and actuals.hold(path):
        wrong = "holds-actuals"
    elif not output or (is_folder and not folders):
        wrong = "no-file"
    elif is_folder and format_ not in {None, *folders}:
        wrong = "folder-of-cards"
    elif not is_folder and not path.parent.exists():
        wrong = "no-folder-for-output"
    elif not is_folder and guessed is None:
        wrong = "which-report-or-folder" if folders else "which-report"
    if wrong:
        named: dict[str, Value] = {"output": output, "folder": path.parent, "format": format_}
        raise WrongUse(wrong, where="--output", **named, endings=tuple(suffixes), folders=tuple(folders))
    if is_folder:
        return Destination(format_ or folders[0], path, is_folder)
    return Destination(guessed or "terminal", path)


def keep_old(to: Destination, language: Language, *, status: int) -> None:
    """End the command with a status where all is so wrong that there is no card, and a report is there already.

    That is better than none. A status of 0 says that there is something to write.
    """
    if status and to.path is not None and (to.path.is_file() or to.path.is_dir()):
        tell("kept", language, path=to.called)
        raise typer.Exit(status)


def write_report(  # noqa: PLR0913 - what is written, where to, and how much of it
    formats: Mapping[str, str],
    to: Destination,
    result: object,
    language: Language,
    *,
    cards: int | None = None,
    rows: int | None = None,
) -> None:
    """Write a report with the writer of its format, whole or not at all; where that cannot be, end the command.

    What was written to a file is said: how many `cards` or `rows`, where the report is of these.
    """
    from kpicard.files import as_text, write_whole

    with said_if_missing(language):
        writer: Any = reports.writer(formats, to.format)
        file_writer = reports.file_writer(formats, to.format)
    try:
        if to.path is None:
            with said_if_missing(language):
                writer(result, language, sys.stdout)
            sys.stdout.flush()
        else:
            with said_if_missing(language), shown(language) as progress:
                progress(Step("writing", str(to.path)))
                if file_writer:
                    file_writer(result, language, to.path)
                else:
                    write_whole(to.path, as_text(lambda out: writer(result, language, out)))
    except BrokenPipeError:
        raise
    except OSError as error:
        cannot_write(to.path, error, language)
    if to.path is not None:
        tell_written(to.called, language, cards, rows)


_NEEDED: Final = {"xlsxwriter": "needs-xlsxwriter", "typst": "needs-typst"}
"""What to say where a library is missing that only some reports need."""


@contextmanager
def said_if_missing(language: Language) -> Iterator[None]:
    """End the command where this machine has not what a format needs, saying what to install."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name not in _NEEDED:
            raise
        tell_error(_NEEDED[error.name], language)
        raise typer.Exit(USED_WRONGLY) from None
    except reports.NoChineseFontError:
        tell_error("needs-chinese-font", language)
        raise typer.Exit(USED_WRONGLY) from None


def tell_written(path: str, language: Language, cards: int | None = None, rows: int | None = None) -> None:
    """Say on standard error what was written."""
    words = "wrote" if cards is None else "wrote-card" if cards == 1 else "wrote-cards"
    note(words if rows is None else "wrote-rows", language, path=path, count=cards if rows is None else rows)


def cannot_write(path: Path | str | None, error: OSError, language: Language) -> NoReturn:
    """Say that the report could not be written, and end the command."""
    from kpicard.messages import reason_in

    reason = reason_in(error.strerror or str(error), language)
    tell_error("cannot-write", language, path=path or said("standard-output", language), reason=reason)
    raise typer.Exit(USED_WRONGLY) from None


def write_checked(checked: Checked, format_: str | None, language: Language) -> None:
    """Write what was checked and what is wrong with it to standard output, by default as fits where it runs."""
    usual = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    reports.writer(reports.PROBLEMS, format_ or usual)(checked, language, sys.stdout)
