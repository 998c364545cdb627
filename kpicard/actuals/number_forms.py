"""Numbers with signs, currencies, magnitudes or units around them, read by the engine a form at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from kpicard.engines.duckdb import Database, create
from kpicard.numbers import DECIMALS, LIMIT
from kpicard.units import Style, in_points

Read = Callable[[int, str], Decimal | None]
"""Reads a text of a KPI, by its number; None where that is no number."""

NUMBER: Final = r"[0-9]{1,12}(?:\.[0-9]+)?|[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?"
"""A number inside a text; the engines and Python take the same ones."""

_EXCHANGED: Final = str.maketrans({",": "\\.", "\\": "", ".": ","})

PLAIN: Final[Mapping[Style, str]] = {
    **dict.fromkeys(("", ".", "?"), "replace({0}, ',', '')"),
    ",": "replace(replace({0}, '.', ''), ',', '.')",
}
"""A number's text with a point for its decimal mark, and none for thousands, as SQL."""

UNSURE: Final = "regexp_full_match({0}, '[-+]?[1-9][0-9]{{0,2}}[.,][0-9]{{3}}')"
"""Whether the mark in a number's text may divide thousands as well as decimals, as SQL."""

_PROBES: Final = (("1", Decimal(1)), ("20.5", Decimal("20.5")), ("1,234.5", Decimal("1234.5")))
"""Numbers that show what a form does to every number."""

_MOST_FORMS: Final = 10_000

_FORMS: Final = r"""
CREATE OR REPLACE TEMP TABLE form AS
SELECT kpi, text, {plain} AS number, part.prefix AS prefix, part.suffix AS suffix
FROM (
    SELECT kpi, text, regexp_extract(text, '^([^0-9]*)({number})([^0-9]*)$', ['prefix', 'number', 'suffix']) AS part
    FROM {texts}
)
WHERE part.number <> ''
"""

_SCALED: Final = f"""
SELECT f.kpi, f.text, TRY_CAST(s.sign || f.number || 'e' || s.exponent AS BIGINT) AS value
FROM form AS f
JOIN form_scale AS s ON s.kpi = f.kpi AND s.prefix = f.prefix AND s.suffix = f.suffix
WHERE value > -{LIMIT} AND value < {LIMIT}
"""


def create_read(  # noqa: PLR0913, PLR0917 - what is read, how, and which of it is taken
    database: Database, table: str, texts: str, read: Read, style: Style = "", condition: str = "TRUE"
) -> None:
    """Create a table of kpi, text and value, in millionths, with those of `texts` whose form only moves the point.

    `texts` is a table of kpi and text, each pair once, `style` says which mark divides decimals. What is not in the
    result, or does not meet the condition on its value, is left to be read one by one.
    """
    number = NUMBER.translate(_EXCHANGED) if style == "," else NUMBER
    query = _FORMS.format(texts=texts, number=number, plain=PLAIN[style].format("part.number"))
    database.execute(f"{query} AND NOT {UNSURE.format('part.number')}" if style == "?" else query)
    forms = database.execute(f"SELECT DISTINCT kpi, prefix, suffix FROM form LIMIT {_MOST_FORMS}").fetchall()
    scales = [(*form, *scale) for form in forms if (scale := scale_of(form, read, style))]
    columns = {"kpi": "INTEGER", "prefix": "VARCHAR", "suffix": "VARCHAR", "sign": "VARCHAR", "exponent": "INTEGER"}
    database.execute("DROP TABLE IF EXISTS form_scale")
    create(database, "form_scale", columns, scales)
    database.execute(f"CREATE TEMP TABLE {table} AS {_SCALED} AND {condition}")


def scale_of(form: tuple[int, str, str], read: Read, style: Style = "") -> tuple[str, int] | None:
    """Return a form's sign, and the power of ten that makes millionths of its number; None for other forms."""
    kpi, prefix, suffix = form
    factors = {_factor(read(kpi, f"{prefix}{in_points(written, style)}{suffix}"), value) for written, value in _PROBES}
    (factor, *others) = factors
    if factor is None or others:
        return None
    sign, digits, exponent = factor.as_tuple()
    if digits != (1,) or not isinstance(exponent, int):
        return None
    return ("-" if sign else ""), exponent + DECIMALS


def _factor(read: Decimal | None, written: Decimal) -> Decimal | None:
    return None if read is None else (read / written).normalize()
