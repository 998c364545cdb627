"""From a standard in words, and a target, to a scoring method; or to what is not certain about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final, TypeAlias

from kpicard.import_form.amounts import Amount, Target
from kpicard.import_form.standards import CLOSED, OPEN, Standard, Tier
from kpicard.numbers import plain
from kpicard.rules.scoring.curve import Better
from kpicard.units import KNOWN

Scoring: TypeAlias = Mapping[str, Any]
"""A method's keys as a role's file has them."""

_FULL: Final = Decimal(100)
_ATTAINED: Final = re.compile("完成率|达成率|完成比例|达成比例|完成度|attainment|completion|of target|of plan")
_NO_SUBJECT: Final = re.compile("实际值?|指标值?|数值|结果|当月|每月|本月|月均|月|迟到|早退|缺勤|actual|late|result")
_COUNTED: Final = frozenset((*"次件单笔个条篇份家人起例处", "人次", "times", "orders", "tickets", "cases", "items"))


@dataclass(frozen=True)
class Scored:
    """How a KPI is scored, as far as its form says: nothing of it is guessed."""

    scoring: Scoring | None = None
    better: Better | None = None
    target: Decimal | None = None
    unit: str = ""
    fault: str | None = None
    """What is not certain: `unread`, `tie`, `gap`, `between`, `direction` or `no-target`."""
    about: str = ""
    """The words or the figure that it is about."""
    out_of: Decimal | None = None
    """The full marks, where the tiers say them and the form does not."""
    is_rated: bool = False
    """Whether people give marks, out of full marks that are its target."""


class _UncertainError(Exception):
    def __init__(self, fault: str, about: str = "") -> None:
        super().__init__(fault)
        self.fault, self.about = fault, about


def scored(
    name: str, standard: Standard, target: Target | None, full: Decimal | None, weight: Decimal | None
) -> Scored:
    """Return how a KPI called `name` is scored by its standard.

    `full` is its full marks where the form has any, `weight` its weight in percent.
    """
    known = _known(standard, target)
    if standard.rest:
        return replace(known, fault="unread", about=standard.rest)
    try:
        return _Reading(name, standard, known, full, weight).scored()
    except _UncertainError as uncertain:
        return replace(known, fault=uncertain.fault, about=uncertain.about)


def _known(standard: Standard, target: Target | None) -> Scored:
    """Return what the target's cell says, or else the standard itself."""
    own = target.amount if target else standard.target
    full_tiers = [tier for tier in standard.tiers if tier.score is None]
    if own is None and standard.steps and len(full_tiers) == 1:
        bound = full_tiers[0].low if full_tiers[0].low is not None else full_tiers[0].high
        own = Amount(bound, full_tiers[0].unit) if bound is not None else None
    better = target.better if target else None
    if own is None and any(step.counted for step in standard.steps):
        counted = next(step.size.unit for step in standard.steps if step.counted)
        return Scored(better="lower", target=Decimal(0), unit=counted)
    return Scored(better=better, target=own.number if own else None, unit=own.unit if own else "")


