"""Results without names: people are numbered, in an order that tells nothing, the same each time."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path

from kpicard.cards.impact.values import CardChange, Impact
from kpicard.cards.scorecards import Scorecards
from kpicard.cards.values import Card, Withheld
from kpicard.engines.duckdb import connect, quote
from kpicard.engines.export import PARQUET, copy
from kpicard.files import own_folder, write_whole


def codes(*results: Scorecards) -> Mapping[str, str]:
    """Return a number for everybody in some results, as `E7`, by employee.

    Whoever does not know all of the figures cannot tell from the order who is who.
    """
    cards = {(*card.key, str(card.total)) for result in results for card in result.cards}
    others = {(each.period, each.role.id, each.employee) for result in results for each in result.withheld_cards}
    salt = hashlib.sha256(repr([sorted(cards), sorted(others)]).encode(errors="backslashreplace")).digest()
    return numbered({card[2] for card in cards} | {each[2] for each in others}, salt)


def numbered(employees: Iterable[str], salt: bytes) -> Mapping[str, str]:
    """Return another id for each employee: E1, E2 and so on, in the order of the hashes of their ids with the salt."""

    def mixed(employee: str) -> bytes:
        return hashlib.sha256(salt + employee.encode(errors="backslashreplace")).digest()

    return {employee: f"E{number}" for number, employee in enumerate(sorted(set(employees), key=mixed), start=1)}


def nameless(card: Card, number: str) -> Card:
    """Return a card with a number for its employee, and with nothing that names anybody: no manager, no comment."""
    return replace(card, employee=number, name=None, manager=None, comments=())


def without_names(result: Scorecards) -> Scorecards:
    """Return a result of which everybody has a number for an id, and no name and no comment.

    Problems are left out, since they quote the files.
    """
    values = {each.name: getattr(result, each.name) for each in fields(Scorecards)}
    return Nameless(**{**values, "problems": ()}, of=result, codes=codes(result))


@dataclass(frozen=True, eq=False)
class Nameless(Scorecards):
    """A result without names: what stands in the engine has them, and is renamed where it comes out."""

    of: Scorecards | None = None
    codes: Mapping[str, str] | None = None

    @property
    def named(self) -> Scorecards:
        """The result with the names."""
        return self.of or self

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        """Every card, sorted by period, role and number."""
        renamed = (nameless(card, (self.codes or {})[card.employee]) for card in self.named.cards)
        return tuple(sorted(renamed, key=_order))

    @cached_property
    def withheld_cards(self) -> tuple[Withheld, ...]:
        """Whose cards were withheld, sorted likewise."""
        codes = self.codes or {}
        renamed = (replace(each, employee=codes[each.employee], name=None) for each in self.named.withheld_cards)
        return tuple(sorted(renamed, key=_order))

    def write_csv(self, path: str | Path) -> None:
        """Write the rows of the cards as CSV. Raises OSError where the path cannot be written."""
        with own_folder() as folder:
            self.named.write_csv(folder / "rows")
            with (folder / "rows").open(encoding="utf-8", newline="") as stream:
                header, *rows = csv.reader(stream)
        column, role = header.index("employee"), header.index("role")
        for row in rows:
            row[column] = (self.codes or {})[row[column]]
        rows.sort(key=lambda row: (row[0], row[role], int(row[column][1:])))

        def write(new: Path) -> None:
            with new.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out, lineterminator="\n").writerows([header, *rows])

        write_whole(Path(path), write)

    def write_parquet(self, path: str | Path) -> None:
        """Write the same as Parquet. Raises OSError where the path cannot be written."""
        pairs = ", ".join(f"({quote(employee)}, {int(code[1:])})" for employee, code in (self.codes or {}).items())
        with own_folder() as folder:
            self.named.write_parquet(folder / "rows")
            query = (
                "SELECT c.* REPLACE ('E' || p.number AS employee) FROM (SELECT *, row_number() OVER () AS place FROM "
                f"read_parquet({quote(str(folder / 'rows'))})) AS c JOIN (VALUES {pairs}) AS p(employee, number) "
                "ON p.employee = c.employee ORDER BY c.period, c.role, p.number, c.place"
            )
            rows = f"SELECT * EXCLUDE place FROM ({query})"
            write_whole(Path(path), lambda new: copy(connect(), rows, new, PARQUET))


def _order(each: Card | Withheld) -> tuple[str, str, int]:
    return each.period, each.role.id, int(each.employee[1:])


def impact_without_names(impact: Impact, numbers: Mapping[str, str]) -> Impact:
    """Return an impact in which everybody has a number, and problems, which quote the files, are left out."""

    def renamed(cards: Iterable[CardChange]) -> Iterable[CardChange]:
        for each in cards:
            before, after = (nameless(card, numbers[card.employee]) for card in (each.before, each.after))
            yield replace(each, before=before, after=after)

    not_compared = [
        replace(
            each,
            employee=numbers[each.employee],
            name=None,
            reasons=tuple(replace(reason, problems=()) for reason in each.reasons),
        )
        for each in impact.not_compared
    ]
    return replace(
        impact,
        cards=tuple(sorted(renamed(impact.cards), key=lambda each: _order(each.after))),
        not_compared=tuple(sorted(not_compared, key=lambda each: (each.period, each.role, int(each.employee[1:])))),
        problems=(),
        problems_before=(),
    )
