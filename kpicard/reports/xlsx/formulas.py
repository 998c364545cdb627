"""The formulas of the workbook, as texts; each comes to just what the card says.

A spreadsheet counts in binary floating point. There `85.41*12.5/100` may lie a little beside 10.67625; and where the
third decimal is a 5 and ends the figure, to one side or the other of the tie that is to be rounded away from zero. One
tie in forty comes out wrong, unless the spreadsheet rounds to 15 digits first: some do. Whole numbers it has exactly,
and so the quotient of two of them where that ends in a half. So the points are counted in hundredths:
`ROUND(score*weight*100,0)` is the whole number that the product is, without what binary multiplication adds to it;
divided by the whole weight, it is rounded once, and then divided by 100. Weights with decimals are first made whole
too. The same goes for means; and a sum of points is rounded to the hundredths that it consists of.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from kpicard.card import Card
from kpicard.numbers import plain

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
    places = max((decimals(scored.kpi.weight) for scored in card.kpis), default=0)
    products = (abs(each.score) * each.kpi.weight for each in card.kpis if each.score is not None)
    points_of = [*(each.points for each in card.kpis), *(each.points for each in card.adjustments)]
    sums = [*points_of, *(month.total for month in card.months)]
    return (
        all(product * 100 * 10**places < _LARGEST for product in products)
        and sum(abs(each) for each in sums if each is not None) * 100 < _LARGEST
    )


def points(weight: str, score: str, full_weight: str, places: int) -> str:
    """Return the formula of a KPI's points from the cells of its weight, its score and the sum of weights that count.

    `places` are the decimals that the role's weights have at most.

    >>> points("F$4", "F7", "$E7", 0)
    '=ROUND(ROUND(F7*F$4*100,0)/$E7,0)/100'
    >>> points("F$4", "F7", "$E7", 2)
    '=ROUND(ROUND(F7*F$4*10000,0)/ROUND($E7*100,0),0)/100'
    """
    divisor = f"ROUND({full_weight}*{10**places},0)" if places else full_weight
    return f"=ROUND(ROUND({score}*{weight}*{10 ** (places + 2)},0)/{divisor},0)/100"


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
    '=ROUND(SUM(H6,L6),2)'
    """
    return f"=ROUND(SUM({','.join(cells)}),2)"


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
