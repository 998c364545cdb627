"""How a card came along: against the card before, with gaps where there was none."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kpicard
from kpicard import reports
from kpicard.cards.history import histories
from kpicard.cards.trend import trend
from kpicard.cards.values import Key
from kpicard.reports import card_notes
from kpicard.reports.blocks import Picture
from kpicard.reports.figures import BARS, sparkline
from kpicard.text import Language

RULES = kpicard.load(Path(__file__).parents[1] / "data" / "roles").rules
SUPPORT = ("support", "E1")
SCORES = st.decimals(-1000, 1000, places=2)


def scored(folder: Path, months: dict[str, str], rules: kpicard.Rules = RULES, **options: Any) -> kpicard.Scorecards:
    """Score E1's `speed quality` of each month, where E2 always has a card."""
    for month, figures in months.items():
        rows = [f"{who},support,{','.join(each.split())}" for who, each in (("E1", figures), ("E2", "30 90")) if each]
        text = "\n".join(("employee,role,speed,quality", *rows))
        (folder / f"{month}.csv").write_text(text, encoding="utf-8")
    return kpicard.score(rules, folder, **options)


def test_every_card_but_the_first_has_the_cards_before_it(tmp_path: Path) -> None:
    """And none that came later."""
    found = scored(tmp_path, {"2026-08": "30 90", "2026-09": "30 81", "2026-10": "15 90"}).histories
    assert {("2026-09", *SUPPORT), ("2026-10", *SUPPORT)} == {tuple(key) for key in found if key.employee == "E1"}
    second, third = found[Key("2026-09", *SUPPORT)], found[Key("2026-10", *SUPPORT)]
    assert (Decimal("100.00"), Decimal("94.00")) == second.totals
    assert (Decimal("100.00"), Decimal("94.00"), Decimal("108.00")) == third.totals
    assert (Decimal("-6.00"), Decimal("14.00")) == (second.change, third.change)
    assert (Decimal("0.00"), Decimal("20.00")) == (second.score_change("speed"), third.score_change("speed"))
    assert (Decimal("100.00"), Decimal("90.00"), Decimal("100.00")) == third.scores("quality")


def test_a_month_without_a_card_is_a_gap_and_not_a_zero(tmp_path: Path) -> None:
    """The change is against the last card there is, and says so; the sparkline shows the gap."""
    found = scored(tmp_path, {"2026-08": "30 90", "2026-09": "", "2026-10": "15 90"}).histories
    history = found[Key("2026-10", *SUPPORT)]
    assert "▇·█ +8.00" == text(card_notes.total_trend(history))
    assert "▇·█ +20.00" == text(card_notes.kpi_trend(history, "speed"))
    assert ["Against 2026-08: total +8.00 (100.00 → 108.00), grade A as before"] == card_notes.history_lines(
        history, "en"
    )


def test_a_month_without_anybody_is_no_gap(tmp_path: Path) -> None:
    """Only periods that are given count."""
    found = scored(tmp_path, {"2026-08": "30 90", "2026-10": "15 90"}).histories
    assert "▇█ +8.00" == text(card_notes.total_trend(found[Key("2026-10", *SUPPORT)]))


def test_a_month_of_which_all_cards_are_withheld_is_a_gap(tmp_path: Path) -> None:
    """As it is in the trend: nobody takes two months for one after the other."""
    result = scored(tmp_path, {"2026-08": "30 90", "2026-10": "15 90"})
    found = histories(result.cards, ["2026-09"])
    assert "▇·█ +8.00" == text(card_notes.total_trend(found[Key("2026-10", *SUPPORT)]))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("between", ["", "- 90"], ids=["missing", "withheld"])
@pytest.mark.parametrize(
    ("months", "options"),
    [
        (("2026-08", "2026-09", "2026-10"), {}),
        (("2026-02", "2026-05", "2026-08"), {"by": "quarter"}),
        (("2026-02", "2026-05", "2026-08"), {"by": "quarter", "rollup": "actuals"}),
    ],
    ids=["months", "quarters of totals", "quarters of actuals"],
)
def test_every_report_draws_a_gap_between_two_cards(
    tmp_path: Path, months: tuple[str, ...], options: Mapping[str, Any], between: str, language: Language
) -> None:
    """Whether the card there is missing or withheld; and what stands in each period, stands beside its name."""
    result = scored(tmp_path, dict(zip(months, ("30 90", between, "15 90"), strict=True)), **options)
    shown = {("score", name): written(reports.SCORES, name, result, language) for name in reports.SCORES}
    shown |= {("trend", name): written(reports.TREND, name, trend(result), language) for name in reports.TREND}
    shown |= {("summary", name): written(reports.SUMMARY, name, result, language) for name in reports.SUMMARY}
    shown |= {("explain", name): written(reports.EXPLAIN, name, result, language) for name in reports.EXPLAIN}
    assert [] == [name for name, text in shown.items() if not text]
    periods = trend(result).periods
    label = ", ".join(f"{each}: {total}" for each, total in zip(periods, ("100.00", "—", "108.00"), strict=True))
    assert f'aria-label="{label}"' in shown["score", "html"]
    assert "▇·█ | +8.00" in shown["trend", "markdown"]
    if result.cards[-1].kpis:
        assert "▇·█ +8.00" in shown["score", "markdown"]


