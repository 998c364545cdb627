"""The meanings of all distinct texts, as tables of the engine that its rows are joined with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeVar

from kpicard.actuals.number_forms import create_read
from kpicard.actuals.readers import Meaning, Names, Reader, Vocabulary
from kpicard.engines.duckdb import Database, Value, create, create_empty
from kpicard.numbers import LIMIT, to_millionths
from kpicard.periods import read_period
from kpicard.rules.rule_index import Numbered
from kpicard.rules.rules import Rules

IN_RANGE: Final = f"millionths BETWEEN {1 - LIMIT} AND {LIMIT - 1}"
"""Whether a plain number has no more digits than are read: its decimals may round up to one too many."""

Read = Callable[[Reader, str], Meaning]
Meant = TypeVar("Meant")

_MEANING: Final = {"kpi": "INTEGER", "text": "VARCHAR", "status": "VARCHAR", "value": "BIGINT"}

_FEW: Final = 1_000
"""Up to so many texts are read one by one: that takes less time than to have the engine look for forms."""

_TYPED: Final = """
CREATE TEMP VIEW typed AS
SELECT cell.*, k.kpi FROM cell
JOIN item_meaning AS k ON k.role_text = cell.role_text AND k.kpi_text = cell.kpi_text{of_period}
WHERE k.kpi IS NOT NULL"""


class Understood(NamedTuple):
    """What the names came to: whether a row may be without a role or a period, or of a KPI known elsewhere."""

    has_unknown: bool
    has_elsewhere: bool


def create_names(database: Database, vocabulary: Vocabulary, also_known: Rules | None, year: int | None) -> Understood:
    """Create the meanings of periods, roles and KPIs; unknown periods and roles are not in the tables.

    A KPI that is not known for its role is NULL, and has no text where a wide row only shows that it is there. Where a
    role has several editions, what it means hangs on the period: `item_meaning` says for which text of one.
    Of a month alone the year is `year`. The texts of KPIs that a role has only by the rules `also_known` are in
    `known_elsewhere`.
    """
    numbered, names = vocabulary.numbered, vocabulary.names
    texts = database.execute("SELECT DISTINCT period_text FROM cell WHERE period_text IS NOT NULL").fetchall()
    meant = {text: read_period(text, year) for (text,) in texts}
    in_order = {period: number for number, period in enumerate(sorted({*filter(None, meant.values())}))}
    create(
        database,
        "period_meaning",
        {"text": "VARCHAR", "period": "VARCHAR", "number": "INTEGER"},
        [(text, period, in_order[period]) for text, period in meant.items() if period],
    )
    database.execute("CREATE TEMP VIEW known_period AS SELECT DISTINCT number, period FROM period_meaning")
    items: list[tuple[Value, ...]] = []
    not_known: set[tuple[str, str]] = set()
    has_unknown = not all(meant.values())
    found = database.execute(f"SELECT DISTINCT role_text, {_dated(numbered)}, kpi_text FROM cell").fetchall()
    for role_text, dated, kpi_text in found:
        role = _role(role_text, meant.get(dated), numbered, names)
        if role is None:
            has_unknown = True
            continue
        (kpi,) = _only(names.kpis(role, kpi_text or "")) or (None,)
        items.append((role_text, dated, kpi_text, role, kpi))
        if kpi is None and kpi_text is not None:
            not_known.add((role_text, kpi_text))
    columns = dict.fromkeys(("role_text", "period_text", "kpi_text"), "VARCHAR")
    create(database, "item_meaning", {**columns, "role": "SMALLINT", "kpi": "INTEGER"}, items)
    database.execute(_TYPED.format(of_period=of_period(numbered, "k", "cell")))
    elsewhere = list(_known_elsewhere(not_known, also_known)) if also_known else []
    if elsewhere:
        create(database, "known_elsewhere", {"role_text": "VARCHAR", "kpi_text": "VARCHAR"}, elsewhere)
    return Understood(has_unknown, bool(elsewhere))


def _role(text: str | None, period: str | None, numbered: Numbered, names: Names) -> int | None:
    """Return the number of the role that a text means in a period, None where that is not clear."""
    for id_ in _only(names.roles(text)) if text is not None else ():
        return numbered.number(id_, period if numbered.is_dated else None)
    return None


def _known_elsewhere(texts: Iterable[tuple[str, str]], other: Rules) -> Iterator[tuple[str, str]]:
    """Yield the texts of roles and KPIs of which the other rules know the KPI for the role, in some period."""
    numbered = Numbered(other)
    names = Names(numbered)
    for role, kpi in texts:
        numbers = (number for id_ in names.roles(role) for number in numbered.by_id.get(id_, ()))
        if any(names.kpis(number, kpi) for number in numbers):
            yield role, kpi


def of_period(numbered: Numbered, meaning: str, cell: str) -> str:
    """Return the condition by which a row of `item_meaning` is that of the cell's period, where it hangs on that."""
    return f" AND {meaning}.period_text = {cell}.period_text" if numbered.is_dated else ""


