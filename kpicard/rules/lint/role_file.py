"""A role's file as the checks see it: what can be read of it, each thing once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kpicard.periods import is_period
from kpicard.problems import Problem
from kpicard.rules.document import Document
from kpicard.rules.lint.kpi_read import KpiRead
from kpicard.rules.lint.outcomes import Outcome, outcomes
from kpicard.rules.models import Department
from kpicard.rules.rules import Rules
from kpicard.rules.scoring.curve import Better


@dataclass(frozen=True)
class RoleFile:
    """A role's document, with the rules that it stands in; a newer version of the role holds from `until` on."""

    document: Document
    rules: Rules
    until: str | None = None

    @cached_property
    def kpis(self) -> tuple[KpiRead, ...]:
        """The KPIs, as far as they can be read."""
        return tuple(KpiRead(route, written, self.rules.cap) for route, written in self.document.maps("kpis", None))

    @cached_property
    def departments(self) -> tuple[Department, ...]:
        """The versions of the department that this version of the role is scored by."""
        start = next((text for _, text in self.document.find("from") if is_period(text)), "")
        ends = [each.from_ for each in self.rules.departments[1:]]
        return tuple(
            each
            for each, end in zip(self.rules.departments, [*ends, None], strict=False)
            if (end is None or start < end) and (self.until is None or (each.from_ or "") < self.until)
        )

    def faults(self, code: str) -> Iterator[Problem]:
        """Yield a problem for each fault of a KPI's scoring that is called `code`."""
        for kpi in self.kpis:
            for steps, called, values in kpi.faults:
                if called == code:
                    yield self.document.problem_at(code, (*kpi.route, "scoring", *steps), **values)

    def punished(self, better: Better) -> Iterator[Problem]:
        """Yield a problem for each KPI whose curve moves the wrong way for `better`."""
        for kpi in self.kpis:
            if kpi.wrong and kpi.wrong.better == better:
                yield self.document.problem_at(
                    f"punishes-{better}", (*kpi.route, "scoring", *kpi.wrong.route), **kpi.wrong.values
                )

    def lacking(self, key: str, code: str) -> Iterator[Problem]:
        """Yield a problem at the id of each KPI that lacks a key."""
        for kpi in self.kpis:
            if kpi.written.get(key) is None:
                yield self.document.problem_at(code, (*kpi.route, "id"))

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What comes out under each version of the department; nothing while the role cannot be scored as it is."""
        return tuple(outcomes(self.document, self.kpis, self.departments))
