"""Checks of a role's KPIs: weights, names, definitions and sources, targets and ranges, curves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from kpicard.numbers import read_decimal
from kpicard.periods import is_period
from kpicard.problems import Problem, Value
from kpicard.rules.document import Route, Tree
from kpicard.rules.lint.role_file import RoleFile
from kpicard.rules.scoring.curve import Curve
from kpicard.text import LANGUAGES, fold
from kpicard.units import unit_of


def crossed_range(file: RoleFile) -> Iterator[Problem]:
    """A range begins before it ends."""
    for kpi in file.kpis:
        if kpi.is_crossed:
            lowest, highest = kpi.bounds
            values = {"from": lowest, "upto": highest, "time": kpi.time}
            yield file.document.problem_at("crossed-range", (*kpi.route, "range", "upto"), **values)


def duplicate_name(file: RoleFile) -> Iterator[Problem]:
    """No two KPIs of a role have the same name."""
    lines: dict[str, int] = {}
    ids: set[str] = set()
    for key in ("kpis", "adjustments"):
        for route, item in file.document.maps(key, None):
            names = _names(route, item)
            known = [
                each for each, name in names.items() if fold(name) in lines and (each[-1] != "id" or name not in ids)
            ]
            for each in known[:1]:
                line = lines[fold(names[each])]
                yield file.document.problem_at("duplicate-name", each, name=names[each], line=line)
            for each, name in names.items():
                lines.setdefault(fold(name), file.document.line(each))
            ids |= {name for each, name in names.items() if each[-1] == "id"}


def _names(route: Route, item: Mapping[str, Tree]) -> dict[Route, str]:
    """Return all that an item is called: its name in each language, and its id."""
    name = item.get("name")
    in_languages = [(language, name.get(language)) for language in LANGUAGES] if isinstance(name, dict) else []
    written: list[tuple[Route, Tree]] = [
        ((*route, "name"), name),
        *(((*route, "name", language), text) for language, text in in_languages),
        ((*route, "id"), item.get("id")),
    ]
    return {way: text for way, text in written if isinstance(text, str) and fold(text)}


LOWEST: Final = 5
HIGHEST: Final = 60


def extreme_weight(file: RoleFile) -> Iterator[Problem]:
    """A weight is neither under 5 nor over 60."""
    for kpi in file.kpis if file.document.size("kpis") > 1 else ():
        share, route = file.share(kpi), (*kpi.route, "weight")
        # What follows from the weight of a section in equal parts has no place, and was not chosen.
        if share and route in file.document.values and not LOWEST <= share <= HIGHEST:
            bound = {"least": LOWEST, "most": None} if share < LOWEST else {"least": None, "most": HIGHEST}
            yield file.document.problem_at("extreme-weight", route, weight=share, **bound)


def duplicate_level(file: RoleFile) -> Iterator[Problem]:
    """A word stands for one value of a KPI."""
    for kpi in file.kpis:
        found: dict[str, Route] = {}
        for route, word in _level_words(file, kpi.route):
            first = found.setdefault(fold(word), route)
            if first[:4] != route[:4]:
                line = file.document.line(first)
                yield file.document.problem_at("duplicate-level", route, level=word, line=line)


def level_as_figure(file: RoleFile) -> Iterator[Problem]:
    """A level is a word, and no figure."""
    for kpi in file.kpis:
        for route, word in _level_words(file, kpi.route):
            if isinstance(read_decimal(word.strip()), Decimal) or fold(word) in _NO_LEVELS:
                yield file.document.problem_at("level-as-figure", route, level=word)


def level_outside_range(file: RoleFile) -> Iterator[Problem]:
    """The value of a level lies in the range of its KPI."""
    for kpi in file.kpis:
        for index, level in enumerate(levels) if isinstance(levels := kpi.written.get("levels"), list) else ():
            value = read_decimal(str(level.get("value"))) if isinstance(level, dict) else None
            if isinstance(value, Decimal) and not kpi.is_crossed and not kpi.bounds.hold(value):
                route = (*kpi.route, "levels", index, "value")
                values: dict[str, Value] = {"value": value, "range": kpi.bounds.words}
                yield file.document.problem_at("level-outside-range", route, **values)


_NO_LEVELS: Final = frozenset({"n/a", "na", "不适用", "-", "—", "--", "null"})


def _level_words(file: RoleFile, kpi: Route) -> Iterator[tuple[Route, str]]:
    """Yield the words of a KPI's levels, in the order in which they are written."""
    found = [
        (route, word)
        for pattern in (("level",), *(("level", language) for language in LANGUAGES))
        for route, word in file.document.find("kpis", None, "levels", None, *pattern)
        if route[:2] == kpi
    ]
    yield from sorted(found, key=lambda each: file.document.values.get(each[0], (0, 0)))


