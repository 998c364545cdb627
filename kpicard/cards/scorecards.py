"""From rules and files of actuals to scorecards: the one way that data goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from kpicard.actuals.check import check_figures, create_cards, other_rules, out_of_range
from kpicard.actuals.employees import create_people, take_out_nobody
from kpicard.actuals.figures import create_figures, forget_cells
from kpicard.actuals.files.inputs import Frame, Given, find_sources, is_anything_left, sources_of
from kpicard.actuals.files.tables import Source
from kpicard.actuals.findings import place
from kpicard.actuals.load import LoadedTable, TableRead, account, load_all
from kpicard.actuals.person_numbers import read_person_numbers
from kpicard.actuals.possible_range import idle_targets, impossible_figures
from kpicard.actuals.ratios import create_ratios
from kpicard.actuals.readers import Vocabulary
from kpicard.actuals.selection import (
    as_tuple,
    create_ruleless,
    not_found,
    other_periods,
    pass_over,
)
from kpicard.actuals.unit_outliers import unit_slips
from kpicard.cards.request import ScoreRequest
from kpicard.cards.rollup import By, Longer
from kpicard.cards.values import Card, Key, Missing, Rollup, Withheld
from kpicard.engines.cards import count_cards, count_seen, fetch_cards, fetch_ruleless, fetch_withheld
from kpicard.engines.duckdb import Database, connect, create, create_scored, within_memory
from kpicard.engines.export import relation, write_csv, write_parquet
from kpicard.engines.rollup import totals_relation, write_totals_csv, write_totals_parquet
from kpicard.engines.rule_tables import create_rules
from kpicard.files import write_whole
from kpicard.folders import own_folder
from kpicard.problems import Problem, in_order
from kpicard.progress import Progress, Step, unseen
from kpicard.rules.rule_index import Numbered
from kpicard.rules.rules import Rules

if TYPE_CHECKING:
    import duckdb

    from kpicard.cards.advice.plan import Advice
    from kpicard.cards.history import History
    from kpicard.cards.summary_values import Summary


@dataclass(frozen=True, eq=False)
class Scorecards:
    """The cards of one run, sorted by period, role and employee, and the problems found, sorted by place.

    A card with a problem is not among the cards. The figures stay in the engine until they are asked for, by one thread
    at a time.
    `tables` says how every file was read. `longer` says what the cards are where they are of quarters or years,
    `is_part` that people or roles were chosen.
    """

    problems: tuple[Problem, ...]
    tables: tuple[TableRead, ...]
    _database: Database = field(repr=False)
    _numbered: Numbered = field(repr=False)
    longer: Longer | None = None
    is_part: bool = False

    @cached_property
    @within_memory()
    def cards(self) -> tuple[Card, ...]:
        """Every card, as values. Raises MemoryError where the memory limit does not do."""
        if self.longer:
            from kpicard.engines.cards import longer_cards

            return tuple(longer_cards(self._database, self._numbered, self.longer))
        return tuple(fetch_cards(self._database, self._numbered))

    @cached_property
    @within_memory()
    def count(self) -> int:
        """How many cards there are."""
        return count_cards(self._database)

    @cached_property
    def withheld(self) -> int:
        """How many cards were withheld, each for a problem that is reported."""
        return count_seen(self._database) - self.count + len(self._ruleless)

    @cached_property
    @within_memory()
    def withheld_cards(self) -> tuple[Withheld, ...]:
        """Whose cards were withheld, sorted as the cards."""
        found = [*fetch_withheld(self._database, self._numbered), *self._ruleless]
        return tuple(sorted(found, key=lambda each: (each.period, each.role.id, each.employee)))

    @cached_property
    def _ruleless(self) -> tuple[Withheld, ...]:
        return tuple(fetch_ruleless(self._database, self.rules, self.longer.by if self.longer else None))

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
    @within_memory()
    def advice(self) -> Mapping[Key, Advice]:
        """What would reach the next grade, for each card that has a better grade above it."""
        from kpicard.cards.advice.plan import advise

        return advise(self.cards, self._numbered, self._database)

    @cached_property
    def summaries(self) -> tuple[Summary, ...]:
        """The cards of each period together: ranking, spread by role and team, quotas."""
        from kpicard.cards.summary import summarise

        return summarise(self.cards, self.rules, self.withheld_cards, is_part=self.is_part)

    def with_problems(self, problems: Iterable[Problem]) -> Scorecards:
        """Return the same cards with further problems, for instance those of the rules."""
        return replace(self, problems=in_order([*self.problems, *problems]))

    def write_csv(self, path: str | Path) -> None:
        """Write one row per KPI as CSV, straight from the engine; per card, where it is made from totals.

        The file is written whole or not at all: what was there before stays, until all is written.
        Raises OSError where the path cannot be written, MemoryError where the memory limit does not do.
        """
        write = write_totals_csv if self._is_of_totals else write_csv
        with within_memory():
            write_whole(Path(path), partial(write, self._database))

    def write_parquet(self, path: str | Path) -> None:
        """Write the same as Parquet, its numbers as decimals, whole or not at all.

        Raises OSError where the path cannot be written, MemoryError where the memory limit does not do.
        """
        write = write_totals_parquet if self._is_of_totals else write_parquet
        with within_memory():
            write_whole(Path(path), partial(write, self._database))

    @within_memory()
    def relation(self) -> duckdb.DuckDBPyRelation:
        """Return the same as a relation of DuckDB, which stays in the engine until it is asked for.

        Its `df()` is a data frame of pandas, `pl()` one of Polars, `to_arrow_table()` an Arrow table. The numbers are
        decimals, which pandas turns into binary fractions.
        """
        return (totals_relation if self._is_of_totals else relation)(self._database)

    @property
    def _is_of_totals(self) -> bool:
        return self.longer is not None and self.longer.rollup == "totals"


def score(  # noqa: PLR0913 - the public keywords, which make a request
    rules: Rules,
    sources: Given | Iterable[Given],
    *,
    missing: Missing = "refuse",
    periods: str | Iterable[str] = (),
    employees: str | Iterable[str] = (),
    roles: str | Iterable[str] = (),
    expect_rules: str | Iterable[str] = (),
    by: By | None = None,
    rollup: Rollup = "totals",
    also_known: Rules | None = None,
    memory_limit: int | None = None,
    progress: Progress = unseen,
) -> Scorecards:
    """Score actuals by the rules: files of text with separators, workbooks or Parquet, folders and patterns of them.

    A data frame of pandas or Polars, an Arrow table or a relation of DuckDB will do as well, or a `Frame` that names
    it; DuckDB reads their rows where they are.

    `missing` says what becomes of a KPI that is not reported: `refuse` withholds the card, `zero` scores it 0,
    `exclude` scales the other weights up. `periods` (`YYYY-MM`), `employees` and `roles` (ids) choose cards; a single
    period also dates a file that says none itself. `expect_rules` are fingerprints: a card that other rules score is
    withheld. Figures of KPIs that a role has only by the rules `also_known` are passed over, where both are compared.
    `memory_limit` is what the process may take, in bytes: beyond it the engine works on disk, in the system's folder
    for temporary files. `progress` is told of each step.

    `by` makes one card of the months of each quarter or year: with the `rollup` `totals` from the mean of their totals,
    with `actuals` from their actuals, which are brought together by each KPI's own rollup and then scored.

    Never raises for what is in the files: see the result's `problems`. Raises TypeError for sources that are none, and
    for tables in memory whose types nothing can be made of; ValueError for another `missing`, `by` or `rollup` and for
    periods that are none; MemoryError for too low a limit.
    """
    request = ScoreRequest(
        missing=missing,
        periods=as_tuple(periods),
        employees=as_tuple(employees),
        roles=as_tuple(roles),
        expect_rules=as_tuple(expect_rules),
        by=by,
        rollup=rollup,
        also_known=also_known,
        memory_limit=memory_limit,
    )
    return score_request(rules, sources, request, progress)


@within_memory()
def score_request(
    rules: Rules, sources: Given | Iterable[Given], request: ScoreRequest, progress: Progress = unseen
) -> Scorecards:
    """Score actuals as `score` does, with its options in one value."""
    database, numbered = connect(request.memory_limit), Numbered(rules)
    create_rules(database, numbered)
    create(database, "scheme", {"zero": "BOOLEAN"}, [(request.missing == "zero",)])
    given = sources_of(sources) if rules.department else []
    with own_folder() as folder:
        tables, problems = _score(database, numbered, given, request, folder, progress)
    if rules.department is None:
        problems.append(Problem(rules.path, None, None, "no-grades"))
    is_part = bool(request.employees or request.roles)
    return Scorecards(in_order(problems), tuple(map(account, tables)), database, numbered, request.longer, is_part)


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
    """Fill the engine from the files up to `scored`; return what was read, and the problems.

    `folder` is for copies, until the end.
    """
    selection, longer = request.selection, request.longer
    found: list[Source | Frame] = []
    problems: list[Problem] = []
    for source in sources:
        files, wrong_files = _files(source)
        found += files
        problems += wrong_files
    tables, all_read, wrong = load_all(database, found, numbered.rules, folder, progress)
    all_read = all_read and not is_anything_left(problems)
    vocabulary = Vocabulary(numbered)
    progress(Step("understanding"))
    create_figures(database, tables, vocabulary, selection)
    if request.also_known:
        pass_over(database, request.also_known)
    progress(Step("checking"))
    create_cards(database)
    faults = take_out_nobody(database, tables)
    faults += impossible_figures(database, tables, numbered)
    faults += idle_targets(database, tables, numbered)
    faults += read_person_numbers(database, tables, numbered)
    faults += check_figures(database, tables, vocabulary, request.missing, all_read=all_read)
    if request.expect_rules:
        faults += other_rules(database, tables, numbered, request.expect_rules)
    if not selection.periods:
        faults += other_periods(database, tables)
    faults += create_people(database, tables)
    create_ratios(database, tables)
    create_ruleless(database, vocabulary, selection)
    forget_cells(database, tables)
    progress(Step("scoring"))
    create_scored(database)
    faults += out_of_range(database, numbered)
    faults += unit_slips(database, vocabulary, tables)
    problems += [*wrong, *not_found(database, tables, selection)]
    if longer:
        from kpicard.cards.rollup_checks import lengthen

        faults += lengthen(database, tables, numbered, longer, selection.periods, all_read=all_read)
    return tables, [*problems, *place(faults, tables)]
