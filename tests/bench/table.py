"""The one table, as text or as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from tests.bench.contest import Line

_HEADINGS = ("job", "who", "seconds", "kpicard ÷ it", "target", "CPU seconds", "CPU ÷", "peak MB", "result")
_RIGHT = {2, 3, 5, 6, 7}


def _ratio(value: float) -> str:
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def _cells(line: Line, *, first: bool) -> tuple[str, ...]:
    title = line.contest if first else ""
    if line.taken is None:
        return title, line.job.name, "", "", "", "", "", "", line.remark
    seconds, cpu, megabytes = line.taken
    return (
        title,
        line.job.name,
        f"{seconds:.3f}" if seconds < 10 else f"{seconds:.1f}",
        "" if first else _ratio(line.base.seconds / seconds),
        line.job.target,
        f"{cpu:.3f}" if cpu < 10 else f"{cpu:.1f}",
        "" if first else _ratio(line.base.cpu / cpu),
        f"{megabytes:.0f}",
        line.remark,
    )


def table(lines: Sequence[Line], *, markdown: bool) -> str:
    """Return the table, a contest after the other; kpicard stands first in each."""
    rows = [
        _cells(line, first=not number or lines[number - 1].contest != line.contest) for number, line in enumerate(lines)
    ]
    if markdown:
        rule = ["---:" if column in _RIGHT else "---" for column in range(len(_HEADINGS))]
        return "\n".join(f"| {' | '.join(row)} |" for row in (_HEADINGS, rule, *rows))
    widths = [max(map(len, column)) for column in zip(_HEADINGS, *rows, strict=True)]
    return "\n".join(_aligned(row, widths) for row in (_HEADINGS, *rows))


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        text.rjust(width) if column in _RIGHT else text.ljust(width)
        for column, (text, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()
