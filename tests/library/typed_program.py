"""A program as somebody writes it on the library: mypy checks it strictly, and a test runs it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import kpicard


def names(items: tuple[kpicard.Kpi, ...]) -> list[tuple[str | None, str | None, str]]:
    """Every text has `en`, `zh` and `str()`, whether it is in one language or in two."""
    return [(kpi.name.en, kpi.name.zh, str(kpi.unit or "")) for kpi in items]


def work(roles: Path, actuals: Path, output: Path) -> list[str]:
    """Score a month, and hand it out in every way."""
    rules: kpicard.Rules = kpicard.load(roles).raise_for_problems()
    source = kpicard.Source(actuals, "month")
    request = kpicard.ScoreRequest(missing="exclude", periods=("2026-10",))
    said: list[str] = []
    with kpicard.score_request(rules, [source], request) as result:
        totals: dict[str, Decimal | None] = {card.employee: card.total for card in result.cards}
        withheld: tuple[kpicard.Withheld, ...] = result.withheld_cards
        problems: tuple[kpicard.Problem, ...] = result.problems
        summaries: tuple[kpicard.Summary, ...] = result.summaries
        trend: kpicard.Trend = kpicard.trend(result)
        impact: kpicard.Impact = kpicard.compare(result, result)
        advice: list[kpicard.Advice] = list(result.advice.values())
        for role in rules.roles.values():
            names(role.kpis)
        result.write_csv(output / "a.csv")
        result.write_parquet(output / "a.parquet")
        result.write_xlsx(output / "a.xlsx")
        result.write_html(output / "a.html")
        sizes: tuple[int, int] = result.to_pandas().shape
        table = result.to_arrow(floats=True)
        frame = result.to_polars()
        cards = result.cards_frame(floats=True)
        texts: list[str] = [result.to_html(), result.to_markdown("zh"), result.to_json()]
        said += [repr(result), repr(rules), *map(repr, result.cards[:1]), *map(repr, problems[:1])]
        said += [str(each) for each in (sizes, table.num_rows, frame.height, len(cards), len(texts), len(summaries))]
        said += [str(len(each)) for each in (totals, withheld, trend.people, impact.cards, advice, result.to_dict())]
    try:
        kpicard.score(roles, [output / "missing.csv"]).raise_for_problems()
    except kpicard.ProblemsError as error:
        said.append(error.problems[0].code)
    return said
