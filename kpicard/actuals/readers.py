"""What the texts of cells mean: each distinct text is understood once, here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache, partial
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from kpicard.actuals.header_vocabulary import SAID, UNITS
from kpicard.cards.values import Status
from kpicard.numbers import exact_product
from kpicard.rules.models import Kpi
from kpicard.rules.rule_index import Item, Numbered
from kpicard.rules.rules import Named, by_name, look_up
from kpicard.rules.scoring.curve import Curve
from kpicard.text import fold, half_width, spellings
from kpicard.units import Style, Unit, in_points, unit_of

if TYPE_CHECKING:
    from kpicard.quantities import Quantity
    from kpicard.roster.people import Roster

NOT_APPLICABLE: Final = frozenset(SAID["not_applicable"])
NOT_REPORTED: Final = frozenset(SAID["not_reported"])
EITHER: Final = frozenset(SAID["either"])
"""What may mean that a figure is not reported, as well as that it does not apply. All are in lower case."""

NOT_UNDERSTOOD: Final = "not_understood"
"""What a tidy table says in the column `status` of a row that was not understood when it was made."""

STATUSES: Final = frozenset({"scored", "not_applicable", "not_reported", NOT_UNDERSTOOD})
"""What the column `status` may say."""

_ANY_AMOUNT: Final = unit_of("元")
"""How the parts of a percentage are read: both may be money, or plain numbers."""

_COUNT: Final = unit_of(None)
_PERCENT: Final = unit_of("%")

_KEPT: Final = 1 << 15
"""How many texts of a KPI are kept with their meanings: what is not understood is asked for again, to say why."""


class Spelling(NamedTuple):
    """How texts are understood: by which mark decimals are divided, and which words, folded, stand for no figure."""

    style: Style = ""
    not_reported: frozenset[str] = NOT_REPORTED
    not_applicable: frozenset[str] = NOT_APPLICABLE

    @classmethod
    def of(cls, style: Style, not_reported: Iterable[str], not_applicable: Iterable[str]) -> Spelling:
        """Return it with further words of either kind, which count before those that are known."""
        missing, other = frozenset(map(_word, not_reported)), frozenset(map(_word, not_applicable))
        return cls(style, (NOT_REPORTED | missing) - other, (NOT_APPLICABLE | other) - missing)

    @property
    def no_figures(self) -> frozenset[str]:
        """All the words that stand for no figure, also those of which it is not clear why there is none."""
        return self.not_reported | self.not_applicable | EITHER


USUAL: Final = Spelling()


def _word(text: str) -> str:
    return half_width(text).strip().casefold()


class Meaning(NamedTuple):
    """What a cell says: a status, the value where it is scored; or, where neither, the quantity as far as read."""

    status: Status | None
    value: Decimal | None = None
    quantity: Quantity | None = None
    fault: str | None = None
    """The code of the problem."""


class Reader:
    """Reads the figures of one KPI."""

    def __init__(self, kpi: Item, curve: Curve, spelling: Spelling = USUAL) -> None:
        """Take the unit and the full mark from the KPI, and from its curve whether it needs a target above 0."""
        self.unit: Unit = unit_of(kpi.unit)
        self.ratio_factor = int(100 / self.unit.scale) if self.unit.kind == "percent" else 1
        """What numerator over denominator is multiplied by, to be in the KPI's unit."""
        self.full_mark = kpi.bounds[1] if isinstance(kpi, Kpi) else None
        """What a score such as 4.6/5 may be out of: the end of the KPI's range."""
        self.weight = kpi.weight if isinstance(kpi, Kpi) else None
        self.style = spelling.style
        self._needs_positive = curve.axis == "attainment"
        levels = kpi.levels if isinstance(kpi, Kpi) else ()
        self._levels = {fold(word): each.value for each in levels for word in spellings(each.level)}
        self._read = lru_cache(maxsize=_KEPT)(partial(_read, spelling))

    def actual(self, text: str) -> Meaning:
        """Return what the cell of an actual says: one of the KPI's levels, or a figure."""
        level = self._levels.get(fold(text)) if self._levels else None
        if level is not None:
            return Meaning("scored", level)
        return self._read(text, self.unit, self.full_mark, may_be_applicable=True)

    def numerator(self, text: str) -> Meaning:
        """Return what the cell of a numerator says: in the KPI's unit, unless that is percent."""
        unit = _ANY_AMOUNT if self.unit.kind == "percent" else self.unit
        return self._read(text, unit, None, may_be_applicable=True)

    def denominator(self, text: str) -> Meaning:
        """Return what the cell of a denominator says: a number of things, unless the KPI's unit is percent."""
        unit = _ANY_AMOUNT if self.unit.kind == "percent" else _COUNT
        return self._read(text, unit, None, may_be_applicable=True)

    def target(self, text: str) -> Meaning:
        """Return what the cell of a target says; an attainment needs one above 0."""
        target = self._read(text, self.unit, self.full_mark, may_be_applicable=False)
        if target.fault == "bad-value":
            return target._replace(fault="bad-target-value")
        if self._needs_positive and target.value is not None and target.value <= 0:
            return target._replace(status=None, fault="bad-target")
        return target

    def is_unit(self, text: str) -> bool:
        """Whether a text says this KPI's unit, or nothing."""
        if text.strip() in NOT_REPORTED:
            return True
        said = unit_of(text)
        if self.unit.kind == "other":
            return bool(said.words & self.unit.words)
        return (said.kind, said.scale, said.currency) == (self.unit.kind, self.unit.scale, self.unit.currency)

    def is_weight(self, text: str) -> bool:
        """Whether a text says this KPI's weight, in percent or as a part of 1, or nothing."""
        if text.strip() in NOT_REPORTED or self.weight is None:
            return True
        from kpicard.quantities import read_quantity

        said = read_quantity(text, _PERCENT).value
        return said is not None and self.weight in {said, said * 100}


