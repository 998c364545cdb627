"""Tables in memory, by the library: the same cards as from a file, in and out of pandas, Polars, Arrow and DuckDB."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kpicard

ROOT = Path(__file__).parent.parent
LONG = ROOT / "examples" / "2026-10.csv"
WIDE = ROOT / "examples" / "wide" / "2026-10.csv"

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