def _dated(numbered: Numbered) -> str:
    return "period_text" if numbered.is_dated else "NULL"


def create_actuals(database: Database, readers: Sequence[Reader]) -> None:
    """Create the meanings of the actuals that are no plain numbers."""
    _create(database, "actual", readers, Reader.actual, f"(millionths IS NULL OR NOT {IN_RANGE})")


def create_targets(database: Database, readers: Sequence[Reader], *, are_there: bool) -> None:
    """Create the meanings of all targets, if there are any; not every KPI may have one of 0 or less."""
    if are_there:
        _create(database, "target", readers, Reader.target, values="value > 0")
    else:
        create_empty(database, "target_meaning", _MEANING)


def create_parts(database: Database, readers: Sequence[Reader]) -> None:
    """Create the meanings of all numerators and denominators, and by what each KPI's ratio is multiplied."""
    _create(database, "numerator", readers, Reader.numerator)
    _create(database, "denominator", readers, Reader.denominator)
    factors = [(number, reader.ratio_factor) for number, reader in enumerate(readers)]
    create(database, "ratio_factor", {"kpi": "INTEGER", "factor": "INTEGER"}, factors)


def create_own(database: Database, readers: Sequence[Reader], part: str, is_own: Callable[[Reader, str], bool]) -> None:
    """Create the texts of a column that say a KPI's own unit or weight, or nothing."""
    texts = f"SELECT DISTINCT kpi, {part}_text FROM typed WHERE {part}_text IS NOT NULL"
    own = [(kpi, text) for kpi, text in database.execute(texts).fetchall() if is_own(readers[kpi], text)]
    create(database, f"{part}_meaning", {"kpi": "INTEGER", "text": "VARCHAR"}, own)


def _create(  # noqa: PLR0913, PLR0917 - what to read, and what of it
    database: Database, part: str, readers: Sequence[Reader], read: Read, texts: str = "TRUE", values: str = "TRUE"
) -> None:
    """Create a table of meanings: of many, first what the engine reads a form at a time; then the rest one by one.

    `texts` and `values` are conditions of SQL: on the texts that are read at all, and on the values that
    the engine may read.
    """
    database.execute(f"""
        CREATE TEMP TABLE {part}_text AS
        SELECT DISTINCT kpi, {part}_text AS text FROM typed WHERE {part}_text IS NOT NULL AND {texts}""")
    others = database.execute(f"FROM {part}_text LIMIT {_FEW + 1}").fetchall()
    if not others:
        create_empty(database, f"{part}_meaning", _MEANING)
        return
    are_many = len(others) > _FEW
    style = readers[0].style
    if are_many:
        create_read(
            database, f"{part}_read", f"{part}_text", lambda kpi, text: read(readers[kpi], text).value, style, values
        )
        others = database.execute(f"""
            SELECT t.kpi, t.text FROM {part}_text AS t ANTI JOIN {part}_read AS r ON r.kpi = t.kpi AND r.text = t.text
            """).fetchall()
    rows = [_row(kpi, text, read(readers[kpi], text)) for kpi, text in others]
    create(database, f"{part}_meaning_one_by_one" if are_many else f"{part}_meaning", _MEANING, rows)
    if are_many:
        database.execute(f"""
            CREATE TEMP TABLE {part}_meaning AS
            FROM {part}_meaning_one_by_one UNION ALL SELECT kpi, text, 'scored', value FROM {part}_read""")


def _row(kpi: int, text: str, meaning: Meaning) -> tuple[Value, ...]:
    value = None if meaning.status is None or meaning.value is None else to_millionths(meaning.value)
    return kpi, text, meaning.status, value


def _only(meant: frozenset[Meant]) -> frozenset[Meant]:
    """Return what a text means where that is clear, otherwise nothing."""
    return meant if len(meant) == 1 else frozenset()
