"""Cards with other actuals than they have: what the engine makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kpicard.cards.values import Card
from kpicard.engines.duckdb import Database, Value, create, create_row
from kpicard.engines.rule_tables import create_rules
from kpicard.models.run import Models
from kpicard.numbers import to_millionths
from kpicard.rules.rule_index import Numbered


class Question(NamedTuple):
    """What if a card had these actuals, by KPI and in millionths, and all else as it is?"""

    card: Card
    actuals: Mapping[str, int]


class Earned(NamedTuple):
    """What one of the actuals comes to, in hundredths, points in ten-thousandths; no score: it is out of range."""

    attainment: int | None
    score: int | None
    points: int | None


@dataclass(slots=True)
class Answer:
    """The grade that the card would have, limits counted in, and what each of the actuals would earn."""

    grade: str | None = None
    earned: dict[str, Earned] = field(default_factory=dict)


_ANSWERS = """
SELECT s.card, s.kpi, g.grade, s.attainment, s.score, s.points
FROM what_if_scored AS s
JOIN what_if_graded AS g ON g.card = s.card
JOIN changed AS c ON c.question = s.card AND c.kpi = s.kpi
"""


def what_if(questions: Sequence[Question], numbered: Numbered, database: Database) -> list[Answer]:
    """Answer all questions at once, by the models that score. The cards are those of these rules.

    The database's own tables are neither used nor changed: the questions have a connection of their own.
    """
    answers = [Answer() for _ in questions]
    if not questions:
        return answers
    with database.cursor() as beside:
        create_rules(beside, numbered)
        # A KPI not reported counts 0 or is left out; each card says itself which.
        create_row(beside, "scheme", {"zero": True})
        _create_figures(beside, questions, item_numbers(numbered))
        Models(beside).make("what_if_graded")
        found = beside.execute(_ANSWERS).fetchall()
    for question, kpi, grade, attainment, score, points in found:
        answers[question].grade = grade
        answers[question].earned[numbered.items[kpi][2].id] = Earned(attainment, score, points)
    return answers


def item_numbers(numbered: Numbered) -> Mapping[int, Mapping[str, int]]:
    """Return the number of each item by its id, by the identity of the role as an edition has it."""
    found: dict[int, dict[str, int]] = {id(role): {} for role in numbered.roles}
    for number, (role, _, item) in enumerate(numbered.items):
        found[id(numbered.roles[role])][item.id] = number
    return found


def _create_figures(
    database: Database, questions: Sequence[Question], numbers: Mapping[int, Mapping[str, int]]
) -> None:
    """Create what the figures of the questions are made of."""
    cards = {id(question.card): question.card for question in questions}
    ordinals = {card: ordinal for ordinal, card in enumerate(cards)}
    create(
        database,
        "present",
        {
            "card": "BIGINT",
            "kpi": "INTEGER",
            "status": "VARCHAR",
            "actual": "BIGINT",
            "target": "BIGINT",
            "counted": "BIGINT",
        },
        [
            (ordinal, *row)
            for ordinal, card in enumerate(cards.values())
            for row in _figures(card, numbers[id(card.role)])
        ],
    )
    create(
        database,
        "question",
        {"question": "BIGINT", "card": "BIGINT"},
        [(number, ordinals[id(question.card)]) for number, question in enumerate(questions)],
    )
    create(
        database,
        "changed",
        {"question": "BIGINT", "kpi": "INTEGER", "actual": "BIGINT"},
        [
            (number, numbers[id(question.card.role)][kpi], actual)
            for number, question in enumerate(questions)
            for kpi, actual in question.actuals.items()
        ],
    )


def _figures(card: Card, numbers: Mapping[str, int]) -> Iterator[tuple[Value, ...]]:
    """Yield a card's figures as they are, and the points of its adjustments.

    A KPI that is left out though nobody said N/A has a status of its own: it does not count as N/A.
    """
    for scored in card.kpis:
        status = "left_out" if scored.points is None and scored.status == "not_reported" else scored.status
        actual, target = (None if each is None else to_millionths(each) for each in (scored.actual, scored.target))
        yield numbers[scored.kpi.id], status, actual, target, None
    for line in card.adjustments:
        points = None if line.points is None else to_millionths(line.points)
        counted = None if line.actual is None else to_millionths(line.actual)
        yield numbers[line.adjustment.id], line.status, points, None, counted
