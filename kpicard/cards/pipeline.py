"""The way of the data, from files to the tables of the cards: each step once, in this order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kpicard.actuals.cells import forget_cells
from kpicard.actuals.check import figure_findings, other_rules, out_of_range, reasons_of
from kpicard.actuals.files.inputs import Frame, find_sources, is_anything_left, once_each
from kpicard.actuals.files.tables import Source
from kpicard.actuals.findings import Fault, place
from kpicard.actuals.header_vocabulary import KnownHeadings
from kpicard.actuals.load import LoadedTable, load_all
from kpicard.actuals.people import create_people, create_reasons, name_findings, person_findings
from kpicard.actuals.possible_range import idle_targets, impossible_figures
from kpicard.actuals.readers import Vocabulary
from kpicard.actuals.selection import (
    Selection,
    create_unmatched_roles,
    not_found,
    other_periods,
    other_titles,
)
from kpicard.actuals.tidy import create_tidy
from kpicard.actuals.unit_outliers import create_slips, several_slips
from kpicard.cards.request import ScoreRequest
from kpicard.engines.duckdb import Database, create, create_empty, create_row
from kpicard.models.run import Models, names
from kpicard.problems import Problem
from kpicard.progress import Progress, Step
from kpicard.roster.join import create_roster, roster_findings, uncover_cells, without_figures
from kpicard.rules.rule_index import Numbered

if TYPE_CHECKING:
    from kpicard.roster.people import Roster


def _files(source: Source | Frame) -> tuple[Sequence[Source | Frame], list[Problem]]:
    return ([source], []) if isinstance(source, Frame) else find_sources([source])


def fill_engine(  # noqa: PLR0913, PLR0917 - what is read, by what, as what is asked, and who is told
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
    faults += create_slips(database, vocabulary, tables)
    models = Models(database)
    models.make("withheld")
    faults += _findings(database, tables, vocabulary, models, selection)
    if roster:
        faults += roster_findings(database, tables, vocabulary, roster, models)
        problems += without_figures(database, roster, selection)
    if request.keep_rows:
        from kpicard.actuals.tidy_file import keep_rows

        models.make("bad_number")
        keep_rows(database, tables)
    uncover_cells(database)
    forget_cells(database, tables)
    progress(Step("scoring"))
    models.make("graded", "person", "ratio")
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
    if "several_slips" in reasons:
        yield from several_slips(database, tables)
    if "attainment_range" in reasons:
        yield from out_of_range(database, numbered)
