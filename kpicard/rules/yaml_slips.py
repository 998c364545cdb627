"""Slips in YAML that people make, each with the line as it should be.

A line is rewritten as people probably meant it; that explains the error if the file can then be read further.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

import yaml

from kpicard.rules.document import LOADER

_KEY: Final = r"(?P<key>\s*(?:- +)?[\w-]+)"
_VALUE: Final = re.compile(rf"{_KEY}:\s+(?P<value>\S.*?)(?P<comment>\s+#.*)?\s*")
_ITEM: Final = re.compile(r"(?P<key>\s*-) +(?P<value>\S.*?)(?P<comment>\s+#.*)?\s*")
_NO_BLANK: Final = re.compile(rf"{_KEY}\s*[:：]\s*(?P<value>\S.*)")
_WIDE_KEY: Final = re.compile(rf"{_KEY}\s*：\s*(?=\S)")
_IN_BRACKETS: Final = re.compile(r"(?P<before>[:,\[{] +)(?P<value>[%@`][^,{}\[\]]*?)(?P<after>\s*[,}\]]|$)")
_CLOSERS: Final = {"[": "]", "{": "}"}
_FULL_WIDTH: Final = str.maketrans("：，｛｝［］【】“”", ':,{}[][]""')
_LONGEST: Final = 100_000
"""The most characters of a file that is read anew with lines rewritten."""

_NOWHERE: Final = float("inf")
_LIST: Final = re.compile(r"[\[{].*[\]}]")


class Slip(NamedTuple):
    """The kind of a slip, by its id among the words of `yaml`; its line, from 1; and that line as it should be."""

    kind: str
    line: int
    better: str
    blanks: int
    """How many blanks stand before it."""


def slip_in(text: str, error: yaml.MarkedYAMLError) -> Slip | None:
    """Return the slip that an error of syntax comes from; None where no known one explains it.

    A rewritten line after which the whole file reads explains it best, else one after which it reads further.
    """
    lines = text.split("\n")
    marked = [min(mark.line, len(lines) - 1) for mark in (error.problem_mark, error.context_mark) if mark]
    if not marked or len(text) > _LONGEST:
        return None
    near = dict.fromkeys(each for line in marked for each in (line, _above(lines, line)) if each is not None)
    further = None
    for kind, rewrite in _REWRITES.items():
        for index in near:
            for better in rewrite(lines, index):
                reached = _error_line([*lines[:index], better, *lines[index + 1 :]])
                slip = Slip(kind, index + 1, better.strip(), len(_indent(better)))
                if reached == _NOWHERE:
                    return slip
                if reached > max(marked):
                    further = further or slip
    return further


def _error_line(lines: Sequence[str]) -> float:
    """Return where reading fails, from 0; infinity where it does not."""
    try:
        for _ in yaml.parse("\n".join(lines), Loader=LOADER):
            pass
    except yaml.MarkedYAMLError as error:
        return max(mark.line for mark in (error.problem_mark, error.context_mark) if mark)
    return _NOWHERE


def _above(lines: Sequence[str], index: int) -> int | None:
    """Return the last line above one that has more than a comment."""
    return next((each for each in range(index - 1, -1, -1) if lines[each].split("#")[0].strip()), None)


def _indented_alike(lines: Sequence[str], index: int) -> Iterator[str]:
    """Yield a line as deep as the one above, two deeper, and as deep as the one below."""
    below = next((each for each in range(index + 1, len(lines)) if lines[each].strip()), None)
    depths = [len(_indent(lines[each]).expandtabs(2)) for each in (_above(lines, index), below) if each is not None]
    for depth in dict.fromkeys([*depths, *(depth + 2 for depth in depths)]):
        yield " " * depth + lines[index].strip()


def _tab(lines: Sequence[str], index: int) -> Iterator[str]:
    if "\t" in _indent(lines[index]):
        yield from _indented_alike(lines, index)


def _indentation(lines: Sequence[str], index: int) -> Iterator[str]:
    if lines[index].strip():
        yield from _indented_alike(lines, index)


def _full_width(lines: Sequence[str], index: int) -> Iterator[str]:
    line = lines[index]
    if _WIDE_KEY.match(line):
        yield _WIDE_KEY.sub(r"\g<key>: ", line)
    if line != line.translate(_FULL_WIDTH):
        yield re.sub(r"：(?=\S)", ": ", line).translate(_FULL_WIDTH)


def _no_blank(lines: Sequence[str], index: int) -> Iterator[str]:
    if found := _NO_BLANK.fullmatch(lines[index]):
        yield f"{found['key']}: {found['value']}"
    if re.match(r"\s*-[^\s-]", lines[index]):
        yield lines[index].replace("-", "- ", 1)


def _not_closed(lines: Sequence[str], index: int) -> Iterator[str]:
    stack: list[str] = []
    better = ""
    for character in lines[index].rstrip():
        if character in _CLOSERS:
            stack.append(_CLOSERS[character])
        while stack and character in _CLOSERS.values() and character != stack[-1]:
            better += stack.pop()
        if stack and character == stack[-1]:
            stack.pop()
        better += character
    yield better + "".join(reversed(stack))
    for quote in "\"'":
        if lines[index].count(quote) % 2:
            yield lines[index].rstrip() + quote


def _not_quoted(lines: Sequence[str], index: int) -> Iterator[str]:
    line = lines[index].rstrip("\r")
    if (found := _IN_BRACKETS.search(line)) and "{" in line + "[":
        yield _IN_BRACKETS.sub(lambda found: f'{found["before"]}"{found["value"]}"{found["after"]}', line)
    for pattern, colon in ((_VALUE, ":"), (_ITEM, "")):
        if (found := pattern.fullmatch(line)) and not _LIST.fullmatch(found["value"]):
            yield f"{found['key']}{colon} {_quoted(found['value'])}{found['comment'] or ''}"


def _quoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    return f'"{value}"' if '"' not in value and "\\" not in value else "'{}'".format(value.replace("'", "''"))


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


_REWRITES: Final[dict[str, Callable[[Sequence[str], int], Iterator[str]]]] = {
    "tab": _tab,
    "full-width": _full_width,
    "no-blank": _no_blank,
    "not-closed": _not_closed,
    "not-quoted": _not_quoted,
    "indentation": _indentation,
}
