"""What the name of a rules file says: whose rules these are, and from which period on they hold."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final, NamedTuple

from kpicard.periods import is_period

DEPARTMENT: Final = "department"
SUFFIXES: Final = frozenset({".yaml", ".yml"})


class FileName(NamedTuple):
    """`customer-service.2026-07.yaml`: an id, and a period or None."""

    id: str
    period: str | None

    @property
    def is_department(self) -> bool:
        """Whether it is the department's file, or a version of it."""
        return self.id.casefold() == DEPARTMENT


def file_name(path: str | PurePath) -> FileName:
    """Return what the name of a rules file says."""
    stem = PurePath(path).stem
    id_, _, period = stem.rpartition(".")
    # The department's file has no id in it that could tell a slip in its name.
    is_version = is_period(period) or id_.casefold() == DEPARTMENT
    return FileName(id_, period) if id_ and is_version else FileName(stem, None)
