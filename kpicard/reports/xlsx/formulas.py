"""The formulas of the workbook, as texts; each comes to just what the card says."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from kpicard.cards.values import Card
from kpicard.numbers import plain
from kpicard.rules.models import FULL

DIGITS: Final = 15
"""The most digits that a spreadsheet keeps of a number."""

_LARGEST: Final = 10**14
"""Below it, whole numbers and their quotients are far enough from each other for the 15 digits to tell them apart."""


def fits(value: Decimal | int) -> bool:
    """Return whether a spreadsheet keeps every digit of a value."""
    if isinstance(value, int) or len(value.as_tuple().digits) <= DIGITS:
        return True
    return len(plain(value).replace(".", "").strip("-0")) <= DIGITS


def decimals(value: Decimal) -> int:
    """Return how many decimals a value has, without trailing zeros."""
    return len(plain(value).partition(".")[2])


def is_exact(card: Card) -> bool:
    """Return whether the formulas of a card come to what it says: the figures are not too large for it."""
    places = weight_places([card])
    products = (abs(each.score) * 100 * _scale(each.kpi.full) for each in card.kpis if each.score is not None)
    points_of = [*(each.points for each in card.kpis), *(each.points for each in card.adjustments)]
    sums = [*points_of, *(month.total for month in card.months)]
    return (
        all(product * 100 * 10**places < _LARGEST for product in products)
        and sum(abs(each) for each in sums if each is not None) * 10_000 < _LARGEST
    )


def _scale(full: Decimal) -> int:
    return 1 if full == FULL else 100 * 10 ** decimals(full)


def weight_places(cards: Iterable[Card]) -> int:
    """Return the most decimals of the weights by which the cards' KPIs count."""
    weights = (weight for card in cards for each in card.kpis for weight in (each.kpi.weight, each.effective_weight))
    return max((decimals(weight) for weight in weights if weight is not None), default=0)


def points(weight: str, score: str, places: int, full: Decimal = FULL) -> str:
    """Return the formula of a KPI's points from the cells of its effective weight and its score.

    `places` are the decimals that the effective weights have at most, `full` the marks that the score is out of.

    >>> points("F$4", "F7", 0)
    '=ROUND(F7*100,0)*F$4/10000'
    >>> points("G7", "F7", 4)
    '=ROUND(ROUND(F7*100,0)*ROUND(G7*10000,0)/10000,0)/10000'
    >>> points("F$4", "F7", 0, Decimal(30))
    '=ROUND(ROUND(F7*100,0)*ROUND(F$4*1,0)*100/30,0)/10000'
    """
    hundredths = f"ROUND({score}*100,0)"
    if full != FULL:
        # one division of whole numbers, so that the sheet rounds what is exact
        more = 10 ** decimals(full)
        scaled = f"{hundredths}*ROUND({weight}*{10**places},0)*{100 * more}"
        return f"=ROUND({scaled}/{int(full * more) * 10**places},0)/10000"
    if not places:
        return f"={hundredths}*{weight}/10000"
    return f"=ROUND({hundredths}*ROUND({weight}*{10**places},0)/{10**places},0)/10000"


def full_weight(weights_and_scores: Iterable[tuple[str, str]], places: int) -> str:
    """Return the formula of the sum of the weights whose KPI has a score, from the cells of both.

    >>> full_weight([("F$4", "F7"), ("J$4", "J7")], 0)
    '=F$4*ISNUMBER(F7)+J$4*ISNUMBER(J7)'
    """
    counted = "+".join(f"{weight}*ISNUMBER({score})" for weight, score in weights_and_scores)
    return f"=ROUND({counted},{places})" if places else f"={counted}"


def total(cells: Iterable[str]) -> str:
    """Return the formula of the total from the cells with points; a cell without any does not count.

    >>> total(["H6", "L6"])
    '=ROUND(ROUND(SUM(H6,L6)*10000,0)/100,0)/100'
    """
    return f"=ROUND(ROUND(SUM({','.join(cells)})*10000,0)/100,0)/100"


def mean(cells: str) -> str:
    """Return the formula of the mean of a range of totals, of those that there are.

    >>> mean("F6:H6")
    '=ROUND(ROUND(SUM(F6:H6)*100,0)/COUNT(F6:H6),0)/100'
    """
    return f"=ROUND(ROUND(SUM({cells})*100,0)/COUNT({cells}),0)/100"


def lookup(total_cell: str, bounds: str, values: str) -> str:
    """Return the formula of what a total earns by a scale: ranges with the bounds, the lowest first, and the values.

    >>> lookup("D6", "grade_from", "grade_name")
    '=LOOKUP(MAX(D6,MIN(grade_from)),grade_from,grade_name)'
    """
    return f"=LOOKUP(MAX({total_cell},MIN({bounds})),{bounds},{values})"


def taken(values: str, number: str, numbers: str) -> str:
    """Return the formula of the value that stands beside a number, wherever that is sorted to.

    >>> taken("Sales!$F$7:$F$9", "$A4", "Sales!$A$7:$A$9")
    '=INDEX(Sales!$F$7:$F$9,MATCH($A4,Sales!$A$7:$A$9,0))'
    """
    return f"=INDEX({values},MATCH({number},{numbers},0))"


def product(one: str, other: str, places: int) -> str:
    """Return the formula of a product that has at most so many decimals.

    >>> product("H6", "G6", 2)
    '=ROUND(H6*G6,2)'
    """
    return f"=ROUND({one}*{other},{places})"
