"""The SQL that scores, as each database spells it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

WIDE: Final = "HUGEINT"
"""The integer type, in the text as it is written, that holds every value of the arithmetic."""

STATUS: Final = "STATUS"
"""The type, in the text as it is written, of what a cell says; DuckDB has an enumeration of that name."""

_TEXT: Final = "VARCHAR"


def _brackets(depth: int) -> str:
    """Return the pattern of what stands in brackets, with brackets inside down to a depth."""
    inside = f"|{_brackets(depth - 1)}" if depth else ""
    return rf"\((?:[^()]{inside})*\)"


_DIVISION: Final = re.compile(rf"(?P<n>{_brackets(4)})\s*//\s*(?P<d>{_brackets(4)})")


class Dialect(NamedTuple):
    """What a database calls what the SQL of this program is made of.

    What has names in braces is a pattern of `str.format`.
    """

    title: str
    """What people call the database."""
    wide: str
    """An integer type of 38 digits that refuses what it does not hold."""
    text: str
    """A text of any length."""
    status: str
    """The type of what a cell says."""
    divide: str
    """A numerator `{n}` over a denominator `{d}`, both in brackets, without the remainder: towards zero, exactly."""
    matches: str
    """Whether the whole of `{text}` matches a regular expression, `{pattern}`."""
    millionths: str
    """A plain number `{text}` in whole millionths, rounded half away from zero; NULL where it has over 12 digits."""
    create: str
    """Creates `{name}` from `{query}` for the session, in place of what it made of that name before."""
    keep: str
    """Creates the table `{name}` from `{query}`, in place of what there is of that name."""
    run: str
    """The command that runs a script."""
    binary: str = ""
    """What stands behind a text that is sorted by its characters' codes."""
    has_escapes: bool = False
    """Whether a backslash in a literal is an escape."""
    before: str = ""
    """A statement that must run first."""

    def quote(self, text: str) -> str:
        """Return a text as a literal."""
        escaped = text.replace("\\", r"\\").replace("'", r"\'") if self.has_escapes else text.replace("'", "''")
        return f"'{escaped}'"

    def characters(self, text: str) -> str:
        """Return a text of characters that are not seen in print, as SQL that tells them by their codes."""
        if self.has_escapes:
            codes = "".join(rf"\u{ord(each):04X}" for each in text)
            return f"'{codes}'"
        return " || ".join(f"CHR({ord(each)})" for each in text)

    def of(self, sql: str) -> str:
        """Return SQL that is written for DuckDB as this database takes it."""
        divided = _DIVISION.sub(lambda found: self.divide.format(**found.groupdict()), sql)
        return divided.replace(WIDE, self.wide).replace(STATUS, self.status).replace(_TEXT, self.text)


_MILLIONTHS: Final = "CAST(TRY_CAST({text} AS DECIMAL(18, 6)) * CAST(1000000 AS DECIMAL(20, 0)) AS BIGINT)"

DUCKDB: Final = Dialect(
    title="DuckDB",
    wide=WIDE,
    text=_TEXT,
    status=STATUS,
    divide="{n} // {d}",
    matches="regexp_full_match({text}, '{pattern}')",
    millionths=_MILLIONTHS,
    create="CREATE OR REPLACE TEMPORARY TABLE {name} AS\n{query};",
    keep="CREATE OR REPLACE TABLE {name} AS\n{query};",
    run="duckdb -bail warehouse.duckdb <kpicard.sql",
)
NARROW: Final = DUCKDB._replace(wide="BIGINT")
"""DuckDB in 64 bits, which are faster, and refused where they do not do."""

# Spark's `div` is no choice: its result has 64 bits, and one that does not fit comes out as another number, without an
# error, even in ANSI mode (Spark 4.3). A numerator less its remainder is divided exactly, whatever the rounding.
SPARK: Final = Dialect(
    title="Spark",
    wide="DECIMAL(38, 0)",
    text="STRING",
    status="STRING",
    divide="CAST(({n} - {n} % {d}) / {d} AS DECIMAL(38, 0))",
    matches="{text} RLIKE '^({pattern})$'",
    millionths=_MILLIONTHS,
    create=(
        "UNCACHE TABLE IF EXISTS {name};\nCREATE OR REPLACE TEMPORARY VIEW {name} AS\n{query};\nCACHE TABLE {name};"
    ),
    keep="DROP TABLE IF EXISTS {name};\nCREATE TABLE {name} AS\n{query};",
    run="spark-sql -f kpicard.sql",
    has_escapes=True,
    before="SET spark.sql.ansi.enabled = true",
)
SPARK_NARROW: Final = SPARK._replace(wide="BIGINT", divide="{n} div {d}")
"""Spark in 64 bits, many times faster than its decimals: only for figures that are known to fit."""

POSTGRES: Final = Dialect(
    title="PostgreSQL",
    wide="NUMERIC",
    text="TEXT",
    status="TEXT",
    divide="div({n}, {d})",
    matches="{text} ~ '^({pattern})$'",
    millionths=(
        "CASE WHEN ABS(CAST({text} AS NUMERIC)) < 999999999999.9999995"
        " THEN CAST(ROUND(CAST({text} AS NUMERIC) * 1000000) AS BIGINT) END"
    ),
    create=(
        "DROP TABLE IF EXISTS pg_temp.{name};\nCREATE TEMPORARY TABLE {name} AS\n{query};\nANALYZE pg_temp.{name};"
    ),
    keep="BEGIN;\nDROP TABLE IF EXISTS {name};\nCREATE TABLE {name} AS\n{query};\nCOMMIT;",
    run="psql -v ON_ERROR_STOP=1 -f kpicard.sql",
    binary=' COLLATE "C"',
)

DIALECTS: Final[Mapping[str, Dialect]] = MappingProxyType({"duckdb": DUCKDB, "spark": SPARK, "postgres": POSTGRES})
"""The dialects by name. Each is tested on the database itself."""
