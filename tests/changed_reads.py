"""Score a file that is changed just before it is opened for the first time, the second, and so on; print what came out.

`python tests/changed_reads.py FOLDER SUFFIX` works in an empty folder, and prints a line of JSON for each case.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import kpicard
from kpicard.cards.values import Scored

ROLES = Path(__file__).parent.parent / "roles"
FIGURES = {
    "customer-satisfaction": "4.42",
    "complaint-resolution-time": "31.7",
    "response-time": "28.5",
    "repurchase-rate": "23.5",
}
OLD = "employee,role,kpi,actual\n" + "".join(
    f"E{number},customer-service,{kpi},{value}\n" for number in range(50) for kpi, value in FIGURES.items()
)
NEW = OLD.replace(",28.5\n", ",38.5\n")
SWAPPED = OLD.replace("employee,role", "role,employee")


def _write(path: Path, text: str) -> None:
    if path.suffix == ".xlsx":
        from xlsxwriter import Workbook

        with Workbook(path) as book:
            sheet = book.add_worksheet()
            for row, line in enumerate(text.splitlines()):
                sheet.write_row(row, 0, line.split(","))
    elif path.suffix == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        heading, *rows = (line.split(",") for line in text.splitlines())
        pq.write_table(pa.table([pa.array(column) for column in zip(*rows, strict=True)], heading), path)
    else:
        path.write_text(text.replace("E", "员") if path.suffix == ".tsv" else text, "gb18030")


def _replace(path: Path) -> None:
    other = path.with_name(f"other{path.suffix}")
    _write(other, NEW)
    other.replace(path)


def _make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


CHANGES: dict[str, Callable[[Path], object]] = {
    "other figures": lambda path: _write(path, NEW),
    "another row": lambda path: _write(path, OLD + "E99,customer-service,response-time,12\n"),
    "fewer rows": lambda path: _write(path, "".join(OLD.splitlines(keepends=True)[:101])),
    "other columns": lambda path: _write(path, SWAPPED),
    "cut off": lambda path: os.truncate(path, path.stat().st_size // 2),
    "emptied": lambda path: os.truncate(path, 0),
    "gone": lambda path: path.unlink(),
    "replaced": _replace,
    "a folder now": _make_folder,
}


class _Watch:
    """Changes a file when it is about to be opened for the time that is chosen."""

    def __init__(self) -> None:
        self.path = ""
        self.left = 0
        self.change: Callable[[Path], object] | None = None

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if event != "open" or not self.change or arguments[0] != self.path:
            return
        self.left -= 1
        if not self.left:
            change, self.change = self.change, None
            change(Path(self.path))


def main(folder: Path, suffix: str) -> None:
    """Print each case: what changed, before which opening, and the scores of the cards or the problems."""
    rules = kpicard.load(ROLES).rules
    watch = _Watch()
    sys.addaudithook(watch)
    for name, change in CHANGES.items():
        opening = 0
        while watch.change is None:  # until the file is no longer opened so often
            opening += 1
            path = folder / f"{name}-{opening}" / f"2026-10{suffix}"
            path.parent.mkdir()
            _write(path, OLD)
            os.utime(path, (1, 1))
            watch.path, watch.left, watch.change = str(path), opening, change
            result = kpicard.score(rules, path)
            scores = [str(scored.score) for card in result.cards for scored in card.kpis if isinstance(scored, Scored)]
            found = {"case": [name, opening], "scores": scores, "codes": [each.code for each in result.problems]}
            sys.stdout.write(json.dumps(found) + "\n")
        watch.change = None


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