def _read(spelling: Spelling, text: str, unit: Unit, full_mark: Decimal | None, *, may_be_applicable: bool) -> Meaning:
    word = _word(text)
    if may_be_applicable and word in spelling.not_applicable:
        return Meaning("not_applicable")
    if word in spelling.not_reported:
        return Meaning("not_reported")
    if may_be_applicable and word in EITHER:
        return Meaning(None, fault="unclear-word")
    from kpicard.quantities import read_quantity

    quantity = read_quantity(text, unit, full_mark, spelling.style)
    if quantity.fault:
        return Meaning(None, None, quantity, "out-of-range" if quantity.fault == "out-of-range" else "bad-value")
    return Meaning("scored", quantity.value)


NUMBERS: Final = tuple(UNITS)
"""The columns; the engine has the index of each."""

_PLAIN: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")


_FITS: Final[Mapping[str, Callable[[Decimal], bool]]] = {
    "base": lambda value: value >= 0,
    "days": lambda value: 0 <= value <= 31,
    "share": lambda value: 0 < value <= 100,
}
_UNITS: Final[Mapping[str, Unit]] = {column: unit_of(unit) for column, unit in UNITS.items()}


def read_number(column: str, text: str, style: Style = "") -> Quantity:
    """Return what a cell says, in the unit of its column; without a value where that cannot be.

    A share without a sign is a fraction up to 1, and percent above: nobody has a role for less than a hundredth.

    >>> [str(read_number("share", text).value) for text in ("50%", "0.5", "1", "50", "150")]
    ['50', '50', '100', '50', 'None']
    """
    from kpicard.quantities import Quantity, read_quantity

    found = read_quantity(text, _UNITS[column], style=style)
    value = found.value
    if value is None:
        return found
    if column == "share" and value <= 1 and _PLAIN.fullmatch(in_points(half_width(text).strip(), style)):
        value = exact_product(value, Decimal(100))
    return Quantity(value if _FITS[column](value) else None)


@dataclass(frozen=True)
class Vocabulary:
    """All that the cells of actuals are understood by."""

    numbered: Numbered
    spelling: Spelling = USUAL
    roster: Roster | None = None
    """The people, by which rows may leave out their roles."""

    @cached_property
    def names(self) -> Names:
        """What roles and KPIs are called."""
        return Names(self.numbered)

    @cached_property
    def readers(self) -> tuple[Reader, ...]:
        """A reader for each KPI, by its number."""
        return tuple(
            Reader(item, curve, self.spelling)
            for (_, _, item), curve in zip(self.numbered.items, self.numbered.curves, strict=True)
        )


class Names:
    """Finds roles, KPIs and adjustments by id or by name in either language."""

    def __init__(self, numbered: Numbered) -> None:
        """Take the names from the rules: a role has those of all its versions."""
        versions = numbered.rules.versions.items()
        self._roles = by_name((id_, (id_, *spellings(role.title))) for id_, roles in versions for role in roles)
        self._kpis: dict[int, Named[int]] = {}
        for number, items in groupby(enumerate(numbered.items), key=lambda each: each[1][0]):
            named = ((index, (item.id, *spellings(item.name))) for index, (_, _, item) in items)
            self._kpis[number] = by_name(named)

    def roles(self, text: str) -> frozenset[str]:
        """Return the ids of the roles that a cell may mean: one where it is clear."""
        return look_up(self._roles, text)

    def kpis(self, role: int, text: str) -> frozenset[int]:
        """Return the numbers of a role's KPIs or adjustments that a cell may mean: one where it is clear."""
        return look_up(self._kpis[role], text)
