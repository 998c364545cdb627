"""What long work is doing, told as it goes on to whoever wants to know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, TypeAlias

Doing = Literal["reading", "understanding", "checking", "scoring", "writing"]


class Step(NamedTuple):
    """What is being done, with what file, and which it is of how many."""

    doing: Doing
    what: str = ""
    number: int = 0
    of: int = 0


Progress: TypeAlias = Callable[[Step], None]
"""Is called with each step as it begins."""


def unseen(step: Step) -> None:
    """Tell nobody."""
