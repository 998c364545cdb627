"""Scorecards as a result: asked for by rules, files and a request, and computed when they are wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kpicard.actuals.files.inputs import Given, sources_of
from kpicard.actuals.files.tables import Source
from kpicard.actuals.load import TableRead, account
from kpicard.actuals.selection import (
    as_tuple,
)
from kpicard.cards.longer import By, Longer
from kpicard.cards.outputs import Hold, Outputs, by_engine
from kpicard.cards.pipeline import fill_engine
from kpicard.cards.request import ScoreRequest
from kpicard.cards.values import Card, DecimalMark, Key, Missing, Rollup, State, Withheld
from kpicard.engines.cards import (
    Tables,
    count_cards,
    count_seen,
    fetch_cards,
    fetch_comments,
    fetch_sources,
    fetch_team_figures,
    fetch_unmatched,
    fetch_withheld,
    tables_of,
)
from kpicard.engines.duckdb import Database, connect, within_memory
from kpicard.engines.rule_tables import create_rules
from kpicard.files import own_folder
from kpicard.problems import Problem, in_order
from kpicard.progress import Progress, unseen
from kpicard.rules.rule_index import Numbered
from kpicard.rules.rules import Rules

if TYPE_CHECKING:
    from kpicard.actuals.figures import FigureRow
    from kpicard.cards.advice import Advice
    from kpicard.cards.closed import Frozen
    from kpicard.cards.history import History
    from kpicard.cards.summary_values import Summary


_OfPeriod = TypeVar("_OfPeriod", Card, Withheld)


@dataclass(frozen=True, eq=False, repr=False)
class Scorecards(Outputs):
    """The cards of one run, sorted by period, role and employee, and the problems found, sorted by place.

    A card with a problem is not among the cards. The figures stay in the engine until they are asked for; a second
    thread waits until the first one has its own.
    `close` or `with` gives back what the engine holds.

    `tables` says how every file was read. `longer` says what the cards are where they are of quarters or years,
    `is_part` that people or roles were chosen.
    """

    problems: tuple[Problem, ...]
    tables: tuple[TableRead, ...]
    _database: Database = field(repr=False)
    _numbered: Numbered = field(repr=False)
    longer: Longer | None = None
    is_part: bool = False
    as_frozen: Mapping[Key, Card] = field(default_factory=dict)
    """Cards of a closed period, for what the tidy table does not say: comments, and whose figures are a team's."""
    states: Mapping[Key, State] = field(default_factory=dict)
    frozen: tuple[Frozen, ...] = ()
    """Closed periods, whose cards are among the cards in place of others of these periods."""
    _hold: Hold = field(default_factory=Hold, repr=False)

    @cached_property
    @by_engine
    def cards(self) -> tuple[Card, ...]:
        """Every card, as values. Raises MemoryError if there is not enough memory."""
        from kpicard.cards.pay import with_comments, with_pay, with_sources, with_team_figures

        if self.longer:
            from kpicard.engines.cards import longer_cards

            cards = tuple(longer_cards(self._database, self._numbered, self.longer))
        else:
            cards = tuple(fetch_cards(self._database, self._numbered))
        cards = with_comments(cards, fetch_comments(self._database, self._numbered))
        cards = with_team_figures(cards, fetch_team_figures(self._database, self._numbered))
        cards = with_sources(cards, fetch_sources(self._database, self._numbered))
        if self.as_frozen:
            old = [self.as_frozen.get(card.key, card) for card in cards]
            cards = tuple(
                replace(card, comments=each.comments, team_figures=each.team_figures)
                for card, each in zip(cards, old, strict=True)
            )
        if self.states:
            cards = tuple(replace(card, state=self.states.get(card.key)) for card in cards)
        cards = with_pay(cards, self.withheld_cards if any(card.base is not None for card in cards) else (), self.rules)
        if self.frozen:
            cards = (*self._open(cards), *(card for each in self.frozen for card in each.cards))
        return tuple(sorted(cards, key=lambda card: card.key)) if self.frozen else cards

    def _open(self, found: Iterable[_OfPeriod]) -> Iterator[_OfPeriod]:
        """Yield what is not of a closed period."""
        closed = {each.period for each in self.frozen}
        return (each for each in found if each.period not in closed)

    @cached_property
    @by_engine
    def count(self) -> int:
        """How many cards there are."""
        if self.frozen:
            return len(self.cards)
        return count_cards(self._database, self._tables)

    @cached_property
    @by_engine
    def withheld(self) -> int:
        """How many cards were withheld, each for a problem that is reported."""
        if self.frozen:
            return len(self.withheld_cards)
        return count_seen(self._database, self._tables) - self.count + len(self._unmatched)

    @cached_property
    @by_engine
    def withheld_cards(self) -> tuple[Withheld, ...]:
        """Whose cards were withheld, sorted as the cards."""
        found = [*fetch_withheld(self._database, self._numbered, self._tables), *self._unmatched]
        if self.frozen:
            found = [*self._open(found), *(one for each in self.frozen for one in each.withheld)]
        return tuple(sorted(found, key=lambda each: (each.period, each.role.id, each.employee)))

    @cached_property
    @by_engine
    def _unmatched(self) -> tuple[Withheld, ...]:
        return tuple(fetch_unmatched(self._database, self.rules, self.longer))

    @property
    def rules(self) -> Rules:
        """What the cards were scored by."""
        return self._numbered.rules

    @cached_property
    def histories(self) -> Mapping[Key, History]:
        """The history of each card that has an earlier one among the cards."""
        from kpicard.cards.history import histories

        return histories(self.cards, (each.period for each in self.withheld_cards))

    @cached_property
    @by_engine
    def advice(self) -> Mapping[Key, Advice]:
        """What would reach the next grade, for each card that has a better grade above it."""
        from kpicard.cards.advice import advise

        return advise(self.cards, self._numbered, self._database)

    @cached_property
    def summaries(self) -> tuple[Summary, ...]:
        """The cards of each period together: ranking, spread by role and team, quotas."""
        from kpicard.cards.summary import summarise

        if not self.frozen:
            return summarise(self.cards, self.rules, self.withheld_cards, is_part=self.is_part)
        kinds = [(self.rules, tuple(self._open(self.cards)), tuple(self._open(self.withheld_cards)))]
        kinds += [(each.rules, each.cards, each.withheld) for each in self.frozen]
        found = (summarise(cards, rules, withheld, is_part=self.is_part) for rules, cards, withheld in kinds)
        return tuple(sorted((one for each in found for one in each), key=lambda summary: summary.period))

    def with_problems(self, problems: Iterable[Problem]) -> Scorecards:
        """Return the same cards with further problems, for instance those of the rules."""
        return replace(self, problems=in_order([*self.problems, *problems]))

    @by_engine
    def figures(self) -> Iterator[FigureRow]:
        """Yield the figures as they were understood, each with its place, where the request keeps them."""
        from kpicard.actuals.figures import figures

        yield from figures(self._database)

    @by_engine
    def write_figures(self, path: Path) -> None:
        """Write the figures as CSV, sorted and without places: the same figures give the same bytes. Raises OSError."""
        from kpicard.actuals.figures import write_figures

        write_figures(self._database, path)

    @cached_property
    @by_engine
    def tidy_rows(self) -> int:
        """How many rows `write_tidy` writes."""
        from kpicard.actuals.tidy_file import count_rows

        return count_rows(self._database)

    @property
    def _tables(self) -> Tables:
        return tables_of(self.longer)


