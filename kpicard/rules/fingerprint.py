"""A fingerprint of just what scores a card.

The same rules have the same fingerprint, whatever the comments, the order and the style of their files, and whatever
they are called: it is taken from the curves and scales that the engine is given, in one canonical form.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from kpicard.numbers import plain
from kpicard.rules.models import Adjustment, Department, Kpi, Role
from kpicard.rules.scoring.curve import Curve, Segment
from kpicard.units import unit_of

FORM: Final = 1
"""The canonical form's version: part of what is hashed, so that another form is never taken for other rules."""

ARITHMETIC: Final = 2
"""The number of the arithmetic: part of what is hashed, since the same rules come to other totals by another one.

2: points to four decimals, and the total rounded once. 1: points to two decimals, and summed.
"""

LENGTH: Final = 16
"""In hexadecimal digits: 64 bits."""


def fingerprint(role: Role, department: Department, items: Sequence[tuple[Kpi | Adjustment, Curve]]) -> str:
    """Return the fingerprint of a role by a department's scale; `items` are its KPIs and adjustments with their curves.

    It hangs on the arithmetic's number, ids, weights, targets, directions, units, curves, vetoes, adjustments, and the
    grades with bounds and coefficients; not on titles, names, definitions, labels, responsibilities, ranges, nor the
    periods that a version holds in.
    """
    values = {
        "form": FORM,
        "arithmetic": ARITHMETIC,
        "role": role.id,
        "grades": [[grade.grade, plain(grade.from_), plain(grade.coefficient)] for grade in department.grades],
        "items": sorted((_item(item, curve) for item, curve in items), key=lambda each: str(each["id"])),
    }
    text = json.dumps(values, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:LENGTH]


def _item(item: Kpi | Adjustment, curve: Curve) -> dict[str, Any]:
    unit = unit_of(item.unit)
    values = {
        "id": item.id,
        "unit": [unit.kind, str(unit.scale), *(sorted(unit.words) if unit.kind == "other" else ())],
        "axis": curve.axis,
        "curve": [
            [each.first, each.last, each.intercept, each.slope, each.divisor] for each in _joined(curve.segments)
        ],
    }
    if isinstance(item, Adjustment):
        return values
    veto = item.veto and [plain(item.veto.score_below), item.veto.grade_at_most]
    return {**values, "weight": plain(item.weight), "target": _plain(item.target), "better": item.better, "veto": veto}


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _joined(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Yield the segments with those as one that lie on one line: a bound that changes nothing is no other rule."""
    held: Segment | None = None
    for each in segments:
        if held and (held.intercept, held.slope, held.divisor) == (each.intercept, each.slope, each.divisor):
            held = Segment(held.first, each.last, each.intercept, each.slope, each.divisor)
            continue
        if held:
            yield held
        held = each
    if held:
        yield held
