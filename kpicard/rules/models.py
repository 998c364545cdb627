"""The rules as typed values: the department with its grades, and the roles with their responsibilities and KPIs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from kpicard.rules.curve import Curve
from kpicard.rules.fields import Id, Model, Number, Text, Words
from kpicard.rules.scoring import Ratio, Scoring

Better = Literal["higher", "lower", "within"]

DEFAULT_CAP = Decimal(120)


class Grade(Model):
    """A band of totals: from `from_` up to, not including, the `from_` of the band before it."""

    grade: Words
    from_: Number = Field(alias="from")
    coefficient: Annotated[Number, Field(ge=0)]
    label: Text | None = None


class Department(Model):
    """The roles that are scored by one grade scale, best grade first."""

    title: Text
    cap: Annotated[Number, Field(gt=0)] = DEFAULT_CAP
    grades: Annotated[tuple[Grade, ...], Field(min_length=1, max_length=200)]


class Responsibility(Model):
    """One duty of a role."""

    id: Id
    title: Text
    detail: Text | None = None


class Standard(Model):
    """What an actual is scored by; `target` in the KPI's unit."""

    better: Better
    target: Number | None = None
    scoring: Scoring = Ratio()


class Kpi(Standard):
    """One measured indicator of a role; `weight` in percent."""

    id: Id
    name: Text
    weight: Annotated[Number, Field(gt=0, le=100)]
    unit: Text | None = None
    definition: Text | None = None
    source: Text | None = None
    measures: Annotated[tuple[Id, ...], Field(max_length=200)] = ()


class Role(Model):
    """A job, with its responsibilities and its KPIs, whose weights sum to 100."""

    id: Id
    title: Text
    purpose: Text | None = None
    responsibilities: Annotated[tuple[Responsibility, ...], Field(max_length=200)] = ()
    # The engine keeps a bit for each KPI of a card in 64 bits.
    kpis: Annotated[tuple[Kpi, ...], Field(min_length=1, max_length=62)]


@dataclass(frozen=True)
class Rules:
    """All that scoring needs: the department, its roles by id, and the roles whose files are wrong.

    `broken` has these by id, with what else they are called as far as that can be read.
    """

    department: Department | None
    roles: Mapping[str, Role] = field(default_factory=dict)
    broken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    path: str = "department.yaml"
    """Where they were loaded from, as problems call it."""

    @property
    def cap(self) -> Decimal:
        """The highest score that `ratio` gives, unless the KPI says otherwise."""
        return DEFAULT_CAP if self.department is None else self.department.cap

    def curve(self, standard: Standard) -> Curve:
        """Return the curve of a KPI of these rules."""
        return standard.scoring.curve(self.cap)
