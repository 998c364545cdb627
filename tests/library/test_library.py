"""The library: two calls, values that say what the files said, and nothing imported before it is needed."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import FrozenInstanceError
from decimal import Context, Decimal, Inexact, localcontext
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

import kpicard

DATA = Path(__file__).parents[1] / "data"
RULES = kpicard.load(DATA / "roles").rules
HEADING = ("period", "employee", "role", "name", "kpi", "actual", "target")
Row = tuple[str, ...]


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - the same numbers each time are wanted


def month(random: Random, employees: int, prefix: str = "E") -> list[Row]:
    """Return the rows of random cards, a few with something missing or wrong."""
    rows: list[Row] = []
    for number in range(employees):
        role = random.choice(list(RULES.roles.values()))
        for kpi in role.kpis:
            actual = random.choice(
                [f"{random.uniform(0, 20000):.4f}", "12.5", "N/A", "", "x"][: random.choice([2, 3, 5])]
            )
            target = random.choice(["", "", "50"])
            rows.append(("2026-10", f"{prefix}{number}", role.id, "", kpi.id, actual, target))
    return rows


def write(path: Path, rows: Sequence[Row], columns: Sequence[int] = range(len(HEADING))) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([[row[column] for column in columns] for row in (HEADING, *rows)])
    return path


def cards(*files: Path) -> tuple[kpicard.Card, ...]:
    return kpicard.score(RULES, files).cards


def test_two_calls_give_cards_and_problems() -> None:
    """`load` and `score` return values with everything that the files say."""
    rules, wrong = kpicard.load(DATA / "roles")
    result = kpicard.score(rules, [DATA / "2026-10.csv"], employees=["E017"], periods=["2026-10"])
    (card,) = result.cards
    assert ((), (), 1) == (wrong, result.problems, result.count)
    assert ("2026-10", "E017", "Ann Lee", "North", "support") == (
        card.period,
        card.employee,
        card.name,
        card.team,
        card.role.id,
    )
    assert [Decimal("28.5"), Decimal(93)] == [scored.actual for scored in card.kpis]
    assert (Decimal("104.00"), "A") == (card.total, card.grade)
    with pytest.raises(FrozenInstanceError):
        card.total = Decimal(0)  # type: ignore[misc] # that is the point


def test_every_public_name_is_there() -> None:
    """Each name can be imported, and type checkers know the same ones; another one is an AttributeError."""
    assert [] == [name for name in dir(kpicard) if not hasattr(kpicard, name)]
    stub = Path(kpicard.__file__).with_suffix(".pyi").read_text(encoding="utf-8")
    assert {"__version__", *re.findall(r"import \w+ as (\w+)$", stub, re.MULTILINE)} == set(dir(kpicard))
    with pytest.raises(AttributeError):
        _ = kpicard.nothing  # type: ignore[attr-defined] # that is the point


def imported(statement: str) -> set[str]:
    """Return the top-level modules that a fresh Python has after a statement."""
    code = f"import sys\n{statement}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=DATA)
    return set(done.stdout.split())


def test_names_are_imported_when_they_are_used() -> None:
    """`import kpicard` alone loads nothing heavy, and reading rules does not load the engine."""
    assert set() == imported("import kpicard") & {"duckdb", "pydantic", "yaml", "rich", "typer"}
    assert {"pydantic", "yaml"} == imported("import kpicard; kpicard.load('roles')") & {
        *("duckdb", "pydantic", "yaml", "rich", "typer")
    }


def test_the_library_never_imports_the_command_line() -> None:
    """Scoring and reading the cards needs neither rich nor typer."""
    statement = "import kpicard; [*kpicard.score(kpicard.load('roles').rules, ['2026-10.csv']).cards]"
    assert {"duckdb"} == imported(statement) & {"duckdb", "rich", "typer", "click"}


def test_the_library_prints_nothing_and_never_raises_for_files(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whatever the files are, there is a result with problems, and nothing is printed."""
    (tmp_path / "binary.csv").write_bytes(bytes(range(256)) * 100)
    for given in (tmp_path, tmp_path / "nothing.csv", tmp_path / "binary.csv", Path("/dev/null")):
        rules, wrong = kpicard.load(given)
        assert len(wrong) > 0
        assert len(kpicard.score(RULES, [given]).problems) > 0
        assert len(kpicard.score(rules, [DATA / "2026-10.csv"]).problems) > 0
    assert ("", "") == tuple(capfd.readouterr())


def test_no_files_are_no_cards() -> None:
    """Nothing given, nothing scored, nothing wrong."""
    result = kpicard.score(RULES, [])
    assert ((), (), 0, 0) == (result.cards, result.problems, result.count, result.withheld)


@pytest.mark.parametrize("files", [4, 40])
@pytest.mark.parametrize("seed", range(5))
def test_order_and_files_change_nothing(tmp_path: Path, seed: int, files: int) -> None:
    """Rows and columns in any order, in one file or in several in any order: the same cards and as many problems."""
    random = seeded(seed)
    rows = month(random, 40)
    whole = kpicard.score(RULES, [write(tmp_path / "whole.csv", rows)])
    assert 0 < whole.count < 40
    shuffled = random.sample(rows, len(rows))
    columns = random.sample(range(len(HEADING)), len(HEADING))
    assert whole.cards == cards(write(tmp_path / "shuffled.csv", shuffled, columns))
    cuts = [0, *sorted(random.sample(range(1, len(rows)), files - 1)), len(rows)]
    parts = [write(tmp_path / f"part-{low}.csv", shuffled[low:high]) for low, high in pairwise(cuts)]
    split = kpicard.score(RULES, random.sample(parts, len(parts)))
    assert whole.cards == split.cards
    assert sorted(problem.message for problem in whole.problems) == sorted(
        problem.message for problem in split.problems
    )


