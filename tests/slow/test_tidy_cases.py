"""The tidy table of every case, and the cards that come of it: the same as of the case's own files."""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, cast

import pytest

import kpicard
from kpicard.actuals.files.tables import Source
from kpicard.cards.request import ScoreRequest
from kpicard.cards.scorecards import Scorecards, score_request
from kpicard.cards.values import Card

HERE: Final = Path(__file__).parents[1]
ACTUALS: Final = sorted(file.parent for file in (HERE / "cases" / "actuals").glob("*/expected.txt"))
EXPORTS: Final = sorted(file.parent for file in (HERE / "cases" / "exports").glob("*/expected.txt"))

OPTIONS: Final[Mapping[str, str]] = {
    "--period": "periods",
    "--employee": "employees",
    "--role": "roles",
    "--expect-rules": "expect_rules",
    "--missing": "missing",
}


@cache
def loaded(folder: Path) -> kpicard.Rules:
    """Return the rules of a folder, read once."""
    return kpicard.load(folder)[0]


def asked(case: Path, names: Sequence[str]) -> tuple[list[Source], ScoreRequest]:
    """Return the case's files, and what is asked of them."""
    file = case / "args.txt"
    words = iter(shlex.split(file.read_text("utf-8")) if file.exists() else names)
    files: list[Source] = []
    request = ScoreRequest(keep_rows=True)
    of_all: dict[str, Any] = {"encoding": None, "sheets": ()}
    for word in words:
        if word == "--missing":
            request = replace(request, missing=cast("kpicard.Missing", next(words)))
        elif word in OPTIONS:
            name = OPTIONS[word]
            chosen: dict[str, Any] = {name: (*getattr(request, name), next(words))}
            request = replace(request, **chosen)
        elif word == "--encoding":
            of_all["encoding"] = next(words)
        elif word == "--sheet":
            of_all["sheets"] = (next(words),)
        else:
            files.append(Source.of(word))
    return [replace(each, **of_all) for each in files], request


def by_id(request: ScoreRequest, rules: kpicard.Rules) -> ScoreRequest:
    """Return the request with its roles by id, as the command makes it."""
    ids = [id_ for name in request.roles for id_, role in rules.roles.items() if name in {id_, role.title, *role.title}]
    return replace(request, roles=tuple(ids))


def on_one_line(card: Card) -> Card:
    """Return the card with a name that has no line breaks: a cell of a tidy table is one line."""
    return replace(card, name=card.name and " ".join(card.name.split()))


def said(result: Scorecards) -> tuple[object, ...]:
    """Return the cards, and whose are withheld."""
    return [on_one_line(card) for card in result.cards], result.withheld_cards


@pytest.mark.parametrize("case", [*ACTUALS, *EXPORTS], ids=lambda case: f"{case.parent.name}-{case.name}")
def test_the_tidy_table_gives_the_cards_of_its_files(tmp_path: Path, case: Path) -> None:
    """Whatever is wrong with the files: what withholds a card of theirs withholds it there too."""
    own = case / "roles"
    of_exports = case in EXPORTS
    rules = loaded(own if own.is_dir() else HERE.parent / "roles" if of_exports else HERE / "data" / "roles")
    ending = "" if of_exports else ".csv"
    left_out = {"args.txt", "expected.txt", "expected.csv", "roles"}
    names = sorted(each.name for each in case.iterdir() if each.name not in left_out and each.name.endswith(ending))
    with contextlib.chdir(case):
        sources, request = asked(case, names)
        before = score_request(rules, sources, by_id(request, rules))
    as_: Literal["csv", "parquet"] = "csv" if len(case.name) % 2 else "parquet"
    before.write_tidy(tmp_path / "tidy", as_)
    after = score_request(rules, tmp_path / "tidy", replace(by_id(request, rules), periods=()))
    assert said(before) == said(after), [str(each) for each in after.problems]
