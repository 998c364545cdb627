"""In words, where on its curve a figure lies."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from kpicard.cards.explanation.values import Place
from kpicard.messages import words_of
from kpicard.numbers import plain
from kpicard.reports.figures import grouped, percent, with_unit
from kpicard.text import Language, Text, printable, say

WORDS: Final = words_of("explanation")

_BETWEEN: Final = re.compile(r"(?<=[0-9A-Za-z%])(?=[\u4e00-\u9fff])")
"""Between a number or Latin unit and a Chinese character, where a blank belongs."""


def place_words(place: Place, unit: Text | None, language: Language) -> str:
    """Say on which piece of the curve x lies; `unit` is the KPI's."""

    def quantity(x: Decimal) -> str:
        return printable(with_unit(grouped(x), unit if place.axis == "actual" else "%", language))

    return _BETWEEN.sub(" ", _words(place, quantity, language))


def _words(place: Place, quantity: Callable[[Decimal], str], language: Language) -> str:
    figure = percent(place.x) if place.axis == "attainment" else quantity(place.x)
    x = say(WORDS[f"x-{place.axis}"], language).format(x=figure)
    if place.kind == "line" and place.low and place.high:
        return say(WORDS["line"], language).format(
            x=x,
            low=quantity(place.low.x),
            low_score=plain(place.low.score),
            high=quantity(place.high.x),
            high_score=plain(place.high.score),
        )
    if place.kind == "itself":
        return say(WORDS["itself"], language).format(x=x)
    ends = [(quantity(bound.x), bound.is_included) if bound else None for bound in (place.low, place.high)]
    words = say(WORDS[place.rule], language)
    return words.format(x=x, number=place.number, range=_range(ends[0], ends[1], language))


def _range(low: tuple[str, bool] | None, high: tuple[str, bool] | None, language: Language) -> str:
    """Say a range by its ends and whether they belong to it; None: it is open."""
    ends = [("from" if low[1] else "above")] if low else []
    ends += [("upto" if high[1] else "below")] if high else []
    words = say(WORDS["-".join(ends) or "always"], language)
    return words.format(low=low and low[0], high=high and high[0])