def score(  # noqa: PLR0913 - the public keywords, which make a request
    rules: Rules | str | Path,
    sources: Given | Iterable[Given],
    *,
    missing: Missing = "refuse",
    periods: str | Iterable[str] = (),
    employees: str | Iterable[str] = (),
    roles: str | Iterable[str] = (),
    expect_rules: str | Iterable[str] = (),
    by: By | None = None,
    rollup: Rollup = "totals",
    roster: str | Path | Source | None = None,
    also_known: Rules | None = None,
    memory_limit: int | None = None,
    decimal: DecimalMark | None = None,
    not_reported: str | Iterable[str] = (),
    not_applicable: str | Iterable[str] = (),
    progress: Progress = unseen,
) -> Scorecards:
    """Score actuals by the rules: files of text with separators, workbooks or Parquet, folders and patterns of them.

    `rules` are what `load` gives, or the path of their folder; then their problems are among those of the result.

    A data frame of pandas or Polars, an Arrow table or a relation of DuckDB will do as well, or a `Frame` that names
    it; DuckDB reads their rows where they are.

    `missing` says what becomes of a KPI that is not reported: `refuse` withholds the card, `zero` scores it 0,
    `exclude` scales the other weights up. `periods` (`YYYY-MM`), `employees` and `roles` (ids) choose cards; a single
    period also dates a file that says none itself. `expect_rules` are fingerprints: a card that other rules score is
    withheld. Figures of KPIs that a role has only by the rules `also_known` are passed over, where both are compared.
    `roster` is a file of the people, by which actuals may leave out roles, names and teams. `memory_limit` is what the
    process may take, in bytes: beyond it the engine works on disk, in the system's folder
    for temporary files. `progress` is told of each step.

    `by` makes one card of the months of each quarter, half-year or year: with the `rollup` `totals` from the mean of
    their totals, with `actuals` from their actuals, brought together by each KPI's own rollup and then scored.

    `decimal` says which mark divides decimals in texts, where that is not to be told from them. The words
    `not_reported` and `not_applicable` in place of a figure mean that, beside those that are known.

    Never raises for what is in the files: see the result's `problems`. Raises TypeError for sources that are none, and
    for tables in memory whose types nothing can be made of; ValueError for another `missing`, `by`, `rollup` or
    `decimal` and for periods that are none; MemoryError for too low a limit.
    """
    request = ScoreRequest(
        missing=missing,
        periods=as_tuple(periods),
        employees=as_tuple(employees),
        roles=as_tuple(roles),
        expect_rules=as_tuple(expect_rules),
        by=by,
        rollup=rollup,
        roster=None if roster is None else Source.of(roster),
        also_known=also_known,
        memory_limit=memory_limit,
        decimal=decimal,
        not_reported=as_tuple(not_reported),
        not_applicable=as_tuple(not_applicable),
    )
    if isinstance(rules, str | Path):
        from kpicard.rules.load import load

        loaded = load(rules)
        return score_request(loaded.rules, sources, request, progress).with_problems(loaded.problems)
    return score_request(rules, sources, request, progress)


@within_memory()
def score_request(
    rules: Rules, sources: Given | Iterable[Given], request: ScoreRequest, progress: Progress = unseen
) -> Scorecards:
    """Score actuals as `score` does, with its options in one value."""
    database, numbered = connect(request.memory_limit), Numbered(rules)
    create_rules(database, numbered)
    given = sources_of(sources) if rules.department else []
    with own_folder() as folder:
        tables, problems = fill_engine(database, numbered, given, request, folder, progress)
    if rules.department is None:
        problems.append(Problem(rules.path, None, None, "no-grades"))
    is_part = bool(request.employees or request.roles)
    read = tuple(map(account, tables))
    result = Scorecards(in_order(problems), read, database, numbered, request.longer, is_part)
    if request.closed or request.provisional:
        from kpicard.cards.states import with_states

        return with_states(result, request)
    return result
