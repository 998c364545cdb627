"""The quick way to try mutants of the SQL that scores: on months whose every line is known to be the oracle's.

Such a month is scored once, and each mutant runs over the tables that are in the engine then. Where any row that the
reports show is another one, or the SQL is refused, `tests.slow.test_exact` notices it, and needs not be run for it.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

_COMMENT: Final = re.compile(r"^ *--.*$", re.MULTILINE)
_ROWS_OF: Final = """
WITH scored AS ({scored}), graded AS ({graded})
SELECT
    s.card, s.kpi, s.status, s.target, s.actual, s.attainment, s.score, s.points, s.veto,
    g.total, g.grade, g.coefficient
FROM scored AS s JOIN graded AS g ON g.card = s.card
ORDER BY ALL
"""
"""The figures that stand in every report, from the two queries of the text."""
_SEEDS: Final = range(12)
_SIZE: Final = 400


def noticed(original: str, mutants: Iterable[str]) -> Iterator[bool]:
    """Yield for each text whether the oracle's months show that it is not the original."""
    months = list(_months())
    expected = [_rows(month, original) for month in months]
    for text in mutants:
        yield any(_rows(month, text) != rows for month, rows in zip(months, expected, strict=True))


def _months() -> Iterator[Any]:
    from tests.exact.batch import Batch

    for seed in _SEEDS:
        batch = Batch(f"screen-{seed}", _SIZE)
        with tempfile.TemporaryDirectory() as folder:
            assert [] == batch.differences(Path(folder))
            (Path(folder) / "again").mkdir()
            batch.write(Path(folder) / "again")
            yield batch.score(Path(folder) / "again")


def _rows(month: Any, text: str) -> list[Any] | str:
    import duckdb

    try:
        scored, graded = _COMMENT.sub("", text).split(";")
        query = _ROWS_OF.format(scored=scored, graded=graded)
        return month._database.execute(query).fetchall()  # type: ignore[no-any-return] # noqa: SLF001 - its tables
    except duckdb.Error as error:
        return str(error)
