"""`kpicard test`: whole cards that the rules must give."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpicard.cli.inputs import own_roles
from kpicard.cli.options import SOMETHING_WRONG, OwnRoles, WrongUse, tell
from kpicard.cli.output import ProblemFormat, cannot_write, write_checked
from kpicard.cli.scoring import Asked, reads_actuals, scored

if TYPE_CHECKING:
    from kpicard.cards.values import Card

EXAMPLES = """\b
Examples:
  kpicard test
  kpicard test --roles roles --format junit
  kpicard test --record 2026-10.csv --employee E017"""


@reads_actuals(but=("files", "roles_folder", "by", "rollup", "anonymous"))
def test(
    asked: Asked,
    roles_folder: OwnRoles = None,
    record: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help="Write a test from the card that --employee has by these actuals."),
    ] = None,
    format_: ProblemFormat = None,
) -> None:
    """Run the tests of the rules, `tests/*.yaml` in the roles' folder: given actuals, and what is expected."""
    folder = own_roles(roles_folder, where="--roles", command="kpicard test --roles")
    if record:
        _record(replace(asked, roles_folder=folder, actuals=replace(asked.actuals, files=record)), folder)
        return
    from kpicard.cards.card_tests import run_tests
    from kpicard.problems import has_errors, in_order
    from kpicard.rules.card_tests import FOLDER, read_tests, test_files
    from kpicard.rules.load import Checked, load

    rules, found = load(folder)
    problems = list(found)
    files = test_files(folder)
    if not files:
        raise WrongUse("no-tests", where="--roles", path=str(folder / FOLDER))
    for file in files:
        loaded, wrong = read_tests(file, rules)
        problems += wrong
        problems += run_tests(loaded, rules) if loaded else ()
    checked = Checked(tuple(files), in_order(problems))
    write_checked(checked, format_, asked.language)
    if has_errors(problems):
        raise typer.Exit(SOMETHING_WRONG)


def _record(asked: Asked, folder: Path) -> None:
    """Write a test from a real card into a new file."""
    from kpicard.cards.card_tests import recorded
    from kpicard.files import write_new
    from kpicard.rules.card_tests import FOLDER

    if len(asked.request.employees) != 1:
        raise WrongUse("record-whom", where="--employee")
    result = scored(asked)
    if len(result.cards) != 1:
        found = tuple(f"{card.role.id} {card.period}" for card in result.cards)
        raise WrongUse("record-which" if found else "record-none", where="--record", found=found)
    (card,) = result.cards
    file = _free(folder / FOLDER, card)
    try:
        write_new(folder, {Path(FOLDER) / file: recorded(card, asked.request.missing).encode()})
    except OSError as error:
        cannot_write(folder / FOLDER / file, error, asked.language)
    tell("wrote-test", asked.language, path=str(folder / FOLDER / file))


def _free(folder: Path, card: Card) -> str:
    """Return the name of a file that is not there yet."""
    names = (f"{card.role.id}-{card.period}{'' if number == 1 else f'-{number}'}.yaml" for number in count(1))
    return next(name for name in names if not (folder / name).exists())
