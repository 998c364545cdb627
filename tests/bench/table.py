"""The one table: in full as text, or in short as Markdown, for a page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tests.bench.contest import Line

_HEADINGS = ("job", "who", "seconds", "kpicard ÷ it", "target", "CPU seconds", "CPU ÷", "peak MB", "result")
_RIGHT = {2, 3, 5, 6, 7}


def table(lines: Sequence[Line]) -> str:
    """Return a line for each job, kpicard's first in each contest, with its time as a multiple of the others'."""
    rows: list[tuple[str, ...]] = [_HEADINGS]
    for number, line in enumerate(lines):
        rows.append(_cells(line, first=not number or lines[number - 1].contest != line.contest))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_aligned(row, widths) for row in rows)


def markdown(lines: Sequence[Line]) -> str:
    """Return a line for each contest: kpicard's time and memory, and its time as a multiple of the others'."""
    rows = ["| job | kpicard | peak | kpicard's time ÷ the others' |", "|---|---:|---:|---|"]
    for title, contest in groupby(lines, key=lambda line: line.contest):
        own, *others = contest
        peak = f"{own.taken.megabytes:.0f} MB" if own.taken else ""
        said = "; ".join(filter(None, (own.remark, _others(others))))
        rows.append(f"| {title} | {_seconds(own.base.seconds)} s | {peak} | {said} |")
    return "\n".join(rows)


def _others(lines: Sequence[Line]) -> str:
    """Return the ratios, those of a kind together: a name says it after its comma."""
    kinds: dict[str, list[str]] = {}
    for line in lines:
        name, _, kind = line.job.name.partition(", ")
        ratio = line.remark if line.taken is None else _ratio(line.base.seconds / line.taken.seconds)
        kinds.setdefault(kind, []).append(f"{name} {ratio}")
    return "; ".join(f"{kind}: {', '.join(names)}" if kind else ", ".join(names) for kind, names in kinds.items())


def _cells(line: Line, *, first: bool) -> tuple[str, ...]:
    title = line.contest if first else ""
    if line.taken is None:
        return title, line.job.name, "", "", "", "", "", "", line.remark
    seconds, cpu, megabytes = line.taken
    return (
        title,
        line.job.name,
        _seconds(seconds),
        "" if first else _ratio(line.base.seconds / seconds),
        line.job.target,
        _seconds(cpu),
        "" if first else _ratio(line.base.cpu / cpu),
        f"{megabytes:.0f}",
        line.remark,
    )


def _seconds(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def _ratio(value: float) -> str:
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        text.rjust(width) if column in _RIGHT else text.ljust(width)
        for column, (text, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()
