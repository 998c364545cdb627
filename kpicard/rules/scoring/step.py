"""`step`: so many marks off for each step away from the target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from kpicard.messages import words_of
from kpicard.numbers import plain, round2, to_millionths
from kpicard.rules.fields import Number
from kpicard.rules.scoring.curve import HIGHEST, LOWEST, ON_TARGET, Curve, Place, Segment, without_empty
from kpicard.rules.scoring.method import Fault, Marking, Method, Quantity
from kpicard.rules.scoring.words import spaced
from kpicard.text import Language, say

MOST: Final = 1_000
"""The most steps on either side of the target."""

_FURTHEST: Final = 2 * HIGHEST
"""Beyond every distance from the target, in millionths."""


class Steps(Method):
    """`step`: full marks on target, `lose` marks less for each `size` on the worse side (每低 1% 扣 2 分)."""

    FAULTS: ClassVar = ("step-within", "too-many-steps")

    method: Literal["step"]
    """So many marks off for each step away from the target."""
    size: Annotated[Number, Field(gt=0)]
    """How far a step reaches: percent of attainment, or with `axis: gap` in the KPI's unit."""
    lose: Annotated[Number, Field(gt=0)]
    """The marks that each step on the worse side takes."""
    gain: Annotated[Number, Field(ge=0)] = Decimal(0)
    """The marks that each step on the better side adds; left out: none."""
    steps: Literal["full", "started"] = "full"
    """Whether only full steps count, or started ones too; left out: full ones."""
    floor: Number = Decimal(0)
    """The fewest marks; left out: 0."""
    cap: Number | None = None
    """The most marks; left out: the department's cap, or with `out_of` the full marks."""
    axis: Literal["attainment", "gap"] = "attainment"
    """What x is: the attainment in percent, or the gap to the target."""

    def curve(self, marking: Marking) -> Curve:
        """Return the steps as flat pieces."""
        (_, worse_end, _, _), *worse = self._side(marking, "lose")
        (_, better_end, _, _), *better = self._side(marking, "gain")
        # Distances on the better side are above 0 here, those on the worse side below.
        pieces = [(-far, -near, marks, route) for near, far, marks, route in reversed(worse)]
        pieces += [(-worse_end, better_end, self._marks(marking, Decimal(0)), "size"), *better]
        origin = to_millionths(ON_TARGET[self.axis])
        if self.axis == "gap" and marking.better == "lower":
            pieces = [(-high, -low, marks, route) for low, high, marks, route in reversed(pieces)]
        return Curve(
            self.axis,
            without_empty(
                Segment.flat(max(LOWEST, origin + low), min(HIGHEST, origin + high), marks, (route,))
                for low, high, marks, route in pieces
            ),
        )

    def _side(self, marking: Marking, key: Literal["lose", "gain"]) -> Iterator[tuple[int, int, Decimal, str]]:
        """Yield from the target outwards the nearest and the furthest distance, the marks there, and what they are by.

        The first is no step away.
        """
        size, count = to_millionths(self.size), self._count(marking, key)
        each = -self.lose if key == "lose" else self.gain
        for step in range(count + 1):
            # A full step counts where it ends, a started one where it begins.
            near, far = step * size, (step + 1) * size - 1
            if self.steps == "started":
                near, far = near - size + 1, near
            marks = self._marks(marking, step * each)
            bound = {self.floor: "floor", self._cap(marking): "cap"}.get(marks, key) if step == count else key
            yield max(near, 0), _FURTHEST if step == count else far, marks, bound

    def _marks(self, marking: Marking, change: Decimal) -> Decimal:
        return max(self.floor, min(self._cap(marking), marking.full + change))

    def _cap(self, marking: Marking) -> Decimal:
        return marking.cap * marking.full / 100 if self.cap is None else self.cap

    def _count(self, marking: Marking, key: Literal["lose", "gain"]) -> int:
        """Return how many steps change the marks on one side."""
        if key == "lose":
            room, each = marking.full - self.floor, self.lose
        else:
            room, each = self._cap(marking) - marking.full, self.gain
        return max(0, ceil(Fraction(room) / Fraction(each))) if each else 0

    def faults(self, marking: Marking) -> Iterator[Fault]:
        """Yield that a range has no worse side, and where more steps than a curve has change the marks."""
        if self.axis == "gap" and marking.better == "within":
            yield ("method",), "step-within", {}
        for key in ("lose", "gain"):
            count = self._count(marking, key)
            if count > MOST:
                yield (key,), "too-many-steps", {"found": Decimal(count), "limit": Decimal(MOST)}

    def words(self, curve: Curve, quantity: Quantity, language: Language, *, from_highest: bool) -> tuple[str, ...]:
        """Return what each step takes, and what it adds; of what is better lower, a gap above 0 is the worse side."""
        marks = [piece.score_at(piece.first) for piece in curve.segments]
        said = [_say("target", language, score=_shown(curve.score_at(ON_TARGET[self.axis])))]
        for key, each in (("lose", self.lose), ("gain", self.gain)):
            side = (
                "attainment" if self.axis == "attainment" else "below" if from_highest == (key == "lose") else "above"
            )
            values = {
                "each": plain(each),
                "size": quantity(self.size),
                "side": _say(f"{key}-{side}" if side == "attainment" else side, language),
            }
            said += [spaced(_say(f"{key}-{self.steps}", language, **values))] if each else []
        said.append(_say("at-least", language, score=_shown(min(marks))))
        said += [_say("at-most", language, score=_shown(max(marks)))] if self.gain else []
        return tuple(said)

    def place_words(self, place: Place, quantity: Quantity, language: Language) -> str:
        """Say how many steps a figure is away from the target."""
        distance = Fraction(abs(place.x - ON_TARGET[self.axis])) / Fraction(self.size)
        count = floor(distance) if self.steps == "full" else ceil(distance)
        return super().place_words(replace(place, number=count), quantity, language)


def _shown(marks: Fraction) -> str:
    return plain(round2(marks))


def _say(id_: str, language: Language, **values: str) -> str:
    return say(words_of("scoring-step-words")[id_], language).format(**values)
