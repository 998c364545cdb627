"""Where a command's report goes, and as what."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple, NoReturn, TypeAlias

import typer

from kpicard import reports
from kpicard.cli.inputs import holds_actuals
from kpicard.cli.options import SOMETHING_WRONG, USED_WRONGLY, WrongUse, tell_error
from kpicard.cli.progress import shown
from kpicard.progress import Step
from kpicard.text import Both, printable, say

if TYPE_CHECKING:
    from kpicard.text import Language

SUFFIXES: Final = {
    ".md": "markdown",
    ".json": "json",
    ".csv": "csv",
    ".parquet": "parquet",
    ".txt": "terminal",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
    ".svg": "svg",
}
"""The format that a file's ending stands for."""

Output: TypeAlias = Annotated[str | None, typer.Option(metavar="PATH", help="Write to a file.")]

REPORT_HELP: Final = "The report. [default: by the ending of --output, else terminal]"

_HOLDS_ACTUALS: Final = Both(
    "{output!r} holds the actuals, and would be overwritten", "“{output}”是实际值文件，会被覆盖"
)
_NO_FILE: Final = Both("{output!r} is no file", "“{output}”不是文件")
_FOLDER: Final = Both(
    "a folder takes one Markdown file per card; for {format} name a file",
    "文件夹中每张考核表写成一个 Markdown 文件；{format} 格式请指定文件",
)
_WHICH: Final = Both(
    "{output!r} does not say which report it is: give --format, or end it in {endings}",
    "从“{output}”看不出报告格式：请加上 --format，或使用扩展名 {endings}",
)
_WHICH_OR_FOLDER: Final = Both(
    "{output!r} does not say which report it is: give --format, or end it in {endings} or /",
    "从“{output}”看不出报告格式：请加上 --format，或使用扩展名 {endings}，或以 / 结尾",
)
_CANNOT_WRITE: Final = Both("cannot write {path}: {reason}", "无法写入 {path}：{reason}")
_WROTE: Final = Both("Wrote the report to {path}", "已将报告写入 {path}")
_WROTE_CARD: Final = Both("Wrote 1 card to {path}", "已将 1 张考核表写入 {path}")
_WROTE_CARDS: Final = Both("Wrote {count} cards to {path}", "已将 {count} 张考核表写入 {path}")
_WROTE_ROWS: Final = Both("Wrote {count} rows to {path}", "已将 {count} 行写入 {path}")
_KEPT: Final = Both("{path} is left as it was: there is no card to write.", "没有可写入的考核表，{path} 保持原样。")
_STANDARD_OUTPUT: Final = Both("standard output", "标准输出")


_NEEDS_XLSXWRITER: Final = Both(
    'a workbook needs XlsxWriter: pip install "kpicard[excel]"',
    '生成工作簿需要 XlsxWriter：pip install "kpicard[excel]"',
)
_NOT_FOR_A_TERMINAL: Final = Both(
    "{format} is no text for a terminal: name a file", "{format} 格式不能直接显示在终端里：请指定文件"
)
_NO_TEXT: Final = frozenset({"xlsx", "parquet"})


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
    formats: Mapping[str, str], format_: str | None, output: str | None, files: Sequence[str], *, folder: bool = False
) -> Destination:
    """Return where a report goes; whatever does not say that, or would overwrite the actuals, is a wrong use.

    `formats` are the command's; `folder` says whether it can write one, of Markdown files.
    """
    if output is None:
        if format_ in _NO_TEXT and sys.stdout.isatty():
            raise WrongUse(_NOT_FOR_A_TERMINAL, where="--output", format=format_)
        return Destination(format_ or "terminal")
    path = Path(output)
    suffixes = {suffix: name for suffix, name in SUFFIXES.items() if name in formats}
    guessed = format_ or suffixes.get(path.suffix.lower())
    is_folder = output.endswith(("/", "\\")) or path.is_dir()
    wrong = None
    if path.is_file() and holds_actuals(path, files):
        wrong = _HOLDS_ACTUALS
    elif not output or (is_folder and not folder):
        wrong = _NO_FILE
    elif is_folder and format_ not in {None, "markdown"}:
        wrong = _FOLDER
    elif not is_folder and guessed is None:
        wrong = _WHICH_OR_FOLDER if folder else _WHICH
    if wrong:
        raise WrongUse(wrong, where="--output", output=output, format=format_, endings=tuple(suffixes))
    return Destination("markdown" if is_folder else guessed or "terminal", path, is_folder)


def keep_old(to: Destination, language: Language, *, is_wrong: bool) -> None:
    """End the command where all is so wrong that there is no card, and a report is there that is better than none."""
    if is_wrong and to.path is not None and (to.path.is_file() or to.path.is_dir()):
        typer.echo(say(_KEPT, language).format(path=to.called), err=True)
        raise typer.Exit(SOMETHING_WRONG)


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

    try:
        writer: Any = reports.writer(formats, to.format)
    except ModuleNotFoundError as error:
        if error.name != "xlsxwriter":
            raise
        tell_error(_NEEDS_XLSXWRITER, language)
        raise typer.Exit(USED_WRONGLY) from None
    file_writer = reports.file_writer(formats, to.format)
    try:
        if to.path is None:
            writer(result, language, sys.stdout)
            sys.stdout.flush()
        else:
            with shown(language) as progress:
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


def tell_written(path: str, language: Language, cards: int | None = None, rows: int | None = None) -> None:
    """Say on standard error what was written."""
    of_cards = _WROTE if cards is None else _WROTE_CARD if cards == 1 else _WROTE_CARDS
    words = of_cards if rows is None else _WROTE_ROWS
    typer.echo(say(words, language).format(path=path, count=cards if rows is None else rows), err=True)


def cannot_write(path: Path | str | None, error: OSError, language: Language) -> NoReturn:
    """Say that the report could not be written, and end the command."""
    from kpicard.messages import reason_in

    reason = reason_in(error.strerror or str(error), language)
    tell_error(_CANNOT_WRITE, language, path=path or say(_STANDARD_OUTPUT, language), reason=reason)
    raise typer.Exit(USED_WRONGLY) from None
