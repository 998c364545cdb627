"""Random quantities in every spelling, for tests to compare with.

Nothing here reads a text: each is made from a number that is known exactly, and that number is rounded once. What the
words mean is written here a second time and shares no code with the program.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Final, NamedTuple, TypeAlias

from tests.oracle import rounded


class Words(NamedTuple):
    """A unit in two languages."""

    en: str
    zh: str


Unit: TypeAlias = str | Words | None


class Spelled(NamedTuple):
    """A text, the unit and the full mark that it is read with, and what it says."""

    text: str
    unit: Unit
    exact: Fraction
    full_mark: Decimal | None = None

    def expected(self) -> Fraction | None:
        """Return the value, six decimals kept; None where it is out of range."""
        value = rounded(self.exact, 6)
        return None if abs(value) >= 10**12 else value


class Number(NamedTuple):
    """A number that is not negative, as a text and exactly."""

    text: str
    exact: Fraction


BLANKS: Final = ("", "", " ", "\u00a0", "\u3000", "\u2009")

CHINESE: Final = dict(
    zip(
        ("百", "千", "万", "十万", "百万", "千万", "亿", "十亿", "百亿", "千亿", "万亿"),
        (10**power for power in range(2, 13)),
        strict=True,
    )
)
MAGNITUDES: Final = CHINESE | {"k": 1000, "K": 1000, "w": 10_000, "W": 10_000, "M": 1_000_000}

PERCENT: Final = {
    **dict.fromkeys(("%", "percent", "百分比"), Fraction(1)),
    **dict.fromkeys(("‰", "permille", "千分比"), Fraction(1, 10)),
}
SECONDS: Final = {
    **dict.fromkeys(("ms", "毫秒"), Fraction(1, 1000)),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "秒", "秒钟"), Fraction(1)),
    **dict.fromkeys(("min", "mins", "minute", "minutes", "分钟"), Fraction(60)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "小时", "钟头"), Fraction(3600)),
    **dict.fromkeys(("d", "day", "days", "天", "日"), Fraction(86400)),
}
IN_DURATIONS: Final = {**SECONDS, "m": Fraction(60), "分": Fraction(60), "时": Fraction(3600)}
TIME_UNITS: Final[Sequence[tuple[Unit, Fraction]]] = [*SECONDS.items(), (Words("min", "分"), Fraction(60))]
BEFORE: Final = ("¥", "￥", "CNY", "RMB", "人民币", "yuan")
BEHIND: Final = (*BEFORE, "元", "块")
OWN_MONEY: Final[Sequence[tuple[str, int]]] = (
    *((word, 1) for word in BEHIND),
    *(("千元", 1000), ("k CNY", 1000), ("万 元", 10_000), ("百万元", 10**6), ("M yuan", 10**6), ("亿元", 10**8)),
)
MONEY_UNITS: Final[Sequence[tuple[Unit, int]]] = [*OWN_MONEY, (Words("CNY", "元"), 1), (Words("k CNY", "千元"), 1000)]
SCORES: Final = ("points", "point", "scores", "score", "分", "分数", "star", "stars", "星")
COUNTED: Final[tuple[tuple[str | Words, int, tuple[str, ...], tuple[str, ...]], ...]] = (
    # unit, its magnitude, its own words, those of its base
    ("次", 1, ("次",), ()),
    (Words("turns/month", "次/月"), 1, ("turns/month", "次/月"), ()),
    (Words("people", "人"), 1, ("people", "人"), ()),
    ("万次", 10_000, ("万次",), ("次",)),
    (Words("thousand people", "千人"), 1000, ("thousand people", "千人"), ("人",)),
    ("百万次", 10**6, ("百万次",), ("次",)),
    ("百分点", 1, ("百分点",), ()),
)


def digits(random: Random, most: int) -> str:
    """Return some digits, often ones that are about to be rounded."""
    many = "".join(random.choice("0123456789") for _ in range(random.randint(1, most)))
    return random.choice([many, many, many, "0" * most + "5", "9" * most, "4" + "9" * most])


def plain(random: Random) -> Number:
    """A plain decimal, with zeros before it and without digits before its point too."""
    whole = str(random.randrange(10 ** random.choice([1, 2, 3, 4, 5, 8, 11, 13])))
    decimals = random.choice(["", digits(random, 2), digits(random, 2), digits(random, 6), digits(random, 9)])
    exact = Fraction(int(whole + decimals), 10 ** len(decimals))
    if whole == "0" and decimals and random.randrange(2):
        return Number("." + decimals, exact)
    padded = random.choice(["", "", "", "0", "00"]) + whole
    return Number(padded + ("." + decimals if decimals else ""), exact)


def grouped(random: Random) -> Number:
    """Thousands, parted by commas or by blanks."""
    groups = [f"{random.randrange(1000):03}" for _ in range(random.randint(1, 4))]
    first = random.randint(1, 999)
    decimals = random.choice(["", "", digits(random, 2), digits(random, 8)])
    mark = random.choice([",", ",", " ", "\u00a0", "\u202f", "\u3000"])
    exact = Fraction(int(str(first) + "".join(groups) + decimals), 10 ** len(decimals))
    return Number(mark.join([str(first), *groups]) + ("." + decimals if decimals else ""), exact)


def scientific(random: Random) -> Number:
    """A number with an exponent."""
    number = plain(random)
    exponent = random.randint(-12, 12)
    sign = "-" if exponent < 0 else random.choice(["", "+"])
    padded = random.choice(["", "0", "00"]) + str(abs(exponent))
    return Number(f"{number.text}{random.choice('eE')}{sign}{padded}", number.exact * Fraction(10) ** exponent)


def any_number(random: Random) -> Number:
    """A number as it may stand before a unit."""
    return random.choice([plain, plain, grouped, scientific])(random)


def some(random: Random, magnitudes: Mapping[str, int]) -> str:
    """A magnitude, or none."""
    return random.choice(["", random.choice(list(magnitudes))])


def any_case(random: Random, word: str) -> str:
    """A word, in the case that somebody likes."""
    return random.choice([word, word.lower(), word.upper(), word.title()])


def wide(random: Random, text: str) -> str:
    """A text as it is, or some or all of it in full-width characters."""
    tenths = random.choice([0, 0, 0, 3, 10])
    return "".join(
        chr(ord(each) + 0xFEE0) if "!" <= each <= "~" and random.randrange(10) < tenths else each for each in text
    )


def signed(random: Random, text: str, exact: Fraction, currency: str = "") -> tuple[str, Fraction]:
    """What stands before and around a number: a sign or brackets, and the currency."""
    blank = random.choice(BLANKS)
    way = random.choice(["none", "none", "none", "+", "-", "-", "\u2212", "()", "()"])
    if way == "none":
        return currency + blank + text, exact
    if way == "()":
        return random.choice([f"({currency}{blank}{text})", f"{currency}({blank}{text})"]), -exact
    sign = random.choice([way + blank + currency + blank, currency + blank + way + blank])
    return sign + text, exact if way == "+" else -exact


def dressed(random: Random, number: Number, behind: str, currency: str = "") -> tuple[str, Fraction]:
    """A number with its sign, its currency and what stands behind it, within its brackets or after them."""
    behind = random.choice(BLANKS) + behind if behind else ""
    if random.randrange(2):
        text, exact = signed(random, number.text + behind, number.exact, currency)
    else:
        text, exact = signed(random, number.text, number.exact, currency)
        text += behind
    outside = random.choice(["", "", " ", "\t", "\u3000", "\n"])
    return outside + wide(random, text) + outside, exact


def of_no_unit(random: Random) -> Spelled:
    """A bare number, under any unit: it is in that unit."""
    units: list[Unit] = [None, "kg", *PERCENT, *SCORES]
    units += [unit for unit, _ in TIME_UNITS] + [unit for unit, _ in MONEY_UNITS] + [unit for unit, *_ in COUNTED]
    text, exact = dressed(random, any_number(random), "")
    return Spelled(text, random.choice(units), exact)


def of_percent(random: Random) -> Spelled:
    """A number with a percent or permille sign."""
    unit, word = random.choice(list(PERCENT)), random.choice(list(PERCENT))
    text, exact = dressed(random, any_number(random), any_case(random, word))
    return Spelled(text, unit, exact * PERCENT[word] / PERCENT[unit])


def of_time(random: Random) -> Spelled:
    """A number with a unit of time, or with a magnitude of the KPI's own, or both."""
    unit, scale = random.choice(TIME_UNITS)
    short = random.choice(["m", "分"])
    word, seconds = random.choice([("", scale), (short, Fraction(60)), *SECONDS.items()])
    magnitude = some(random, CHINESE) if word != short else ""
    spelled = word if word == "m" else any_case(random, word)
    text, exact = dressed(random, any_number(random), magnitude + random.choice(BLANKS) + spelled)
    return Spelled(text, unit, exact * CHINESE.get(magnitude, 1) * seconds / scale)


