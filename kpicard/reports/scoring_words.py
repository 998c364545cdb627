"""How a KPI is scored, in plain words: said from the very segments that the engine uses."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TypeAlias

from kpicard.numbers import from_millionths, plain, round2
from kpicard.reports.figures import grouped, with_unit
from kpicard.rules.curve import HIGHEST, LOWEST, Curve, Segment
from kpicard.rules.models import Kpi
from kpicard.text import Language, Text

Bound: TypeAlias = tuple[int, bool]
"""An x in millionths, and whether it is included."""


def scoring_words(kpi: Kpi, curve: Curve, language: Language) -> tuple[str, ...]:
    """Return phrases such as "120 at 15 s or less" and "100 at 30 s", the best score first."""
    unit = "%" if curve.axis == "attainment" else kpi.unit
    phrases = list(dict.fromkeys(_phrases(curve, _Wording(unit, curve.axis == "attainment", language))))
    if kpi.better == "higher" or curve.axis == "attainment":
        phrases.reverse()
    if any(piece.slope and not (curve.axis == "attainment" and _is_identity(piece)) for piece in curve.segments):
        phrases.append("中间按直线插值" if language == "zh" else "in a straight line between")
    return tuple(phrases)


class _Wording:
    """Phrases in one language."""

    def __init__(self, unit: Text | None, on_attainment: bool, language: Language) -> None:
        self.unit = unit
        self.language = language
        self.zh = language == "zh"
        self.before = "达成率" if on_attainment and self.zh else ""
        self.behind = " attainment" if on_attainment and not self.zh else ""

    def x(self, millionths: int) -> str:
        shown = with_unit(grouped(from_millionths(millionths)), self.unit, self.language) + self.behind
        return shown + " " if self.zh and shown.isascii() else shown

    def at(self, score: Fraction, millionths: int, side: str = "") -> str:
        """Say the score at a point; `side` is `less` or `more` where it holds beyond it too."""
        value = plain(round2(score))
        if self.zh:
            beyond = {"less": "及以下", "more": "及以上", "": ""}[side]
            return self.on(f"{self.x(millionths)}{beyond}得 {value} 分")
        beyond = {"less": " or less", "more": " or more", "": ""}[side]
        return f"{value} at {self.x(millionths)}{beyond}"

    def itself(self, low: int | None, high: int | None, most: Fraction | None) -> str:
        """Say that the score is the attainment, between bounds where it has them."""
        if self.zh:
            parts = ["得分等于达成率"]
            parts += [f"达成率 {self.x(low)}起"] if low is not None else []
            parts += [f"至达成率 {self.x(high).rstrip()} 为止"] if high is not None else []
            return "，".join([*parts, *([f"最高 {plain(round2(most))} 分"] if most is not None else [])])
        parts = ["the attainment itself"]
        parts += [f"from {self.x(low)}"] if low is not None else []
        parts += [f"up to {self.x(high)}"] if high is not None else []
        return ", ".join([*parts, *([f"at most {plain(round2(most))}"] if most is not None else [])])

    def on(self, said: str) -> str:
        """Say of the attainment, where that is what counts."""
        return f"{self.before}{' ' if self.before and said[0].isascii() else ''}{said}"

    def between(self, score: Fraction, low: Bound | None, high: Bound | None) -> str:
        """Say a flat piece by its bounds."""
        value = plain(round2(score))
        if not self.zh:
            parts = [f"{'from' if low[1] else 'above'} {self.x(low[0])}"] if low else []
            parts += [f"{'up to' if high[1] else 'below'} {self.x(high[0])}"] if high else []
            return f"{value} {', '.join(parts) or 'always'}"
        if low and high:
            lower, upper = "不低于" if low[1] else "高于", "不超过" if high[1] else "低于"
            said = f"{lower} {self.x(low[0]).rstrip()}、{upper} {self.x(high[0])}"
        elif low:
            said = f"{self.x(low[0])}及以上" if low[1] else f"高于 {self.x(low[0])}"
        elif high:
            said = f"{self.x(high[0])}及以下" if high[1] else f"低于 {self.x(high[0])}"
        else:
            said = "始终"
        return self.on(f"{said}得 {value} 分")


def _phrases(curve: Curve, wording: _Wording) -> Iterator[str]:
    pieces, on_attainment = curve.segments, curve.axis == "attainment"
    for index, piece in enumerate(pieces):
        before = pieces[index - 1] if index else None
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        if on_attainment and any(_is_identity(each) and _meets(each, piece) for each in (before, after) if each):
            continue  # "at most" says it, and that an attainment below 0 earns 0
        if on_attainment and _is_identity(piece):
            yield wording.itself(
                piece.first if before and before.slope else None,
                after.first if after and after.slope else None,
                piece.score_at(piece.last + 1) if after and _meets(piece, after) else None,
            )
        elif piece.slope:
            if not _continues(before, piece):
                yield wording.at(piece.score_at(piece.first), piece.first)
            if after is None or after.slope or not _continues(piece, after):
                yield wording.at(piece.score_at(piece.last + 1), piece.last + 1)
        elif piece.first == LOWEST and after is not None and after.slope and _continues(piece, after):
            yield wording.at(piece.score_at(piece.last), after.first, "less")
        elif piece.last == HIGHEST and before is not None and before.slope and _continues(before, piece):
            yield wording.at(piece.score_at(piece.first), piece.first, "more")
        else:
            yield wording.between(piece.score_at(piece.first), _low(before, piece), _high(piece, after))


def _is_identity(piece: Segment) -> bool:
    """Whether the score is x itself, from 0 up: scores are in hundredths, x in millionths."""
    return piece.intercept == 0 and piece.slope * 10_000 == piece.divisor and piece.first >= 0


def _meets(identity: Segment, flat: Segment) -> bool:
    """Whether a flat piece only keeps the score from rising further, or from falling below 0."""
    if flat.slope:
        return False
    return _continues(identity, flat) if flat.first > identity.last else identity.first == 0 == flat.intercept


def _continues(before: Segment | None, after: Segment) -> bool:
    """Whether the curve does not jump from one piece to the next."""
    return before is not None and before.score_at(before.last + 1) == after.score_at(after.first)


def _low(before: Segment | None, piece: Segment) -> Bound | None:
    """Return a piece's lower bound and whether it is included: `from 99.5` or `above 25`, whichever is rounder."""
    if before is None:
        return None
    return (piece.first, True) if _is_rounder(piece.first, before.last) else (before.last, False)


def _high(piece: Segment, after: Segment | None) -> Bound | None:
    if after is None:
        return None
    if after.slope and _continues(piece, after):
        return after.first, True
    return (after.first, False) if _is_rounder(after.first, piece.last) else (piece.last, True)


def _is_rounder(x: int, other: int) -> bool:
    return len(plain(from_millionths(x)).partition(".")[2]) < len(plain(from_millionths(other)).partition(".")[2])
