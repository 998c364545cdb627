"""The quick way to try mutants of the SQL that scores: on months whose every line is known to be the oracle's.

Such a month is scored once, and each mutant runs over the tables that are in the engine then. Where any row that the
reports show is another one, or the SQL is refused, `tests.test_exact` notices it, and needs not be run for it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

_COLUMNS: Final = "card, kpi, status, target, actual, attainment, score, points, veto, total, grade, coefficient"
_SEEDS: Final = range(12)
_ROWS: Final = 400


def noticed(original: str, mutants: Iterable[str]) -> Iterator[bool]:
    """Yield for each text whether the oracle's months show that it is not the original."""
    months = list(_months())
    expected = [_rows(month, original) for month in months]
    for text in mutants:
        yield any(_rows(month, text) != rows for month, rows in zip(months, expected, strict=True))


def _months() -> Iterator[Any]:
    from tests.exact.batch import Batch

    for seed in _SEEDS:
        batch = Batch(f"screen-{seed}", _ROWS)
        with tempfile.TemporaryDirectory() as folder:
            assert [] == batch.differences(Path(folder))
            (Path(folder) / "again").mkdir()
            batch.write(Path(folder) / "again")
            yield batch.score(Path(folder) / "again")


def _rows(month: Any, text: str) -> list[Any] | str:
    import duckdb

    try:
        return month._database.execute(f"SELECT {_COLUMNS} FROM ({text}) ORDER BY ALL").fetchall()  # type: ignore[no-any-return] # noqa: SLF001 - the tables that the SQL reads
    except duckdb.Error as error:
        return str(error)
