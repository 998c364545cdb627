"""Figures given as a numerator and a denominator: when they say one, and what is wrong where they do not."""

from __future__ import annotations

from typing import NamedTuple

from kpicard.actuals.header_vocabulary import Part
from kpicard.actuals.readers import Meaning


class RatioFault(NamedTuple):
    """What is wrong with a figure: in which of its cells, and the code."""

    part: Part
    code: str


def ratio_fault(actual: Meaning, numerator: Meaning, denominator: Meaning) -> RatioFault | None:
    """Return what is wrong with a figure's cells taken together, None where each by itself says all.

    Either the actual stands alone, or numerator and denominator do. Both 0 are not applicable; any
    other numerator over 0 says nothing.
    """
    parts: dict[Part, Meaning] = {"numerator": numerator, "denominator": denominator}
    if any(part.fault for part in parts.values()) or all(part.status == "not_reported" for part in parts.values()):
        return None
    if actual.status != "not_reported":
        return RatioFault("actual", "actual-and-ratio")
    for name, part in parts.items():
        if part.status == "not_reported":
            return RatioFault(name, "half-ratio")
    if numerator.status != denominator.status:
        return RatioFault("numerator" if numerator.status == "not_applicable" else "denominator", "half-ratio")
    if numerator.value is None or denominator.value is None or numerator.value == denominator.value == 0:
        return None
    return RatioFault("denominator", "zero-denominator") if denominator.value <= 0 else None
