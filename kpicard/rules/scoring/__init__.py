"""The scoring methods, one file each: its keys, its curve, its faults and its words.

A new method is a file beside the others, its class in `Scoring`, and its texts in `messages/scoring.json` under its
name. Nothing else in the program tells one method from another.
"""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias, get_args

from pydantic import Field

from kpicard.rules.scoring.bands import Bands
from kpicard.rules.scoring.linear import Linear
from kpicard.rules.scoring.method import Method
from kpicard.rules.scoring.ratio import Ratio
from kpicard.rules.scoring.step import Steps

Scoring: TypeAlias = Annotated[Ratio | Linear | Bands | Steps, Field(discriminator="method")]
"""How an actual becomes a score, by any of the methods."""

METHODS: Final[tuple[type[Method], ...]] = get_args(get_args(Scoring)[0])
"""All methods there are."""

BY_DEFAULT: Final = Ratio()
"""The scoring of a KPI that says none."""
