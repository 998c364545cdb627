"""Lines below a table, broken to the width of a terminal."""

from __future__ import annotations

import re
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from kpicard.reports.formats.fitted import Lines

WORDS = st.sampled_from(
    [
        "总分",
        "（95 分）",
        "。",
        "，",
        "：",
        "“较上期”",
        " ",
        "Complaint",
        "  ",
        "`--output trend.md`",
        "3.50",
        "率、",
        "a,",
    ]
)


def drawn(text: str, width: int) -> list[str]:
    out = StringIO()
    Console(file=out, width=width, color_system=None).print(Lines([text]))
    return out.getvalue().split("\n")[:-1]


def test_no_line_of_chinese_begins_with_a_comma() -> None:
    """Nor with any other mark that closes; nor does one end with a mark that opens."""
    text = "失分：客户满意度评分 2.67，投诉处理时效 3.21，服务响应时间（秒）1.50。"
    for width in range(12, 60):
        lines = drawn(text, width)
        assert not [line for line in lines if re.match("[，。）]", line) or line.endswith("（")]
        assert max(map(cell_len, lines)) <= width


def test_english_breaks_at_blanks() -> None:
    """As it always did."""
    assert ["Points lost against", "target: Revenue 3.00"] == drawn("Points lost against target: Revenue 3.00", 20)


@given(st.lists(WORDS).map("".join), st.integers(24, 80))
def test_nothing_is_lost_and_nothing_is_wider(text: str, width: int) -> None:
    """Whatever the text, its characters are all there, in lines that fit."""
    lines = drawn(text, width)
    assert "".join(text.split()) == "".join("".join(lines).split())
    assert all(cell_len(line) <= width for line in lines)
