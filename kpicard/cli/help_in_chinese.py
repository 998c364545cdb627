"""The command line in Chinese: as typer runs it, with its own words said here, and its help laid out for Chinese.

In Chinese a character is two columns wide, and a line may end behind nearly every one.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NoReturn, cast
from unicodedata import east_asian_width

import typer
from typer.main import get_command

from kpicard.cli.help_layout import grouped
from kpicard.cli.options import WrongUse, said
from kpicard.messages import chinese_of, words_of_typer


def in_chinese(message: str) -> str:
    """Return a message of typer's in Chinese."""
    for pattern, words in words_of_typer("messages").items():
        if found := re.fullmatch(pattern, message, re.DOTALL | re.IGNORECASE):
            return words.format(*(group.replace("'", "") for group in found.groups()))
    return message


_WIDEST: Final = 80
_NARROWEST: Final = 50
_INDENT: Final = 2
_FIRST_COLUMN: Final = 30
_WIDE: Final = r"\u2e80-\ua4ff\uf900-\ufaff\uff00-\uffef"
_PIECES: Final = re.compile(rf"\s+|[{_WIDE}]|[^\s{_WIDE}]+")
_NEVER_FIRST: Final = frozenset("，。；：！？、）】》”’…].")
_NEVER_LAST: Final = frozenset("（【《“‘[")
_EXTRA: Final = re.compile(r"(?:^|\s+)\\?\[([^\[\]]+)\]$")


