"""Figures that are computed from those of other people: of a team, or of those whom somebody leads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kpicard.actuals.readers import Vocabulary
from kpicard.engines.duckdb import Database, Value, create, create_empty
from kpicard.numbers import MILLION
from kpicard.roster.people import Person, Roster
from kpicard.rules.models import Kpi, Of
from kpicard.rules.rule_index import Numbered

_LED: Final = {
    **dict.fromkeys(("led", "period", "role", "kpi", "factor"), "INTEGER"),
    **dict.fromkeys(("employee", "rollup"), "VARCHAR"),
}
_MEMBER: Final = {**dict.fromkeys(("led", "role", "kpi"), "INTEGER"), "employee": "VARCHAR"}


def has_led(numbered: Numbered) -> bool:
    """Return whether any KPI is computed from other people's figures."""
    return any(isinstance(item, Kpi) and item.of for _, _, item in numbered.items)


def create_no_led(database: Database) -> None:
    """Create the tables of computed figures where there are none."""
    create_empty(database, "led", _LED)
    create_empty(
        database, "led_part", {"led": "INTEGER", **dict.fromkeys(("employee", "status"), "VARCHAR"), "actual": "BIGINT"}
    )


def create_led(database: Database, vocabulary: Vocabulary, roster: Roster) -> None:
    """Create `led_figure`, rows for `tidy` of all figures that are computed, and `led_part`, what they are made of.

    Reads `reading`, which has everybody's rows. Without anybody to compute from, a figure does not apply; what a member
    has not reported counts as `scheme` says; a member's figure that is not understood is a fault of the leader's.
    """
    led: list[tuple[Value, ...]] = []
    members: list[tuple[Value, ...]] = []
    for number, period in database.execute("SELECT number, period FROM known_period ORDER BY ALL").fetchall():
        there = [person for person in roster.at(period).people if person.is_right]
        for person, kpi, edition in _computed(there, vocabulary.numbered, period):
            item = vocabulary.numbered.items[kpi][2]
            of = item.of if isinstance(item, Kpi) else None
            if of is None:
                continue
            source = _source(vocabulary.numbered, of, period)
            factor = vocabulary.readers[kpi].ratio_factor
            rollup = of.rollup
            led.append((len(led), number, edition, kpi, factor, person.employee, rollup))
            if source:
                own = (each for each in there if each.role.id == of.role and _is_led(each, person, of))
                members += [(len(led) - 1, *source, each.employee) for each in own]
    create(database, "led", _LED, led)
    create(database, "led_member", _MEMBER, members)
    database.execute(_PARTS)
    database.execute(_FIGURES)


def _computed(people: list[Person], numbered: Numbered, period: str) -> Iterator[tuple[Person, int, int]]:
    """Yield each person with the numbers of a KPI that is computed, and of the role's edition."""
    for person in people:
        edition = numbered.number(person.role.id, period)
        for number, (role, _, item) in enumerate(numbered.items) if edition is not None else ():
            if role == edition and isinstance(item, Kpi) and item.of and edition is not None:
                yield person, number, edition


def _source(numbered: Numbered, of: Of, period: str) -> tuple[int, int] | None:
    """Return the numbers of the role's edition and of the KPI that a figure is computed from."""
    edition = numbered.number(of.role, period)
    found = (number for number, (role, _, item) in enumerate(numbered.items) if role == edition and item.id == of.kpi)
    kpi = next(found, None)
    return None if edition is None or kpi is None else (edition, kpi)


def _is_led(member: Person, person: Person, of: Of) -> bool:
    """Whether somebody's figure counts for a person: the person's own does not."""
    if member.employee == person.employee:
        return False
    if of.over == "reports":
        return member.manager != "" and member.manager in {person.employee, person.name}
    return person.team != "" and member.team == person.team


# A member without a row has reported nothing; one with two figures has none that is clear.
_PARTS: Final = """
CREATE TEMP TABLE led_part AS
SELECT
    m.led, m.employee, MIN(r.actual) FILTER (WHERE r.status = 'scored') AS actual,
    MIN(r.numerator) FILTER (WHERE r.status = 'scored') AS numerator,
    MIN(r.denominator) FILTER (WHERE r.status = 'scored') AS denominator,
    CASE
        WHEN BOOL_OR(f.fault) OR COUNT(*) FILTER (WHERE r.status IN ('scored', 'not_applicable')) > 1 THEN 'fault'
        WHEN BOOL_OR(r.status = 'scored') THEN 'scored'
        WHEN BOOL_OR(r.status = 'not_applicable') THEN 'not_applicable'
        ELSE 'not_reported'
    END AS status
FROM led_member AS m
JOIN led AS l ON l.led = m.led
LEFT JOIN known_employee AS e ON e.employee = m.employee
LEFT JOIN reading AS r ON r.period = l.period AND r.employee = e.number AND r.role = m.role AND r.kpi = m.kpi
LEFT JOIN (
    SELECT DISTINCT period, employee, kpi, TRUE AS fault FROM reading WHERE fault
) AS f ON f.period = l.period AND f.employee = e.number AND (f.kpi = m.kpi OR f.kpi IS NULL)
GROUP BY m.led, m.employee"""

