"""All that scoring needs: the departments and roles of a folder, with their versions in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import PurePath
from typing import Final, Generic, NamedTuple, TypeVar

from kpicard.periods import is_period
from kpicard.rules.adjustments import Adjustment
from kpicard.rules.models import DEFAULT_CAP, Department, Kpi, Role, Standard
from kpicard.rules.scoring.curve import Curve
from kpicard.text import fold, spellings

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

    def __repr__(self) -> str:
        return f"Rules({', '.join(self.roles) or 'no roles'})"

    def _repr_html_(self) -> str:
        """Return the roles with their KPIs as a table, for notebooks."""
        from kpicard.reports.notebook import rules

        return rules(self)

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
        """The highest score of a scoring that goes by a cap and does not say its own."""
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


DEPARTMENT: Final = "department"
SHARED: Final = "kpis"
SUFFIXES: Final = frozenset({".yaml", ".yml"})


class FileName(NamedTuple):
    """`customer-service.2026-07.yaml`: an id, and a period or None."""

    id: str
    period: str | None

    @property
    def is_department(self) -> bool:
        """Whether it is the department's file, or a version of it."""
        return self.id.casefold() == DEPARTMENT

    @property
    def is_shared(self) -> bool:
        """Whether it is the file of the KPIs that roles share, or a version of it."""
        return self.id == SHARED


def file_name(path: str | PurePath) -> FileName:
    """Return what the name of a rules file says."""
    stem = PurePath(path).stem
    id_, _, period = stem.rpartition(".")
    # The department's file has no id in it that could tell a slip in its name.
    is_version = is_period(period) or id_.casefold() == DEPARTMENT
    return FileName(id_, period) if id_ and is_version else FileName(stem, None)


Thing = TypeVar("Thing")


class Named(NamedTuple, Generic[Thing]):
    """Things by their ids, and by each of their names as they are compared; several may have the same one."""

    ids: Mapping[str, frozenset[Thing]]
    folded: Mapping[str, frozenset[Thing]]


def by_name(named: Iterable[tuple[Thing, tuple[str, ...]]]) -> Named[Thing]:
    """Return things by their names, of which the first is the id.

    Whoever writes an id just as it is means that one, even where another is called nearly the same.
    """
    ids: dict[str, set[Thing]] = defaultdict(set)
    folded: dict[str, set[Thing]] = defaultdict(set)
    for thing, names in named:
        ids[names[0]].add(thing)
        for name in names:
            folded[fold(name)].add(thing)
    return Named(_frozen(ids), _frozen(folded))


def _frozen(found: Mapping[str, set[Thing]]) -> Mapping[str, frozenset[Thing]]:
    return {name: frozenset(things) for name, things in found.items()}


def look_up(names: Named[Thing], text: str) -> frozenset[Thing]:
    """Return the things that `text` may mean: one where it is clear, none where it is not known."""
    stripped = text.strip()
    return names.ids.get(stripped) or names.folded.get(fold(stripped)) or frozenset()


def role_names(roles: Iterable[Role]) -> list[str]:
    """Return all that the roles are called, each role's id before its titles."""
    return [word for role in roles for word in (role.id, *spellings(role.title))]


def find_broken(rules: Rules, text: str) -> frozenset[str]:
    """Return the ids of the roles with wrong files that `text` may mean."""
    return look_up(by_name((id_, (id_, *titles)) for id_, titles in rules.broken.items()), text)


def find_role(rules: Rules, text: str) -> frozenset[str]:
    """Return the ids of the roles that `text` may mean, by id or by title in either language."""
    return look_up(
        by_name((id_, (id_, *spellings(role.title))) for id_, versions in rules.versions.items() for role in versions),
        text,
    )
