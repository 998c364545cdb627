"""One code's entry in the catalogue."""

from __future__ import annotations

from typing import Literal, NamedTuple

from kpicard.text import Both


class Entry(NamedTuple):
    """What a code says, with `{name}` for a value of the problem.

    Of the hints, the first whose values are all known is shown.
    """

    message: Both
    hints: tuple[Both, ...] = ()
    severity: Literal["error", "warning"] = "error"


NEAREST = Both("did you mean `{nearest}`?", "是否想写“{nearest}”？")
"""The hint that most unknown words share."""