_ROUNDED: Final = "(2 * {0} + CASE WHEN {0} < 0 THEN -{1} ELSE {1} END) // (2 * {1})"
_MEAN: Final = _ROUNDED.format("total", "counted")
_RATIO: Final = _ROUNDED.format(f"(numerators * factor * {MILLION})", "denominators")

# A row of the leader's own says where the figure is told about; there may be none but those that it is computed from.
_FIGURES: Final = f"""
CREATE TEMP TABLE led_figure AS
SELECT
    p.row, CAST(-1 AS BIGINT) AS col,
    (CAST(s.period AS BIGINT) << 46) + (CAST(s.role AS BIGINT) << 31) + e.number AS card,
    s.period, e.number AS employee, s.role, CASE WHEN s.state <> 'not_reported' THEN s.kpi END AS kpi,
    CAST(CASE s.state WHEN 'not_reported' THEN 'presence' WHEN 'fault' THEN NULL ELSE s.state END AS status) AS status,
    CAST(CASE WHEN s.state = 'scored' THEN CASE s.rollup
        WHEN 'sum' THEN s.total WHEN 'min' THEN s.lowest WHEN 'max' THEN s.highest
        WHEN 'mean' THEN {_MEAN} ELSE {_RATIO}
    END END AS BIGINT) AS actual,
    (
        SELECT MIN(t.target)
        FROM roster_target AS t JOIN known_period AS n ON n.period BETWEEN t.first AND t.last
        WHERE t.kpi = s.kpi AND t.employee = s.employee AND n.number = s.period
    ) AS target,
    CAST(CASE WHEN s.state = 'scored' AND s.rollup = 'ratio' THEN s.numerators END AS BIGINT) AS numerator,
    CAST(CASE WHEN s.state = 'scored' AND s.rollup = 'ratio' THEN s.denominators END AS BIGINT) AS denominator,
    s.state = 'fault' AS fault
FROM (
    SELECT
        *,
        CASE
            WHEN faults > 0 OR (rollup = 'ratio' AND counted > parts) THEN 'fault'
            WHEN missing > 0 AND refuse THEN 'not_reported'
            WHEN counted = 0 OR (rollup = 'ratio' AND denominators = 0) THEN 'not_applicable'
            ELSE 'scored'
        END AS state
    FROM (
        SELECT
            l.led, l.period, l.role, l.kpi, l.employee, l.rollup, l.factor, c.refuse,
            COUNT(*) FILTER (WHERE q.status = 'fault') AS faults,
            COUNT(*) FILTER (WHERE q.status = 'not_reported') AS missing,
            COUNT(*) FILTER (WHERE q.status = 'scored' OR (q.status = 'not_reported' AND c.zero)) AS counted,
            COUNT(*) FILTER (WHERE q.denominator IS NOT NULL) AS parts,
            CAST(COALESCE(SUM(q.actual), 0) AS HUGEINT) AS total,
            LEAST(MIN(q.actual), CASE WHEN BOOL_OR(q.status = 'not_reported') AND c.zero THEN 0 END) AS lowest,
            GREATEST(MAX(q.actual), CASE WHEN BOOL_OR(q.status = 'not_reported') AND c.zero THEN 0 END) AS highest,
            CAST(COALESCE(SUM(q.numerator), 0) AS HUGEINT) AS numerators,
            CAST(COALESCE(SUM(q.denominator), 0) AS HUGEINT) AS denominators
        FROM led AS l
        CROSS JOIN scheme AS c
        LEFT JOIN led_part AS q ON q.led = l.led
        GROUP BY l.led, l.period, l.role, l.kpi, l.employee, l.rollup, l.factor, c.refuse, c.zero
    )
) AS s
JOIN known_employee AS e ON e.employee = s.employee
JOIN (
    SELECT l.led, COALESCE(MIN(o.row) FILTER (WHERE o.employee = e.number), MIN(o.row)) AS row
    FROM led AS l
    JOIN known_employee AS e ON e.employee = l.employee
    LEFT JOIN known_employee AS k ON k.employee IN (SELECT m.employee FROM led_member AS m WHERE m.led = l.led)
    JOIN reading AS o ON o.period = l.period AND (o.employee = e.number OR o.employee = k.number)
    GROUP BY l.led
) AS p ON p.led = s.led"""

WRONG: Final = """
SELECT r.row, p.period, l.employee, l.kpi, STRING_AGG(q.employee, ',' ORDER BY q.employee)
FROM led AS l
JOIN led_part AS q ON q.led = l.led AND q.status = 'fault'
JOIN known_period AS p ON p.number = l.period
JOIN known_employee AS e ON e.employee = l.employee
JOIN (SELECT period, employee, role, MIN(row) AS row FROM tidy WHERE col = -1 AND fault GROUP BY ALL) AS r
    ON r.period = l.period AND r.employee = e.number AND r.role = l.role
GROUP BY r.row, p.period, l.employee, l.kpi
ORDER BY ALL
"""
"""The figures that cannot be computed, with a row to tell it at, and whose figures are wrong."""
