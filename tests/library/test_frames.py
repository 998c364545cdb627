"""Tables in memory, by the library: the same cards as from a file, in and out of pandas, Polars, Arrow and DuckDB."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet

import kpicard

ROOT = Path(__file__).parents[2]
LONG = ROOT / "examples" / "2026-10.csv"
WIDE = ROOT / "examples" / "wide" / "2026-10.csv"

SMALL = kpicard.load(ROOT / "tests" / "data" / "roles").rules

FRAMES: dict[str, Callable[[str], Any]] = {
    "pandas": lambda path: pd.read_csv(path, keep_default_na=False),
    "pandas, texts": lambda path: pd.read_csv(path, keep_default_na=False, dtype=str),
    "Polars": lambda path: pl.read_csv(path, infer_schema_length=None),
    "Polars, lazy": lambda path: pl.scan_csv(path, infer_schema_length=None),
    "Arrow": lambda path: pl.read_csv(path, infer_schema_length=None).to_arrow(),
    "Arrow, reader": lambda path: pl.read_csv(path, infer_schema_length=None).to_arrow().to_reader(),
    "DuckDB": lambda path: duckdb.connect().read_csv(path),
}


@pytest.fixture(scope="module")
def rules() -> kpicard.Rules:
    found, problems = kpicard.load(ROOT / "roles")
    assert () == problems
    return found


@pytest.mark.parametrize("path", [LONG, WIDE], ids=["long", "wide"])
@pytest.mark.parametrize("kind", FRAMES)
def test_a_table_in_memory_gives_the_cards_of_its_file(kind: str, path: Path, rules: kpicard.Rules) -> None:
    """Whatever types its columns have, and without its index or types getting in between."""
    expected = kpicard.score(rules, path)
    found = kpicard.score(rules, FRAMES[kind](str(path)), periods=["2026-10"])
    assert (expected.cards, expected.problems) == (found.cards, found.problems)
    assert expected.cards
    assert {kind.partition(",")[0]} == {table.encoding for table in found.tables}


def test_numbers_of_any_type_are_read_exactly(rules: kpicard.Rules) -> None:
    """A binary fraction is what its shortest text says; a decimal is what it is; a missing one is not reported."""
    ids = ["customer-satisfaction", "complaint-resolution-time", "response-time", "repurchase-rate"]
    texts = ["4.35", "31.7", "28.5", "23.5"]
    head = {"period": "2026-10", "employee": 1001, "role": "customer-service"}
    floats = pd.DataFrame([{**head, "kpi": kpi, "actual": float(text)} for kpi, text in zip(ids, texts, strict=True)])
    decimals = pa.table(
        {
            **{name: [value] * 4 for name, value in head.items()},
            "kpi": ids,
            "actual": pa.array(map(Decimal, texts), pa.decimal128(20, 7)),
        }
    )
    for frame in (floats, decimals, pl.DataFrame(floats.to_dict("list"))):
        (card,) = kpicard.score(rules, frame).cards
        assert "1001" == card.employee
        assert list(map(Decimal, texts)) == [scored.actual for scored in card.kpis]
    floats.loc[2, "actual"] = None
    (problem,) = kpicard.score(rules, floats).problems
    assert ("frame", 3, 5, "not-reported") == (problem.path, problem.line, problem.column, problem.code)


def test_a_problem_names_the_frame_and_its_row_counted_from_1(rules: kpicard.Rules) -> None:
    """Several frames and files go together; one without a name is called by its number."""
    good = pd.read_csv(LONG, keep_default_na=False, dtype=str)
    bad = good.copy()
    bad.loc[4, "actual"] = "many"
    sources = [bad, kpicard.Frame(bad, name="warehouse"), LONG, bad]
    found = kpicard.score(rules, sources, periods=["2026-10"])
    column = list(bad.columns).index("actual") + 1
    wrong = [(each.path, each.line, each.column) for each in found.problems if each.code == "bad-value"]
    assert [("frame", 5, column), ("frame 3", 5, column), ("warehouse", 5, column)] == sorted(wrong)


@pytest.mark.parametrize("given", [3, [3], object(), [LONG, {"employee": "E1"}]])
def test_what_is_no_table_is_refused(given: Any, rules: kpicard.Rules) -> None:
    """A mistake in a program, not in a file."""
    with pytest.raises(TypeError, match="is neither a path nor a table that is known"):
        kpicard.score(rules, given)


ROWS = 3000
"""More than DuckDB would look at to guess what a column of objects is."""
QUALITY = {"period": "2026-10", "role": "support"}


@pytest.mark.parametrize(
    ("others", "late", "actual"),
    [
        (30, 90.999999, "90.999999"),
        (30, Decimal("90.50"), "90.5"),
        (Decimal("30.25"), Decimal("90.123456"), "90.123456"),
        (30.5, "90.5", "90.5"),
        (30, "N/A", None),
        (Decimal(30), 90.0, "90"),
    ],
    ids=str,
)
def test_objects_are_read_as_they_are_however_late_they_come(others: Any, late: Any, actual: str | None) -> None:
    """What the first rows hold says nothing of the others: no figure is rounded to their type."""
    actuals = [others] * ROWS
    actuals[2003] = late
    frame = pd.DataFrame(
        {
            **QUALITY,
            "employee": [f"E{row // 2}" for row in range(ROWS)],
            "kpi": ["speed", "quality"] * (ROWS // 2),
            "actual": pd.Series(actuals, dtype=object),
        }
    )
    (card,) = kpicard.score(SMALL, frame, employees="E1001").cards
    assert (actual and Decimal(actual)) == card.kpis[1].actual


def test_ids_among_objects_are_what_they_are() -> None:
    """A zero before one stays, and a whole number that pandas made a float is written without a point."""
    ids = [*range(1, ROWS - 1), "007", 1001.0]
    frame = pd.DataFrame({**QUALITY, "employee": pd.Series(ids, dtype=object), "speed": 30, "quality": 90})
    found = kpicard.score(SMALL, frame, employees=["007", "1001"])
    assert ["007"] == [card.employee for card in found.cards]  # 1001 is there twice


def test_nan_is_nobody_and_nothing_in_parquet_as_in_memory(tmp_path: Path) -> None:
    """Whatever the file says of its least and its greatest number, which leave it out."""
    nan = float("nan")
    table = pa.table(
        {
            **{name: [value] * 6 for name, value in QUALITY.items()},
            "employee": [1001.0, 1001.0, 1002.0, 1002.0, nan, nan],
            "kpi": ["speed", "quality"] * 3,
            "actual": [30.5, 90.0, 28.5, nan, 30.0, 90.0],
        }
    )
    parquet.write_table(table, tmp_path / "month.parquet")
    for given in (table, tmp_path / "month.parquet"):
        found = kpicard.score(SMALL, given)
        assert ["1001"] == [card.employee for card in found.cards]
        assert ["not-reported", "no-employee", "no-employee"] == [problem.code for problem in found.problems]


def _twice(kind: str, folder: Path) -> Any:
    """Return a wide table of one row, with a column that is there twice."""
    columns, row = ["period", "employee", "role", "speed", "speed", "quality"], ["2026-10", "E1", "support", 30, 31, 90]
    if kind == "pandas":
        return pd.DataFrame([row], columns=columns)
    table = pa.Table.from_arrays([pa.array([cell]) for cell in row], names=columns)
    if kind == "Arrow":
        return table
    if kind == "Parquet":
        parquet.write_table(table, folder / "month.parquet")
        return folder / "month.parquet"
    names = ["period", "employee", "role", "speed", "Speed", "quality"]
    cells = ", ".join(f"{cell!r} AS {name}" for name, cell in zip(names, row, strict=True))
    return duckdb.connect().sql(f"SELECT {cells}")


@pytest.mark.parametrize("kind", ["pandas", "Arrow", "Parquet", "DuckDB"])
def test_a_column_that_is_there_twice_is_refused_wherever_the_table_is(kind: str, tmp_path: Path) -> None:
    """As in a file of text: nothing says which of the two holds."""
    found = kpicard.score(SMALL, _twice(kind, tmp_path))
    assert (["doubled-column"], 0) == ([problem.code for problem in found.problems], found.count)


def test_columns_inside_of_a_column_are_none_of_the_tables_own(tmp_path: Path) -> None:
    """A Parquet file's schema has them all in one list."""
    columns = {**QUALITY, "warehouse": {"a": 1, "b": {"c": "x"}}, "employee": "E1", "speed": 30, "quality": 90}
    parquet.write_table(pa.Table.from_pylist([columns]), tmp_path / "month.parquet")
    found = kpicard.score(SMALL, tmp_path / "month.parquet")
    assert ["unknown-column"] == [problem.code for problem in found.problems]
    assert ["100.00"] == [str(card.total) for card in found.cards]


