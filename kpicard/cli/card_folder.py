"""The folders that `--output cards/` and `--output site/` write: whether they may, and what became of others there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import typer

from kpicard.cli.options import USED_WRONGLY, tell, tell_error
from kpicard.cli.output import Destination, cannot_write, said_if_missing, tell_written
from kpicard.cli.progress import shown
from kpicard.progress import Step

if TYPE_CHECKING:
    from kpicard.cards.scorecards import Scorecards
    from kpicard.manifest import InTheWay, Replaced
    from kpicard.reports.duty_sheet import DutySheets
    from kpicard.text import Language

_MOST_NAMED: Final = 5


def refuse_foreign(to: Destination, language: Language) -> None:
    """End the command where the folder is not kpicard's to write: before there is any work to lose."""
    from kpicard.manifest import InTheWay, owned

    if to.path is None:
        return
    try:
        found = owned(to.path)
    except OSError as error:
        cannot_write(to.called, error, language)
    if isinstance(found, InTheWay):
        _refuse(to, found, language)


def write_cards(result: Scorecards, to: Destination, language: Language, *, force: bool) -> None:
    """Write a folder of cards, and say what was written, removed and kept; where that cannot be, end the command."""
    from kpicard.reports.card_files import write_folder

    def write(folder: Path) -> Replaced | InTheWay:
        return write_folder(result, language, folder, format_=to.format, force=force)

    done = _written(write, to, language)
    tell_written(to.called, language, result.count)
    _tell_replaced(done, to, language, "cards", force=force)


def write_site(sheets: DutySheets, to: Destination, language: Language, *, force: bool) -> None:
    """Write a folder of duty sheets likewise."""
    from kpicard.reports.role_site import write_folder

    def write(folder: Path) -> Replaced | InTheWay:
        return write_folder(sheets, language, folder, force=force)

    done = _written(write, to, language)
    tell("wrote-roles", language, path=to.called, count=len(sheets.roles or sheets.rules.roles))
    _tell_replaced(done, to, language, "pages", force=force)


def _written(write: Callable[[Path], Replaced | InTheWay], to: Destination, language: Language) -> Replaced:
    from kpicard.manifest import InTheWay, Replaced

    if to.path is None:
        return Replaced()
    try:
        with said_if_missing(language), shown(language) as progress:
            progress(Step("writing", to.called))
            done = write(to.path)
    except OSError as error:
        cannot_write(to.called, error, language)
    return _refuse(to, done, language) if isinstance(done, InTheWay) else done


def _tell_replaced(done: Replaced, to: Destination, language: Language, what: str, *, force: bool) -> None:
    kept = "kept-by-force" if force else "kept-edited"
    for words, names in ((f"{what}-removed", done.removed), (f"{what}-{kept}", done.kept)):
        if names:
            tell(words, language, folder=to.called, count=len(names), names=_first(names))


def _refuse(to: Destination, found: InTheWay, language: Language) -> NoReturn:
    tell_error(f"folder-{found.reason}", language, folder=to.called, names=_first(found.names))
    raise typer.Exit(USED_WRONGLY)


def _first(names: Sequence[str]) -> Sequence[str]:
    """Return the first of some names, and that there are more."""
    return [*names[:_MOST_NAMED], *(["…"] if len(names) > _MOST_NAMED else [])]