def of_money(random: Random) -> Spelled:
    """A number with a currency before or behind it, or with a magnitude: each of these is in yuan."""
    unit, scale = random.choice(MONEY_UNITS)
    magnitude = some(random, MAGNITUDES)
    before = any_case(random, random.choice(["", *BEFORE]))
    behind = any_case(random, random.choice(["", *BEHIND])) if not before else ""
    if not (magnitude or before or behind):
        behind = "元"
    text, exact = dressed(random, any_number(random), magnitude + random.choice(BLANKS) + behind, before)
    return Spelled(text, unit, exact * MAGNITUDES.get(magnitude, 1) / scale)


def of_own_money(random: Random) -> Spelled:
    """A number with the money unit of the KPI itself."""
    unit, _ = random.choice(OWN_MONEY)
    text, exact = dressed(random, any_number(random), any_case(random, unit))
    return Spelled(text, unit, exact)


def of_count(random: Random) -> Spelled:
    """A number with the words of a unit that is only known from the KPI."""
    unit, scale, own, base = random.choice(COUNTED)
    magnitude = some(random, MAGNITUDES)
    word, worth = random.choice([("", 1), *((word, scale) for word in own), *((word, 1) for word in base)])
    if not (word or magnitude):
        word, worth = own[0], scale
    behind = magnitude + random.choice(BLANKS) + any_case(random, word)
    text, exact = dressed(random, any_number(random), behind)
    return Spelled(text, unit, exact * MAGNITUDES.get(magnitude, 1) * worth / scale)


