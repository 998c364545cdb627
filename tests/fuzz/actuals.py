"""Fuzzing of actuals: any bytes as a CSV file are cards or problems, none without either, and no figure is lost."""

from __future__ import annotations

import csv
import json
import tempfile
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Final, get_args

import kpicard
from kpicard import reports
from kpicard.cards.values import Missing
from kpicard.reports.problems import write_problems
from kpicard.text import LANGUAGES
from tests.oracle import NOT_REPORTED

WORDS: Final = (
    *("period", "employee", "role", "kpi", "actual", "target", "name", "team", "note", "unit", "numerator"),
    *(
        "denominator",
        "考核周期",
        "员工",
        "岗位",
        "考核指标",
        "实际值",
        "目标值",
        "姓名",
        "部门",
        "备注",
        "工号",
        "客服专员",
    ),
    *("support", "sales", "speed", "quality", "revenue", "refunds", "Response speed", "响应时间", "服务质量", "销售额"),
    *("2026-10", "2026年10月", "202610", "Oct 2026", "2026-13", "E1", "E2", "N/A", "不适用", "—", "30", "90", "1e9"),
    *("12.5%", "1,234", "3.2万", "1h30m", "=1+1", '="1"', "#N/A", "合计", "Total", "sep=;\n", "@", "'"),
    *(",", ";", "\t", "|", "\n", "\r\n", "\r", '"', '""', '","', '"\n"', ",,", "\n\n", " ", "\u3000", "\u00a0"),
    *("\ufeff", "\x00", "\x1b", "\u202e", "\u200b", "\x85", "\u2028", "\x1a", "\\", "\\N", "#", "--"),
    *(b"\xff\xfe", b"\xfe\xff", b"\xc0\xaf", b"\xb0\xa1", b"\x81\x30\x81\x30", b"PAR1", b"PK\x03\x04"),
)
"""What files of actuals are made of."""

SEEDS: Final = ()

_ROLES: Final = Path(__file__).parent.parent / "data" / "roles"
_CENT: Final = Decimal("0.01")


@cache
def _rules() -> kpicard.Rules:
    return kpicard.load(_ROLES).rules


def check(data: bytes) -> None:
    """Score some bytes as a file; raise AssertionError where a promise is broken."""
    missing: Missing = get_args(Missing)[len(data) % 3]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "2026-10.csv"
        file.write_bytes(data)
        result = kpicard.score(_rules(), file, missing=missing)
        result.write_csv(Path(folder) / "scores")
        rows = list(csv.reader((Path(folder) / "scores").read_text("utf-8").splitlines(keepends=True), strict=True))
    assert result.cards or result.problems
    for card in result.cards:
        _check_card(card, missing)
    written = [(card.period, card.employee, card.role.id) for card in result.cards for _ in card.kpis]
    assert written == [tuple(row[:3]) for row in rows[1:]]
    for language in LANGUAGES:
        said = StringIO()
        write_problems(result.problems, language, said)
        assert not set("\x00\x1b\x7f\x85\u202e\u2028\ufeff") & set(said.getvalue())
    report = StringIO()
    reports.writer(reports.SCORES, "json")(result, "en", report)
    assert len(result.cards) == len(json.loads(report.getvalue())["cards"])
    if not result.problems:
        _check_rows(data, result)


def _check_card(card: kpicard.Card, missing: Missing) -> None:
    """A card adds up: each figure follows from those before it, and what is missing is not scored in silence."""
    statuses = {scored.status for scored in card.kpis}
    assert missing != "refuse" or "not_reported" not in statuses
    left_out = {"not_applicable"} | ({"not_reported"} if missing == "exclude" else set())
    counted = [scored for scored in card.kpis if scored.status not in left_out]
    weights = sum((scored.kpi.weight for scored in counted), Decimal(0))
    for scored in counted:
        assert scored.score is not None
        exact = scored.score * scored.kpi.weight / weights
        assert exact.quantize(_CENT, ROUND_HALF_UP) == scored.points
    points = [scored.points for scored in counted if scored.points is not None]
    assert (sum(points, Decimal(0)) if counted else None) == card.total


def _check_rows(data: bytes, result: kpicard.Scorecards) -> None:
    """Where nothing is reported, whoever stands in the file by another reader of CSV has a card."""
    try:
        text = data.decode("utf-8-sig")
        rows = [
            row
            for row in csv.reader(StringIO(text, newline=""), strict=True, skipinitialspace=True)
            if any(map(str.strip, row))
        ]
    except (UnicodeDecodeError, csv.Error):
        return
    if not rows or set("\t;") & set(text) or "employee" not in rows[0]:
        return
    column = rows[0].index("employee")
    people = {row[column].strip() for row in rows[1:] if len(row) > column}
    assert {card.employee for card in result.cards} == people - NOT_REPORTED
