"""An impact in sentences and figures: what became of a card and by which KPIs, such that the reader can check it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from kpicard.cards.impact.reasons import by_role
from kpicard.cards.impact.values import (
    AdjustmentChange,
    CardChange,
    Impact,
    KpiChange,
    NoCard,
    NotCompared,
    Scales,
    Summary,
)
from kpicard.cards.values import Adjusted, Card, Scored
from kpicard.messages import words_of
from kpicard.numbers import plain, points_text
from kpicard.reports import figures
from kpicard.reports.blocks import Span
from kpicard.rules.models import Grade
from kpicard.text import Language, Text, printable, say

CAUSES: Final = words_of("impact-causes")
SIDES: Final = words_of("impact-sides")
WORDS: Final = words_of("impact")
_CARD_WORDS: Final = words_of("card")

ARROW = "→"

_MOST: Final = 30
"""The most people that are listed of those that are not compared for one reason."""


def signed(change: Decimal | None) -> str:
    """Show a change with its sign."""
    if change is None:
        return figures.NONE
    return minus(f"{'+' if change > 0 else ''}{points_text(change)}")


def minus(number: str) -> str:
    """Show a number with the sign for minus that has the width of the one for plus."""
    return number.replace("-", "−")


def arrow(before: str, after: str) -> str:
    """Show what became of a figure; once where it is the same."""
    return before if before == after else f"{before} {ARROW} {after}"


def totals(card: CardChange) -> str:
    """Show both totals of a card."""
    return arrow(*(minus(figures.number(each.total)) for each in (card.before, card.after)))


def grades(card: CardChange, language: Language) -> str:
    """Show both grades of a card."""
    return arrow(figures.grade(card.before, language), figures.grade(card.after, language))


def coefficients(card: CardChange) -> str:
    """Show both coefficients of a card."""
    return arrow(figures.number(card.before.coefficient), figures.number(card.after.coefficient))


def bonuses(card: CardChange) -> str:
    """Show both bonuses of a card."""
    return arrow(*(minus(figures.amount(each.bonus)) for each in (card.before, card.after)))


def verdict(summary: Summary, not_compared: int, language: Language) -> str:
    """Say in one line how many cards change grade, and how many cannot be compared."""
    said = _moved(summary, language)
    if not not_compared:
        return said
    if language == "zh":
        return f"{said}另有 {not_compared} 张无法比较，见下文。"
    verb = "is" if not_compared == 1 else "are"
    return f"{said} {_plural(not_compared, 'card')} {verb} not compared: see below."


def _moved(summary: Summary, language: Language) -> str:
    if not summary.cards:
        return "没有可以比较的考核表。" if language == "zh" else "No card can be compared."
    if summary.unchanged == summary.cards:
        return (
            f"{summary.cards} 张考核表均无变化。"
            if language == "zh"
            else f"Nothing changes on {_plural(summary.cards, 'card')}."
        )
    mean = signed(summary.mean_total)
    if language == "zh":
        parts = [(summary.up, "张上升"), (summary.down, "张下降"), (summary.other, "张其他变化")]
        moved = "，".join(f"{count} {words}" for count, words in parts if count)
        said = f"有 {summary.moved} 张等级变化：{moved}" if summary.moved else "等级均无变化"
        return f"{summary.cards} 张考核表中{said}；总分平均变化 {mean}。"
    moved = ", ".join(f"{count} {word}" for count, word in _moves(summary) if count)
    if not summary.moved:
        return f"No grade changes on {_plural(summary.cards, 'card')}; mean change {mean}."
    verb = "changes" if summary.moved == 1 else "change"
    return f"{summary.moved} of {_plural(summary.cards, 'card')} {verb} grade: {moved}; mean change {mean}."


def account(summary: Summary, language: Language) -> str:
    """Say what becomes of totals and coefficients."""
    total, mean = signed(summary.coefficients), signed(summary.mean_coefficient)
    same = summary.cards - summary.total_up - summary.total_down
    if language == "zh":
        said = f"总分：{summary.total_up} 张上升，{summary.total_down} 张下降，{same} 张不变。"
        return said + (f"绩效系数：合计 {total}，平均 {mean}。" if summary.coefficients else "绩效系数合计不变。")
    said = f"Totals: {summary.total_up} up, {summary.total_down} down, {same} the same. "
    return said + (
        f"Coefficients: {total} in sum, {mean} on average."
        if summary.coefficients
        else "Coefficients: the same in sum."
    )


def changed_roles(impact: Impact, language: Language) -> list[tuple[str, Summary]]:
    """Return the title and the summary of each role of which a card changes."""
    titles = {card.after.role.id: card.after.role.title for card in impact.cards}
    return [
        (printable(say(titles[id_], language)), summary)
        for id_, summary in by_role(impact).items()
        if summary.unchanged < summary.cards
    ]


def scale_words(scales: Scales, language: Language) -> str:
    """Say what is another in a grade scale."""
    before, after = ({grade.grade: grade for grade in each} for each in (scales.before, scales.after))
    parts = [part for name in {**after, **before} for part in _grade(before.get(name), after.get(name), language)]
    if not parts:
        parts = [say(WORDS["grade-order"], language)]
    end, comma, colon = ("。", "，", "：") if language == "zh" else (".", ", ", ": ")
    return f"{say(WORDS['scales'], language)}{colon}{comma.join(parts)}{end}"


class Group(NamedTuple):
    """Cards of one role and period that are not compared for the same reasons."""

    people: str
    title: str
    period: str
    reasons: tuple[str, ...]


def groups(cards: Iterable[NotCompared], language: Language) -> list[Group]:
    """Return the cards that are not compared, with those together that share role, period and reasons."""
    people: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for card in cards:
        key = (printable(say(card.title, language)), card.period, _reasons(card, language))
        people.setdefault(key, []).append(_who(card))
    comma = "、" if language == "zh" else ", "
    return [
        Group(comma.join(names[:_MOST]) + (f" … ({len(names)})" if len(names) > _MOST else ""), *key)
        for key, names in people.items()
    ]


def _reasons(card: NotCompared, language: Language) -> tuple[str, ...]:
    """Return why the rules of a side, or of both, give no card: a line for each."""
    sides: dict[str, list[str]] = {}
    for reason in card.reasons:
        sides.setdefault(_reason(reason, language), []).append(say(SIDES[reason.side], language))
    colon, join = ("：", "、") if language == "zh" else (": ", " and ")
    return tuple(f"{join.join(names)}{colon}{said}" for said, names in sides.items())


def _who(card: NotCompared) -> str:
    """Show who a card that is not compared would be about."""
    return printable(f"{card.name} ({card.employee})" if card.name else card.employee)


def by_size(card: CardChange) -> tuple[bool, Decimal]:
    """Return the key that sorts cards: those that change grade first, then by the size of the change."""
    return card.move is None, -abs(card.total or Decimal(0))


def _reason(reason: NoCard, language: Language) -> str:
    """Say why there is no card: what the problems say, each once, where they are more than the cause."""
    said = dict.fromkeys(f"{each.message_in(language)} [{each.code}]" for each in reason.problems)
    if reason.cause != "withheld" or not said:
        return say(CAUSES[reason.cause], language)
    return ("；" if language == "zh" else "; ").join(said)


def _moves(summary: Summary) -> tuple[tuple[int, str], ...]:
    return (summary.up, "up"), (summary.down, "down"), (summary.other, "otherwise")


def _grade(before: Grade | None, after: Grade | None, language: Language) -> Iterator[str]:
    """Yield what is another about one grade."""
    if before is None or after is None:
        either = after or before
        word = "new-grade" if before is None else "grade-left-out"
        yield say(WORDS[word], language).format(grade=printable(either.grade) if either else "")
        return
    shown: tuple[tuple[str, Callable[[Grade], Decimal]], ...] = (
        ("grade-from", lambda grade: grade.from_),
        ("grade-coefficient", lambda grade: grade.coefficient),
    )
    for word, part in shown:
        if part(before) != part(after):
            yield say(WORDS[word], language).format(
                grade=printable(after.grade), before=plain(part(before)), after=plain(part(after))
            )


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


class Line(NamedTuple):
    """What changed a card: mostly a KPI with its change of points; a note has no points."""

    name: str
    points: Decimal | None
    detail: str

    def pieces(self, language: Language) -> tuple[str | Span, ...]:
        """Return the line in pieces, with the change in its colour."""
        if self.points is None:
            return (self.detail,)
        colour = "" if not self.points else "green" if self.points > 0 else "red"
        colon, blank = ("", "：") if language == "zh" else (":", " ")
        return (f"{self.name} ", Span(f"{signed(self.points)}{colon}", colour), f"{blank}{self.detail}")


def changes(card: CardChange, language: Language) -> list[Line]:
    """Return what changed a card, the greatest change of points first, then what has no points."""
    kpis = [_kpi(change, card, language) for change in card.kpis if change.is_change]
    adjustments = [_adjustment(change, language) for change in card.adjustments if change.is_change]
    found = sorted([*kpis, *adjustments], key=lambda line: -abs(line.points or Decimal(0)))
    found += [Line("", None, note) for note in _notes(card, language)]
    return found or [Line("", None, say(WORDS["no-details"], language))]


def _kpi(change: KpiChange, card: CardChange, language: Language) -> Line:
    before, after = change.before, change.after
    parts = []
    if before is None or after is None:
        parts.append(say(WORDS["new-kpi" if before is None else "kpi-left-out"], language))
    parts.append(
        _part("weight", _weight(before, card.before, language), _weight(after, card.after, language), language)
    )
    if _figure(before, language) != _figure(after, language) and before and after:
        parts.append(_part("actual", _figure(before, language), _figure(after, language), language))
    if before and after and before.target != after.target:
        old, new = (figures.quantity(each.target, each, language) for each in (before, after))
        parts.append(_part("target", old, new, language))
    parts.append(_part("score", _score(before), _score(after), language))
    parts.append(_part("points", _points(before), _points(after), language))
    if change.is_scored_otherwise:
        parts.append(say(WORDS["rescored"], language))
    return Line(_name(change.kpi.name, language), change.points, _join(parts, language))


def _adjustment(change: AdjustmentChange, language: Language) -> Line:
    before, after = change.before, change.after
    parts = [_part("points", _points(before), _points(after), language)]
    if before is None or after is None:
        parts.insert(0, say(WORDS["new-kpi" if before is None else "kpi-left-out"], language))
    return Line(_name(change.adjustment.name, language), change.points, _join(parts, language))


def _notes(card: CardChange, language: Language) -> Iterator[str]:
    """Yield what changed the grade beside the points: a limit, or the grade scale."""
    held = [[limit.scored.kpi for limit in each.limits] for each in (card.before, card.after)]
    if [kpi.id for kpi in held[0]] != [kpi.id for kpi in held[1]]:
        for word, each, kpis in zip(("limit-before", "limit-after"), (card.before, card.after), held, strict=True):
            if kpis:
                names = ("、" if language == "zh" else ", ").join(_name(kpi.name, language) for kpi in kpis)
                yield say(WORDS[word], language).format(kpis=names, grade=printable(each.grade or ""))
    elif card.move and card.before.total == card.after.total:
        yield say(WORDS["by-scale"], language)


def _part(word: str, before: str, after: str, language: Language) -> str:
    name = say(_CARD_WORDS[word], language)
    shown = [each for each in (before, after) if each]  # a KPI that only one side has is shown as it is there
    return f"{name if language == 'zh' else name.lower()} {arrow(shown[0], shown[-1])}" if shown else name


def _weight(scored: Scored | None, card: Card, language: Language) -> str:
    """Show a weight; where others are left out, with the effective weight behind it."""
    if scored is None:
        return ""
    weight = plain(scored.kpi.weight)
    if scored.effective_weight is None or not card.has_effective_weights:
        return weight
    effective = plain(scored.effective_weight)
    return f"{weight}（{effective}）" if language == "zh" else f"{weight} ({effective})"


def _figure(scored: Scored | None, language: Language) -> str:
    return figures.actual(scored, language) if scored else ""


def _points(each: Scored | Adjusted | None) -> str:
    return "" if each is None or each.points is None else minus(figures.points(each.points))


def _score(scored: Scored | None) -> str:
    return _number(scored.score if scored else None)


def _number(value: Decimal | None) -> str:
    return "" if value is None else minus(f"{value:f}")


def _name(name: Text, language: Language) -> str:
    return printable(say(name, language))


def _join(parts: list[str], language: Language) -> str:
    return ("，" if language == "zh" else ", ").join(parts)