def test_a_wide_file_for_each_person_is_as_one_for_all(tmp_path: Path) -> None:
    """However many there are, beside a long one that has somebody else."""
    heading, long = "period,employee,role,speed,quality\n", tmp_path / "long.csv"
    long.write_text("period,employee,role,kpi,actual\n2026-10,L,support,speed,31\n2026-10,L,support,quality,91\n")
    rows = [f"2026-10,E{number:02},support,{20 + number},{number or ''}\n" for number in range(20)]
    (tmp_path / "whole.csv").write_text(heading + "".join(rows))
    for number, row in enumerate(rows):
        (tmp_path / f"part-{number}.csv").write_text(heading + row)
    whole = kpicard.score(RULES, [long, tmp_path / "whole.csv"])
    split = kpicard.score(RULES, [*tmp_path.glob("part-*.csv"), long])
    assert (20, whole.cards) == (split.count, split.cards)
    assert [("part-0.csv", 2, 24)] == [(Path(each.path).name, each.line, each.column) for each in split.problems]


@pytest.mark.parametrize("seed", range(5))
def test_a_colleague_more_changes_nobody_elses_card(tmp_path: Path, seed: int) -> None:
    """A card is about one employee: rows of others, right or wrong, leave it as it is."""
    random = seeded(seed)
    rows, more = month(random, 30), month(random, 20, prefix="N")
    before = cards(write(tmp_path / "before.csv", rows))
    after = cards(write(tmp_path / "after.csv", random.sample(rows + more, len(rows) + len(more))))
    assert before == tuple(card for card in after if card.employee.startswith("E"))
    assert len(after) > len(before) > 0


def test_another_run_gives_the_same(tmp_path: Path) -> None:
    """Two runs, and two ways to name the file, give equal values."""
    file = write(tmp_path / "a.csv", month(seeded(1), 50))
    first, second = kpicard.score(RULES, [str(file)]), kpicard.score(RULES, [kpicard.Source.of(file)])
    assert (first.cards, first.problems) == (second.cards, second.problems)


def test_the_callers_decimal_context_changes_no_figure(tmp_path: Path) -> None:
    """With three digits of precision and a trap for anything inexact outside, every figure is as exact as ever."""
    row = ("2026-10", "E1", "sales", "", "revenue", "1234567.891", "1000000.123456")
    actuals = write(tmp_path / "a.csv", [row, ("2026-10", "E1", "sales", "", "refunds", "N/A", "")])
    expected = cards(actuals)
    with localcontext(Context(prec=3, traps=[Inexact])):
        found = kpicard.score(kpicard.load(DATA / "roles").rules, actuals).cards
        lost = [scored.lost for card in found for scored in card.kpis]
    assert expected == found
    assert [Decimal("1234567.891"), None] == [scored.actual for scored in found[0].kpis]
    assert [scored.lost for card in expected for scored in card.kpis] == lost


@pytest.mark.parametrize("slip", [{"missing": "zeroo"}, {"periods": ["october"]}, {"periods": ["2026'10"]}])
def test_a_slip_in_the_callers_own_words_is_raised(tmp_path: Path, slip: dict[str, Any]) -> None:
    """What is in a file is a problem; what is in the code is an error at once, and never another meaning."""
    with pytest.raises(ValueError, match="is no"):
        kpicard.score(RULES, tmp_path / "a.csv", **slip)


def test_one_file_and_one_employee_need_no_list() -> None:
    """A single path and a single text are taken as one, not letter by letter."""
    listed = kpicard.score(RULES, [DATA / "2026-10.csv"], employees=["E017"])
    assert listed.cards == kpicard.score(RULES, str(DATA / "2026-10.csv"), employees="E017").cards
    assert listed.cards != ()


def test_options_can_be_kept_in_one_value() -> None:
    """A request gives the cards that the same keywords give, and refuses the same slips."""
    request = kpicard.ScoreRequest(missing="zero", employees=("E017",), by="quarter", rollup="actuals")
    expected = kpicard.score(
        RULES, DATA / "2026-10.csv", missing="zero", employees=["E017"], by="quarter", rollup="actuals"
    )
    found = kpicard.score_request(RULES, DATA / "2026-10.csv", request)
    assert (expected.cards, expected.problems) == (found.cards, found.problems)
    with pytest.raises(ValueError, match="rollup is 'actuals', but `by` is none of quarter, half, year"):
        kpicard.ScoreRequest(rollup="actuals")


def test_a_source_says_how_a_file_is_to_be_read(tmp_path: Path) -> None:
    """An encoding that cannot be found out is forced, and the result says how each table was read."""
    file = tmp_path / "2026-10.csv"
    file.write_bytes("employee,role,speed,quality\nRenée,support,30,90\n".encode("cp1252"))
    guessed = kpicard.score(RULES, file)
    assert ["unknown-encoding"] == [problem.code for problem in guessed.problems]
    forced = kpicard.score(RULES, kpicard.Source(str(file), encoding="cp1252"))  # type: ignore[arg-type]
    assert ["Renée"] == [card.employee for card in forced.cards]
    (table,) = forced.tables
    assert ("CP1252", 1, True, 1, "2026-10") == (
        table.encoding,
        table.heading,
        table.is_wide,
        table.rows,
        table.period,
    )