def of_duration(random: Random) -> Spelled:
    """Hours, minutes and so on in one text."""
    unit, seconds_of_unit = random.choice(TIME_UNITS)
    scales = random.sample(sorted(set(IN_DURATIONS.values())), random.randint(1, 4))
    total, parts = Fraction(0), []
    for scale in sorted(scales, reverse=True):
        word = random.choice([word for word, seconds in IN_DURATIONS.items() if seconds == scale])
        number = Number(text := str(random.randrange(200)), Fraction(text))
        if scale == min(scales) and random.randrange(2):
            decimals = digits(random, 7)
            number = Number(f"{text}.{decimals}", Fraction(int(text + decimals), 10 ** len(decimals)))
        spelled = word if word == "m" else any_case(random, word)
        parts.append(number.text + random.choice(BLANKS) + spelled)
        total += number.exact * scale
    sign, factor = random.choice([("", 1), ("", 1), ("+", 1), ("-", -1), ("- ", -1)])
    return Spelled(wide(random, sign + random.choice(BLANKS).join(parts)), unit, total * factor / seconds_of_unit)


def of_clock(random: Random) -> Spelled:
    """Hours, minutes and seconds with colons, with or without days."""
    unit, seconds_of_unit = random.choice(TIME_UNITS)
    hours, minutes, seconds = random.choice([random.randrange(24), random.randrange(10**6)]), *random_sixties(random)
    decimals = random.choice(["", "", digits(random, 3), digits(random, 7)])
    exact = hours * 3600 + minutes * 60 + Fraction(int(f"{seconds}{decimals}"), 10 ** len(decimals))
    text = f"{random.choice(['', '0'])}{hours}:{minutes:02}:{seconds:02}" + ("." + decimals if decimals else "")
    if random.randrange(5) < 2:
        days = random.randrange(400)
        joint = random.choice([" day, ", " days ", " days, ", "天 ", "天", "d ", " 日 "])
        return Spelled(wide(random, f"{days}{joint}{text}"), unit, (days * 86400 + exact) / seconds_of_unit)
    sign, factor = random.choice([("", 1), ("+", 1), ("-", -1), ("\u2212", -1)])
    return Spelled(sign + wide(random, text), unit, factor * exact / seconds_of_unit)


def random_sixties(random: Random) -> tuple[int, int]:
    """Minutes and seconds."""
    return random.randrange(60), random.randrange(60)


def of_score(random: Random) -> Spelled:
    """A score with its word, or with its full mark."""
    unit: Unit = random.choice([*SCORES, None, Words("points", "分")])
    if unit and random.randrange(5) < 2:
        text, exact = dressed(random, any_number(random), any_case(random, random.choice(SCORES)))
        return Spelled(text, unit, exact)
    full = random.choice([5, 10, 30, 100])
    hundredths = random.randint(0, full * 100)
    mark = f"{hundredths // 100}.{hundredths % 100:02}" if hundredths % 100 else str(hundredths // 100)
    word, blank = random.choice(["", "", "分", "points"]), random.choice(BLANKS)
    text = mark + blank + word + blank + "/" + blank + str(full) + random.choice(["", ".0"]) + word
    return Spelled(wide(random, text), unit, Fraction(hundredths, 100), Decimal(full))


SPELLINGS: Final[tuple[Callable[[Random], Spelled], ...]] = (
    *(of_no_unit, of_percent, of_time, of_money, of_own_money, of_count, of_duration, of_clock, of_score),
)
