"""A table that can be read as often as needed: UTF-8 text with separators, on disk, or what the engine has itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kpicard.periods import periods_in
from kpicard.problems import Problem
from kpicard.problems.problem import Value
from kpicard.sources.inspect import Inspection
from kpicard.sources.relation import Relation
from kpicard.workbooks import CellFault, Merge


@dataclass(frozen=True)
class Table:
    """One table of a source: the source's own text, or a copy of what is in it; or a `relation` of the engine.

    In a `grid`, a workbook's sheet or a relation, places count rows and columns; else they count lines and characters.
    """

    path: Path
    name: str
    inspection: Inspection
    encoding: str
    """What the source is written in, as people call it: an encoding, `Excel`, `Parquet`, or whose table it is."""
    separator: str = ","
    is_grid: bool = False
    sheet: str | None = None
    is_hidden: bool = False
    merges: tuple[Merge, ...] = field(default=(), repr=False)
    faults: tuple[CellFault, ...] = field(default=(), repr=False)
    """The cells of a workbook's sheet that are not clear."""
    relation: Relation | None = None

    @property
    def period(self) -> str | None:
        """The period in the names of file and sheet, as `2026-10.csv`; None where they name none, or several."""
        found = {*periods_in(Path(self.name).stem), *periods_in(self.sheet or "")}
        return found.pop() if len(found) == 1 else None

    def separated_by(self, separator: str) -> Table:
        """Return the same table, read with another separator."""
        return replace(self, separator=separator)

    def problem_of(self, fault: CellFault) -> Problem:
        """Return the problem that a cell of a workbook's sheet is not clear."""
        return self.problem(fault.code, (fault.row + 1, fault.column + 1), {"value": fault.text})

    def problem(
        self, code: str, place: tuple[int | None, int | None] = (None, None), values: Mapping[str, Value] | None = None
    ) -> Problem:
        """Return a problem of this table, at a place in it or of it as a whole."""
        return Problem(self.name, *place, code, values or {}, self.sheet)
