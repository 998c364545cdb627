"""Cards as a JSON report has them, back as values: `kpicard.scorecards/1`.

What scored them is not in a report. Given the rules, the KPIs are theirs; else they know only what the report says.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

import msgspec
from pydantic import ValidationError

from kpicard.cards.pay import with_pay
from kpicard.cards.values import Adjusted, Card, Comment, FullMonth, Pay, RoleName, Rollup, Scored, Status, Withheld
from kpicard.problems import Problem, unreadable
from kpicard.rules.adjustments import Adjustment
from kpicard.rules.fields import PlainText, Translations
from kpicard.rules.models import Kpi, Role
from kpicard.rules.rules import Rules, role_in
from kpicard.rules.scoring.curve import Better

_LARGEST: Final = 1 << 31

_Text: TypeAlias = str | dict[str, str]


class _Line(msgspec.Struct):
    kpi: str
    name: _Text
    unit: _Text | None
    better: Better
    weight: Decimal
    effective_weight: Decimal | None
    target: Decimal | None
    actual: Decimal | None
    attainment: Decimal | None
    score: Decimal | None
    points: Decimal | None
    status: Status
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    out_of: Decimal | None = None


class _Adjusted(msgspec.Struct):
    adjustment: str
    name: _Text
    unit: _Text | None
    points_each: Decimal
    at_least: Decimal | None
    at_most: Decimal | None
    actual: Decimal | None
    points: Decimal | None
    status: Status


class _Veto(msgspec.Struct):
    kpi: str


class _Month(msgspec.Struct):
    period: str
    total: Decimal | None
    grade: str | None
    coefficient: Decimal | None
    rules: str


class _Comment(msgspec.Struct):
    text: str
    kpi: str | None = None
    period: str | None = None


class _Card(msgspec.Struct):
    period: str
    employee: str
    name: str | None
    team: str | None
    role: str
    title: _Text
    kpis: tuple[_Line, ...]
    adjustments: tuple[_Adjusted, ...]
    total: Decimal | None
    grade: str | None
    coefficient: Decimal | None
    grade_by_total: str | None
    vetoes: tuple[_Veto, ...]
    rules: str
    base: Decimal | None = None
    days: Decimal | None = None
    share: Decimal | None = None
    rollup: Rollup | None = None
    months: tuple[_Month, ...] = ()
    manager: str | None = None
    bonus: Decimal | None = None
    comments: tuple[_Comment, ...] = ()
    team_figures: dict[str, str] = msgspec.field(default_factory=dict)


class _Withheld(msgspec.Struct):
    period: str
    employee: str
    name: str | None
    role: str


class _Report(msgspec.Struct):
    format: Literal["kpicard.scorecards/1"]
    cards: tuple[_Card, ...]
    withheld: tuple[_Withheld, ...]


class Report(NamedTuple):
    """The cards of a report, sorted by period, role and employee, and whose were withheld."""

    cards: tuple[Card, ...]
    withheld: tuple[Withheld, ...]


def read_report(path: Path, rules: Rules | None = None, name: str | None = None) -> Report | Problem:
    """Return the cards of a JSON report, by the rules that scored them where these are known.

    `name` is what a problem calls the file.
    """
    called = str(path) if name is None else name
    try:
        if path.stat().st_size > _LARGEST:
            return Problem(called, None, None, "no-report", {"reason": "it is too large"})
        return of_text(path.read_bytes(), rules)
    except OSError as error:
        return unreadable(called, error)
    except (msgspec.MsgspecError, UnicodeDecodeError, ValidationError, RecursionError) as error:
        return Problem(called, None, None, "no-report", {"reason": str(error).splitlines()[0]})


def of_text(text: bytes, rules: Rules | None = None) -> Report:
    """Return the cards of the text of a report. Raises MsgspecError and ValidationError where it is none."""
    report = msgspec.json.decode(text, type=_Report)
    cards = sorted((_card(each, rules) for each in report.cards), key=lambda card: card.key)
    withheld = tuple(Withheld(each.period, each.employee, each.name, RoleName(each.role)) for each in report.withheld)
    return Report(with_pay(cards, withheld, rules) if rules else tuple(cards), withheld)


def _card(card: _Card, rules: Rules | None) -> Card:
    vetoed = {each.kpi for each in card.vetoes}
    role = _role(card, rules)
    kpis = {kpi.id: kpi for kpi in role.kpis}
    adjustments = {each.id: each for each in (rules.adjustments(role) if rules else role.adjustments)}
    return Card(
        period=card.period,
        employee=card.employee,
        name=card.name,
        team=card.team,
        role=role,
        kpis=tuple(_scored(line, kpis.get(line.kpi), vetoes=line.kpi in vetoed) for line in card.kpis),
        adjustments=tuple(_adjusted(line, adjustments.get(line.adjustment)) for line in card.adjustments),
        total=card.total,
        grade=card.grade,
        coefficient=card.coefficient,
        grade_by_total=card.grade_by_total,
        rules=card.rules,
        base=card.base,
        days=card.days,
        share=card.share,
        rollup=card.rollup,
        months=tuple(
            FullMonth(each.period, each.total, each.grade, each.coefficient, each.rules, each.grade, (), ())
            for each in card.months
        ),
        manager=card.manager,
        pay=_pay(card),
        team_figures=card.team_figures,
        comments=tuple(Comment(each.text, each.kpi, each.period) for each in card.comments),
    )


def _pay(card: _Card) -> Pay | None:
    """Return what gives the bonus of a card: a report says the bonus, and not how it came about."""
    if not card.base or card.bonus is None:
        return None
    return Pay(card.bonus / card.base)


def _role(card: _Card, rules: Rules | None) -> Role:
    """Return the card's role by the rules, else what the report says of it."""
    month = card.months[-1].period if card.months else card.period
    known = role_in(rules.versions.get(card.role, ()), month) if rules else None
    return known or Role.model_construct(id=card.role, title=_said(card.title), kpis=(), adjustments=())


def _said(text: _Text) -> PlainText | Translations:
    return PlainText(text) if isinstance(text, str) else Translations.model_validate(text)


def _scored(line: _Line, kpi: Kpi | None, *, vetoes: bool) -> Scored:
    head = {"id": line.kpi, "name": line.name, "unit": line.unit, "better": line.better, "weight": line.weight}
    return Scored(
        kpi=kpi or Kpi.model_validate({**head, "target": line.target, "out_of": line.out_of}),
        status=line.status,
        target=line.target,
        actual=line.actual,
        attainment=line.attainment,
        score=line.score,
        effective_weight=line.effective_weight,
        points=line.points,
        vetoes=vetoes,
        numerator=line.numerator,
        denominator=line.denominator,
    )


def _adjusted(line: _Adjusted, adjustment: Adjustment | None) -> Adjusted:
    limits = {"points_each": line.points_each, "at_least": line.at_least, "at_most": line.at_most}
    head = {"id": line.adjustment, "name": line.name, "unit": line.unit}
    known = adjustment or Adjustment.model_validate({**head, **limits})
    return Adjusted(known, line.status, line.actual, line.points)
