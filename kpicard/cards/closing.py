"""Closing a period: its data, its rules and its cards, frozen together as text that lives well in git."""

from __future__ import annotations

import csv
import io
import os
from collections import defaultdict
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from kpicard import __version__
from kpicard.actuals.files.tables import Source
from kpicard.cards.closed import (
    ACTUALS,
    CARDS,
    CARDS_CSV,
    CHANGES,
    MANIFEST,
    ROSTER,
    RULES,
    Amends,
    ClosedPeriod,
    Manifest,
    Withheld,
)
from kpicard.cards.request import ScoreRequest
from kpicard.cards.scorecards import Scorecards
from kpicard.files import made, own_folder
from kpicard.numbers import plain
from kpicard.problems import Problem, Value
from kpicard.roster.people import ALWAYS
from kpicard.roster.read import read_roster
from kpicard.rules.load import files_of
from kpicard.rules.rules import Rules

Render: TypeAlias = Callable[[Scorecards], bytes]
"""Returns the cards as JSON: that is for the reports to say."""

Check: TypeAlias = Callable[[Path], tuple[Problem, ...]]
"""Returns what is wrong with the folder of a closed period."""


class Closing(NamedTuple):
    """What a period is closed with; `date` is text of the user's, `amends` what it is an amendment to."""

    period: str
    request: ScoreRequest
    date: str | None = None
    amends: ClosedPeriod | None = None
    reason: str | None = None


def frozen_cards(result: Scorecards, render: Render) -> dict[str, bytes]:
    """Return the figures as they were understood and the cards, as files by their names.

    The same figures give the same bytes, however many files they come from and whatever their order. The request must
    have kept the rows.
    """
    with own_folder() as folder:
        result.write_csv(folder / CARDS_CSV)
        result.write_figures(folder / ACTUALS)
        return {
            ACTUALS: (folder / ACTUALS).read_bytes(),
            CARDS_CSV: (folder / CARDS_CSV).read_bytes(),
            CARDS: render(result),
        }


def frozen(result: Scorecards, roles: Path, closing: Closing, render: Render, changes: bytes = b"") -> dict[str, bytes]:
    """Return all files of a closed period by their names; the manifest is the last. Raises OSError.

    `roles` is the folder of the rules: the files that scored a card, or would have, are frozen as they are. `changes`
    is what an amendment says is another.
    """
    ids = {card.role.id for card in result.cards} | {each.role.id for each in result.withheld_cards}
    files = frozen_cards(result, render)
    if closing.request.roster:
        files[ROSTER] = _roster(closing.request.roster, result.rules, closing.period)
    if closing.amends:
        files[CHANGES] = changes
    files |= {f"{RULES}/{file.name}": file.read_bytes() for file in files_of(roles, ids)}
    manifest = Manifest(
        format="kpicard.closed/1",
        period=closing.period,
        date=closing.date,
        program=__version__,
        missing=closing.request.missing,
        cards=result.count,
        rules={card.role.id: card.rules for card in result.cards},
        withheld=_withheld(result),
        amends=Amends(closing.amends.hash, closing.reason or "") if closing.amends else None,
        files={name: sha256(files[name]).hexdigest() for name in sorted(files)},
    )
    return {**{name: files[name] for name in sorted(files)}, MANIFEST: manifest.sealed()}


def _roster(source: Source, rules: Rules, period: str) -> bytes:
    """Return the people of a roster who are there in a period, with what is agreed with them, sorted."""
    with own_folder() as folder:
        roster, _ = read_roster(source, rules, folder)
    people = sorted(roster.at(period).people, key=lambda each: (each.employee, each.role.id, each.first))
    kpis = sorted({kpi for person in people for kpi in person.targets})
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*_OF_PERSON, *(f"{kpi} target" for kpi in kpis)))
    for each in people:
        numbers = (each.base, each.share, *map(each.targets.get, kpis))
        base, share, *targets = ("" if number is None else plain(number) for number in numbers)
        first, last = (month if month not in ALWAYS else "" for month in (each.first, each.last))
        about = (each.employee, each.name, each.team, each.role.id, each.manager)
        writer.writerow((*about, base, f"{share}%" if share else "", first, last, *targets))
    return out.getvalue().encode()


_OF_PERSON: Final = ("employee", "name", "team", "role", "manager", "base", "share", "from", "until")


def _withheld(result: Scorecards) -> tuple[Withheld, ...]:
    codes: dict[Value, set[str]] = defaultdict(set)
    for problem in result.problems:
        if problem.severity == "error":
            codes[problem.values.get("employee")].add(problem.code)
    return tuple(
        Withheld(each.employee, each.name, each.role.id, tuple(sorted(codes[each.employee] or codes[None])))
        for each in result.withheld_cards
    )


def write_closed(folder: Path, files: Mapping[str, bytes], check: Check) -> tuple[Problem, ...]:
    """Write a folder that is not there yet, whole or not at all. Raises OSError, also where it is there by now.

    What was written is checked before it is put in its place; where that finds problems, nothing is written.
    """
    with made(folder.parent), own_folder(folder.parent) as own:
        new = own / folder.name
        new.mkdir()
        for name, content in files.items():
            (new / name).parent.mkdir(exist_ok=True)
            with (new / name).open("xb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
        problems = check(new)
        if not problems:
            new.rename(folder)
        return problems