def test_months_of_pandas_are_months() -> None:
    """A type that only pandas has is read by its texts."""
    months = pd.period_range("2026-10", periods=2, freq="M")
    frame = pd.DataFrame({"period": months, "employee": [1, 2], "role": "support", "speed": 30.0, "quality": 90})
    assert [("2026-10", "1"), ("2026-11", "2")] == [
        (card.period, card.employee) for card in kpicard.score(SMALL, frame).cards
    ]


HALVES = pd.Series([30.1], dtype="float16")
HALF: dict[str, Any] = {**{name: [value] for name, value in QUALITY.items()}, "employee": ["E1"], "quality": [90]}


@pytest.mark.parametrize(
    "given",
    [
        pd.DataFrame({**HALF, "speed": HALVES}),
        pd.DataFrame({**HALF, "speed": HALVES.astype("halffloat[pyarrow]")}),
        pa.table({**HALF, "speed": pa.array(HALVES)}),
        pa.table({**HALF, "speed": pa.array(HALVES)}).to_reader(),
        pl.DataFrame({**HALF, "speed": pl.Series([30.1], dtype=pl.Float16)}),
        pl.LazyFrame({**HALF, "speed": pl.Series([30.1], dtype=pl.Float16)}),
    ],
    ids=["pandas", "pandas, Arrow", "Arrow", "Arrow, reader", "Polars", "Polars, lazy"],
)
def test_floats_of_16_bits_are_refused_by_their_column(given: Any) -> None:
    """The engine would read 30.1 as 30.09375."""
    with pytest.raises(TypeError, match=r"^frame cannot be read: column `speed` is of .*(float16|Float16|halffloat)"):
        kpicard.score(SMALL, given)


