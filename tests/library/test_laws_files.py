"""What changes nothing: the order and number of files, rows and columns, the form of the table, and other people."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kpicard
from kpicard.actuals.files.tables import Source
from kpicard.cards.request import ScoreRequest
from kpicard.cards.scorecards import score_request
from kpicard.fill_in.grid import Template, ToFill, long_template, wide_template
from kpicard.fill_in.roster import choose
from kpicard.fill_in.template_files import csv_bytes
from kpicard.roster.people import Roster
from kpicard.text import Language
from tests.random_months import PERIOD, Month, Row, folder_of, law, months, write, write_csv, write_wide

RANDOM = st.randoms(use_true_random=False)
MISSING = st.sampled_from(["refuse", "zero", "exclude"])
IDLE_TARGET = re.compile(r"^the target `[^`]*`(?= changes nothing)")


def said(result: kpicard.Scorecards) -> list[tuple[str, str]]:
    """Return the problems without what depends on the order of rows: their places, and which idle target came first."""
    return sorted((problem.code, IDLE_TARGET.sub("the target", problem.message)) for problem in result.problems)


def placed(result: kpicard.Scorecards) -> list[kpicard.Problem]:
    """Return the problems that stand at one cell each; an idle target is told at the first of its rows."""
    return [problem for problem in result.problems if problem.code != "idle-target"]


@law
@given(month=months(), random=RANDOM, missing=MISSING)
def test_the_order_of_rows_and_columns_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, month: Month, random: Random, missing: kpicard.Missing
) -> None:
    rules = month.load(folder := folder_of(tmp_path_factory))
    whole = kpicard.score(rules, write(folder / "whole.csv", month.rows), missing=missing)
    shuffled, columns = random.sample(month.rows, len(month.rows)), random.sample(Row._fields, len(Row._fields))
    other = kpicard.score(rules, write(folder / "shuffled.csv", shuffled, columns), missing=missing)
    assert (whole.cards, said(whole)) == (other.cards, said(other))
    assert (whole.count, whole.withheld) == (other.count, other.withheld)


@law
@given(month=months(), random=RANDOM, missing=MISSING)
def test_splitting_a_file_and_the_order_of_files_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, month: Month, random: Random, missing: kpicard.Missing
) -> None:
    """Cut anywhere, also in the middle of a card, and given in either order."""
    rules = month.load(folder := folder_of(tmp_path_factory))
    whole = kpicard.score(rules, write(folder / "whole.csv", month.rows), missing=missing)
    cut = random.randint(1, len(month.rows))
    parts = [write(folder / "one.csv", month.rows[:cut]), write(folder / "two.csv", month.rows[cut:])]
    both = kpicard.score(rules, parts, missing=missing)
    turned = kpicard.score(rules, parts[::-1], missing=missing)
    assert whole.cards == both.cards == turned.cards
    assert whole.withheld == both.withheld == turned.withheld
    assert placed(both) == placed(turned)
    assert said(both) == said(turned)


@law
@given(month=months(), missing=MISSING, as_=st.sampled_from(["csv", "parquet"]), slip=st.sampled_from(["", "x", "7%"]))
def test_the_tidy_table_gives_the_same_cards(
    tmp_path_factory: pytest.TempPathFactory,
    month: Month,
    missing: kpicard.Missing,
    as_: Literal["csv", "parquet"],
    slip: str,
) -> None:
    """With a row that is not understood in any of its columns, too."""
    rules = month.load(folder := folder_of(tmp_path_factory))
    rows = [*month.rows, Row(*(slip or each for each in month.rows[0]))]
    before = score_request(rules, write(folder / "a.csv", rows), ScoreRequest(missing=missing, keep_rows=True))
    before.write_tidy(folder / "tidy", as_)
    after = kpicard.score(rules, folder / "tidy", missing=missing)
    assert (before.cards, before.withheld_cards) == (after.cards, after.withheld_cards)
    assert len(rows) == before.tidy_rows


@law
@given(month=months(), random=RANDOM, missing=MISSING, slip=st.sampled_from(["", "x", "1e99", "-", "N/A", "1,5"]))
def test_one_more_employee_changes_nobody_elses_card(
    tmp_path_factory: pytest.TempPathFactory, month: Month, random: Random, missing: kpicard.Missing, slip: str
) -> None:
    """Whatever stands in the rows of the one who is added, wherever they stand."""
    rules = month.load(folder := folder_of(tmp_path_factory))
    before = kpicard.score(rules, write(folder / "before.csv", month.rows), missing=missing)
    more = [row._replace(employee="New") for row in random.choice(month.cards)]
    more[random.randrange(len(more))] = random.choice(more)._replace(actual=slip)
    rows = random.sample([*month.rows, *more], len(month.rows) + len(more))
    after = kpicard.score(rules, write(folder / "after.csv", rows), missing=missing)
    assert before.cards == tuple(card for card in after.cards if card.employee != "New")
    assert len(month.cards) + 1 == after.count + after.withheld


@law
@given(month=months(own_targets=False), random=RANDOM, missing=MISSING)
def test_wide_and_long_agree(
    tmp_path_factory: pytest.TempPathFactory, month: Month, random: Random, missing: kpicard.Missing
) -> None:
    """A row per KPI or a row per person: the same cards, and as many withheld."""
    rules = month.load(folder := folder_of(tmp_path_factory))
    headings = list(dict.fromkeys(row.kpi for row in month.rows))
    wide_file = write_wide(folder / "wide.csv", month.cards, random.sample(headings, len(headings)))
    long, wide = (
        kpicard.score(rules, file, missing=missing) for file in (write(folder / "long.csv", month.rows), wide_file)
    )
    assert (long.cards, long.withheld) == (wide.cards, wide.withheld)
    assert [code for code, _ in said(long)] == [code for code, _ in said(wide)]


@law
@given(month=months(own_targets=False), language=st.sampled_from(["en", "zh"]))
def test_scores_filled_into_a_template_score_the_same_again(
    tmp_path_factory: pytest.TempPathFactory, month: Month, language: Language
) -> None:
    """Scores → a template for their people, long and wide → filled in with the actuals of the cards → the same cards.

    And the wide form, filled in, is the roster of the same template.
    """
    rules = month.load(folder := folder_of(tmp_path_factory))
    first = kpicard.score(rules, write(folder / "all.csv", month.rows), missing="exclude")
    scored = {card.employee for card in first.cards}
    cards = [card for card in month.cards if card[0].employee in scored]
    roster = write_wide(folder / "roster.csv", cards, [])
    for make in (long_template, wide_template) if cards else ():
        template = make(people(rules, roster), rules, PERIOD, language)
        filled = write_csv(folder / f"{make.__name__}.csv", fill(template, month, first))
        again = kpicard.score(rules, filled, missing="exclude")
        assert (first.cards, 0) == (again.cards, again.withheld)
        if template.is_wide:  # a roster has each person once
            assert template == make(people(rules, filled), rules, PERIOD, language)


def people(rules: kpicard.Rules, file: Path) -> Roster:
    chosen = choose(rules, Source.of(file))
    assert chosen.roster, [str(problem) for problem in chosen.problems]
    return chosen.roster


def fill(template: Template, month: Month, result: kpicard.Scorecards) -> list[list[str]]:
    """Return the template as `kpicard template` writes it, with the actuals of the cards filled in."""
    rows = list(csv.reader(io.StringIO(csv_bytes(template).decode("utf-8-sig"))))
    names = {item["name"]: item["id"] for role in month.roles for item in items(month, role)}
    for cells, row in zip(template.rows, rows[1:], strict=True):
        for column, cell in enumerate(cells):
            if isinstance(cell, ToFill):
                row[column] = actuals(result, row[1])[names.get(cell.kpi, cell.kpi)]
    return rows


def items(month: Month, role: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*role["kpis"], *role.get("adjustments", ()), *month.department.get("adjustments", ())]


def actuals(result: kpicard.Scorecards, employee: str) -> dict[str, str]:
    (card,) = [card for card in result.cards if card.employee == employee]
    lines: list[tuple[str, kpicard.Scored | kpicard.Adjusted]] = [(each.kpi.id, each) for each in card.kpis]
    lines += [(each.adjustment.id, each) for each in card.adjustments]
    words = {"not_applicable": "N/A", "not_reported": "", "scored": ""}
    return {id_: words[line.status] if line.actual is None else f"{line.actual:f}" for id_, line in lines}
