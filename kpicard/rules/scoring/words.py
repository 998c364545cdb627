"""A curve in plain words: said from the very segments that the engine uses, and where on it a figure lies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from kpicard.messages import words_of
from kpicard.numbers import from_millionths, plain, round2
from kpicard.rules.scoring.curve import HIGHEST, LOWEST, Bound, Curve, Place, Segment
from kpicard.rules.scoring.method import Quantity
from kpicard.text import Language, say

WORDS: Final = words_of("scoring-curve")
PLACES: Final = words_of("scoring-place")


def curve_words(curve: Curve, quantity: Quantity, language: Language, *, from_highest: bool) -> tuple[str, ...]:
    """Return phrases such as "120 at 15 s or less" and "100 at 30 s", by rising x or from the highest x down.

    `quantity` shows an x with its unit.
    """
    said = _Said(curve, quantity, language)
    phrases = list(dict.fromkeys(said.phrases()))
    if from_highest:
        phrases.reverse()
    if any(piece.slope and not said.is_itself(piece) for piece in curve.segments):
        phrases.append(say(WORDS["interpolated"], language))
    return tuple(phrases)


class _Said:
    """The phrases of one curve in one language."""

    def __init__(self, curve: Curve, quantity: Quantity, language: Language) -> None:
        self.curve = curve
        self.quantity = quantity
        self.language = language

    def phrases(self) -> Iterator[str]:
        """Yield what each segment says, from the lowest x up."""
        pieces = self.curve.segments
        for index, piece in enumerate(pieces):
            before = pieces[index - 1] if index else None
            after = pieces[index + 1] if index + 1 < len(pieces) else None
            if any(each and self.is_itself(each) and _only_bounds(piece, each) for each in (before, after)):
                continue  # "at most" says it, and that an attainment below 0 earns 0
            if self.is_itself(piece):
                yield self._itself(before, piece, after)
            elif piece.slope:
                if not piece.continues(before):
                    yield self._at(piece.score_at(piece.first), piece.first)
                if after is None or after.slope or not after.continues(piece):
                    yield self._at(piece.score_at(piece.last + 1), piece.last + 1)
            elif piece.first == LOWEST and after is not None and after.slope and after.continues(piece):
                yield self._at(piece.score_at(piece.last), after.first, "-or-less")
            elif piece.last == HIGHEST and before is not None and before.slope and piece.continues(before):
                yield self._at(piece.score_at(piece.first), piece.first, "-or-more")
            else:
                low, high = self.curve.low(index), self.curve.high(index)
                ends = (low.x if low else None, high.x if high else None)
                yield self._phrase(_range_id(low, high), piece.score_at(piece.first), *ends)

    def is_itself(self, piece: Segment) -> bool:
        """Whether the score is the attainment itself, from 0 up."""
        return self.curve.axis == "attainment" and piece.is_identity and piece.first >= 0

    def _itself(self, before: Segment | None, piece: Segment, after: Segment | None) -> str:
        """Say that the score is the attainment, between bounds where it has them."""
        parts = [say(WORDS["itself"], self.language)]
        if before and before.slope:
            parts.append(say(WORDS["itself-from"], self.language).format(x=self._x(from_millionths(piece.first))))
        if after and after.slope:
            parts.append(say(WORDS["itself-upto"], self.language).format(x=self._x(from_millionths(after.first))))
        if after and _only_bounds(after, piece):
            score = plain(round2(piece.score_at(piece.last + 1)))
            parts.append(say(WORDS["itself-at-most"], self.language).format(score=score))
        return ("，" if self.language == "zh" else ", ").join(parts)

    def _at(self, score: Fraction, millionths: int, beyond: str = "") -> str:
        """Say the score at a point, and whether it holds beyond it too."""
        return self._phrase(f"at{beyond}", score, from_millionths(millionths), None)

    def _phrase(self, id_: str, score: Fraction, low: Decimal | None, high: Decimal | None) -> str:
        words = say(WORDS[id_], self.language)
        ends = {"low": "" if low is None else self._x(low), "high": "" if high is None else self._x(high)}
        said = words.format(score=plain(round2(score)), **ends).replace(" 、", "、")
        if self.curve.axis == "actual":
            return said
        blank = " " if self.language == "zh" and said[0].isascii() else ""
        return say(WORDS[f"of-{self.curve.axis}"], self.language).format(said=f"{blank}{said}")

    def _x(self, x: Decimal) -> str:
        """Show an x; in Chinese a blank parts it from the character behind it, where it ends in none itself."""
        shown = self.quantity(x)
        if self.curve.axis != "actual":
            shown = say(WORDS[self.curve.axis], self.language).format(x=shown)
        return f"{shown} " if self.language == "zh" and shown.isascii() else shown


def _only_bounds(flat: Segment, identity: Segment) -> bool:
    """Whether a flat piece only keeps the score from rising further, or from falling below 0."""
    if flat.slope:
        return False
    return flat.continues(identity) if flat.first > identity.last else identity.first == 0 == flat.intercept


def _range_id(low: Bound | None, high: Bound | None) -> str:
    """Return the id of the words for a range by its ends, and whether they belong to it."""
    ends = [("from" if low.is_included else "above")] if low else []
    ends += [("upto" if high.is_included else "below")] if high else []
    return "-".join(ends) or "always"


_BETWEEN: Final = re.compile(r"(?<=[0-9A-Za-z%])(?=[\u4e00-\u9fff])")
"""Between a number or Latin unit and a Chinese character, where a blank belongs."""


def place_words(place: Place, method: str, quantity: Quantity, language: Language) -> str:
    """Say on which piece of a curve a figure lies: on a line alike for all methods, else in the words of its `method`.

    `quantity` shows an x with its unit.
    """
    figure = f"{place.x:f}%" if place.axis == "attainment" else quantity(place.x)
    low, high = (bound and quantity(bound.x) for bound in (place.low, place.high))
    is_alike = place.kind == "itself" or (place.kind == "line" and place.low and place.high)
    words = PLACES[place.kind] if is_alike else words_of(f"scoring-{method}")[place.rule]
    said = say(words, language).format(
        x=say(PLACES[f"x-{place.axis}"], language).format(x=figure),
        number=place.number,
        range=say(PLACES[_range_id(place.low, place.high)], language).format(low=low, high=high),
        low=low,
        low_score=place.low and plain(place.low.score),
        high=high,
        high_score=place.high and plain(place.high.score),
    )
    return spaced(said)


def spaced(said: str) -> str:
    """Return words with the blank that parts a number or a Latin unit from the Chinese character behind it."""
    return _BETWEEN.sub(" ", said)