def test_floats_of_16_bits_are_a_problem_in_parquet(tmp_path: Path) -> None:
    """At the file, with the column's name; the same file with float32 is scored."""
    table = pa.table({**HALF, "speed": pa.array(HALVES)})
    parquet.write_table(table, tmp_path / "half.parquet")
    parquet.write_table(table.set_column(4, "speed", pa.array([30.1], pa.float32())), tmp_path / "single.parquet")
    (problem,) = kpicard.score(SMALL, tmp_path / "half.parquet").problems
    assert "half-precision" == problem.code
    assert "column `speed` is of type float16, which keeps only three digits of a figure" == problem.message
    (card,) = kpicard.score(SMALL, tmp_path / "single.parquet").cards
    assert Decimal("30.1") == card.kpis[0].actual


@pytest.mark.parametrize("kind", ["float16", "float32", "float64"])
def test_floats_among_objects_are_their_shortest_texts(kind: str) -> None:
    """Each has the digits that its own type needs, and a whole number none behind the point."""
    cells = pd.Series([pd.Series([30.1], dtype=kind).iloc[0]], dtype=object)
    ids = pd.Series([pd.Series([1001], dtype=kind).iloc[0]], dtype=object)
    (card,) = kpicard.score(SMALL, pd.DataFrame({**HALF, "employee": ids, "speed": cells})).cards
    assert ("1001", Decimal("30.1")) == (card.employee, card.kpis[0].actual)


MOMENT = pd.Timestamp("2026-10-31 23:30", tz="America/New_York")
SPEED: dict[str, Any] = {**HALF, "speed": [30]}


