"""Figures given as a numerator and a denominator: when they say one, and what is wrong where they do not."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kpicard.actuals.header_vocabulary import Part
from kpicard.actuals.readers import Meaning
from kpicard.numbers import MILLION


class RatioFault(NamedTuple):
    """What is wrong with a figure: in which of its cells, and the code."""

    part: Part
    code: str


def ratio_fault(actual: Meaning, numerator: Meaning, denominator: Meaning, factor: int | None) -> RatioFault | None:
    """Return what is wrong with a figure's cells taken together, None where each by itself says all.

    Either the actual stands alone, or numerator and denominator do; or, in a tidy table, it is their quotient times the
    `factor`. Both 0 are not applicable; any other numerator over 0 says nothing.
    """
    parts: dict[Part, Meaning] = {"numerator": numerator, "denominator": denominator}
    if any(part.fault for part in parts.values()) or all(part.status == "not_reported" for part in parts.values()):
        return None
    if actual.status != "not_reported" and not _is_quotient(actual.value, numerator.value, denominator.value, factor):
        return RatioFault("actual", "actual-and-ratio")
    for name, part in parts.items():
        if part.status == "not_reported":
            return RatioFault(name, "half-ratio")
    if numerator.status != denominator.status:
        return RatioFault("numerator" if numerator.status == "not_applicable" else "denominator", "half-ratio")
    if numerator.value is None or denominator.value is None or numerator.value == denominator.value == 0:
        return None
    return RatioFault("denominator", "zero-denominator") if denominator.value <= 0 else None


def _is_quotient(
    actual: Decimal | None, numerator: Decimal | None, denominator: Decimal | None, factor: int | None
) -> bool:
    """Whether an actual is numerator over denominator times the factor, rounded half away from zero to six decimals."""
    if factor is None or actual is None or numerator is None or denominator is None or denominator <= 0:
        return False
    exact = Fraction(numerator) / Fraction(denominator) * factor
    off = abs(Fraction(actual) - exact) * 2 * MILLION
    return off < 1 or (off == 1 and abs(actual) > abs(exact))
