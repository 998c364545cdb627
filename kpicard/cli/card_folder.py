"""The folder that `kpicard score --output cards/` writes: whether it may, and what became of what was there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NoReturn

import typer

from kpicard.cli.options import USED_WRONGLY, tell, tell_error
from kpicard.cli.output import Destination, cannot_write, said_if_missing, tell_written
from kpicard.cli.progress import shown
from kpicard.progress import Step

if TYPE_CHECKING:
    from kpicard.cards.scorecards import Scorecards
    from kpicard.manifest import InTheWay
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
    from kpicard.manifest import InTheWay
    from kpicard.reports.card_files import write_folder

    if to.path is None:
        return
    try:
        with said_if_missing(language), shown(language) as progress:
            progress(Step("writing", to.called))
            done = write_folder(result, language, to.path, format_=to.format, force=force)
    except OSError as error:
        cannot_write(to.called, error, language)
    if isinstance(done, InTheWay):
        _refuse(to, done, language)
    tell_written(to.called, language, result.count)
    for words, names in (
        ("cards-removed", done.removed),
        ("cards-kept-by-force" if force else "cards-kept-edited", done.kept),
    ):
        if names:
            tell(words, language, folder=to.called, count=len(names), names=_first(names))


def _refuse(to: Destination, found: InTheWay, language: Language) -> NoReturn:
    tell_error(f"folder-{found.reason}", language, folder=to.called, names=_first(found.names))
    raise typer.Exit(USED_WRONGLY)


def _first(names: Sequence[str]) -> Sequence[str]:
    """Return the first of some names, and that there are more."""
    return [*names[:_MOST_NAMED], *(["…"] if len(names) > _MOST_NAMED else [])]