def text(trend: tuple[Picture, str]) -> str:
    """What a trend is where there are only characters."""
    return trend[0].text.text + trend[1]


def written(table: Mapping[str, str], name: str, result: object, language: Language) -> str:
    """What a report of a table puts out."""
    with io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="strict") as out:
        reports.writer(table, name)(result, language, out)
        out.flush()
        return out.buffer.getvalue().decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("before", "after", "en", "zh"),
    [
        (
            "30 90",
            "60 81",
            "Against 2026-09: total −46.00 (100.00 → 54.00), grade A → C",
            "较 2026-09：总分 −46.00（100.00 → 54.00），等级 A → C",
        ),
        (
            "30 90",
            "30 90",
            "Against 2026-09: total ±0.00 (100.00 → 100.00), grade A as before",
            "较 2026-09：总分 ±0.00（100.00 → 100.00），等级仍为 A",
        ),
        ("N/A N/A", "30 90", "Against 2026-09: grade not assessed → A", "较 2026-09：等级 不予考核 → A"),
        ("30 90", "N/A N/A", "Against 2026-09: grade A → not assessed", "较 2026-09：等级 A → 不予考核"),
    ],
)
def test_what_changed_is_said_in_a_line(tmp_path: Path, before: str, after: str, en: str, zh: str) -> None:
    """With both totals, so that anybody can check the difference; what is not assessed has none."""
    found = scored(tmp_path, {"2026-09": before, "2026-10": after}).histories
    history = found[Key("2026-10", *SUPPORT)]
    expected: dict[Language, str] = {"en": en, "zh": zh}
    for language, line in expected.items():
        assert [line] == card_notes.history_lines(history, language)


def test_other_rules_are_said(tmp_path: Path) -> None:
    """A total that rises because a target fell is not the same as one that rises."""
    roles = tmp_path / "roles"
    roles.mkdir()
    for file in (Path(__file__).parents[1] / "data" / "roles").glob("*.yaml"):
        (roles / file.name).write_bytes(file.read_bytes())
    support = roles / "support.yaml"
    text = support.read_text("utf-8").replace("target: 90}", "target: {2026-01: 90, 2026-10: 81}}")
    support.write_text(text, encoding="utf-8")
    rules, problems = kpicard.load(roles)
    assert () == problems
    found = scored(tmp_path, {"2026-08": "30 90", "2026-09": "30 81", "2026-10": "30 81"}, rules).histories
    lines = {key.period: card_notes.history_lines(each, "en")[0] for key, each in found.items() if key[1:] == SUPPORT}
    assert lines["2026-09"].endswith("grade A → B")
    assert lines["2026-10"].endswith("grade B → A, scored by other rules")


def test_a_kpi_that_does_not_apply_has_no_change(tmp_path: Path) -> None:
    """Neither in that month nor in the one after it: the line below the card names the month it is compared with."""
    found = scored(tmp_path, {"2026-08": "30 90", "2026-09": "N/A 90", "2026-10": "30 90"}).histories
    for period, shown in {"2026-09": "▇· —", "2026-10": "▇·▇ —"}.items():
        assert shown == text(card_notes.kpi_trend(found[Key(period, *SUPPORT)], "speed"))


@given(st.lists(st.none() | SCORES))
def test_a_sparkline_has_one_mark_for_each_figure(values: list[Decimal | None]) -> None:
    """A dot for none; higher figures never have lower bars; 0 to 120 in steps of 15."""
    drawn = sparkline(values)
    assert len(values) == len(drawn)
    assert [value is None for value in values] == [mark == "·" for mark in drawn]
    known = sorted((value, BARS.index(mark)) for value, mark in zip(values, drawn, strict=True) if value is not None)
    assert all(low <= high for (_, low), (_, high) in pairwise(known))
    for value, height in known:
        assert height == (0 if value < 0 else 7 if value >= 105 else int(value / 15))


@given(SCORES, SCORES)
def test_a_change_leads_from_one_figure_to_the_next(before: Decimal, after: Decimal) -> None:
    """What is shown, added to the figure before, is the figure after; the sign is always there."""
    shown = card_notes.change(after - before)
    assert re.fullmatch(r"[+−±]\d+\.\d\d", shown)
    assert after == before + Decimal(shown.replace("−", "-").replace("±", ""))