def _moment_in(kind: str, folder: Path) -> Any:
    """Return a table of one row whose period is a moment: in October in New York, in November in London."""
    match kind:
        case "pandas":
            return pd.DataFrame({**SPEED, "period": [MOMENT]})
        case "pandas, objects":
            return pd.DataFrame({**SPEED, "period": pd.Series([MOMENT], dtype=object)})
        case "Arrow" | "Arrow, ns" | "Parquet":
            moments = pa.array(
                [MOMENT.to_pydatetime()], pa.timestamp("ns" if kind == "Arrow, ns" else "us", "Asia/Tokyo")
            )
            table = pa.table({**SPEED, "period": moments})
            if kind != "Parquet":
                return table
            parquet.write_table(table, folder / "month.parquet")
            return folder / "month.parquet"
        case "Polars":
            return pl.DataFrame({**SPEED, "period": pl.Series([MOMENT.to_pydatetime()])})
    connection = duckdb.connect()
    connection.execute(f"SET TimeZone = '{kind}'")
    cells = ", ".join(f"{cells[0]!r} AS {name}" for name, cells in SPEED.items() if name != "period")
    return connection.sql(f"SELECT TIMESTAMPTZ '{MOMENT}' AS period, {cells}")


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Shanghai"])
@pytest.mark.parametrize(
    "kind",
    [
        *("pandas", "pandas, objects", "Arrow", "Arrow, ns", "Parquet", "Polars"),
        *("America/New_York", "Asia/Shanghai"),
    ],
)
def test_a_moment_with_a_time_zone_is_no_period_wherever_it_is_read(
    kind: str, zone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused with that reason, in words that do not depend on the machine's own zone."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    found = kpicard.score(SMALL, _moment_in(kind, tmp_path))
    monkeypatch.undo()
    time.tzset()
    written = "2026-10-31 23:30:00-04:00" if kind == "pandas, objects" else "2026-11-01 03:30:00+00"
    (problem,) = found.problems
    assert ((), "bad-period", f"`{written}` is not a period") == (found.cards, problem.code, problem.message)
    assert problem.hint.startswith(f"which month {written} is in depends on the time zone")


@pytest.mark.parametrize(
    "given",
    [
        pd.DataFrame({"employee": [1]}).groupby("employee"),
        pd.DataFrame(),
        pl.Series([1]),
        pa.table({"period": pa.array([Decimal("1.5")], pa.decimal256(40, 1))}),
    ],
    ids=["pandas, grouped", "pandas, without columns", "Polars, a series", "Arrow, wide decimals"],
)
def test_a_table_that_nothing_can_be_made_of_is_refused(given: Any) -> None:
    """By its name, and as the mistake in a program that it is."""
    with pytest.raises(TypeError, match=r"^frame (is no table|cannot be read): "):
        kpicard.score(SMALL, given)


def test_the_cards_come_out_as_frames_with_the_figures_of_the_csv(rules: kpicard.Rules, tmp_path: Path) -> None:
    """As decimals, one row per KPI; Parquet has the same."""
    result = kpicard.score(rules, LONG, missing="exclude")
    result.write_csv(tmp_path / "cards.csv")
    result.write_parquet(tmp_path / "cards.parquet")
    arrow = result.relation().to_arrow_table()
    assert arrow.equals(duckdb.read_parquet(str(tmp_path / "cards.parquet")).to_arrow_table())
    columns = {name: f"CAST({name} AS {kind})" for name, kind in zip(arrow.column_names, _kinds(arrow), strict=True)}
    select = ", ".join(f"{text} AS {name}" for name, text in columns.items())
    texts = f"SELECT {select} FROM read_csv('{tmp_path / 'cards.csv'}', all_varchar = true)"
    assert duckdb.execute(texts).fetchall() == result.relation().fetchall()
    assert pl.from_arrow(arrow).equals(result.relation().pl())
    assert [float(value) for value in arrow["total"].to_pylist()] == result.relation().df()["total"].tolist()


def _kinds(table: pa.Table) -> list[str]:
    return [str(kind).replace("decimal128", "DECIMAL").replace("string", "VARCHAR") for kind in table.schema.types]


def test_cards_of_longer_periods_come_out_as_well(rules: kpicard.Rules, tmp_path: Path) -> None:
    """One row per card where it is made from totals."""
    result = kpicard.score(rules, sorted(map(str, (ROOT / "examples").glob("2026-*.csv"))), by="quarter")
    result.write_parquet(tmp_path / "cards.parquet")
    rows = result.relation().fetchall()
    assert [card.total for card in result.cards] == [row[4] for row in rows]
    assert rows == duckdb.read_parquet(str(tmp_path / "cards.parquet")).fetchall()


def test_a_damaged_parquet_file_is_a_problem_and_other_files_are_read(rules: kpicard.Rules, tmp_path: Path) -> None:
    """Its columns' names may still be whole."""
    path = tmp_path / "2026-10.parquet"
    pd.read_csv(LONG, keep_default_na=False, dtype=str).to_parquet(path)
    data = bytearray(path.read_bytes())
    data[4:400] = bytes(396)
    path.write_bytes(data)
    found = kpicard.score(rules, [path, LONG])
    assert [(str(path), "unreadable-parquet")] == [(each.path, each.code) for each in found.problems]
    assert kpicard.score(rules, LONG).cards == found.cards