def wrong_example(file: RoleFile) -> Iterator[Problem]:
    """An example says the score that its actual earns."""
    for kpi in file.kpis:
        for route, example in file.document.maps("kpis", None, "examples", None):
            if route[:2] == kpi.route:
                earned = kpi.earned(example, file.rules)
                written = read_decimal(str(example.get("score")))
                if earned is not None and isinstance(written, Decimal) and written != earned:
                    yield file.document.problem_at("wrong-example", (*route, "score"), score=written, earned=earned)


def no_definition(file: RoleFile) -> Iterator[Problem]:
    """Every KPI has a definition."""
    yield from file.lacking("definition", "no-definition")


def no_source(file: RoleFile) -> Iterator[Problem]:
    """Every KPI says where its figure comes from."""
    yield from file.lacking("source", "no-source")


_FULL = Decimal(100)


def weights_not_100(file: RoleFile) -> Iterator[Problem]:
    """The weights of a role's KPIs sum to exactly 100."""
    document = file.document
    if file.is_in_sections:
        return
    read = {route: read_decimal(text) for route, text in document.find("kpis", None, "weight")}
    weights = {route: weight for route, weight in read.items() if isinstance(weight, Decimal)}
    total = sum(weights.values(), Decimal(0))
    if total == _FULL or len(weights) < document.size("kpis") or not weights:
        return
    heaviest = max(weights, key=lambda route: weights[route])
    fixed = weights[heaviest] + _FULL - total
    yield document.problem_at_key(
        "weights-not-100",
        ("kpis",),
        total=total,
        percent=100 * weights[heaviest] if total == 1 else None,
        difference=abs(_FULL - total),
        missing=_FULL - total if total < _FULL else None,
        line=document.line(heaviest),
        fixed=fixed if fixed > 0 else None,
    )


_USUAL: Final[Mapping[str, dict[str, int]]] = {"percent": {"from": 0, "upto": 100}, "score": {"from": 1, "upto": 5}}
"""What the range of a kind of unit most often is: an example for the hint."""


def no_range(file: RoleFile) -> Iterator[Problem]:
    """A KPI in percent or in points says what can be true at all."""
    for kpi in file.kpis:
        usual = _USUAL.get(unit_of(kpi.unit).kind)
        if usual and kpi.written.get("range") is None:
            yield file.document.problem_at("no-range", (*kpi.route, "id"), **usual)


def no_target(file: RoleFile) -> Iterator[Problem]:
    """A KPI that is scored by its target has one."""
    for kpi in file.kpis:
        if kpi.needs_target and not kpi.targets and not (kpi.is_on_attainment and kpi.better == "within"):
            yield file.document.problem_at("no-target", kpi.route, axis=kpi.axis_words)


def target_gap(file: RoleFile) -> Iterator[Problem]:
    """A list of targets begins when the version of the role does."""
    start = next((text for _, text in file.document.find("from") if is_period(text)), None)
    for route, targets in file.document.maps("kpis", None, "target"):
        first = min(filter(is_period, targets), default=None)
        if start and first and start < first:
            yield file.document.problem_at_key("target-gap", (*route, first), start=start, period=first)


