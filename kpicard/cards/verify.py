"""Verifying a closed period: nothing was changed, and its data and rules give its cards again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

from kpicard import __version__
from kpicard.actuals.files.tables import Source
from kpicard.cards.closed import ACTUALS, CARDS, CARDS_CSV, MANIFEST, ROSTER, ClosedPeriod
from kpicard.cards.closing import Render, frozen_cards
from kpicard.cards.request import ScoreRequest
from kpicard.cards.scorecards import score_request
from kpicard.problems import Problem, in_order, unreadable

_MOST: Final = 100
"""The most cards that are named."""


def verify(closed: ClosedPeriod, render: Render) -> tuple[Problem, ...]:
    """Return what is wrong with a closed period: files that were changed, and cards that come out otherwise now.

    Under the version of the program that closed it, cards come out to the byte; under another, figure by figure: what
    that version has beside is no difference. Where no file was changed, it is the program that computes otherwise.
    """
    found = list(_files(closed))
    try:
        return in_order([*found, *_cards(closed, render, is_intact=not found)])
    except OSError as error:
        return in_order([*found, unreadable(closed.name, error)])


def _files(closed: ClosedPeriod) -> Iterator[Problem]:
    """Yield the files that were changed, are missing, or were not there."""
    there = {path.relative_to(closed.folder).as_posix() for path in closed.folder.rglob("*") if not path.is_dir()}
    for name, hash_ in closed.manifest.files.items():
        path = f"{closed.name}/{name}"
        if name not in there:
            yield Problem(path, None, None, "closed-file-gone")
            continue
        try:
            if sha256((closed.folder / name).read_bytes()).hexdigest() != hash_:
                yield Problem(path, None, None, "closed-file-changed")
        except OSError as error:
            yield unreadable(path, error)
    if closed.manifest.amends and closed.manifest.amends.manifest not in _beside(closed.folder):
        yield Problem(f"{closed.name}/{MANIFEST}", None, None, "amends-nothing", {"period": closed.manifest.period})
    for name in sorted(there - {*closed.manifest.files, MANIFEST}):
        yield Problem(f"{closed.name}/{name}", None, None, "closed-file-new")


def _cards(closed: ClosedPeriod, render: Render, *, is_intact: bool) -> Iterator[Problem]:
    """Yield how the cards that come out now differ from those that were frozen."""
    rules, problems = closed.rules
    yield from problems
    manifest = closed.manifest
    roster = Source(closed.folder / ROSTER, f"{closed.name}/{ROSTER}") if ROSTER in manifest.files else None
    request = ScoreRequest(missing=manifest.missing, periods=(manifest.period,), roster=roster, keep_rows=True)
    source = Source(closed.folder / ACTUALS, f"{closed.name}/{ACTUALS}")
    report = closed.report
    if isinstance(report, Problem):
        yield report
        return
    # What people said is not computed: only its hash is checked.
    result = replace(score_request(rules, [source], request), as_frozen={card.key: card for card in report.cards})
    fresh = frozen_cards(result, render)
    old, new = ((closed.folder / CARDS).read_bytes(), fresh[CARDS])
    differing = list(_differing(old, new)) if old != new else []
    for each in differing[:_MOST]:
        code = "closed-card-otherwise" if is_intact else "closed-card-differs"
        values = {**each._asdict(), "closed_by": manifest.program, "program": __version__}
        yield Problem(f"{closed.name}/{CARDS}", None, None, code, values)
    if len(differing) > _MOST:
        yield Problem(f"{closed.name}/{CARDS}", None, None, "closed-more-cards", {"count": len(differing) - _MOST})
    if not is_intact and not differing:
        yield from _lines(closed, fresh)
    elif is_intact and manifest.program == __version__ and not differing:
        for name in (ACTUALS, CARDS, CARDS_CSV):
            if (closed.folder / name).read_bytes() != fresh[name]:
                values = {"closed_by": manifest.program, "program": __version__}
                yield Problem(f"{closed.name}/{name}", None, None, "closed-bytes-otherwise", values)


class Differing(NamedTuple):
    """A card that differs: the first field that does, with what it was and what comes out now."""

    employee: str
    role: str
    field: str
    before: str
    after: str


def _differing(old: bytes, new: bytes) -> Iterator[Differing]:
    """Yield the cards that differ between two reports, by period, role and employee."""
    before, after = map(_by_card, (old, new))
    for role, employee in sorted({*before, *after}):
        one, other = before.get((role, employee)), after.get((role, employee))
        if one is None or other is None:
            yield Differing(employee, role, "card", *("—" if each is None else "scored" for each in (one, other)))
            continue
        for field, was, now in _differences(one, other):
            yield Differing(employee, role, field, was, now)
            break


def _by_card(text: bytes) -> Mapping[tuple[str, str], Any]:
    """Return the cards of a report by role and employee; none where it is no report."""
    try:
        cards = json.loads(text, parse_float=Decimal, parse_int=Decimal)["cards"]
        return {(card["role"], card["employee"]): card for card in cards}
    except (ValueError, TypeError, KeyError, RecursionError):
        return {}


def _differences(before: Any, after: Any, field: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield the fields that differ, as `kpis[speed].score`; those that only the second has are no difference."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name, value in before.items():
            yield from _differences(value, after.get(name), f"{field}.{name}" if field else name)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            name = one.get("kpi") or one.get("adjustment") or index if isinstance(one, dict) else index
            yield from _differences(one, other, f"{field}[{name}]")
    elif before != after:
        yield field, str(before), str(after)


def _lines(closed: ClosedPeriod, fresh: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield the first line of the table of cards that is not what the frozen data and rules give."""
    path = closed.folder / CARDS_CSV
    lines = path.read_bytes().splitlines() if path.is_file() else []
    others = fresh[CARDS_CSV].splitlines()
    for number, (line, other) in enumerate(zip(lines, others, strict=False), start=1):
        if line != other:
            text = line.decode(errors="replace")
            yield Problem(f"{closed.name}/{CARDS_CSV}", number, None, "closed-line-differs", {"value": text})
            return


def _beside(folder: Path) -> set[str]:
    """Return the hashes of the manifests beside a closed period."""
    return {sha256(path.read_bytes()).hexdigest() for path in folder.resolve().parent.glob(f"*/{MANIFEST}")}
