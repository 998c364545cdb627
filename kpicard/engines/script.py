"""A script of SQL with the rules and the query that scores, complete: it needs a table of actuals and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kpicard import __version__
from kpicard.actuals.readers import NOT_APPLICABLE, NOT_REPORTED
from kpicard.cards.values import Missing
from kpicard.engines.dialects import Dialect
from kpicard.engines.rule_tables import GRADE_COLUMNS, KPI_COLUMNS, SEGMENT_COLUMNS, grade_rows, kpi_rows, segment_rows
from kpicard.messages import words_of
from kpicard.models.run import scoring_sql
from kpicard.numbers import to_millionths
from kpicard.rules.models import FULL
from kpicard.rules.rule_index import Numbered
from kpicard.rules.rules import Rules
from kpicard.text import BLANKS, Language, printable, say

_STEPS: Final = words_of("script-steps")
_COLUMNS: Final = words_of("script-columns")
_MISSING: Final = words_of("script-missing")
_HINTS: Final = words_of("script-hints")
_WORDS: Final = words_of("script")


Cell = str | int | None

RESULTS: Final = ("kpicard_problems", "kpicard_scores")
"""What the script is for."""

_ROLE: Final = {"role": "INTEGER", "id": "VARCHAR", "first": "VARCHAR", "until": "VARCHAR", "rules": "VARCHAR"}
_PLAIN_NUMBER: Final = "[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9][0-9]?)?"
"""A number as databases write them; those of floating point have exponents."""

_PERIOD: Final = "[0-9][0-9][0-9][0-9]-(0[1-9]|1[0-2])"

# Its distance from 0 is more than 10^12 percent once it is rounded. A better `lower` attainment is 200 percent less the
# ratio.
BEYOND: Final = f"""ABS(20000 * CAST({{actual}} AS HUGEINT)
                - CASE WHEN {{better}} = 'lower' THEN 40000 ELSE 0 END * CAST({{target}} AS HUGEINT))
            >= {2 * 10**14 + 1} * CAST({{target}} AS HUGEINT)"""
"""Whether the attainment is beyond the furthest, where it hangs on a target above 0."""

_HUNDRED: Final = to_millionths(FULL)
_MORE: Final = {
    "veto": "v.grade",
    "section": "k.section_id",
    "out_of": "CASE WHEN k.weight IS NOT NULL THEN"
    " CAST(CAST(k.full_marks AS DECIMAL(18, 0)) * 0.000001 AS DECIMAL(18, 6)) END",
}
"""The columns that stand behind the others where the rules use what they say."""
_VETOES: Final = "\nLEFT JOIN kpicard_grade AS v ON v.scale = k.scale AND v.rank = s.veto"


@dataclass(frozen=True)
class Wanted:
    """What a script is to do.

    `table` is what stands behind FROM; `columns` those of `script-columns` among the messages that it has; `periods`
    and the ids of `roles` choose cards, an empty tuple means all; `keep` leaves the results in the database as tables.
    """

    dialect: Dialect
    table: str = "actuals"
    columns: tuple[str, ...] = ()
    missing: Missing = "refuse"
    periods: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    keep: bool = False


def script(rules: Rules, wanted: Wanted, language: Language) -> str:
    """Return the script, with comments and hints in a language. The rules have a department."""
    numbered = Numbered(rules)
    dialect = wanted.dialect
    statements = [f"{dialect.before};"] if dialect.before else []
    for name, query in (*_rules(numbered, dialect), *_steps(numbered, wanted, language)):
        form = dialect.create if name not in RESULTS else dialect.keep if wanted.keep else "{query};"
        statement = form.format(name=name, query=query.strip())
        statements.append(f"{_comment(say(_STEPS[name], language))}{statement}")
    return "\n\n".join([_comment(_heading(wanted, language)).rstrip(), *statements]) + "\n"


def _comment(text: str) -> str:
    return "".join(f"{f'-- {line}'.rstrip()}\n" for line in text.splitlines())


def _heading(wanted: Wanted, language: Language) -> str:
    columns = "".join(f"\n  {name:<14} {say(_COLUMNS[name], language)}" for name in wanted.columns)
    chosen = ", ".join((*wanted.periods, *wanted.roles))
    only = say(_WORDS["only"], language).format(chosen=chosen) if chosen else ""
    return say(_WORDS["heading"], language).format(
        title=wanted.dialect.title,
        version=__version__,
        run=wanted.dialect.run,
        table=printable(wanted.table),
        columns=columns,
        missing=say(_MISSING[wanted.missing], language),
        chosen=only,
        gives=say(_WORDS["keeps"] if wanted.keep else _WORDS["shows"], language),
    )


def _rules(numbered: Numbered, dialect: Dialect) -> Iterator[tuple[str, str]]:
    """Yield the queries of the rules, by name."""
    roles = [
        (number, each.role.id, each.first, each.end, each.fingerprint) for number, each in enumerate(numbered.editions)
    ]
    yield "kpicard_role", _values(_ROLE, roles, dialect)
    yield "kpicard_kpi", _values(KPI_COLUMNS, kpi_rows(numbered), dialect)
    yield "kpicard_segment", _values(SEGMENT_COLUMNS, segment_rows(numbered), dialect)
    yield "kpicard_grade", _values(GRADE_COLUMNS, grade_rows(numbered), dialect)


def _values(columns: Mapping[str, str], rows: Iterable[Sequence[Cell]], dialect: Dialect) -> str:
    """Return a SELECT of rows. Whole numbers stand as they are: no database takes one of 38 digits for a fraction."""
    lines = ",\n".join(f"    ({', '.join(_literal(cell, dialect) for cell in row)})" for row in rows)
    casts = ",\n".join(f"    CAST(t.{name} AS {kind}) AS {name}" for name, kind in columns.items())
    return f"SELECT\n{dialect.of(casts)}\nFROM (VALUES\n{lines}\n) AS t({', '.join(columns)})"


def _literal(cell: Cell, dialect: Dialect) -> str:
    if cell is None:
        return "NULL"
    return dialect.quote(cell) if isinstance(cell, str) else str(cell)


def _steps(numbered: Numbered, wanted: Wanted, language: Language) -> Iterator[tuple[str, str]]:
    """Yield the queries from the table to the scores, by name."""
    dialect = wanted.dialect
    parts = _parts(numbered, wanted)
    hints = ((code, say(_HINTS[code], language)) for code in _HINTS)
    parts["hints"] = ",\n".join(f"    ({dialect.quote(code)}, {dialect.quote(hint)})" for code, hint in hints)
    for name, step in _queries():
        yield name, dialect.of(step).format(**parts)


def _queries() -> list[tuple[str, str]]:
    """Return the queries of `script.sql` in their order, by the names of what they make, without its comments."""
    parts = re.split(r"^-- makes: (\w+)\n", Path(__file__).with_suffix(".sql").read_text("utf-8"), flags=re.MULTILINE)
    return [
        (name, re.sub("^--.*\n", "", query, flags=re.MULTILINE))
        for name, query in zip(parts[1::2], parts[2::2], strict=True)
    ]


def _parts(numbered: Numbered, wanted: Wanted) -> dict[str, str]:
    """Return what is filled into the queries."""
    dialect = wanted.dialect

    def number(text: str) -> str:
        return dialect.matches.format(text=text, pattern=_PLAIN_NUMBER)

    def column(name: str) -> str:
        text = f"NULLIF(TRIM(BOTH b.blanks FROM CAST(a.{name} AS VARCHAR)), '')"
        return dialect.of(text if name in wanted.columns else "CAST(NULL AS VARCHAR)")

    def any_of(texts: Iterable[str]) -> str:
        return ", ".join(map(dialect.quote, sorted(texts)))

    rows = list(kpi_rows(numbered))
    has_vetoes = any(row.veto_rank is not None for row in rows)
    used = {
        "veto": has_vetoes,
        "section": any(row.section_id is not None for row in rows),
        "out_of": any(row.full_marks != _HUNDRED for row in rows),
    }
    return {
        "table": wanted.table,
        "blanks": dialect.characters(BLANKS),
        "target_column": column("target"),
        "status_column": column("status"),
        "is_period": dialect.matches.format(text="t.period_text", pattern=_PERIOD),
        "not_reported": any_of(NOT_REPORTED),
        "not_applicable": any_of(NOT_APPLICABLE),
        "is_actual": number("t.actual_text"),
        "is_number": number("c.actual_text"),
        "actual": dialect.millionths.format(text="t.actual_text"),
        "is_target": number("t.target_text"),
        "target": dialect.millionths.format(text="t.target_text"),
        "beyond": dialect.of(
            BEYOND.format(actual="c.actual", target="COALESCE(c.target, k.target)", better="k.better")
        ),
        "selected": _selected(numbered, wanted),
        "refuse": str(wanted.missing == "refuse").upper(),
        "zero": str(wanted.missing == "zero").upper(),
        "scoring": scoring_sql(dialect).rstrip(),
        "binary": dialect.binary,
        "more": "".join(f", {_MORE[name]} AS {name}" for name, is_used in used.items() if is_used),
        "vetoes": _VETOES if has_vetoes else "",
    }


def _selected(numbered: Numbered, wanted: Wanted) -> str:
    """Return the wanted rows as a condition of SQL; a part that was not understood may be any."""
    roles = [str(number) for id_ in wanted.roles for number in numbered.by_id[id_]]
    periods = [wanted.dialect.quote(period) for period in wanted.periods]
    conditions = [
        f"({part} IS NULL OR {part} IN ({', '.join(any_of)}))"
        for part, any_of in (("c.period", periods), ("r.role", roles))
        if any_of
    ]
    return " AND ".join(conditions) or "TRUE"
