"""What a result gives out in a notebook or a program: short reprs, tables, documents, data frames; and its engine."""

from __future__ import annotations

import ast
import copy
import json
import pickle
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

import kpicard
from tests.library import typed_program

ROOT = Path(__file__).parents[2]
MONTH = ROOT / "examples" / "2026-10.csv"
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"


@pytest.fixture(scope="module")
def result() -> Iterator[kpicard.Scorecards]:
    with kpicard.score(ROOT / "roles", [MONTH]) as found:
        yield found


def test_a_repr_is_a_line_that_tells_what_it_is(result: kpicard.Scorecards) -> None:
    """A notebook shows it for every value that stands alone."""
    (card,) = [each for each in result.cards if each.employee == "E017"]
    assert "Card(E017, 2026-10, customer-service, 93.13, B)" == repr(card)
    assert "Scorecards(24 cards, 0 withheld, 0 problems)" == repr(result)
    assert "Kpi(response-time)" == repr(next(kpi for kpi in card.role.kpis if kpi.id == "response-time"))
    assert "Problem(a.csv:2:3: error: the period is missing [no-period])" == repr(
        kpicard.Problem("a.csv", 2, 3, "no-period")
    )
    values = (result.rules, card, card.kpis[0], card.role, card.role.title, result)
    assert all(len(repr(each)) < 200 for each in values)


def test_tables_for_notebooks_escape_what_they_show(result: kpicard.Scorecards) -> None:
    """A name out of a file cannot act in the page."""
    problem = kpicard.Problem("<script>.csv", 1, 1, "unknown-role", {"role": "<b>", "nearest": None, "known": ("x",)})
    for value in (result, result.cards[0], result.rules, problem):
        shown = value._repr_html_()
        assert shown.startswith("<table>")
        assert not re.search("<(script|b)>", shown)


def test_frames_keep_decimals_unless_floats_are_asked_for(result: kpicard.Scorecards) -> None:
    """Name and team are among the columns; the figures are those of the cards."""
    frame = result.to_pandas()
    points = {(card.employee, each.kpi.id): each.points for card in result.cards for each in card.kpis}
    assert points == dict(zip(zip(frame["employee"], frame["kpi"], strict=True), frame["points"], strict=True))
    assert {Decimal} == {type(each) for each in frame["points"] if each is not None}
    assert "float64" == str(result.to_pandas(floats=True)["points"].dtype)
    assert {(card.employee, card.name, card.team) for card in result.cards} == set(
        zip(frame["employee"], frame["name"], frame["team"], strict=True)
    )
    assert result.to_arrow().column("points").to_pylist() == list(frame["points"])
    assert result.to_polars()["points"].to_list() == list(frame["points"])
    cards = result.cards_frame()
    assert [card.total for card in result.cards] == list(cards["total"])


def test_documents_are_those_of_the_command(result: kpicard.Scorecards, tmp_path: Path) -> None:
    """In the language that is asked for."""
    assert "E017" in result.to_markdown()
    assert "客服专员" in result.to_html("zh")
    assert json.loads(result.to_json(), parse_float=Decimal) == result.to_dict()
    for name in ("html", "xlsx"):
        getattr(result, f"write_{name}")(tmp_path / f"cards.{name}")
        assert (tmp_path / f"cards.{name}").stat().st_size > 1000


def test_several_results_fit_in_one_connection(result: kpicard.Scorecards) -> None:
    """As relations of one's own database, which can be joined."""
    connection = duckdb.connect()
    one, other = result.relation(connection).set_alias("a"), result.relation(connection).set_alias("b")
    assert 96 == len(one.join(other, "a.employee = b.employee AND a.kpi = b.kpi").fetchall())


def test_values_pickle_and_a_result_says_why_it_does_not(result: kpicard.Scorecards) -> None:
    """Cards, rules and problems go to other processes; the engine stays."""
    assert result.cards == pickle.loads(pickle.dumps(result.cards))  # noqa: S301 - our own bytes
    assert result.rules == pickle.loads(pickle.dumps(result.rules))  # noqa: S301 - likewise
    assert result is copy.deepcopy(result)
    with pytest.raises(TypeError, match=r"cannot be pickled; pickle its `cards`"):
        pickle.dumps(result)


def test_threads_share_a_result() -> None:
    """Each waits for the others, and all have the same."""

    def use(_: int) -> tuple[Any, ...]:
        return (found.cards, found.count, found.to_json(), len(found.to_pandas()), len(found.advice))

    with kpicard.score(ROOT / "roles", [MONTH]) as found, ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(use, range(8)))
    assert answers[1:] == answers[:-1]


def test_a_closed_result_says_so() -> None:
    """What was fetched before stays."""
    found = kpicard.score(ROOT / "roles", [MONTH])
    cards = found.cards
    found.close()
    found.close()
    assert ("Scorecards(closed)", cards) == (repr(found), found.cards)
    with pytest.raises(ValueError, match="this result is closed"):
        found.to_pandas()


def test_problems_are_raised_on_request_only(tmp_path: Path) -> None:
    """With the lines that the command prints."""
    found = kpicard.score(tmp_path / "nowhere", [MONTH])
    with pytest.raises(kpicard.ProblemsError, match=r"nowhere: error: there is no such file or folder"):
        found.raise_for_problems()
    with pytest.raises(kpicard.ProblemsError):
        kpicard.load(tmp_path / "nowhere").raise_for_problems()


def test_a_typed_program_uses_it_all(tmp_path: Path) -> None:
    """What mypy accepts runs."""
    said = typed_program.work(ROOT / "roles", MONTH, tmp_path)
    assert ["Scorecards(24 cards, 0 withheld, 0 problems)", "no-such-path"] == [said[0], said[-1]]


def test_every_cell_of_the_notebook_shows_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """From its top to its end, as a kernel runs it."""
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {}
    for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            assert "".join(part for each in cell["outputs"] for part in each["data"]["text/plain"]) == _run(
                "".join(cell["source"]), names
            )


def _run(source: str, names: dict[str, Any]) -> str:
    """Run a cell; return the repr of its last line where that is an expression."""
    tree = ast.parse(source)
    last = tree.body[-1]
    if not isinstance(last, ast.Expr):
        exec(compile(tree, "cell", "exec"), names)  # noqa: S102 - our own notebook
        return ""
    exec(compile(ast.Module(tree.body[:-1], []), "cell", "exec"), names)  # noqa: S102 - likewise
    value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307 - likewise
    return "" if value is None else repr(value)
