"""The folder that `kpicard score --output cards/` writes: whether it may, and what became of what was there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NoReturn

import typer

from kpicard.cli.options import USED_WRONGLY, tell_error
from kpicard.cli.output import Destination, cannot_write, tell_written
from kpicard.cli.progress import shown
from kpicard.progress import Step
from kpicard.text import Both, printable, say

if TYPE_CHECKING:
    from kpicard.cards.scorecards import Scorecards
    from kpicard.manifest import InTheWay
    from kpicard.text import Language

_IN_THE_WAY: Final = {
    "foreign": Both(
        "{folder} has files that kpicard did not write: {names}. Name another folder, or add --force: it overwrites "
        "files of the same name, and removes nothing. A folder of cards from an earlier version of kpicard needs "
        "--force once",
        "{folder} 中有不是 kpicard 写入的文件：{names}。请换一个文件夹，或加上 --force："
        "只覆盖同名文件，不删除任何文件。旧版 kpicard 生成的考核表文件夹，需加一次 --force",
    ),
    "list": Both(
        "{folder} has a list of files that kpicard did not write, or that was changed since: {names}. Name another "
        "folder, or add --force: it overwrites files of the same name, and removes nothing",
        "{folder} 中的文件清单 {names} 不是 kpicard 写入的，或后来被改动过。请换一个文件夹，或加上 --force："
        "只覆盖同名文件，不删除任何文件",
    ),
    "taken": Both(
        "{folder} has files of the same name that are not what kpicard wrote there: {names}. Move them away, or add "
        "--force to overwrite them",
        "{folder} 中的同名文件不是 kpicard 写入的：{names}。请将其移走，或加上 --force 覆盖",
    ),
    "edited": Both(
        "files in {folder} were edited since kpicard wrote them: {names}. Move them away, or add --force to overwrite "
        "them",
        "{folder} 中的文件在 kpicard 写入后被修改过：{names}。请将其移走，或加上 --force 覆盖",
    ),
}
_REMOVED: Final = Both(
    "Removed from {folder}, since this run has no such cards ({count}): {names}",
    "已从 {folder} 删除本次没有的旧考核表（{count} 个）：{names}",
)
_KEPT_EDITED: Final = Both(
    "Kept in {folder}, though not in its index, since they were edited ({count}): {names}",
    "{folder} 中的以下旧考核表被修改过，予以保留，但不在目录中（{count} 个）：{names}",
)
_KEPT_BY_FORCE: Final = Both(
    "Kept in {folder}, though not in its index, since --force removes nothing ({count}): {names}",
    "{folder} 中的以下旧考核表不在目录中；--force 不删除文件，予以保留（{count} 个）：{names}",
)
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
        with shown(language) as progress:
            progress(Step("writing", to.called))
            done = write_folder(result, language, to.path, format_=to.format, force=force)
    except OSError as error:
        cannot_write(to.called, error, language)
    if isinstance(done, InTheWay):
        _refuse(to, done, language)
    tell_written(to.called, language, result.count)
    for words, names in ((_REMOVED, done.removed), (_KEPT_BY_FORCE if force else _KEPT_EDITED, done.kept)):
        if names:
            said = say(words, language).format(folder=to.called, count=len(names), names=_listed(names, language))
            typer.echo(said, err=True)


def _refuse(to: Destination, found: InTheWay, language: Language) -> NoReturn:
    tell_error(_IN_THE_WAY[found.reason], language, folder=to.called, names=_listed(found.names, language))
    raise typer.Exit(USED_WRONGLY)


def _listed(names: Sequence[str], language: Language) -> str:
    """Return the first of some names."""
    first = [*map(printable, names[:_MOST_NAMED]), *(["…"] if len(names) > _MOST_NAMED else [])]
    return ("、" if language == "zh" else ", ").join(first)
