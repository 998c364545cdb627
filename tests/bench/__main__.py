"""How fast kpicard is, beside others at the same jobs.

    python -m tests.bench [--only start,score,office,validate,huge] [--rows 10000,…] [--runs 5] [--markdown]

Prints one table: the median of each job's runs, by turns, and kpicard's time as a multiple of it. Before any time
counts, every result is compared with kpicard's. `huge` is left out unless asked for: it takes many minutes and some
40 GB. Files go to a folder that is deleted in the end, or to `--folder`, which stays.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import huge, office, scoring, startup, validating
from tests.bench.contest import Contest, hold
from tests.bench.table import markdown, table
from tests.bench.versions import lacking, versions

_PARTS = ("start", "score", "office", "validate", "huge")


def _sizes(text: str) -> list[int]:
    sizes = text.split(",")
    if not all(each.isdecimal() and int(each) for each in sizes):
        message = f"{text!r} is no list of sizes such as 10000,1000000"
        raise argparse.ArgumentTypeError(message)
    return [int(each) for each in sizes]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="start,score,office,validate", help=f"of {', '.join(_PARTS)}")
    rows = "10000,100000,1000000,10000000"
    parser.add_argument("--rows", type=_sizes, default=rows, help="sizes of the months to score")
    parser.add_argument("--runs", type=int, default=5, help="of each job, beside one that does not count")
    parser.add_argument("--markdown", action="store_true", help="print it in short, as Markdown")
    parser.add_argument("--folder", type=Path, help="where the files go; `huge` takes some 40 GB")
    found = parser.parse_args()
    found.only = found.only.split(",")
    if unknown := set(found.only) - set(_PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(_PARTS)}")
    if missing := lacking():
        parser.error(f"not installed: {', '.join(missing)}; pip install -e '.[bench]'")
    return found


def _contests(arguments: argparse.Namespace, folder: Path) -> Iterator[Contest]:
    parts = {
        "start": lambda: startup.contests(folder),
        "score": lambda: scoring.contests(folder, arguments.rows),
        "office": lambda: office.contests(folder),
        "validate": lambda: validating.contests(folder),
        "huge": lambda: huge.contests(folder),
    }
    for name in _PARTS:
        if name in arguments.only:
            yield from parts[name]()


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="kpicard-bench-") as temporary:
        folder = (arguments.folder or Path(temporary)).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        lines = [line for contest in _contests(arguments, folder) for line in hold(contest, arguments.runs)]
    lines = huge.with_linearity(lines)
    print(markdown(lines) if arguments.markdown else table(lines))
    print(f"\n{versions()}; medians of {arguments.runs} runs in turn")


if __name__ == "__main__":
    main()