@dataclass
class _Reading:
    name: str
    standard: Standard
    known: Scored
    full: Decimal | None
    weight: Decimal | None

    @property
    def marks(self) -> Decimal:
        """The full marks."""
        return self.full or _FULL

    def scored(self) -> Scored:
        standard = self.standard
        if standard.steps:
            return self._by_steps()
        zero, full = self._zero_and_full()
        if standard.by_ratio or (zero and full and len(standard.tiers) == 2 and not standard.otherwise and zero < full):
            return self._by_ratio(zero)
        if standard.met and not standard.tiers:
            return self._by_target()
        if standard.tiers and not standard.met:
            return self._by_tiers()
        raise _UncertainError("nothing")

    # Steps away from the target

    def _by_steps(self) -> Scored:
        standard, known = self.standard, self.known
        losses = [step for step in standard.steps if not step.is_gain]
        gains = [step for step in standard.steps if step.is_gain]
        worse = standard.worse
        if len(losses) != 1 or len(gains) > 1 or standard.by_ratio or standard.met:
            raise _UncertainError("several")
        better = standard.better or known.better
        if better is None:
            raise _UncertainError("direction")
        if known.better not in {None, better} or (known.better and worse and standard.better != known.better):
            raise _UncertainError("direction")
        size = losses[0].size
        if gains and gains[0].size != size:
            raise _UncertainError("several")
        if known.target is None:
            raise _UncertainError("no-target")
        unit = known.unit or size.unit
        scoring: dict[str, Any] = {
            "method": "step",
            "axis": self._axis(size, unit),
            "size": size.number,
            "lose": losses[0].marks,
        }
        if gains:
            scoring["gain"] = gains[0].marks
        if standard.started:
            scoring["steps"] = "started"
        if standard.cap is not None:
            scoring["cap"] = standard.cap
        found = replace(known, scoring=scoring, better=better, unit=unit)
        self._check_ends(found, size.number, losses[0].marks)
        return found

    def _axis(self, size: Amount, unit: str) -> str:
        if not size.unit or _alike(size.unit, unit):
            return "gap"
        if size.unit == "%" and self.known.target:
            return "attainment"
        raise _UncertainError("unread", f"{plain(size.number)}{size.unit}")

    def _check_ends(self, found: Scored, size: Decimal, lose: Decimal) -> None:
        """Refuse a tier beside the steps that says anything else than they do."""
        if self.standard.otherwise:
            raise _UncertainError("several")
        for tier in self.standard.tiers:
            bound = tier.low if found.better == "higher" else tier.high
            if tier.score in {None, self.marks}:
                if bound == found.target or (bound == _FULL and tier.unit == "%"):
                    continue
                raise _UncertainError("several")
            end = tier.high if found.better == "higher" else tier.low
            start = _FULL if found.scoring and found.scoring["axis"] == "attainment" else found.target
            if tier.score or end is None or start is None or lose * (abs(end - start) // size) < self.marks:
                raise _UncertainError("between", "0")

    # In proportion to the target

    def _zero_and_full(self) -> tuple[Decimal | None, Decimal | None]:
        """Return below which percentage of the target nothing is earned, and at which full marks are."""
        tiers = self.standard.tiers
        zero = [tier.high for tier in tiers if tier.score == 0 and tier.low is None and tier.unit == "%"]
        full = [
            tier.low for tier in tiers if tier.score in {None, self.marks} and tier.high is None and tier.unit == "%"
        ]
        return zero[0] if len(zero) == 1 else None, full[0] if len(full) == 1 else None

    def _by_ratio(self, zero: Decimal | None) -> Scored:
        standard, known = self.standard, self.known
        full = [tier for tier in standard.tiers if tier.score in {None, self.marks}]
        others = [tier for tier in standard.tiers if tier not in full and not (tier.score == 0 and tier.high == zero)]
        of_target = known.unit != "%" or known.target == _FULL
        if others or standard.otherwise or standard.met or any(tier.low != _FULL for tier in full):
            raise _UncertainError("several")
        if not of_target and (zero or full) and not all(_ATTAINED.search(tier.subject) for tier in standard.tiers):
            raise _UncertainError("between", "%")
        target = known.target
        unit = known.unit
        if target is None and full:
            target, unit = _FULL, "%"
        if target is None:
            raise _UncertainError("no-target")
        scoring: dict[str, Any] = {"method": "ratio"}
        if zero:
            scoring["zero_below"] = zero
        if standard.cap is not None:
            scoring["cap"] = standard.cap
        elif full:
            scoring["cap"] = _FULL
        return replace(known, scoring=scoring, better=known.better or "higher", target=target, unit=unit)

    # All or nothing

    def _by_target(self) -> Scored:
        known = self.known
        if known.target is None:
            raise _UncertainError("no-target")
        if known.better is None:
            raise _UncertainError("direction")
        bound = "from" if known.better == "higher" else "upto"
        score = self.marks if self.standard.met[0] is None else self.standard.met[0]
        others = [self.marks if each is None else each for each in self.standard.otherwise]
        bands = [{bound: known.target, "score": score}]
        scoring = {"method": "bands", "bands": bands, **({"otherwise": others[0]} if others and others[0] else {})}
        if len(self.standard.met) > 1 or len(others) > 1:
            raise _UncertainError("several")
        return replace(known, scoring=scoring)

    # One score for each tier

    def _by_tiers(self) -> Scored:
        standard, known = self.standard, self.known
        unit, axis = self._tier_axis()
        if len(standard.tiers) + len(standard.otherwise) < 2 or len(standard.otherwise) > 1:
            raise _UncertainError("several")
        tiers = _settled(standard.tiers, is_counted=unit in _COUNTED)
        better = _better_of(tiers, standard.otherwise)
        if known.better not in {None, better}:
            raise _UncertainError("direction")
        marks = self._tier_marks(tiers)
        otherwise = marks if standard.otherwise == [None] else next(iter(standard.otherwise), None)
        scoring = {
            "method": "bands",
            **({} if axis == "actual" else {"axis": axis}),
            **_bands(tiers, otherwise, better, marks),
        }
        out_of = marks if marks != self.marks else None
        return replace(known, scoring=scoring, better=better, unit=known.unit or unit, out_of=out_of)

    def _tier_marks(self, tiers: Sequence[Tier]) -> Decimal:
        """Return the full marks: those of the form, else the weight where the best tier earns just that."""
        best = max((tier.score for tier in tiers if tier.score is not None), default=_FULL)
        return self.weight if self.full is None and self.weight and best == self.weight else self.marks

    def _tier_axis(self) -> tuple[str, str]:
        """Return the unit of the tiers, and what they are bounds of."""
        units = {tier.unit for tier in self.standard.tiers if tier.unit}
        subjects = {tier.subject for tier in self.standard.tiers if tier.subject}
        attained = {each for each in subjects if _ATTAINED.search(each) and each not in self.name.lower()}
        for each in subjects - attained:
            if not _is_short_for(each, self.name.lower()) and not _NO_SUBJECT.fullmatch(each):
                raise _UncertainError("unread", each)
        if len(units) > 1:
            raise _UncertainError("unread", " ".join(sorted(units)))
        unit = next(iter(units), "")
        own = self.known.unit
        if unit == "%" and self.known.target is not None and (not _alike(own, "%") or attained):
            return own, "attainment"
        if attained and self.known.target is None:
            return "%", "actual"
        if unit and own and not _alike(unit, own):
            raise _UncertainError("unread", unit)
        return unit or own, "actual"


def _is_short_for(short: str, name: str) -> bool:
    """Whether a name has all characters of a word in their order, as 首次响应时间 has those of 首响."""
    letters = iter(name)
    return all(letter in letters for letter in short)


def _alike(one: str, other: str) -> bool:
    """Whether two words are the same unit."""
    return one == other or (one.lower() in KNOWN and KNOWN.get(one.lower()) == KNOWN.get(other.lower()))


def _settled(tiers: Sequence[Tier], *, is_counted: bool) -> list[Tier]:
    """Return tiers whose bounds each belong to just one of them. Refuses overlaps, and gaps between them."""
    found = list(tiers)
    if len({tier[:4] for tier in found}) < len(found):
        raise _UncertainError("several")
    for upper in range(len(found)):
        for lower in range(len(found)):
            above, below = found[upper], found[lower]
            if above.low is None or below.high is None or upper == lower:
                continue
            if above.low == below.high:
                if above.low_claim == below.high_claim:
                    raise _UncertainError("tie", plain(above.low))
                has_it = above.low_claim > below.high_claim
                found[upper] = above._replace(low_claim=CLOSED if has_it else OPEN)
                found[lower] = below._replace(high_claim=OPEN if has_it else CLOSED)
            elif above.low < below.high and (below.low is None or below.low < above.low):
                raise _UncertainError("tie", plain(below.high))
    for above, below in pairwise(sorted(found, key=_place, reverse=True)):
        apart = above.low is not None and below.high is not None and above.low > below.high
        if apart and not (is_counted and (above.low or 0) - (below.high or 0) == 1):
            raise _UncertainError("gap", f"{plain(below.high or Decimal(0))}–{plain(above.low or Decimal(0))}")
    return found


def _place(tier: Tier) -> Decimal:
    """Return a figure by which tiers stand in the order of what they hold."""
    return tier.low if tier.low is not None else (tier.high or Decimal(0)) - Decimal("0.000001")


def _better_of(tiers: Sequence[Tier], otherwise: Sequence[Decimal | None]) -> Better:
    """Return the direction in which tiers earn more."""
    infinite = Decimal("Infinity")
    scores = [infinite if tier.score is None else tier.score for tier in sorted(tiers, key=_place)]
    if len(scores) == 1 and otherwise:
        rest = infinite if otherwise[0] is None else otherwise[0]
        scores = [rest, *scores] if tiers[0].high is None else [*scores, rest]
    if all(one < other for one, other in pairwise(scores)):
        return "higher"
    if all(one > other for one, other in pairwise(scores)):
        return "lower"
    raise _UncertainError("several")


def _bands(tiers: Sequence[Tier], otherwise: Decimal | None, better: Better, marks: Decimal) -> dict[str, Any]:
    """Return settled tiers as bands that a person would write: each with the one bound beyond which the next begins.

    What the last tier has without end is what is earned otherwise.
    """
    falling = sorted(tiers, key=_place, reverse=True)
    rising = falling[::-1]
    by_low = all(tier.low is not None for tier in falling[:-1]) and falling[0].high is None
    by_high = all(tier.high is not None for tier in rising[:-1]) and rising[0].low is None
    ends: tuple[str, ...]
    if by_low and (better == "higher" or not by_high):
        ordered, ends = falling, ("low",)
    elif by_high:
        ordered, ends = rising, ("high",)
    else:
        ordered, ends = falling, ("low", "high")
    bands = [_band(tier, marks, ends) for tier in ordered]
    if len(ends) == 1 and getattr(ordered[-1], ends[0]) is None:
        if otherwise is not None:
            raise _UncertainError("several")
        otherwise = bands.pop()["score"]
    return {"bands": bands, **({"otherwise": otherwise} if otherwise else {})}


def _band(tier: Tier, marks: Decimal, ends: Sequence[str]) -> dict[str, Decimal]:
    band: dict[str, Decimal] = {}
    if tier.low is not None and "low" in ends:
        band["above" if tier.low_claim == OPEN else "from"] = tier.low
    if tier.high is not None and "high" in ends:
        band["below" if tier.high_claim == OPEN else "upto"] = tier.high
    return {**band, "score": marks if tier.score is None else tier.score}
