"""From a standard in words, and a target, to a scoring method; or to what is not certain about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final, TypeAlias

from kpicard.import_form.amounts import Amount, Target
from kpicard.import_form.standards import Standard, Tier
from kpicard.import_form.tiers import UncertainError, bands, better_of, settled
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
    except UncertainError as uncertain:
        return replace(known, fault=uncertain.fault, about=uncertain.about)


def _known(standard: Standard, target: Target | None) -> Scored:
    """Return what the target's cell says, or else the standard itself."""
    stated = next((step.target for step in standard.steps if step.target), None)
    own = target.amount if target else standard.target or stated
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
        raise UncertainError("nothing")

    # Steps away from the target

    def _by_steps(self) -> Scored:
        standard, known = self.standard, self.known
        losses = [step for step in standard.steps if not step.is_gain]
        gains = [step for step in standard.steps if step.is_gain]
        worse = standard.worse
        if len(losses) != 1 or len(gains) > 1 or standard.by_ratio or standard.met:
            raise UncertainError("several")
        better = standard.better or known.better
        if better is None:
            raise UncertainError("direction")
        if known.better not in {None, better} or (known.better and worse and standard.better != known.better):
            raise UncertainError("direction")
        size = losses[0].size
        if gains and gains[0].size != size:
            raise UncertainError("several")
        if known.target is None:
            raise UncertainError("no-target")
        if any(step.target and step.target.number != known.target for step in standard.steps):
            raise UncertainError("several")
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
        raise UncertainError("unread", f"{plain(size.number)}{size.unit}")

    def _check_ends(self, found: Scored, size: Decimal, lose: Decimal) -> None:
        """Refuse a tier beside the steps that says anything else than they do."""
        if self.standard.otherwise:
            raise UncertainError("several")
        for tier in self.standard.tiers:
            bound = tier.low if found.better == "higher" else tier.high
            if tier.score in {None, self.marks}:
                if bound == found.target or (bound == _FULL and tier.unit == "%"):
                    continue
                raise UncertainError("several")
            end = tier.high if found.better == "higher" else tier.low
            start = _FULL if found.scoring and found.scoring["axis"] == "attainment" else found.target
            if tier.score or end is None or start is None or lose * (abs(end - start) // size) < self.marks:
                raise UncertainError("between", "0")

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
            raise UncertainError("several")
        if not of_target and (zero or full) and not all(_ATTAINED.search(tier.subject) for tier in standard.tiers):
            raise UncertainError("between", "%")
        target = known.target
        unit = known.unit
        if target is None and full:
            target, unit = _FULL, "%"
        if target is None:
            raise UncertainError("no-target")
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
            raise UncertainError("no-target")
        if known.better is None:
            raise UncertainError("direction")
        bound = "from" if known.better == "higher" else "upto"
        score = self.marks if self.standard.met[0] is None else self.standard.met[0]
        others = [self.marks if each is None else each for each in self.standard.otherwise]
        only = [{bound: known.target, "score": score}]
        scoring = {"method": "bands", "bands": only, **({"otherwise": others[0]} if others and others[0] else {})}
        if len(self.standard.met) > 1 or len(others) > 1:
            raise UncertainError("several")
        return replace(known, scoring=scoring)

    # One score for each tier

    def _by_tiers(self) -> Scored:
        standard, known = self.standard, self.known
        unit, axis = self._tier_axis()
        if len(standard.tiers) + len(standard.otherwise) < 2 or len(standard.otherwise) > 1:
            raise UncertainError("several")
        tiers = settled(standard.tiers, is_counted=unit in _COUNTED)
        better = better_of(tiers, standard.otherwise)
        if known.better not in {None, better}:
            raise UncertainError("direction")
        marks = self._tier_marks(tiers)
        otherwise = marks if standard.otherwise == [None] else next(iter(standard.otherwise), None)
        scoring = {
            "method": "bands",
            **({} if axis == "actual" else {"axis": axis}),
            **bands(tiers, otherwise, better, marks),
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
                raise UncertainError("unread", each)
        if len(units) > 1:
            raise UncertainError("unread", " ".join(sorted(units)))
        unit = next(iter(units), "")
        own = self.known.unit
        if unit == "%" and self.known.target is not None and (not _alike(own, "%") or attained):
            return own, "attainment"
        if attained and self.known.target is None:
            return "%", "actual"
        if unit and own and not _alike(unit, own):
            raise UncertainError("unread", unit)
        return unit or own, "actual"


def _is_short_for(short: str, name: str) -> bool:
    """Whether a name has all characters of a word in their order, as 首次响应时间 has those of 首响."""
    letters = iter(name)
    return all(letter in letters for letter in short)


def _alike(one: str, other: str) -> bool:
    """Whether two words are the same unit."""
    return one == other or (one.lower() in KNOWN and KNOWN.get(one.lower()) == KNOWN.get(other.lower()))
