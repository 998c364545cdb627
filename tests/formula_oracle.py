"""Computes the formulas of a workbook, either exactly or in binary numbers with the plainest rounding there is.

It knows just the functions that the reports write. What it is asked for in binary is the worst that a spreadsheet may
do: no rounding of a figure to 15 digits first, which is how some of them hide what binary numbers add.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.cell import range_boundaries

_TOKEN = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)(?![A-Za-z!])|(?P<range>(?:'(?:[^']|'')+'!)?\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)"
    r"|(?P<name>[A-Za-z_]\w*)|(?P<sign>[-+*/(),])"
)

Number = Fraction | float
Value = Any


class Calculator:
    """Computes the cells of a workbook; `number` makes the numbers that it counts in, of exact texts."""

    def __init__(self, book: Workbook, number: Callable[[str], Number]) -> None:
        self._book = book
        self._number = number
        self._known: dict[tuple[str, str], Value] = {}

    def value(self, sheet: str, cell: str) -> Value:
        """Return what a cell comes to."""
        at = (sheet, cell.replace("$", ""))
        if at not in self._known:
            self._known[at] = None  # a cell that depends on itself has no value
            written = self._book[sheet][at[1]].value
            self._known[at] = self._of(sheet, written)
        return self._known[at]

    def _of(self, sheet: str, written: object) -> Value:
        if isinstance(written, int | float):
            return self._number(repr(written))
        if isinstance(written, str) and written.startswith("="):
            tokens = [(found.lastgroup or "", found[0]) for found in _TOKEN.finditer(written[1:])]
            assert written[1:] == "".join(text for _, text in tokens), f"{written} is not understood"
            return _Formula(self, sheet, tokens, self._number).whole()
        return written

    def cells(self, sheet: str, cells: str) -> list[Value]:
        """Return what a range of cells comes to, in one row or column."""
        other, _, inside = cells.rpartition("!")
        name = other.strip("'").replace("''", "'") if other else sheet
        if ":" not in inside:
            return [self.value(name, inside)]
        left, top, right, bottom = range_boundaries(inside)
        rows = self._book[name].iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right)
        return [self.value(name, cell.coordinate) for row in rows for cell in row]

    def named(self, name: str) -> list[Value]:
        """Return what the cells of a named range come to."""
        return self.cells("", self._book.defined_names[name].attr_text or "")


class _Formula:
    """One formula, read from left to right."""

    def __init__(
        self, of: Calculator, sheet: str, tokens: Sequence[tuple[str, str]], number: Callable[[str], Number]
    ) -> None:
        self._of = of
        self._sheet = sheet
        self._tokens = list(tokens)[::-1]
        self._number = number

    def whole(self) -> Value:
        result = self._sum()
        assert not self._tokens
        return result

    def _next(self, *signs: str) -> str | None:
        if self._tokens and self._tokens[-1][1] in signs:
            return self._tokens.pop()[1]
        return None

    def _sum(self) -> Value:
        result = self._product()
        while sign := self._next("+", "-"):
            other = self._product()
            result = result + other if sign == "+" else result - other
        return result

    def _product(self) -> Value:
        result = self._factor()
        while sign := self._next("*", "/"):
            other = self._factor()
            result = result * other if sign == "*" else result / other
        return result

    def _factor(self) -> Value:
        if self._next("-"):
            return -self._factor()
        kind, text = self._tokens.pop()
        if kind == "number":
            return self._number(text)
        if kind == "range":
            values = self._of.cells(self._sheet, text)
            return values if ":" in text else values[0]
        if kind == "name" and self._next("("):
            return self._call(text, list(self._arguments()))
        return self._of.named(text)

    def _arguments(self) -> Iterator[Value]:
        yield self._sum()
        while self._next(","):
            yield self._sum()
        assert self._next(")")

    def _call(self, name: str, given: list[Value]) -> Value:
        match name:
            case "ROUND":
                return _rounded(given[0], int(given[1]))
            case "ISNUMBER":
                return self._number(str(int(_is_number(given[0]))))
            case "LOOKUP":
                bounds, found = (each[::-1] for each in given[1:])
                return next(one for bound, one in zip(bounds, found, strict=True) if bound <= given[0])
            case "MATCH":
                return given[1].index(given[0])
            case "INDEX":
                return given[0][given[1]]
        flat = [each for one in given for each in (one if isinstance(one, list) else [one])]
        return self._of_numbers(name, [each for each in flat if _is_number(each)])

    def _of_numbers(self, name: str, numbers: list[Number]) -> Number:
        match name:
            case "SUM":
                return sum(numbers, self._number("0"))
            case "COUNT":
                return self._number(str(len(numbers)))
            case "MAX":
                return max(numbers)
            case "MIN":
                return min(numbers)
        raise AssertionError(name)


def _is_number(value: Value) -> bool:
    return isinstance(value, Fraction | float)


def _rounded(value: Number, places: int) -> Number:
    """Round half away from zero; a binary number as it is."""
    scaled = abs(value) * 10**places
    whole = math.floor(scaled)
    if scaled - whole >= Fraction(1, 2):
        whole += 1
    signed = -whole if value < 0 else whole
    return Fraction(signed, 10**places) if isinstance(value, Fraction) else float(signed) / 10**places
