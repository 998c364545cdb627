"""Formulas as they are shown to people."""

from __future__ import annotations

import re
from typing import Final

from kpicard.cards.explanation.values import Formula
from kpicard.numbers import points_text
from kpicard.reports.figures import with_unit
from kpicard.text import Language, Text, printable

_THOUSANDS: Final = re.compile(r"(?<![\d.])\d{4,}")


def shown(formula: Formula, language: Language, unit: Text | None = None, *, is_final: bool = True) -> str:
    """Show a calculation with what it comes to: exactly, and then rounded where that is another number.

    `is_final` False leaves the rounded result out, where something else follows.
    """
    result = printable(with_unit(_grouped(points_text(formula.result)), unit, language))
    is_calculated = " " in formula.text
    parts = [_grouped(formula.text)] if is_calculated else []
    if not is_final or formula.is_rounded:
        parts += ["=", _grouped(formula.unrounded)]
    if is_final:
        parts += ["≈" if formula.is_rounded else "=", result]
    return " ".join(parts if is_calculated else parts[1:])


def _grouped(text: str) -> str:
    """Put commas between the thousands of the numbers in a text."""
    return _THOUSANDS.sub(lambda found: f"{int(found[0]):,}", text)
