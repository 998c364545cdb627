"""Ways into a YAML file, and places in it."""

from __future__ import annotations

from typing import TypeAlias

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree] | None"
"""What a file holds: every scalar is the text that was written; None is an empty value."""

Route: TypeAlias = tuple[str | int, ...]
"""The way from the top of a file to a value: keys and indices from 0, as in pydantic's error locations."""

Place: TypeAlias = tuple[int, int]
"""Line and column, from 1, in characters."""
