"""Cards that no rules score: of roles whose file is wrong, or that have no rules for the period yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kpicard.actuals.selection import Selection
from kpicard.actuals.vocabulary import Vocabulary
from kpicard.engine.database import Database, create
from kpicard.rules.names import find_broken

_ANY = "SELECT 1 FROM reading WHERE role IS NULL LIMIT 1"

_TEXTS = """
SELECT DISTINCT c.role_text, p.period
FROM reading AS r
JOIN cell AS c ON c.row = r.row AND c.col = r.col
JOIN known_period AS p ON p.number = r.period
WHERE r.role IS NULL AND r.employee IS NOT NULL AND c.role_text IS NOT NULL
"""

_INSERT = """
INSERT INTO ruleless
SELECT p.period, e.employee, m.role, ARG_MIN(NULLIF(trim(c.name), ''), r.row)
FROM reading AS r
JOIN cell AS c ON c.row = r.row AND c.col = r.col
JOIN known_period AS p ON p.number = r.period
JOIN known_employee AS e ON e.number = r.employee
JOIN ruleless_role AS m ON m.text = c.role_text AND m.period = p.period
WHERE r.role IS NULL
GROUP BY p.period, e.employee, m.role
"""


def create_ruleless(database: Database, vocabulary: Vocabulary, selection: Selection) -> None:
    """Create `ruleless`: period, employee, id of the role and name of each such card, where it is clear which it is."""
    database.execute("CREATE TEMP TABLE ruleless (period VARCHAR, employee VARCHAR, role VARCHAR, name VARCHAR)")
    if may_lack_rules(vocabulary) and database.execute(_ANY).fetchall():
        found = list(without_rules(database.execute(_TEXTS).fetchall(), vocabulary, selection))
        create(database, "ruleless_role", dict.fromkeys(("text", "period", "role"), "VARCHAR"), found)
        database.execute(_INSERT)


def may_lack_rules(vocabulary: Vocabulary) -> bool:
    """Return whether there are roles without rules, at least for some periods."""
    return bool(vocabulary.numbered.rules.broken) or vocabulary.numbered.is_dated


def without_rules(
    texts: Iterable[tuple[str, str]], vocabulary: Vocabulary, selection: Selection
) -> Iterator[tuple[str, str, str]]:
    """Yield the texts of roles that have no rules, each with its period and the one role that it means, if chosen."""
    for text, period in texts:
        meant = vocabulary.names.roles(text) or find_broken(vocabulary.numbered.rules, text)
        for id_ in meant if len(meant) == 1 else ():
            if id_ in selection.roles or not selection.roles:
                yield text, period, id_
