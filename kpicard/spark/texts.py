"""The different texts of all cells: what is no plain number comes to the driver, each text once, to be understood."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final, NamedTuple

from kpicard.actuals.number_forms import NUMBER
from kpicard.actuals.stage_rows import PLAIN_NUMBER
from kpicard.spark.sql import quote, rows_of, run

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

MOST: Final = 200_000
"""The most different texts that come to the driver."""

PARTS: Final = ("actual", "target", "numerator", "denominator")
"""The cells of a figure that hold numbers."""

PATTERNS: Final = {"plain": rf"^(?:{PLAIN_NUMBER})\z", "form": rf"^([^0-9]*)({NUMBER})([^0-9]*)\z"}
"""Plain numbers, and numbers with something before or behind them, as Java takes them."""


class Form(NamedTuple):
    """A text that is no plain number: what stands before and behind its number, or the text as a whole."""

    prefix: str | None
    suffix: str | None
    whole: str | None


class Said(NamedTuple):
    """The texts of so many cells without plain numbers; `error` is one of a spreadsheet in place of an employee."""

    cells: int
    src: int
    period: str | None
    role: str | None
    kpi: str | None
    unit: str | None
    error: str | None
    forms: tuple[Form | None, ...]
    """Of the `PARTS`."""


# A form of which Python makes more than a number with its point moved is taken as a whole.
_SAID: Final = """
SELECT count(*) AS cells, src, period_text, role_text, kpi_text, unit_text, {error} AS error, {forms}
FROM {{cell}}
GROUP BY ALL
"""

_FORM: Final = """
CASE
    WHEN {text} IS NULL OR {text} RLIKE :plain THEN NULL
    WHEN {text} RLIKE :form AND NOT ({whole})
        THEN struct(
            regexp_extract({text}, :form, 1) AS prefix, regexp_extract({text}, :form, 3) AS suffix, NULL AS whole
        )
    ELSE struct(NULL AS prefix, NULL AS suffix, {text} AS whole)
END AS {part}"""

_IN_FORM: Final = """
regexp_extract({text}, :form, 1) || chr(0) || regexp_extract({text}, :form, 3) IN ({known})"""

ERROR: Final = """
CASE
    WHEN (startswith(employee, '=') OR startswith(employee, '#')) AND employee RLIKE :error THEN employee
END"""
"""The SQL of a formula or an error of a spreadsheet in place of the employee."""

ERRORS: Final = {"error": r"^(?:=.*|#(?:[A-Z]+[!?]|DIV/0!|N/A))\z"}


def said(spark: SparkSession, cell: DataFrame, whole: Collection[tuple[str, str, str]] = ()) -> list[Said] | None:
    """Return what the cells say, each once; `whole` are parts and forms that are wanted as whole texts.

    None where there is too much of it: that is no table of figures.
    """
    texts = ", ".join(_form(part, whole) for part in PARTS)
    found = rows_of(run(spark, _SAID.format(error=ERROR, forms=texts), {**PATTERNS, **ERRORS}, cell=cell), MOST)
    if len(found) > MOST:
        return None
    return [
        Said(count, src, period, role, kpi, unit, error, tuple(form and Form(*form) for form in forms))
        for count, src, period, role, kpi, unit, error, *forms in found
    ]


def _form(part: str, whole: Collection[tuple[str, str, str]]) -> str:
    text = f"{part}_text"
    known = ", ".join(f"{quote(prefix)} || chr(0) || {quote(suffix)}" for of, prefix, suffix in whole if of == part)
    in_form = _IN_FORM.format(text=text, known=known) if known else "FALSE"
    return _FORM.format(text=text, part=part, whole=in_form)
