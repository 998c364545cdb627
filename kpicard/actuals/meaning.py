"""What the texts of cells mean. Each distinct text is understood once, here, and joined back by the engine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from kpicard.card import Status
from kpicard.numbers import read_decimal
from kpicard.rules.models import Kpi
from kpicard.rules.names import by_name, look_up
from kpicard.rules.numbered import Numbered
from kpicard.text import spellings

PLAIN_NUMBER: Final = r"[-+]?[0-9]{1,12}(\.[0-9]+)?"
"""What the engine reads by itself: RE2 and Python take the same texts."""

NOT_APPLICABLE: Final = frozenset({"n/a", "不适用"})
NOT_REPORTED: Final = frozenset({"", "-", "—"})

_PERIOD: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_GROUPED: Final = re.compile(r"[-+]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")


def read_period(text: str) -> str | None:
    """Return the period that a cell names, as `YYYY-MM`, or None."""
    stripped = text.strip()
    return stripped if _PERIOD.fullmatch(stripped) else None


class Quantity(NamedTuple):
    """What the cell of an actual says: a status, the value where it is scored, or the code of a problem."""

    status: Status | None
    value: Decimal | None = None
    fault: str | None = None


def read_actual(text: str, kpi: Kpi) -> Quantity:
    """Return what the cell of an actual says."""
    stripped = text.strip()
    if stripped.casefold() in NOT_APPLICABLE:
        return Quantity("not_applicable")
    return read_number(stripped, kpi)


def read_number(text: str, kpi: Kpi) -> Quantity:
    """Return the number that a cell says, in the KPI's unit; an empty one is not reported.

    Beside plain decimals: thousands separators, and a percent sign where the unit is percent.
    """
    stripped = text.strip()
    if stripped in NOT_REPORTED:
        return Quantity("not_reported")
    number = stripped
    if number.endswith("%") and kpi.unit is not None and "%" in spellings(kpi.unit):
        number = number[:-1].rstrip()
    if _GROUPED.fullmatch(number):
        number = number.replace(",", "")
    value = read_decimal(number)
    if isinstance(value, Decimal):
        return Quantity("scored", value)
    return Quantity(None, None, "out-of-range" if value == "out-of-range" else "bad-value")


def read_target(text: str, kpi: Kpi, *, needs_positive: bool) -> Quantity:
    """Return what the cell of a target says; an attainment needs one above 0."""
    target = read_number(text, kpi)
    if target.fault == "bad-value":
        return target._replace(fault="bad-target-value")
    if needs_positive and target.value is not None and target.value <= 0:
        return target._replace(fault="bad-target")
    return target


class Names:
    """Finds roles and KPIs by id or by name in either language, as numbers."""

    def __init__(self, numbered: Numbered) -> None:
        """Take the names from the rules."""
        self._roles = by_name((number, (role.id, *spellings(role.title))) for number, role in enumerate(numbered.roles))
        self._kpis: dict[int, Mapping[str, frozenset[int]]] = {}
        for number in range(len(numbered.roles)):
            of_role = ((index, kpi) for index, (role, _, kpi) in enumerate(numbered.kpis) if role == number)
            self._kpis[number] = by_name((index, (kpi.id, *spellings(kpi.name))) for index, kpi in of_role)

    def roles(self, text: str) -> frozenset[int]:
        """Return the numbers of the roles that a cell may mean: one where it is clear."""
        return look_up(self._roles, text)

    def kpis(self, role: int, text: str) -> frozenset[int]:
        """Return the numbers of a role's KPIs that a cell may mean: one where it is clear."""
        return look_up(self._kpis[role], text)
