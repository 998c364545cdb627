"""Bonuses: by the coefficient or the total, prorated by shares, of several roles together."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import kpicard
from kpicard.cards.scorecards import Scorecards

DEPARTMENT = """\
title: Shop
grades:
  - {{grade: A, from: 100, coefficient: 1.5}}
  - {{grade: B, from: 80, coefficient: 1.0}}
  - {{grade: C, from: 0, coefficient: 0.5}}
{bonus}"""
ROLE = """\
id: {id}
title: {id}
kpis:
  - {{id: k, name: K, weight: 100, better: higher, target: 100, definition: d, source: s}}
"""
HEAD = "period,employee,role,k,base,days,share\n"


def scored(tmp_path: Path, rows: str, bonus: str = "", **options: Any) -> Scorecards:
    """Score rows by a department that pays so."""
    roles = tmp_path / "roles"
    roles.mkdir(exist_ok=True)
    (roles / "department.yaml").write_text(DEPARTMENT.format(bonus=bonus))
    for id_ in ("seller", "buyer"):
        (roles / f"{id_}.yaml").write_text(ROLE.format(id=id_))
    (tmp_path / "month.csv").write_text(HEAD + rows)
    loaded = kpicard.load(roles)
    assert () == tuple(each for each in loaded.problems if each.severity == "error")
    return kpicard.score(loaded.rules, tmp_path / "month.csv", **options)


def paid(result: Scorecards) -> list[Decimal | None]:
    """Return the bonuses in the order of the cards."""
    return [card.bonus for card in result.cards]


def test_a_share_prorates_a_bonus_and_days_do_not(tmp_path: Path) -> None:
    """Days weigh several roles; of one role they change nothing, and the card says so."""
    rows = "2026-10,E1,seller,90,1000,,\n2026-10,E2,seller,90,1000,,80%\n2026-10,E3,seller,90,1000,15,\n"
    assert [Decimal(1000), Decimal(800), Decimal(1000)] == paid(scored(tmp_path, rows))


@pytest.mark.parametrize(("total", "bonus"), [("93.13", "931.3"), ("59.99", "0"), ("60", "600"), ("120", "1100")])
def test_by_total_it_is_a_hundredth_of_the_total(tmp_path: Path, total: str, bonus: str) -> None:
    """Nothing below `from`, no more beyond `upto`."""
    result = scored(tmp_path, f"2026-10,E1,seller,{total},1000,,\n", "bonus: {by: total, from: 60, upto: 110}\n")
    assert [Decimal(bonus)] == paid(result)


def test_several_roles_pay_by_the_grade_of_all_together(tmp_path: Path) -> None:
    """The sum of the bases, by the combined grade, times the shares: the roles' parts sum to it."""
    rows = "2026-10,E1,buyer,110,1000,,60%\n2026-10,E1,seller,70,2000,,20%\n"  # 60 × 110 + 20 × 70 over 80: 100
    result = scored(tmp_path, rows)
    assert [Decimal(1200), Decimal(2400)] == paid(result)
    assert Fraction(3000) * Fraction(3, 2) * Fraction(80, 100) == sum(map(Fraction, filter(None, paid(result))))


def test_several_roles_without_weights_pay_each_by_its_own(tmp_path: Path) -> None:
    """There is no total of both."""
    rows = "2026-10,E1,buyer,110,1000,,\n2026-10,E1,seller,70,2000,,\n"
    assert [Decimal(1500), Decimal(1000)] == paid(scored(tmp_path, rows))


def test_a_bonus_is_open_while_another_card_is_withheld(tmp_path: Path) -> None:
    """Nothing is paid by one card alone."""
    result = scored(tmp_path, "2026-10,E1,buyer,110,1000,10,\n2026-10,E1,seller,,2000,21,\n")
    assert [None] == paid(result)
    (card,) = result.cards
    assert card.pay
    assert ("seller",) == card.pay.waiting


def test_shares_above_100_withhold_the_cards(tmp_path: Path) -> None:
    """It is said once, at the last of them."""
    rows = "2026-10,E1,buyer,110,,,60%\n2026-10,E1,seller,70,,,50%\n2026-10,E2,seller,70,,,50%\n"
    result = scored(tmp_path, rows)
    assert ["E2"] == [card.employee for card in result.cards]
    assert [("shares-above-100", 3)] == [(each.code, each.line) for each in result.problems]


def test_over_a_quarter_shares_are_their_mean(tmp_path: Path) -> None:
    """And bases are summed."""
    rows = "".join(
        f"2026-{month},E1,seller,90,1000,,{share}\n" for month, share in ((10, "100%"), (11, "50%"), (12, "60%"))
    )
    assert [Decimal(2100)] == paid(scored(tmp_path, rows, by="quarter"))


@pytest.mark.parametrize("seed", range(4))
def test_bonuses_are_those_of_rational_numbers(tmp_path: Path, seed: int) -> None:
    """Of 200 people in one role or two."""
    chance = random.Random(seed)  # noqa: S311 - a test
    by_total = chance.random() < 0.5
    rows, expected = "", {}
    for number in range(200):
        parts = [
            (role, chance.randint(0, 12_500), chance.choice((None, chance.randint(0, 9_999))), chance.randint(1, 50))
            for role in ("buyer", "seller")[: chance.randint(1, 2)]
        ]
        for role, total, base, share in parts:
            rows += f"2026-10,E{number:03},{role},{Decimal(total) / 100},{'' if base is None else base},,{share}%\n"
        whole = sum(share for *_, share in parts)
        combined = _round(Fraction(sum(min(total, 12_000) * share for _, total, _, share in parts), 100 * whole))
        factor = Fraction(3, 2) if combined >= 100 else Fraction(1) if combined >= 80 else Fraction(1, 2)
        if by_total:
            factor = Fraction(0) if combined < 60 else min(combined, Fraction(110)) / 100
        for role, _, base, _ in parts:
            expected[f"E{number:03}", role] = None if base is None else base * factor * Fraction(whole, 100)
    result = scored(tmp_path, rows, "bonus: {by: total, from: 60, upto: 110}\n" if by_total else "")
    found = {
        (card.employee, card.role.id): None if card.bonus is None else Fraction(card.bonus) for card in result.cards
    }
    assert expected == found


def _round(value: Fraction) -> Fraction:
    whole, rest = divmod(value * 100, 1)
    return Fraction(whole + (rest >= Fraction(1, 2)), 100)
