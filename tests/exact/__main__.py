"""Compare the engine with an oracle, row by row, on as many random rows as wanted.

    python -m tests.exact --rows 10000000 --seed nightly

Months of random roles (every method, grades, adjustments and vetoes; long and wide; ties at every place of rounding;
values at and beyond the ends of the range) are written as files, scored by the program through its public API and
written as CSV, and each line is compared with the oracle's. Prints how many rows were compared, what came by in them,
and every difference; the exit status is 1 where there is one. `--only SEED-NUMBER` runs one month again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.exact.batch import Batch

SHOWN = 5


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.exact", description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000_000, help="how many rows are compared in all")
    parser.add_argument("--batch", type=int, default=200_000, help="how many rows a month has, with roles of its own")
    parser.add_argument("--seed", default="nightly", help="the same seed makes the same rows")
    parser.add_argument("--only", help="one month, by the name that a difference is printed with")
    parser.add_argument("--folder", type=Path, help="keep the files of the months in this folder")
    return parser.parse_args()


def main() -> int:
    """Compare and print."""
    arguments = _arguments()
    seen: Counter[str] = Counter()
    rows = cards = different = months = 0
    begun = time.monotonic()
    while rows < arguments.rows and not (arguments.only and months):
        name = arguments.only or f"{arguments.seed}-{months}"
        batch = Batch(name, min(arguments.batch, arguments.rows - rows))
        with tempfile.TemporaryDirectory(prefix="kpicard-exact-") as temporary:
            folder = (arguments.folder or Path(temporary)) / name
            folder.mkdir(parents=True)
            differences = batch.differences(folder)
        for difference in differences[:SHOWN]:
            print(f"{name}: expected {difference.expected!r}\n{' ' * len(name)}  found    {difference.found!r}")
        seen += batch.scorer.seen
        rows, cards, months = rows + batch.rows, cards + len(batch.cards), months + 1
        different += len(differences)
        print(f"{name}: {rows:,} rows, {different:,} differences, {time.monotonic() - begun:,.0f} s", flush=True)
    for what, count in sorted(seen.items()):
        print(f"{count:>12,}  {what}")
    took = f"{time.monotonic() - begun:,.0f} s"
    print(f"{rows:,} rows on {cards:,} cards in {months} months: {different:,} differences, in {took}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
