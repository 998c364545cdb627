"""What scoring is given: files by their paths, and tables in memory."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

from kpicard.sources.frame import Frame
from kpicard.sources.source import Source

Given: TypeAlias = str | Path | Source | Frame | Any
"""A path, a source, a frame, or the data of one: a data frame, an Arrow table, a relation of DuckDB."""


def sources_of(given: Given | Iterable[Given]) -> list[Source | Frame]:
    """Return what is given, one or many, as sources and frames.

    The first frame is called `frame` where it has no name, the third `frame 3`.
    Raises TypeError for what is neither a path nor a table.
    """
    found: list[Source | Frame] = []
    frames = 0
    for each in _each(given):
        if isinstance(each, str | Path | Source):
            found.append(Source.of(each))
            continue
        frames += 1
        frame = each if isinstance(each, Frame) else Frame(each, f"frame {frames}" if frames > 1 else "frame")
        if frame.kind is None:
            message = f"{type(frame.data).__name__} is neither a path nor a table that is known"
            raise TypeError(message)
        found.append(frame)
    return found


def _each(given: Any) -> Iterable[Any]:
    if isinstance(given, str | Path | Source | Frame) or Frame(given).kind:
        return [given]
    if not isinstance(given, Iterable):
        message = f"{type(given).__name__} is neither a path nor a table that is known"
        raise TypeError(message)
    return given
