"""Scorecards out of the engine, as values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

from kpicard.actuals.header_vocabulary import ABOUT_PEOPLE
from kpicard.cards.longer import Longer, longer_fingerprint, longer_period
from kpicard.cards.values import Adjusted, Card, Comment, FullMonth, Key, RoleName, Scored, Sources, Withheld
from kpicard.engines.duckdb import Database
from kpicard.numbers import from_hundredths, from_millionths, from_ten_thousandths
from kpicard.rules.adjustments import Adjustment
from kpicard.rules.models import FULL, Department
from kpicard.rules.rule_index import Numbered
from kpicard.rules.rules import Rules


class Tables(NamedTuple):
    """What the tables of the cards are called: those of months, or of longer periods."""

    card: str = "card"
    graded: str = "graded"
    scored: str = "scored"
    person: str = "person"
    ratio: str = "ratio"
    reason: str = "not_applicable_reason"
    kpi: str = "kpi"
    has_lines: bool = True
    """Whether the cards say anything of each KPI."""


MONTHS: Final = Tables()
_NO_REASON: Final = "(SELECT 0 AS card, 0 AS kpi, '' AS reason WHERE FALSE)"
OF_TOTALS: Final = Tables("rollup_card", "rollup_mean", person="rollup_person", reason=_NO_REASON, has_lines=False)
OF_ACTUALS: Final = Tables(
    *("rollup_card", "rollup_graded", "rollup_scored", "rollup_person", "rollup_ratio"), _NO_REASON, "rollup_kpi"
)


def tables_of(longer: Longer | None) -> Tables:
    """Return the tables of the cards that a run makes."""
    return MONTHS if longer is None else OF_TOTALS if longer.rollup == "totals" else OF_ACTUALS


_CARDS: Final = f"""
SELECT
    g.card, c.period, c.employee, c.role, g.total, g.grade, g.coefficient, g.grade_by_total, p.base, p.days, p.share,
    p.manager, {", ".join(f"p.{each}" for each in ABOUT_PEOPLE)},
    s.kpi, s.status, s.target, s.actual, s.attainment, s.score, s.effective_weight, s.points, s.veto,
    q.numerator, q.denominator, n.reason
FROM {{graded}} AS g
JOIN {{card}} AS c ON c.card = g.card
LEFT JOIN {{person}} AS p ON p.card = g.card
LEFT JOIN {{scored}} AS s ON s.card = g.card{{lines}}
LEFT JOIN {{ratio}} AS q ON q.card = s.card AND q.kpi = s.kpi
LEFT JOIN {{reason}} AS n ON n.card = s.card AND n.kpi = s.kpi
ORDER BY g.card, s.kpi
"""

_WITHHELD: Final = """
SELECT c.period, c.employee, c.role, p.name
FROM {card} AS c LEFT JOIN {person} AS p ON p.card = c.card
WHERE c.card NOT IN (SELECT card FROM {graded})
ORDER BY c.card
"""

_UNMATCHED: Final = "SELECT period, employee, role, name FROM unmatched_role"

_ALSO_SEEN: Final = """
SELECT c.period, c.employee, r.id FROM {card} AS c JOIN role AS r ON r.role = c.role
WHERE c.employee IN (SELECT employee FROM unmatched_role)
"""


def count_cards(database: Database, of: Tables) -> int:
    """Return how many cards were scored."""
    ((count,),) = database.execute(f"SELECT COUNT(*) FROM {of.graded}").fetchall()
    return int(count)


def count_seen(database: Database, of: Tables) -> int:
    """Return how many cards the files have a row of, whether they are scored or withheld."""
    ((count,),) = database.execute(f"SELECT COUNT(*) FROM {of.card}").fetchall()
    return int(count)


_COMMENTS: Final = """
SELECT c.period, c.employee, c.role, m.kpi, m.text
FROM card_comment AS m JOIN card AS c ON c.card = m.card
ORDER BY m.card, m.kpi NULLS FIRST, m.row
"""


def fetch_comments(database: Database, numbered: Numbered) -> dict[Key, list[Comment]]:
    """Return the comments of each month's card: first those of the card as a whole, then by KPI."""
    found: dict[Key, list[Comment]] = defaultdict(list)
    for period, employee, role, kpi, text in database.execute(_COMMENTS).fetchall():
        about = None if kpi is None else numbered.items[kpi][2].id
        found[Key(period, numbered.roles[role].id, employee)].append(Comment(text, about))
    return found


_SOURCES: Final = """
SELECT p.period, l.employee, l.role, l.kpi, q.employee, CASE WHEN q.status = 'scored' THEN q.actual END
FROM led AS l
JOIN led_part AS q ON q.led = l.led
JOIN known_period AS p ON p.number = l.period
ORDER BY l.led, q.employee
"""


def fetch_sources(database: Database, numbered: Numbered) -> Mapping[Key, Sources]:
    """Return what computed figures of months' cards are made of, by the ids of the KPIs."""
    found: dict[Key, dict[str, tuple[tuple[str, Decimal | None], ...]]] = defaultdict(dict)
    for period, employee, role, kpi, member, actual in database.execute(_SOURCES).fetchall():
        own, id_ = found[Key(period, numbered.roles[role].id, employee)], numbered.items[kpi][2].id
        own[id_] = (*own.get(id_, ()), (member, _millionths(actual)))
    return found


