"""Quarters and years: which months make one, and what it is called."""

from __future__ import annotations

from typing import Literal

By = Literal["quarter", "year"]
"""What the months are brought together to."""


def longer_period(month: str, by: By) -> str:
    """Return the quarter or the year that a month is in.

    >>> longer_period("2026-10", "quarter"), longer_period("2026-10", "year")
    ('2026-Q4', '2026')
    """
    year, number = month.split("-")
    return year if by == "year" else f"{year}-Q{(int(number) + 2) // 3}"


def months_of(period: str) -> tuple[str, ...]:
    """Return the months of a quarter or of a year.

    >>> months_of("2026-Q4")
    ('2026-10', '2026-11', '2026-12')
    """
    year, _, quarter = period.partition("-Q")
    first, count = (3 * int(quarter) - 2, 3) if quarter else (1, 12)
    return tuple(f"{year}-{month:02}" for month in range(first, first + count))
