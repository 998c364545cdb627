"""From cells to typed figures: all that the texts mean joined in, by the rules of `kpicard.actuals.tidy`.

Each step is a SELECT over the one before. Numbers are whole millionths throughout.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpicard.actuals.readers import NOT_APPLICABLE, NOT_REPORTED
from kpicard.actuals.selection import Selection
from kpicard.actuals.summary_rows import SUMS, SURELY
from kpicard.actuals.tidy import QUOTIENT
from kpicard.engines.dialects import SPARK
from kpicard.engines.script import BEYOND
from kpicard.numbers import LIMIT
from kpicard.rules.rule_index import Numbered
from kpicard.spark.meanings import Meanings
from kpicard.spark.rows import FIGURE, NAMED
from kpicard.spark.rules_tables import items
from kpicard.spark.sql import folded, listed, quote, run, small
from kpicard.spark.texts import PARTS, PATTERNS

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SAID: Final = ("period_text", "employee_text", "role_text", *FIGURE, "ragged", "broken")
"""The texts of a cell that is a fault."""


def reading(
    spark: SparkSession, cell: DataFrame, meanings: Meanings, numbered: Numbered, selection: Selection
) -> DataFrame:
    """Return the cells typed.

    `src`, `file`, `ord` and `col` say where a cell is from. `card` is whose it is, a struct of `period`, `employee` and
    `role` (the role's number); where one of them is not known it is NULL, and they stand by themselves. `kpi` is the
    number of the item. `status`, `actual`
    and `target` are the figure, in millionths; `beyond` says that it is out of range, `impossible` and
    `impossible_target` that it or its target lies outside the KPI's range.
    `fault` says that something of the cell is not understood, `bad` that nothing of its row is sure, and `said` what it
    says then, or where it is impossible. A row that sums others up has nothing but `sum`.
    """
    odd = [part for part in PARTS if meanings.forms[part] or meanings.texts[part]]
    values = {
        "of_period": "AND r.period_text = c.period_text" if numbered.is_dated else "",
        "selected": _condition(selection, numbered),
        "parts": ", ".join(_part(part, is_odd=part in odd) for part in PARTS),
        "joins": "".join(_JOINS.format(part=part) for part in odd),
        "errors": listed(sorted(meanings.errors)),
    }
    frames = {
        "period": small(spark, {"text": "STRING", "period": "STRING"}, list(meanings.periods.items())),
        "role": small(spark, _ROLE, [(*texts, role) for texts, role in meanings.roles.items()]),
        "item": items(spark, meanings.kpis, numbered),
        "unit": small(spark, {"kpi": "INT", "text": "STRING"}, sorted(meanings.units)),
    }
    for part in odd:
        frames |= {
            f"{part}_form": small(spark, _FORM, [(*form, *scale) for form, scale in meanings.forms[part].items()])
        }
        frames |= {
            f"{part}_whole": small(spark, _WHOLE, [(*text, *meant) for text, meant in meanings.texts[part].items()])
        }
    query = ""
    for step in _STEPS:
        query = step.format(before=query, **values)
    return run(spark, query, PATTERNS, cell=cell, **frames)


def _condition(selection: Selection, numbered: Numbered) -> str:
    """Return the wanted rows as a condition of SQL; a part that was not understood may be any."""
    roles = [str(number) for id_ in selection.roles for number in numbered.by_id.get(id_, (-1,))]
    wanted = {
        "p.period": listed(selection.periods) if selection.periods else "",
        "c.employee": listed(selection.employees) if selection.employees else "",
        "r.role": ", ".join(roles),
    }
    return " AND ".join(f"({part} IS NULL OR {part} IN ({any_}))" for part, any_ in wanted.items() if any_) or "TRUE"


def _part(part: str, *, is_odd: bool) -> str:
    return (_ODD if is_odd else _PLAIN).format(part=part)


_ROLE: Final = {"text": "STRING", "period_text": "STRING", "role": "INT"}
_FORM: Final = {"kpi": "INT", "prefix": "STRING", "suffix": "STRING", "sign": "STRING", "exponent": "INT"}
_WHOLE: Final = {"kpi": "INT", "text": "STRING", "status": "STRING", "value": "BIGINT"}

_BLANK: Final = listed(NOT_APPLICABLE | NOT_REPORTED)
_IN_RANGE: Final = f"BETWEEN -{LIMIT - 1} AND {LIMIT - 1}"

# An exponent of six makes whole millionths, rounded once and half away from zero, however many digits there are.
_NUMBER: Final = "CASE WHEN c.{part}_text RLIKE :plain THEN try_cast(c.{part}_text || 'e6' AS DECIMAL(20, 0)){odd} END"
_PLAIN: Final = (
    _NUMBER.replace("{odd}", "") + " AS {part}_number, CAST(NULL AS STRING) AS {part}_said, "
    "CAST(NULL AS BIGINT) AS {part}_meant"
)
_ODD: Final = (
    _NUMBER.replace(
        "{odd}",
        " WHEN {part}_f.exponent IS NOT NULL THEN try_cast({part}_f.sign"
        " || replace(regexp_extract(c.{part}_text, :form, 2), ',', '') || 'e' || {part}_f.exponent AS DECIMAL(20, 0))",
    )
    + " AS {part}_number, {part}_w.status AS {part}_said, {part}_w.value AS {part}_meant"
)

_JOINS: Final = """
    LEFT JOIN {{{part}_form}} AS {part}_f
        ON {part}_f.kpi = c.kpi AND {part}_f.prefix = regexp_extract(c.{part}_text, :form, 1)
        AND {part}_f.suffix = regexp_extract(c.{part}_text, :form, 3)
        AND c.{part}_text RLIKE :form AND NOT c.{part}_text RLIKE :plain
    LEFT JOIN {{{part}_whole}} AS {part}_w ON {part}_w.kpi = c.kpi AND {part}_w.text = c.{part}_text"""


def _understood(part: str) -> str:
    """Return the SQL of a part's status and value, from its number or from what its whole text says."""
    text, number = f"{part}_text", f"{part}_number"
    return f"""
        CASE
            WHEN {text} IS NULL THEN 'not_reported'
            WHEN {number} IS NOT NULL THEN CASE WHEN {number} {_IN_RANGE} THEN 'scored' END
            ELSE {part}_said
        END AS {part}_status,
        CASE
            WHEN {number} IS NULL THEN {part}_meant
            WHEN {number} {_IN_RANGE} THEN CAST({number} AS BIGINT)
        END AS {part}"""


def _texts() -> str:
    own = {"period_text": f"CASE WHEN NOT startswith(period_text, {quote(NAMED)}) THEN period_text END"}
    return ", ".join(f"{own.get(text, text)} AS {text}" for text in SAID)


_UNDERSTOOD: Final = ", ".join(map(_understood, PARTS))

# Most figures are told apart without decimals, which are slow: below 10^7, with a target of at least 0.1.
_BEYOND: Final = f"""
    CASE
        WHEN status <> 'scored' THEN FALSE
        WHEN actual < lowest OR actual > highest THEN TRUE
        WHEN abs(actual) < 10000000000000 AND goal >= 100000 THEN FALSE
        WHEN better <> 'within' AND goal > 0 THEN
            {SPARK.of(BEYOND.format(actual="actual", target="goal", better="better"))}
    END"""

_IMPOSSIBLE: Final = "(status = 'scored' AND (actual < range_from OR actual > range_upto))"
_IMPOSSIBLE_TARGET: Final = "(weighted AND NOT bad_target AND (target < range_from OR target > range_upto))"

# Each step reads `{before}`, the one before. They are put into each other rather than named by WITH, which Spark would
# look through again for every query that is made of the result.
_STEPS: Final = (
    """
SELECT c.*, p.period, r.role
FROM {{cell}} AS c
LEFT JOIN {{period}} AS p ON p.text = c.period_text
LEFT JOIN {{role}} AS r ON r.text = c.role_text {of_period}
WHERE {selected}""",
    f"""
SELECT
    * EXCEPT (employee), employee AS employee_text,
    CASE WHEN employee IN ({{errors}}) THEN NULL ELSE employee END AS employee,
    CASE
        WHEN lower(employee) IN ({listed(SURELY)}) OR (role IS NULL AND {folded("employee")} IN ({listed(SURELY)}))
            THEN employee
        WHEN role IS NULL AND (employee IS NULL OR {folded("employee")} IN ({listed(SUMS)})) THEN sum_text
    END AS sum
FROM ({{before}})""",
    """
SELECT
    c.*, k.kpi, k.weighted, k.better, k.own_target, k.needs_positive, k.lowest,
    k.highest, k.range_from, k.range_upto, k.factor
FROM ({before}) AS c
LEFT JOIN {{item}} AS k ON k.role = c.role AND k.text = c.kpi_text
WHERE c.sum IS NULL OR NOT c.is_wide OR c.kpi_text IS NULL""",
    """
SELECT c.*, {parts}, c.unit_text IS NOT NULL AND u.text IS NULL AS other_unit
FROM ({before}) AS c{joins}
LEFT JOIN {{unit}} AS u ON u.kpi = c.kpi AND u.text = c.unit_text""",
    f"""
SELECT *, {SPARK.of(QUOTIENT)} AS quotient FROM (
SELECT *, {_UNDERSTOOD},
    numerator_text IS NULL OR numerator_text IN ({listed(NOT_REPORTED)}) AS no_numerator,
    denominator_text IS NULL OR denominator_text IN ({listed(NOT_REPORTED)}) AS no_denominator
FROM ({{before}}))""",
    f"""
SELECT
    * EXCEPT (actual, actual_status),
    CASE
        WHEN no_numerator AND no_denominator THEN actual_status
        WHEN NOT actual_status <=> 'not_reported' OR no_numerator OR no_denominator THEN NULL
        WHEN numerator_status = 'not_applicable' AND denominator_status = 'not_applicable' THEN 'not_applicable'
        WHEN numerator = 0 AND denominator = 0 THEN 'not_applicable'
        WHEN quotient > -{LIMIT} AND quotient < {LIMIT} THEN 'scored'
    END AS status,
    CASE WHEN no_numerator AND no_denominator THEN actual
        WHEN quotient > -{LIMIT} AND quotient < {LIMIT} THEN CAST(quotient AS BIGINT)
    END AS actual,
    target_text IS NOT NULL
        AND (target_status IS NULL OR (target_status = 'scored' AND needs_positive AND target <= 0)) AS bad_target,
    (actual_text IS NULL OR lower(actual_text) IN ({_BLANK})) AND no_numerator AND no_denominator AS is_blank
FROM ({{before}})""",
    """
SELECT
    *,
    CASE WHEN NOT bad_target THEN coalesce(target, own_target) END AS goal,
    ragged IS NOT NULL OR broken IS NOT NULL AS bad,
    sum IS NULL AND (
        period IS NULL OR employee IS NULL OR role IS NULL OR ragged IS NOT NULL OR broken IS NOT NULL
        OR ((kpi IS NULL OR status IS NULL OR bad_target OR other_unit) AND NOT (kpi_text IS NULL AND is_wide))
    ) AS fault
FROM ({before})
WHERE NOT (is_wide AND kpi IS NULL AND kpi_text IS NOT NULL AND role IS NOT NULL AND is_blank)""",
    f"""
SELECT
    src, file, ord, col, sum,
    CASE
        WHEN sum IS NULL AND period IS NOT NULL AND employee IS NOT NULL AND role IS NOT NULL
            THEN struct(period, employee, role)
    END AS card,
    CASE WHEN sum IS NULL AND (employee IS NULL OR role IS NULL) THEN period END AS period,
    CASE WHEN sum IS NULL AND (period IS NULL OR role IS NULL) THEN employee END AS employee,
    CASE WHEN sum IS NULL AND (period IS NULL OR employee IS NULL) THEN role END AS role,
    CASE WHEN sum IS NULL THEN kpi END AS kpi,
    CASE WHEN kpi_text IS NULL AND is_wide THEN 'presence' ELSE status END AS status,
    actual,
    CASE WHEN NOT bad_target THEN target END AS target,
    sum IS NULL AND coalesce({_BEYOND}, FALSE) AS beyond,
    sum IS NULL AND NOT bad AND coalesce({_IMPOSSIBLE}, FALSE) AS impossible,
    sum IS NULL AND NOT bad AND coalesce({_IMPOSSIBLE_TARGET}, FALSE) AS impossible_target,
    fault,
    sum IS NULL AND bad AS bad,
    CASE WHEN fault OR {_IMPOSSIBLE} OR {_IMPOSSIBLE_TARGET} THEN struct({_texts()}) END AS said
FROM ({{before}})""",
)
