"""The KPIs that roles share: `kpis.yaml` and its versions, of which a role takes one with `use: ID`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kpicard.problems import Problem
from kpicard.rules.document import Document, Route, Tree
from kpicard.rules.models import SharedKpis
from kpicard.rules.typed import validate


@dataclass(frozen=True)
class Shared:
    """The files of shared KPIs, oldest first; each holds until the next."""

    documents: tuple[Document, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    @property
    def starts(self) -> list[str]:
        """The periods from which on another file holds; empty for the beginning."""
        return [_start(document) for document in self.documents]

    @property
    def paths(self) -> frozenset[str]:
        """What problems call the files."""
        return frozenset(document.path for document in self.documents)

    def at(self, period: str) -> Document | None:
        """Return the file that holds in a period, the first one before all of them."""
        held = [document for document in self.documents if _start(document) <= period]
        return held[-1] if held else next(iter(self.documents), None)


def read_shared(documents: Sequence[Document]) -> Shared:
    """Return files of shared KPIs, and what is wrong with them by themselves."""
    ordered = sorted(documents, key=_start)
    problems = [problem for document in ordered for problem in validate(document, SharedKpis)[1]]
    return Shared(tuple(ordered), problems)


def _start(document: Document) -> str:
    return next((text for _, text in document.find("from")), "")


def shared_kpi(document: Document | None, id_: str) -> tuple[Route, dict[str, Tree]] | None:
    """Return the way to a shared KPI and the KPI, by its id."""
    for route, kpi in document.maps("kpis", None) if document else ():
        if kpi.get("id") == id_:
            return route, kpi
    return None
