"""An impact for the terminal: the verdict, the cards that change, and which KPI does it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as RichText

from kpicard.cards.impact.reasons import by_role, summarise
from kpicard.cards.impact.values import CardChange, Impact, Summary
from kpicard.messages import words_of
from kpicard.reports import figures
from kpicard.reports import impact_text as texts
from kpicard.reports.impact_lines import Line, lines
from kpicard.reports.terminal import show, terminal
from kpicard.text import Language, printable, say

WORDS: Final = words_of("impact")
_CARD_WORDS: Final = words_of("card")

_UNBOUNDED = 1000
_ROOMY = 96
_ALONE = 2
"""The rows of a table of roles where only one role changes, and all."""

_MOVES = {"up": "green", "down": "red", "other": "yellow", None: ""}


def write(impact: Impact, language: Language, out: TextIO) -> None:
    """Write to `out`; its width and colours are those of the terminal, if it is one."""
    console = terminal(out)
    changed = sorted((card for card in impact.cards if card.is_change), key=texts.by_size)
    moved = [card for card in changed if card.move]
    _print_head(console, impact, language)
    _print_cards(console, "grade-changes", moved, language)
    if _lines(impact, changed, console.width) <= console.height:
        _print_cards(console, "total-changes", changed[len(moved) :], language)
        _print_details(console, changed, language)
    elif changed:
        hint = say(WORDS["more"], language)
        employee = printable(changed[0].after.employee)
        console.print(RichText(hint.format(count=len(changed), employee=employee), "dim"))
        console.print()
    _print_not_compared(console, impact, language)
    show(console, out)


def _lines(impact: Impact, changed: Sequence[CardChange], width: int) -> int:
    """Return about how many lines all of it takes; in a narrow terminal, most take two."""
    folded = 1 if width >= _ROOMY else 2
    details = sum(2 + folded * sum(kpi.is_change for kpi in card.kpis) for card in changed)
    return 20 + len(by_role(impact)) + folded * len(changed) + details + 2 * len(impact.not_compared)


def _word(word: str, language: Language) -> str:
    """Return a word of this report, or of the cards'."""
    return say((WORDS if word in WORDS else _CARD_WORDS)[word], language)


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)


def _print_head(console: Console, impact: Impact, language: Language) -> None:
    summary = summarise(impact.cards)
    rules = f"{printable(impact.before)} {texts.ARROW} {printable(impact.after)}"
    console.print(RichText.assemble((_word("impact", language), "bold"), f"  {rules}"))
    console.print(RichText(texts.verdict(summary, len(impact.not_compared), language), "bold"))
    if summary.unchanged < summary.cards:
        console.print(RichText(texts.account(summary, language)))
    for scales in impact.scales:
        console.print(RichText(texts.scale_words(scales, language)))
    rows = [*texts.changed_roles(impact, language), (_word("all", language), summary)]
    if len(rows) > _ALONE:
        _print_first_that_fits(console, [_roles(rows, language, short=short) for short in (False, True)])
    else:
        console.print()


def _roles(rows: Sequence[tuple[str, Summary]], language: Language, *, short: bool) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(_word("role", language), overflow="fold")
    counts = ["cards", "up", "down", *([] if short else ["total-up", "total-down"])]
    for word in (*counts, "mean"):
        table.add_column(_word(word, language), justify="right")
    for title, summary in rows:
        values = [summary.cards, summary.up, summary.down]
        values += [] if short else [summary.total_up, summary.total_down]
        table.add_row(RichText(title), *map(str, values), texts.signed(summary.mean_total))
    return table


def _print_cards(console: Console, title: str, cards: Sequence[CardChange], language: Language) -> None:
    if not cards:
        return
    dated = len({card.after.period for card in cards}) > 1
    heading = _word(title, language)
    _print_first_that_fits(
        console,
        [_roomy(heading, cards, language, dated=dated), _narrow(heading, cards, language, dated=dated)],
    )


def _roomy(title: str, cards: Sequence[CardChange], language: Language, *, dated: bool) -> Table:
    table = _table(title)
    for word in ("employee", "role", *(["period"] if dated else [])):
        table.add_column(_word(word, language), overflow="fold")
    for word in ("total", "change"):
        table.add_column(_word(word, language), justify="right", no_wrap=True)
    for word in ("grade", "coefficient"):
        table.add_column(_word(word, language), no_wrap=True)
    for card in cards:
        table.add_row(
            RichText(figures.employee(card.after)),
            RichText(printable(say(card.after.role.title, language))),
            *([card.after.period] if dated else []),
            texts.totals(card),
            texts.signed(card.total),
            RichText(texts.grades(card, language), _MOVES[card.move]),
            texts.coefficients(card),
        )
    return table


def _narrow(title: str, cards: Sequence[CardChange], language: Language, *, dated: bool) -> Table:
    """Return the same with figures under each other."""
    table = _table(title)
    table.add_column(f"{_word('employee', language)}\n{_word('role', language)}", overflow="fold")
    table.add_column(f"{_word('total', language)}\n{_word('change', language)}", justify="right", no_wrap=True)
    table.add_column(f"{_word('grade', language)}\n{_word('coefficient', language)}", no_wrap=True)
    for card in cards:
        role = printable(say(card.after.role.title, language)) + (f"  {card.after.period}" if dated else "")
        table.add_row(
            RichText.assemble(figures.employee(card.after), "\n", (role, "dim")),
            RichText(f"{texts.totals(card)}\n{texts.signed(card.total)}"),
            RichText.assemble(
                (texts.grades(card, language), _MOVES[card.move]), "\n", (texts.coefficients(card), "dim")
            ),
        )
    return table


def _print_details(console: Console, cards: Sequence[CardChange], language: Language) -> None:
    if cards:
        console.print(RichText(_word("details", language), "bold italic"))
    for card in cards:
        heading = RichText.assemble(
            (figures.employee(card.after), "bold"),
            f"  {printable(say(card.after.role.title, language))}  {card.after.period}",
            f"  {texts.totals(card)}  {texts.grades(card, language)}",
        )
        console.print(heading)
        for line in lines(card, language):
            console.print(Padding(_line(line, language), (0, 0, 0, 2)))
        console.print()


def _line(line: Line, language: Language) -> RichText:
    text = RichText(line.text(language))
    if line.points:
        text.stylize("green" if line.points > 0 else "red", len(line.name) + 1, len(text) - len(line.detail) - 1)
    return text


def _print_not_compared(console: Console, impact: Impact, language: Language) -> None:
    if not impact.not_compared:
        return
    console.print(RichText(f"{_word('not-compared', language)} ({len(impact.not_compared)})", "bold"))
    for group in texts.groups(impact.not_compared, language):
        console.print(RichText(f"{group.people}  {group.title}  {group.period}"))
        for reason in group.reasons:
            console.print(Padding(RichText(reason, "dim"), (0, 0, 0, 2)))
    console.print()


def _print_first_that_fits(console: Console, choices: Sequence[RenderableType]) -> None:
    """Print the first of the choices that needs no more than the console's width, or else the last one."""
    options = console.options.update_width(_UNBOUNDED)
    fitting = (each for each in choices if Measurement.get(console, options, each).maximum <= console.width)
    console.print(next(fitting, choices[-1]))
