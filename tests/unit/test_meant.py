"""What was meant by numbers, keys and lines that cannot be taken as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicard.numbers import read_decimal
from kpicard.rules.meant import id_meant, numbers_meant, word_meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("25%", ("25",)),
        ("4,5", ("4.5",)),
        ("1,250", ("1250", "1.25")),
        ("1,000", ("1000",)),
        ("1,250,000", ("1250000",)),
        ("1.250,5", ("1250.5",)),
        ("１,２５０", ("1250", "1.25")),
        ("30 秒", ("30",)),
        ("3万", ("30000",)),
        ("¥5000", ("5000",)),
        ("“90”", ("90",)),
        (".5", ("0.5",)),
        ("1e3", ("1000",)),
        ("12:30", ()),
        ("90-100", ()),
        ("1.2.3", ()),
        ("五", ()),
        ("", ()),
    ],
)
def test_a_number_is_written_as_it_was_probably_meant(written: str, meant: tuple[str, ...]) -> None:
    """A comma between three digits may be either, and both ways are shown."""
    assert meant == numbers_meant(written)


@given(st.text(alphabet="0123456789.,%eE+-_ 万秒", max_size=12))
def test_what_is_suggested_for_a_number_can_be_read(written: str) -> None:
    """Nobody follows a hint into the next error."""
    for each in numbers_meant(written):
        assert read_decimal(each) != "not-a-number"


def test_a_key_is_known_by_its_chinese_name_and_with_a_slip_in_it() -> None:
    """But only if there is such a key at that place."""
    known = ("weight", "target", "name")
    assert ["weight", "weight", "name", None] == [
        word_meant(word, known) for word in ("权重", "wieght", "名称", "封顶")
    ]


@pytest.mark.parametrize(("text", "meant"), [("Response Time", "response-time"), ("a__b", "a-b"), ("响应时间", None)])
def test_an_id_is_made_of_what_was_written(text: str, meant: str | None) -> None:
    """As far as it is in letters that an id may have."""
    assert meant == id_meant(text)
