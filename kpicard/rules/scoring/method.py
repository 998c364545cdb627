"""What every scoring method is: keys of the YAML, and what the program asks of them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import ClassVar, NamedTuple, TypeAlias

from kpicard.problems import Value
from kpicard.rules.document import Route
from kpicard.rules.fields import Model
from kpicard.rules.scoring.curve import Better, Curve, Place
from kpicard.text import Language

Fault: TypeAlias = tuple[Route, str, Mapping[str, Value]]
"""Where from the scoring on, the problem's code, and what its message quotes."""

Span: TypeAlias = tuple[Decimal | None, Decimal | None]
"""The lowest and the highest x of a point or a band; None: it is open."""

Quantity: TypeAlias = Callable[[Decimal], str]
"""How an x is shown, with its unit."""


class Marking(NamedTuple):
    """What a curve hangs on beside the keys of its scoring: the direction, the cap in percent, and the full marks."""

    better: Better
    cap: Decimal
    full: Decimal = Decimal(100)


class Method(Model):
    """A scoring method."""

    method: str  # its name; each method says which, and what it does

    # The codes of the problems that `faults` yields, each a check of `validate`.
    FAULTS: ClassVar[tuple[str, ...]] = ()

    # Whether a drawing of its curve tells more than its words do.
    is_drawn: ClassVar[bool] = True

    @abstractmethod
    def curve(self, marking: Marking) -> Curve:
        """Return the curve. The marking's cap is for a method that has one and does not say it."""

    def spans(self) -> Iterator[Span]:
        """Yield what is written of x; nothing where x follows from the target alone."""
        yield from ()

    def faults(self, marking: Marking) -> Iterator[Fault]:  # noqa: ARG002 - for those that need it
        """Yield what is wrong beyond the single fields."""
        yield from ()

    def words(self, curve: Curve, quantity: Quantity, language: Language, *, from_highest: bool) -> tuple[str, ...]:
        """Return phrases for a duty sheet: by default what the segments of its curve say.

        They go by rising x or from the highest x down. `quantity` shows an x with its unit.
        """
        from kpicard.rules.scoring.words import curve_words

        return curve_words(curve, quantity, language, from_highest=from_highest)

    def place_words(self, place: Place, quantity: Quantity, language: Language) -> str:
        """Say in an explanation on which piece of its curve a figure lies. `quantity` shows an x with its unit."""
        from kpicard.rules.scoring.words import place_words

        return place_words(place, self.method, quantity, language)
