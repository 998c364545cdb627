"""All that scoring needs: the departments and roles of a folder, with their versions in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

from kpicard.rules.adjustment import Adjustment
from kpicard.rules.curve import Curve
from kpicard.rules.models import DEFAULT_CAP, Department, Kpi, Role, Standard

Versioned = TypeVar("Versioned", bound=Department | Role)


@dataclass(frozen=True)
class Rules:
    """The department and its roles by id, each with its versions, oldest first; a version holds until the next.

    `broken` has the roles whose files are wrong by id, with what else they are called as far as that can be read.
    """

    departments: tuple[Department, ...]
    versions: Mapping[str, tuple[Role, ...]] = field(default_factory=dict)
    broken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    path: str = "department.yaml"
    """Where they were loaded from, as problems call it."""

    @property
    def department(self) -> Department | None:
        """The department, in its newest version."""
        return self.departments[-1] if self.departments else None

    @property
    def roles(self) -> Mapping[str, Role]:
        """The roles by id, each in its newest version."""
        return {id_: versions[-1] for id_, versions in self.versions.items()}

    @property
    def items(self) -> Iterator[Kpi | Adjustment]:
        """Every KPI and adjustment of every version."""
        for versions in self.versions.values():
            for role in versions:
                yield from role.kpis
                yield from role.adjustments
        for department in self.departments:
            yield from department.adjustments

    def adjustments(self, role: Role) -> tuple[Adjustment, ...]:
        """Return the adjustments of a role: its own, then the department's."""
        return (*role.adjustments, *(self.department.adjustments if self.department else ()))

    @property
    def cap(self) -> Decimal:
        """The highest score that `ratio` gives, unless the KPI says otherwise."""
        return DEFAULT_CAP if self.department is None else self.department.cap

    def curve(self, standard: Standard) -> Curve:
        """Return the curve of a KPI of these rules."""
        return standard.curve(self.cap)

    def at(self, period: str) -> Rules:
        """Return the rules with just what holds in a period: one version of each, and one target of each KPI."""
        department = held_in(self.departments, period)
        roles = (role_in(versions, period) for versions in self.versions.values())
        return replace(
            self,
            departments=(department,) if department else (),
            versions={role.id: (role,) for role in roles if role},
        )


def held_in(versions: tuple[Versioned, ...], period: str) -> Versioned | None:
    """Return the version that holds in a period, None before the first one."""
    return next((each for each in reversed(versions) if each.from_ is None or each.from_ <= period), None)


def role_in(versions: tuple[Role, ...], period: str) -> Role | None:
    """Return the version of a role that holds in a period, each KPI with the one target that holds then.

    None before the first version, and before one of its KPIs has its first target.
    """
    written = held_in(versions, period)
    kpis = tuple(kpi.at(period) for kpi in written.kpis) if written else ()
    if written is None or any(each.targets and not kpi.targets for kpi, each in zip(kpis, written.kpis, strict=True)):
        return None
    return written.model_copy(update={"kpis": kpis})
