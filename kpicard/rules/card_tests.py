"""Tests of rules: `tests/*.yaml` in the roles' folder, with given actuals and what is expected of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from kpicard.problems import Problem, has_errors
from kpicard.rules.document import Document, Route
from kpicard.rules.fields import Id, Model, Number, Period, Words
from kpicard.rules.models import Role
from kpicard.rules.rules import SUFFIXES, Rules, held_in, role_in
from kpicard.rules.typed import validate
from kpicard.rules.yaml_reader import read_document
from kpicard.text import nearest

FOLDER = "tests"
"""The folder in that of the roles."""


class CardTest(Model):
    """One card: what is given, and what is expected of it; what is not named is not checked."""

    name: Words
    """What the card shows, as: a month on target."""
    actuals: dict[str, Words] = Field(default_factory=dict)
    """The actuals by KPI, as a file of actuals has them: {response-time: 28.5, complaints: N/A}."""
    ratios: dict[str, tuple[Number, Number]] = Field(default_factory=dict)
    """Actuals that are given as two, numerator and denominator: {refund-rate: [3, 120]}."""
    targets: dict[str, Number] = Field(default_factory=dict)
    """The person's own targets by KPI."""
    total: Number | None = None
    """The total that is expected."""
    grade: Words | None = None
    """The grade that is expected."""
    coefficient: Number | None = None
    """The coefficient that is expected."""
    scores: dict[str, Number] = Field(default_factory=dict)
    """The scores that are expected, by KPI."""


class CardTests(Model):
    """A file of tests: cards of one role in one period."""

    role: Id
    """The role's id."""
    period: Period
    """The month whose rules hold."""
    missing: Literal["refuse", "zero", "exclude"] = "refuse"
    """What becomes of a KPI that is not given, as for `score`."""
    cards: Annotated[tuple[CardTest, ...], Field(min_length=1, max_length=1000)]
    """The cards."""


@dataclass(frozen=True)
class LoadedTests:
    """A file of tests that can be run."""

    document: Document
    tests: CardTests
    role: Role


def test_files(folder: Path) -> list[Path]:
    """Return the files of tests of a folder of roles, sorted by name."""
    inside = folder / FOLDER
    found = sorted(inside.iterdir()) if inside.is_dir() else []
    return [file for file in found if file.suffix.lower() in SUFFIXES and not file.name.startswith(".")]


def check_tests(file: Path, rules: Rules) -> list[Problem]:
    """Return what is wrong with a file of tests as it stands; it is not run."""
    return read_tests(file, rules)[1]


def read_tests(file: Path, rules: Rules) -> tuple[LoadedTests | None, list[Problem]]:
    """Return a file of tests, and what is wrong with it; None where it cannot be run."""
    document, problems = read_document(file, str(file))
    if document.tree is None or has_errors(problems):
        return None, problems or [document.problem_at("missing-key", (), key="role")]
    typed, found = validate(document, CardTests)
    problems += found
    if typed is None:
        return None, problems
    versions = rules.versions.get(typed.role, ())
    role = role_in(versions, typed.period)
    if role is None:
        problems += _no_role(document, typed, rules)
        return None, problems
    problems += _unknown(document, typed, role, rules)
    return (None if has_errors(problems) else LoadedTests(document, typed, role)), problems


def _no_role(document: Document, tests: CardTests, rules: Rules) -> Iterator[Problem]:
    """Yield why there is no role: it is not known, or does not hold yet; one with errors of its own has these."""
    if tests.role in rules.versions:
        first = rules.versions[tests.role][0].from_
        yield document.problem_at("no-rules-yet", ("period",), role=tests.role, period=tests.period, first=first)
    elif tests.role not in rules.broken:
        known = tuple(rules.versions)
        yield document.problem_at(
            "unknown-role", ("role",), role=tests.role, nearest=nearest(tests.role, known), known=known
        )


def _unknown(document: Document, tests: CardTests, role: Role, rules: Rules) -> Iterator[Problem]:
    """Yield the names of KPIs and grades that there are not."""
    known: list[str] = [kpi.id for kpi in role.kpis]
    known += [each.id for each in rules.adjustments(role)]
    department = held_in(rules.departments, tests.period)
    grades = tuple(grade.grade for grade in department.grades) if department else ()
    for index, card in enumerate(tests.cards):
        for part in ("actuals", "ratios", "targets", "scores"):
            for kpi in getattr(card, part):
                if kpi not in known:
                    route: Route = ("cards", index, part, kpi)
                    meant = nearest(kpi, known)
                    yield document.problem_at_key(
                        "unknown-kpi", route, role=role.id, kpi=kpi, nearest=meant, known=tuple(known)
                    )
        if card.grade is not None and card.grade not in grades:
            meant = nearest(card.grade, grades)
            route = ("cards", index, "grade")
            yield document.problem_at("unknown-grade", route, grade=card.grade, known=grades, nearest=meant)
