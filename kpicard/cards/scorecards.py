"""From rules and files of actuals to scorecards: the one way that data goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kpicard.actuals.cells import forget_cells
from kpicard.actuals.check import figure_findings, other_rules, out_of_range, reasons_of
from kpicard.actuals.files.inputs import Frame, Given, find_sources, is_anything_left, once_each, sources_of
from kpicard.actuals.files.tables import Source
from kpicard.actuals.findings import Fault, place
from kpicard.actuals.header_vocabulary import KnownHeadings
from kpicard.actuals.load import LoadedTable, TableRead, account, load_all
from kpicard.actuals.people import create_people, create_reasons, name_findings, person_findings
from kpicard.actuals.possible_range import idle_targets, impossible_figures
from kpicard.actuals.readers import Vocabulary
from kpicard.actuals.selection import (
    Selection,
    as_tuple,
    create_unmatched_roles,
    not_found,
    other_periods,
    other_titles,
)
from kpicard.actuals.tidy import create_tidy
from kpicard.actuals.unit_outliers import unit_outliers
from kpicard.cards.outputs import Hold, Outputs, by_engine
from kpicard.cards.request import ScoreRequest
from kpicard.cards.values import By, Card, DecimalMark, Key, Longer, Missing, Rollup, State, Withheld
from kpicard.engines.cards import (
    Tables,
    count_cards,
    count_seen,
    fetch_cards,
    fetch_comments,
    fetch_team_figures,
    fetch_unmatched,
    fetch_withheld,
    tables_of,
)
from kpicard.engines.duckdb import Database, connect, create, create_empty, create_row, within_memory
from kpicard.engines.rule_tables import create_rules
from kpicard.files import own_folder
from kpicard.models.run import Models, names
from kpicard.problems import Problem, in_order
from kpicard.progress import Progress, Step, unseen
from kpicard.roster.join import create_roster, roster_findings, uncover_cells, without_figures
from kpicard.rules.rule_index import Numbered
from kpicard.rules.rules import Rules

if TYPE_CHECKING:
    from kpicard.actuals.figures import FigureRow
    from kpicard.cards.advice import Advice
    from kpicard.cards.history import History
    from kpicard.cards.summary_values import Summary
    from kpicard.roster.people import Roster


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
    _hold: Hold = field(default_factory=Hold, repr=False)

    @cached_property
    @by_engine
    def cards(self) -> tuple[Card, ...]:
        """Every card, as values. Raises MemoryError where the memory limit does not do."""
        from kpicard.cards.pay import with_comments, with_pay, with_team_figures

        if self.longer:
            from kpicard.engines.cards import longer_cards

            cards = tuple(longer_cards(self._database, self._numbered, self.longer))
        else:
            cards = tuple(fetch_cards(self._database, self._numbered))
        cards = with_comments(cards, fetch_comments(self._database, self._numbered))
        cards = with_team_figures(cards, fetch_team_figures(self._database, self._numbered))
        if self.as_frozen:
            old = [self.as_frozen.get(card.key, card) for card in cards]
            cards = tuple(
                replace(card, comments=each.comments, team_figures=each.team_figures)
                for card, each in zip(cards, old, strict=True)
            )
        if self.states:
            cards = tuple(replace(card, state=self.states.get(card.key)) for card in cards)
        return with_pay(cards, self.withheld_cards if any(card.base is not None for card in cards) else (), self.rules)

    @cached_property
    @by_engine
    def count(self) -> int:
        """How many cards there are."""
        return count_cards(self._database, self._tables)

    @cached_property
    @by_engine
    def withheld(self) -> int:
        """How many cards were withheld, each for a problem that is reported."""
        return count_seen(self._database, self._tables) - self.count + len(self._unmatched)

    @cached_property
    @by_engine
    def withheld_cards(self) -> tuple[Withheld, ...]:
        """Whose cards were withheld, sorted as the cards."""
        found = [*fetch_withheld(self._database, self._numbered, self._tables), *self._unmatched]
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

        return summarise(self.cards, self.rules, self.withheld_cards, is_part=self.is_part)

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

    `by` makes one card of the months of each quarter or year: with the `rollup` `totals` from the mean of their totals,
    with `actuals` from their actuals, which are brought together by each KPI's own rollup and then scored.

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
        tables, problems = _score(database, numbered, given, request, folder, progress)
    if rules.department is None:
        problems.append(Problem(rules.path, None, None, "no-grades"))
    is_part = bool(request.employees or request.roles)
    read = tuple(map(account, tables))
    result = Scorecards(in_order(problems), read, database, numbered, request.longer, is_part)
    if request.closed or request.provisional:
        from kpicard.cards.states import with_states

        return with_states(result, request)
    return result


def _files(source: Source | Frame) -> tuple[Sequence[Source | Frame], list[Problem]]:
    return ([source], []) if isinstance(source, Frame) else find_sources([source])


def _score(  # noqa: PLR0913, PLR0917 - what is read, by what, as what is asked, and who is told
    database: Database,
    numbered: Numbered,
    sources: Sequence[Source | Frame],
    request: ScoreRequest,
    folder: Path,
    progress: Progress,
) -> tuple[Sequence[LoadedTable], list[Problem]]:
    """Fill the engine from the files up to the cards; return what was read, and the problems.

    `folder` is for copies, until the end.
    """
    selection, longer = request.selection, request.longer
    found: list[Source | Frame] = []
    problems: list[Problem] = []
    for source in sources:
        files, wrong_files = _files(source)
        found += files
        problems += wrong_files
    found, twice = once_each(found)
    problems += twice
    roster, wrong_roster = _roster(request, numbered, folder)
    if roster is None and request.roster:
        found = []  # who has which role is not known
    known = KnownHeadings(numbered.rules, has_roster=roster is not None, roles=request.roles)
    styled = [replace(source, style=request.decimal or "") for source in found]
    tables, all_read, wrong = load_all(database, styled, known, folder, progress)
    wrong += wrong_roster
    all_read = all_read and not is_anything_left(problems)
    is_unsure = any(table.table.style == "?" for table in tables)
    vocabulary = Vocabulary(numbered, request.spelling(is_unsure=is_unsure), roster)
    create_roster(database, roster, numbered)
    _create_scheme(database, numbered, request, all_read=all_read)
    progress(Step("understanding"))
    faults = create_tidy(database, tables, vocabulary, selection, request.also_known)
    create_people(database, tables, vocabulary.spelling)
    create_reasons(database, tables)
    create_unmatched_roles(database, vocabulary, selection)
    progress(Step("checking"))
    models = Models(database)
    models.make("withheld")
    faults += _findings(database, tables, vocabulary, models, selection)
    if roster:
        faults += roster_findings(database, tables, roster, models)
        problems += without_figures(database, roster, selection)
    if request.keep_rows:
        from kpicard.actuals.tidy_file import keep_rows

        models.make("bad_number")
        keep_rows(database, tables)
    uncover_cells(database)
    forget_cells(database, tables)
    progress(Step("scoring"))
    models.make("graded", "person", "ratio")
    faults += unit_outliers(database, vocabulary, tables)
    problems += [*wrong, *not_found(database, tables, selection), *other_titles(tables, selection)]
    if longer:
        from kpicard.cards.rollup_checks import roll_up

        faults += roll_up(models, database, tables, vocabulary, longer, selection.periods)
    return tables, [*problems, *place(faults, tables)]


def _roster(request: ScoreRequest, numbered: Numbered, folder: Path) -> tuple[Roster | None, list[Problem]]:
    """Return the roster that is asked for, None where there is none, or none that can be read, and the problems."""
    if request.roster is None:
        return None, []
    from kpicard.roster.read import read_roster

    roster, problems = read_roster(request.roster, numbered.rules, folder)
    return (roster if roster.people else None), [*problems]


def _create_scheme(database: Database, numbered: Numbered, request: ScoreRequest, *, all_read: bool) -> None:
    """Create what is asked of the models: `scheme`, and `unexpected_role`.

    `all_read` is false where a file could not be read: a missing figure may stand there, so that it is never scored 0
    and never left out.
    """
    missing, expected = request.missing, request.expect_rules
    create_row(
        database,
        "scheme",
        {
            "zero": missing == "zero",
            "refuse": missing == "refuse",
            "all_read": all_read,
            "has_roster": request.roster is not None,
        },
    )
    others = [
        (number,) for number, each in enumerate(numbered.editions) if expected and each.fingerprint not in expected
    ]
    if others:
        create(database, "unexpected_role", {"role": "SMALLINT"}, others)
    else:
        create_empty(database, "unexpected_role", {"role": "SMALLINT"})


def _findings(
    database: Database, tables: Sequence[LoadedTable], vocabulary: Vocabulary, models: Models, selection: Selection
) -> Iterator[Fault]:
    """Yield what is wrong with cells and cards. A model that found nothing is not asked: that would take time."""
    numbered = vocabulary.numbered
    reasons = reasons_of(database)
    has_faults = bool(database.execute("SELECT 1 FROM tidy WHERE fault LIMIT 1").fetchall())
    models.make(*reasons & names())
    if has_faults or "impossible" in reasons:
        models.make("impossible")
        yield from impossible_figures(database, tables, numbered)
    yield from idle_targets(database, tables, numbered, models)
    yield from person_findings(database, tables, vocabulary, models, reasons)
    if has_faults:
        from kpicard.actuals.unread_cells import cell_faults

        yield from cell_faults(database, tables, vocabulary)
    yield from figure_findings(database, tables, numbered, reasons)
    if "other_rules" in reasons:
        yield from other_rules(database, tables, numbered)
    if not selection.periods:
        yield from other_periods(database, tables)
    yield from name_findings(database, tables, models)
    if "attainment_range" in reasons:
        yield from out_of_range(database, numbered)
