"""Fuzzing of what people write in cells: any text is an exact value or a fault, the same however it is spaced."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from kpicard.quantities import Quantity, read_quantity
from kpicard.text import half_width
from kpicard.units import Unit, unit_of

WORDS: Final = (
    *("%", "‰", "％", "percent", "百分比", "ms", "毫秒", "s", "sec", "秒", "min", "分钟", "分", "h", "小时", "时", "d"),
    *("天", "日", "day, ", "days, ", "yuan", "元", "CNY", "rmb", "人民币", "¥", "￥", "块", "points", "stars", "星"),
    *("百", "千", "万", "十万", "百万", "千万", "亿", "十亿", "万亿", "k", "K", "w", "W", "M", "次", "万次", "元/人"),
    *("1:30:00", "00:59:59.5", "4.6/5", "-3/5", "/10", "/100", "1,234", "12,34", "1 234", "1.5", ".5", "5.", "0", "-0"),
    *("999999999999", "0.0000005", "1e400", "1E-400", "e9999999999", "+", "-", "−", "－", "(", ")", "（", "）"),
    *("=1+1", "#DIV/0!", "#N/A", "#REF!", "N/A", "—", "1２３", "．", "，", "：", "／", "²", "①", "٣", "\u00a0"),
    *("\u3000", "\u2009", "\u200b", "\u202e", "\n", "\t", "\x00", "\x1b"),
)
"""What quantities and units are made of."""

SEEDS: Final = ()

_FULL_MARKS: Final = (None, Decimal(5), Decimal(100))
_LIMIT: Final = 10**12
_PLACES: Final = Decimal("0.000001")


def check(data: bytes) -> None:
    """Read what follows the first line in the unit that is named there; raise AssertionError where it is wrong."""
    written, _, text = data.decode("utf-8", "replace").partition("\n")
    unit, full_mark = unit_of(written or None), _FULL_MARKS[len(text) % len(_FULL_MARKS)]
    found = read_quantity(text, unit, full_mark)
    _check_parts(found, text)
    assert found == read_quantity(f" {text}\u3000", unit, full_mark)
    as_ascii = read_quantity(half_width(text), unit, full_mark)
    assert (found.value, found.fault, found.reason) == (as_ascii.value, as_ascii.fault, as_ascii.reason)
    if found.value is not None:
        _check_value(found.value, text, unit, full_mark)


def _check_parts(found: Quantity, text: str) -> None:
    """Either a value or a fault; what was understood and what was left stand in the text."""
    assert (found.value is None) != (found.fault is None)
    assert found.fault is not None or found[2:] == (None,) * 4
    assert (found.understood is None) == (found.left is None)
    if found.understood is not None and found.left is not None:
        assert found.understood in text
        assert all(word in text for word in found.left.split())


def _check_value(value: Decimal, text: str, unit: Unit, full_mark: Decimal | None) -> None:
    """A value is in range and of six decimals, written out it says the same, and a minus before it turns it over."""
    assert abs(value) < _LIMIT
    assert value == value.quantize(_PLACES)
    assert value == read_quantity(f"{value:f}", unit, full_mark).value
    if half_width(text).strip()[:1].isdigit():
        turned = read_quantity(f"-{text.strip()}", unit, full_mark)
        assert turned.value == -value or turned.reason == "clock"