class Layout:
    """Writes help as typer's formatter does, in Chinese and for Chinese."""

    def __init__(self, width: int | None = None, max_width: int | None = None) -> None:
        columns = shutil.get_terminal_size().columns
        self.width = width or max(min(columns, max_width or _WIDEST) - 2, _NARROWEST)
        self._indent = 0
        self._written: list[str] = []

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called."""
        start = f"{prefix or '用法：'}{prog} "
        first, *others = _wrapped(args, self.width - _cells(start)) or [""]
        self._lines(start + first, *(" " * _cells(start) + line for line in others))

    def write_paragraph(self) -> None:
        """Leave a line out."""
        if self._written:
            self._written.append("\n")

    def write_text(self, text: str) -> None:
        r"""Write paragraphs; one that begins with a line of `\b` keeps its lines."""
        paragraphs = []
        for paragraph in re.split(r"\n{2,}", text.strip("\n")):
            first, *lines = paragraph.split("\n")
            kept = lines if first.strip() == "\b" else _wrapped(paragraph, self.width - self._indent)
            paragraphs.append("\n".join(" " * self._indent + line for line in kept))
        self._lines("\n\n".join(paragraphs))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = _FIRST_COLUMN, col_spacing: int = 2) -> None:
        """Write names and what they are, in two columns, group by group."""
        for heading, part in grouped(rows):
            if heading:
                self._lines(f"{' ' * self._indent}{said(heading, 'zh')}：")
                with self.indentation():
                    self._write_rows(part, col_max, col_spacing)
            else:
                self._write_rows(part, col_max, col_spacing)

    def _write_rows(self, named: Sequence[tuple[str, str]], col_max: int, col_spacing: int) -> None:
        indent = " " * self._indent
        column = min(max(_cells(name) for name, _ in named), col_max) + col_spacing
        for name, text in named:
            lines = _wrapped(_with_extras(text), self.width - self._indent - column)
            beside = lines.pop(0) if lines and _cells(name) + col_spacing <= column else ""
            self._lines(f"{indent}{name}{' ' * (column - _cells(name))}{beside}".rstrip())
            self._lines(*(f"{indent}{' ' * column}{line}" for line in lines))

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """Write a heading, and indent what comes below it."""
        self.write_paragraph()
        self._lines(f"{' ' * self._indent}{_typers('headings', name)}：")
        with self.indentation():
            yield

    @contextmanager
    def indentation(self) -> Iterator[None]:
        """Indent."""
        self._indent += _INDENT
        yield
        self._indent -= _INDENT

    def getvalue(self) -> str:
        """Return all that was written."""
        return "".join(self._written)

    def _lines(self, *lines: str) -> None:
        self._written.extend(f"{line}\n" for line in lines)


def _with_extras(text: str) -> str:
    """Return the text of an option with what typer puts behind it, such as its default, in Chinese."""

    def chinese(found: re.Match[str]) -> str:
        extras = found[1].split("; ")
        for english, words in words_of_typer("extras").items():
            extras = [extra.replace(english, words) if extra.startswith(english) else extra for extra in extras]
        return f"[{'；'.join(extras)}]"

    return _EXTRA.sub(chinese, text)


def _wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text, none wider than `width`, unless a single word is."""
    lines, line = [], ""
    for piece in unbroken(" ".join(text.split())):
        if line and _cells(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def unbroken(text: str) -> Iterator[str]:
    """Yield the pieces of a text between which a line may end."""
    piece = ""
    for following in _PIECES.findall(text):
        if piece and following[0] not in _NEVER_FIRST and piece[-1] not in _NEVER_LAST:
            yield piece
            piece = ""
        piece += following
    if piece:
        yield piece


def _cells(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


_Context: Final[Any] = type("Context", (typer.Context,), {"formatter_class": Layout})


def translate(command: Any, parent: Any = None) -> None:
    """Put the help of a command into Chinese, with that of its options and of the commands below it."""
    command.context_class = _Context
    context = _Context(command, parent=parent, **command.context_settings)
    command.help = chinese(command.help or "")
    command.short_help = command.help.partition("\n")[0].partition("。")[0]
    command.epilog = chinese(command.epilog or "")
    command.options_metavar = _typers("metavars", command.options_metavar)
    for parameter in command.get_params(context):
        if parameter.help:
            parameter.help = chinese(parameter.help)
        parameter.metavar = _typers("metavars", parameter.metavar)
    if hasattr(command, "commands"):
        command.subcommand_metavar = _typers("metavars", command.subcommand_metavar)
        for each in command.commands.values():
            translate(each, context)


def chinese(text: str) -> str:
    r"""Return a text of the help in Chinese, paragraph by paragraph.

    Of one that keeps its lines, which begins with `\b`, each line is looked up; a command stays what it is.
    """
    return "\n\n".join(_paragraph(paragraph) for paragraph in text.split("\n\n"))


def _paragraph(text: str) -> str:
    if text.startswith("\b\n"):
        return "\n".join(chinese_of("help").get(line.strip(), line) for line in text.split("\n"))
    joined = " ".join(text.split())
    return chinese_of("help").get(joined, joined)


_UsageError: Final = cast("type[typer.BadParameter]", typer.BadParameter.__mro__[1])  # typer has no name for it
_INVALID: Final = re.compile(r"Invalid value(?: for (?P<where>.+?))?: (?P<message>.*)", re.DOTALL)


def run_in_chinese(app: typer.Typer) -> NoReturn:
    """Run the command line, and end the process."""
    command = get_command(app)
    translate(command)
    try:
        sys.exit(command(standalone_mode=False))
    except _UsageError as error:
        _show(error)
        sys.exit(error.exit_code)
    except typer.Abort:
        typer.echo("已中止。", err=True)
        sys.exit(1)


def _show(error: typer.BadParameter) -> None:
    """Write a wrong use to standard error, below how the command is used."""
    if type(error).show is not _UsageError.show:  # such as the help that stands for an error where no word is given
        error.show()
        return
    if error.ctx is not None:
        help_ = f"{error.ctx.command_path} {error.ctx.help_option_names[0]}"
        typer.echo(f"{error.ctx.get_usage()}\n查看帮助：`{help_}`。\n", err=True)
    typer.echo(f"错误：{_said(error)}", err=True)


def _said(error: typer.BadParameter) -> str:
    message = error.format_message()
    found = _INVALID.fullmatch(message)
    if not found:
        return in_chinese(message)
    where = (found["where"] or "").replace("'", "")
    said = error.said_in("zh") if isinstance(error, WrongUse) else in_chinese(found["message"])
    return f"{where} 有误：{said}" if where.startswith("-") else f"“{_typers('metavars', where)}”有误：{said}"


def _typers(page: str, word: str) -> str:
    return words_of_typer(page).get(word, word)
