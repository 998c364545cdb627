"""Numbers: exact from text to text, against fractions."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from kpicard.numbers import LIMIT, MILLION, from_hundredths, from_millionths, plain, read_decimal, round2, to_millionths

SETTINGS = settings(deadline=None, max_examples=500, derandomize=True)
MILLIONTHS = st.one_of(
    st.integers(-LIMIT + 1, LIMIT - 1), st.integers(-1000, 1000), st.integers(-(10**12), 10**12).map(lambda n: n // 10)
)


def _half_away(value: Fraction, steps: int) -> Fraction:
    """Round to a whole number of 1/steps, half away from zero: as it is taught at school."""
    away = Fraction(floor(abs(value) * steps + Fraction(1, 2)), steps)
    return away if value > 0 else -away


@SETTINGS
@given(st.sampled_from(["", "-", "+"]), st.from_regex(r"\A[0-9]{1,16}(\.[0-9]{1,20})?\Z"))
@example("-", "0.0000005")
@example("", "999999999999.9999994999")
@example("", "999999999999.9999995")
@example("+", "000000000000000000.1")
@example("-", "1000000000000.000000")
def test_a_decimal_is_read_exactly_and_rounded_after_the_sixth_place(sign: str, digits: str) -> None:
    """What is read differs from what was written only beyond the sixth decimal, rounded half away from zero."""
    expected = _half_away(Fraction(sign + digits), MILLION)
    value = read_decimal(sign + digits)
    if abs(expected) >= 10**12:
        assert "out-of-range" == value
    else:
        assert isinstance(value, Decimal)
        assert expected == Fraction(value)
        assert expected * MILLION == to_millionths(value)


@pytest.mark.parametrize("text", ["0", "-0", "+0", "0.0", "-0.00", "-0.0000004", "00", "0" * 100_000])
def test_every_way_to_write_zero_is_zero(text: str) -> None:
    """A signed, padded or rounded zero is shown as 0."""
    value = read_decimal(text)
    assert isinstance(value, Decimal)
    assert (0, "0") == (to_millionths(value), plain(value))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "1 ",
            " 1",
            "1\n",
            "-",
            "+",
            ".",
            ".5",
            "5.",
            "-.5",
            "1.2.3",
            "--1",
            "+-1",
            "- 1",
            "1e3",
            "1E3",
            "0x10",
        ),
        *("0o7", "1_000", "1,000", "1，000", "1 000", "12:30", "５", "٣", "²", "½", "三", "−1", "30%", "30s", "inf"),
        *(
            "-Infinity",
            "nan",
            "NaN",
            "sNaN",
            "no",
            "null",
            "~",
            "１２",
            "1.٣",
            "1\0",
            "\ufeff1",
            "1\u200b",
            "$1",
            "1\u0660",
        ),
    ],
)
def test_what_is_not_plainly_a_decimal_is_none(text: str) -> None:
    """Nothing is guessed: no exponent, grouping, unit, special value, or digits of another script."""
    assert "not-a-number" == read_decimal(text)


@SETTINGS
@given(st.text(max_size=12) | st.text("0123456789+-._eE, ", max_size=12))
def test_any_text_is_a_number_or_told_why_not(text: str) -> None:
    """Only what a plain decimal looks like is read; the rest never raises."""
    read = read_decimal(text)
    assert bool(re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", text, re.ASCII)) == (read != "not-a-number")


@SETTINGS
@given(MILLIONTHS)
@example(LIMIT - 1)
@example(1 - LIMIT)
@example(-1)
def test_millionths_and_decimals_turn_into_each_other(millionths: int) -> None:
    """A value survives the way through the engine's whole numbers, and is written without what does not count."""
    value = from_millionths(millionths)
    assert Fraction(millionths, MILLION) == Fraction(value)
    assert millionths == to_millionths(value)
    shown = plain(value)
    assert re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]{0,5}[1-9])?", shown), shown
    assert shown != "-0"
    assert value == read_decimal(shown)


@SETTINGS
@given(st.integers(-(10**20), 10**20))
def test_hundredths_are_shown_with_two_decimals(hundredths: int) -> None:
    """Points and totals have two decimals, also where they are zero."""
    value = from_hundredths(hundredths)
    assert Fraction(hundredths, 100) == Fraction(value)
    assert re.fullmatch(r"-?[0-9]+\.[0-9]{2}", f"{value:f}")


@SETTINGS
@given(st.fractions(-(10**14), 10**14) | st.integers(-(10**9), 10**9).map(lambda n: Fraction(n, 1000)))
@example(Fraction(5, 1000))
@example(Fraction(-5, 1000))
@example(Fraction(-4, 1000))
@example(Fraction(1005, 1000))
@example(Fraction(2675, 1000))
def test_rounding_to_two_decimals_is_half_away_from_zero(value: Fraction) -> None:
    """Like a pocket calculator: 1.005 is 1.01, and -1.005 is -1.01."""
    rounded = round2(value)
    assert _half_away(value, 100) == Fraction(rounded)
    assert not (rounded.is_signed() and rounded == 0)
    assert -2 == rounded.as_tuple().exponent


@SETTINGS
@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_decimal_is_written_without_exponent_and_exactly(value: Decimal) -> None:
    """However a decimal came to be, it is shown the way people write it."""
    assume(abs(value.adjusted()) < 40)
    shown = plain(value)
    assert Fraction(value) == Fraction(shown)
    assert re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?", shown), shown