_TEAM_FIGURES: Final = """
SELECT c.period, c.employee, c.role, f.kpi, f.team
FROM team_figure AS f JOIN card AS c ON c.card = f.card
ORDER BY f.card, f.kpi
"""


def fetch_team_figures(database: Database, numbered: Numbered) -> dict[Key, dict[str, str]]:
    """Return the teams whose figures months' cards have, by the ids of the KPIs."""
    found: dict[Key, dict[str, str]] = defaultdict(dict)
    for period, employee, role, kpi, team in database.execute(_TEAM_FIGURES).fetchall():
        found[Key(period, numbered.roles[role].id, employee)][numbered.items[kpi][2].id] = team
    return found


def fetch_cards(database: Database, numbered: Numbered, of: Tables = MONTHS) -> Iterator[Card]:
    """Yield the cards, sorted by period, role and employee; those of longer periods without their months."""
    of_lines = "" if of.has_lines else " AND FALSE"
    rows = database.execute(_CARDS.format(**of._asdict(), lines=of_lines)).fetchall()
    width = 12 + len(ABOUT_PEOPLE)
    for key, group in groupby(rows, key=itemgetter(slice(0, width))):
        _, period, employee, role, total, grade, coefficient, grade_by_total, base, days, share, *said = key
        manager, *texts = said
        lines = [_line(row[width:], numbered) for row in group if row[width] is not None]
        yield Card(
            period=period,
            employee=employee,
            **dict(zip(ABOUT_PEOPLE, texts, strict=True)),
            role=numbered.roles[role],
            kpis=tuple(line for line in lines if isinstance(line, Scored)),
            adjustments=tuple(line for line in lines if isinstance(line, Adjusted)),
            total=_hundredths(total),
            grade=grade,
            coefficient=None if coefficient is None else Decimal(coefficient),
            grade_by_total=grade_by_total,
            rules=numbered.editions[role].fingerprint,
            base=_millionths(base),
            days=_millionths(days),
            share=_millionths(share),
            manager=manager,
            left_out_most=_left_out_most(numbered.editions[role].department),
        )


def _left_out_most(department: Department) -> Decimal | None:
    return None if department.left_out_at_most == FULL else department.left_out_at_most


def fetch_withheld(database: Database, numbered: Numbered, of: Tables) -> Iterator[Withheld]:
    """Yield whose cards were withheld, sorted by period, role and employee."""
    for period, employee, role, name in database.execute(_WITHHELD.format(**of._asdict())).fetchall():
        yield Withheld(period, employee, name, numbered.roles[role])


def fetch_unmatched(database: Database, rules: Rules, longer: Longer | None) -> Iterator[Withheld]:
    """Yield whose cards no rules score, by month, quarter or year; where other months make a card, it is that one."""
    found: dict[tuple[str, str, str], str | None] = {}
    for month, employee, role, name in database.execute(_UNMATCHED).fetchall():
        key = (longer_period(month, longer.by) if longer else month, employee, role)
        found[key] = found.get(key) or name
    seen = set(database.execute(_ALSO_SEEN.format(**tables_of(longer)._asdict())).fetchall()) if found else set()
    for (period, employee, role), name in found.items():
        if (period, employee, role) not in seen:
            yield Withheld(period, employee, name, rules.roles.get(role, RoleName(role)))


def _line(row: tuple[Any, ...], numbered: Numbered) -> Scored | Adjusted:
    kpi, status, target, actual, attainment, score, effective_weight, points, veto, *parts, reason = row
    numerator, denominator = parts
    item = numbered.items[kpi][2]
    if isinstance(item, Adjustment):
        return Adjusted(item, status, _millionths(actual), _ten_thousandths(points), vetoes=veto is not None)
    return Scored(
        kpi=item,
        status=status,
        target=_millionths(target),
        actual=_millionths(actual),
        attainment=_hundredths(attainment),
        score=_hundredths(score),
        effective_weight=_millionths(effective_weight),
        points=_ten_thousandths(points),
        vetoes=veto is not None,
        numerator=_millionths(numerator),
        denominator=_millionths(denominator),
        reason=reason,
    )


def _millionths(value: int | None) -> Decimal | None:
    return None if value is None else from_millionths(value)


def _hundredths(value: int | None) -> Decimal | None:
    return None if value is None else from_hundredths(int(value))


def _ten_thousandths(value: int | None) -> Decimal | None:
    return None if value is None else from_ten_thousandths(value)


def longer_cards(database: Database, numbered: Numbered, longer: Longer) -> Iterator[Card]:
    """Yield the cards, sorted by period, role and employee."""
    months: dict[Key, list[FullMonth]] = defaultdict(list)
    for month in fetch_cards(database, numbered, MONTHS._replace(has_lines=longer.rollup != "totals")):
        months[month.key._replace(period=longer_period(month.period, longer.by))].append(_month(month))
    for card in fetch_cards(database, numbered, tables_of(longer)):
        own = tuple(months[card.key])
        rules = longer_fingerprint([month.rules for month in own], longer.rollup, card.role)
        yield replace(card, rollup=longer.rollup, months=own, rules=rules)


def _month(card: Card) -> FullMonth:
    return FullMonth(
        period=card.period,
        total=card.total,
        grade=card.grade,
        coefficient=card.coefficient,
        rules=card.rules,
        grade_by_total=card.grade_by_total,
        kpis=card.kpis,
        adjustments=card.adjustments,
    )
