"""What each code says, in both languages; the one place where problems get their words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kpicard.problems import (
    actuals,
    adjustments,
    files,
    impact,
    longer,
    people,
    quota,
    rules,
    sources,
    spark,
    tables,
    templates,
    versions,
)
from kpicard.problems.entry import Entry

CATALOGUE: Mapping[str, Entry] = MappingProxyType(
    {
        **files.ENTRIES,
        **rules.ENTRIES,
        **versions.ENTRIES,
        **adjustments.ENTRIES,
        **quota.ENTRIES,
        **sources.ENTRIES,
        **tables.ENTRIES,
        **actuals.ENTRIES,
        **people.ENTRIES,
        **templates.ENTRIES,
        **impact.ENTRIES,
        **longer.ENTRIES,
        **spark.ENTRIES,
    }
)