def target_not_100(file: RoleFile) -> Iterator[Problem]:
    """On target means a score of 100."""
    for kpi in file.kpis:
        wrong = [each for each in kpi.at_targets() if each.score != kpi.full]
        for route, target, score, *_ in wrong[:1] if kpi.is_on_target else wrong:
            yield file.document.problem_at("target-not-100", route, target=target, score=score, full=kpi.full)


def target_not_above_0(file: RoleFile) -> Iterator[Problem]:
    """A KPI that is scored on its attainment has a target above 0."""
    for kpi in file.kpis:
        if kpi.is_on_attainment and kpi.needs_target and kpi.better != "within":
            for period, target in (kpi.targets or {}).items():
                if target <= 0:
                    yield file.document.problem_at("target-not-above-0", kpi.target_route(period), target=target)


def target_outside_range(file: RoleFile) -> Iterator[Problem]:
    """A target lies in the range of its KPI."""
    for kpi in file.kpis:
        for period, target in kpi.targets_outside.items():
            if kpi.is_on_attainment and kpi.needs_target and target <= 0:
                continue
            time = kpi.time if target < 0 else None
            values: dict[str, Value] = {"target": target, "range": kpi.bounds.words, "time": time}
            yield file.document.problem_at("target-outside-range", kpi.target_route(period), **values)


def curve_outside_range(file: RoleFile) -> Iterator[Problem]:
    """A curve on the actual has a point in the range of its KPI."""
    for kpi in file.kpis:
        if kpi.is_curve_outside:
            values = {"range": kpi.bounds.words, "time": kpi.time}
            yield file.document.problem_at("curve-outside-range", (*kpi.route, "scoring"), **values)


def everybody_reaches(file: RoleFile) -> Iterator[Problem]:
    """Not every card gets the same grade."""
    for outcome in file.outcomes:
        if outcome.unreached and len(outcome.reached) == 1:
            yield file.document.problem_at_key(
                "everybody-reaches",
                ("kpis",),
                grade=outcome.reached[0],
                lowest=outcome.lowest,
                highest=outcome.highest,
            )


def flat_curve(file: RoleFile) -> Iterator[Problem]:
    """Around the target the score depends on the actual."""
    for kpi in file.kpis:
        if kpi.better == "within":
            continue
        curve = kpi.possible_under(kpi.cap)
        flat = [each for each in kpi.at_targets() if curve and each.target > 0 and _is_flat(curve, each.x, each.fifth)]
        for _, target, score, *_ in flat[:1]:
            yield file.document.problem_at("flat-curve", (*kpi.route, "scoring"), score=score, target=target)


def _is_flat(curve: Curve, x: int, fifth: int) -> bool:
    """Whether the score is the same from a fifth of the target below an x to a fifth above, in millionths."""
    low, high = x - fifth, x + fifth
    pieces = [piece for piece in curve.segments if piece.first <= high and piece.last >= low]
    ends = {piece.score_at(x) for piece in pieces for x in (max(piece.first, low), min(piece.last, high))}
    return len(ends) == 1


def punishes_higher(file: RoleFile) -> Iterator[Problem]:
    """Where higher is better, a higher value never scores less."""
    yield from file.punished("higher")


def punishes_lower(file: RoleFile) -> Iterator[Problem]:
    """Where lower is better, a lower value never scores less."""
    yield from file.punished("lower")


def punishes_within(file: RoleFile) -> Iterator[Problem]:
    """Where a range is best, the score rises up to it and falls after it, once each."""
    yield from file.punished("within")


def sum_on_actual(file: RoleFile) -> Iterator[Problem]:
    """What is summed up over the months is scored on its attainment."""
    for kpi in file.kpis:
        if kpi.written.get("rollup") == "sum" and kpi.curve and not kpi.is_on_attainment:
            yield file.document.problem_at("sum-on-actual", (*kpi.route, "rollup"))


def within_attainment(file: RoleFile) -> Iterator[Problem]:
    """A KPI that is better `within` a range is scored on its actual."""
    for kpi in file.kpis:
        if kpi.is_on_attainment and kpi.needs_target and kpi.better == "within":
            yield file.document.problem_at("within-attainment", (*kpi.route, "better"))
