"""An impact as Markdown, made to be posted on a pull request: short enough for that, and calling nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, TextIO

from kpicard.cards.impact.reasons import summarise
from kpicard.cards.impact.values import CardChange, Impact
from kpicard.messages import words_of
from kpicard.reports import figures
from kpicard.reports import impact_text as texts
from kpicard.reports.impact_lines import lines
from kpicard.reports.markdown_text import escape, table
from kpicard.text import Language, say

WORDS: Final = words_of("impact")
_CARD_WORDS: Final = words_of("card")

LONGEST: Final = 65_000
"""In characters, all of it; GitHub takes 65,536 for a comment."""

_RESERVED: Final = 400
"""For each part: its heading and the sentence that says what was cut off."""

_CALL: Final = re.compile(r"(@|\\#)(?=\w)")


class _Part(NamedTuple):
    """A part of the report: rows below a heading, of which some may be cut off."""

    head: str
    rows: Sequence[str]
    tail: str = ""


def write(impact: Impact, language: Language, out: TextIO) -> None:
    """Write one document."""
    changed = sorted((card for card in impact.cards if card.is_change), key=texts.by_size)
    moved, others = ([card for card in changed if (card.move is None) is same] for same in (False, True))
    text = _head(impact, language)
    parts = [
        _Part(f"\n{_role_heading(language)}", _roles(impact, language)),
        _Part(f"\n### {_word('grade-changes', language)}\n\n{_card_heading(language)}", _rows(moved, language)),
        _folded("total-changes", _rows(others, language), language, _card_heading(language)),
        _folded("details", _details(changed, language), language),
        _folded("not-compared", _not_compared(impact, language), language, count=len(impact.not_compared)),
    ]
    parts = [part for part in parts if part.rows]
    room = LONGEST - len(text) - _RESERVED * len(parts)
    for part in parts:
        kept = _fitting(part.rows, room)
        left = len(part.rows) - len(kept)
        cut = f"\n{_word('cut', language).format(count=left)}\n" if left else ""
        rows = "".join(kept)
        room -= len(rows)
        text += f"{part.head}{rows}{cut}{part.tail}"
    out.write(text)


def _fitting(rows: Sequence[str], room: int) -> list[str]:
    """Return the first rows that have room together."""
    kept: list[str] = []
    for row in rows:
        room -= len(row)
        if room < 0:
            break
        kept.append(row)
    return kept


def _head(impact: Impact, language: Language) -> str:
    summary = summarise(impact.cards)
    text = f"## {_word('impact', language)}\n\n"
    verdict = texts.verdict(summary, len(impact.not_compared), language)
    text += f"{_quiet(impact.before)} {texts.ARROW} {_quiet(impact.after)}\n\n**{verdict}**\n"
    if summary.unchanged < summary.cards:
        text += f"\n{texts.account(summary, language)}\n"
    return text + "".join(f"\n{_quiet(texts.scale_words(scales, language))}\n" for scales in impact.scales[:3])


def _role_heading(language: Language) -> str:
    words = ("role", "cards", "up", "down", "total-up", "total-down", "mean")
    return table([_word(word, language) for word in words], [], frozenset(range(1, 7)))


def _roles(impact: Impact, language: Language) -> list[str]:
    """Return a row for each role of which a card changes; for a single one the verdict says it all."""
    rows = [
        _row(
            _quiet(title),
            *map(str, (each.cards, each.up, each.down, each.total_up, each.total_down)),
            texts.signed(each.mean_total),
        )
        for title, each in texts.changed_roles(impact, language)
    ]
    return rows if len(rows) > 1 else []


def _card_heading(language: Language) -> str:
    words = ("employee", "role", "period", "total", "change", "grade", "coefficient")
    return table([_word(word, language) for word in words], [], frozenset({3, 4}))


def _rows(cards: Iterable[CardChange], language: Language) -> list[str]:
    return [
        _row(
            _quiet(figures.employee(card.after)),
            _quiet(say(card.after.role.title, language)),
            card.after.period,
            texts.totals(card),
            texts.signed(card.total),
            f"**{_quiet(texts.grades(card, language))}**" if card.move else _quiet(texts.grades(card, language)),
            texts.coefficients(card),
        )
        for card in cards
    ]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


def _details(cards: Iterable[CardChange], language: Language) -> list[str]:
    """Return one text per card: who, and below it each KPI that earns other points."""
    return [
        f"- **{_quiet(figures.employee(card.after))}** · {_quiet(say(card.after.role.title, language))}"
        f" · {card.after.period} · {texts.totals(card)} · {_quiet(texts.grades(card, language))}\n"
        + "".join(f"  - {_quiet(line.text(language))}\n" for line in lines(card, language))
        for card in cards
    ]


def _not_compared(impact: Impact, language: Language) -> list[str]:
    return [
        f"- **{_quiet(group.people)}** · {_quiet(group.title)} · {group.period}\n"
        + "".join(f"  - {_quiet(reason)}\n" for reason in group.reasons)
        for group in texts.groups(impact.not_compared, language)
    ]


def _folded(title: str, rows: Sequence[str], language: Language, heading: str = "", count: int | None = None) -> _Part:
    summary = f"{_word(title, language)} ({len(rows) if count is None else count})"
    return _Part(f"\n<details>\n<summary>{summary}</summary>\n\n{heading}", rows, "\n</details>\n")


def _quiet(text: str) -> str:
    """Escape a text, and keep it from calling people by `@` or linking issues by `#`."""
    return _CALL.sub(r"\1<!-- -->", escape(text))


def _word(word: str, language: Language) -> str:
    """Return a word of this report, or of the cards'."""
    return say((WORDS if word in WORDS else _CARD_WORDS)[word], language)
