"""A second, slow way to score: the arithmetic of the contract in fractions, for tests to compare with.

It is written from the contract alone and shares no code with the program: a rule is the plain data of the YAML file,
an actual is the text of its cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, Literal, TypeAlias

Kpi: TypeAlias = Mapping[str, Any]
"""A KPI as in the role's file, its numbers as texts or whole numbers."""
Cell: TypeAlias = tuple[str, str]
"""The texts of an actual and of the row's own target."""

NOT_APPLICABLE = {"N/A", "n/a", "不适用"}
NOT_REPORTED = {"", "-", "—"}
FURTHEST = 10**12


class OutOfRangeError(Exception):
    """A value or an attainment is beyond what is scored: the card is withheld."""


@dataclass(frozen=True)
class Figure:
    """One KPI or adjustment of a card, every figure as it is printed; None where there is none."""

    kpi: str
    weight: str | None
    effective_weight: str | None
    target: str | None
    actual: str | None
    attainment: str | None
    score: str | None
    points: str | None
    status: str
    veto: str | None = None
    """The best grade that the KPI's veto leaves."""
    section: str | None = None
    out_of: str | None = None
    """The full marks of a KPI; an adjustment has none."""


@dataclass(frozen=True)
class Card:
    """A card as it is printed."""

    figures: tuple[Figure, ...]
    total: str | None
    grade: str | None
    coefficient: str | None
    grade_by_total: str | None = None


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Round half away from zero."""
    scaled = abs(value) * 10**decimals
    whole = scaled.numerator // scaled.denominator
    if scaled - whole >= Fraction(1, 2):
        whole += 1
    return Fraction(-whole if value < 0 else whole, 10**decimals)


def round2(value: Fraction) -> Fraction:
    """Round as attainments, scores and totals are."""
    return rounded(value, 2)


def read(text: str | int) -> Fraction:
    """Read a number: six decimals are kept, twelve digits before the point are the most."""
    value = rounded(Fraction(text), 6)
    if abs(value) >= 10**12:
        raise OutOfRangeError
    return value


def show(value: Fraction | None, decimals: int) -> str | None:
    """Write a number with so many decimals."""
    if value is None:
        return None
    whole = int(abs(value) * 10**decimals)
    digits = str(whole).rjust(decimals + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-decimals]}.{digits[-decimals:]}"


def plain(value: Fraction | None) -> str | None:
    """Write a value as people do, without trailing zeros."""
    text = show(value, 6)
    return None if text is None else text.rstrip("0").rstrip(".")


def effective_weights(weights: Sequence[Fraction]) -> list[Fraction]:
    """Return what the weights of the KPIs that count come to on a card, such that they sum to 100."""
    whole = sum(weights, Fraction(0))
    if whole == 100:
        return list(weights)
    exact = [weight * 100 / whole for weight in weights]
    found = [rounded(each, 4) for each in exact]
    lacking = (100 - sum(found, Fraction(0))) * 10_000
    assert lacking.denominator == 1
    sign = 1 if lacking > 0 else -1
    # sorted is stable: of equal remainders the first comes first
    by_remainder = sorted(range(len(found)), key=lambda index: -sign * (exact[index] - found[index]))
    for index in by_remainder[: abs(int(lacking))]:
        found[index] += Fraction(sign, 10_000)
    assert sum(found, Fraction(0)) == 100
    return found


def share_of(role: Mapping[str, Any], kpi: Kpi) -> Fraction:
    """Return the percent of the total that a KPI counts where all do."""
    weight = read(kpi["weight"])
    if role.get("weights") != "in-section":
        return weight
    section = next(read(each["weight"]) for each in role["sections"] if each["id"] == kpi["section"])
    return rounded(weight * section / 100, 6)


def shares(role: Mapping[str, Any], counting: Sequence[Kpi]) -> list[Fraction]:
    """Return the effective weights of the KPIs that count: by their weights, or by those in and of their sections."""
    if role.get("weights") != "in-section":
        return effective_weights([read(kpi["weight"]) for kpi in counting])
    weights = {section["id"]: read(section["weight"]) for section in role["sections"]}
    inside: dict[str, list[int]] = {id_: [] for id_ in weights}
    for index, kpi in enumerate(counting):
        inside[kpi["section"]].append(index)
    there = [id_ for id_, indices in inside.items() if indices]
    of_total = dict(zip(there, effective_weights([weights[id_] for id_ in there]), strict=True))
    found = [Fraction(0)] * len(counting)
    for id_ in there:
        own = effective_weights([read(counting[index]["weight"]) for index in inside[id_]])
        for index, each in zip(inside[id_], own, strict=True):
            found[index] = rounded(each * of_total[id_] / 100, 6)
    return found


def attainment(kpi: Kpi, target: Fraction | None, actual: Fraction) -> Fraction | None:
    """Step 1: the actual as percent of the target, in the direction that is better."""
    if target is None or target <= 0 or kpi["better"] == "within":
        return None
    ratio = round2(100 * actual / target)
    found = 200 - ratio if kpi["better"] == "lower" else ratio
    if abs(found) > FURTHEST:
        raise OutOfRangeError
    return found


def x_of(kpi: Kpi, target: Fraction | None, actual: Fraction, attained: Fraction | None) -> Fraction:
    """Return what the curve is on: the actual, the attainment or the gap."""
    scoring = kpi.get("scoring", {"method": "ratio"})
    axis = scoring.get("axis", "attainment" if scoring["method"] in {"ratio", "step"} else "actual")
    if axis == "gap":
        assert target is not None
        if abs(actual - target) > 10**12:
            raise OutOfRangeError
        return actual - target
    found = attained if axis == "attainment" else actual
    assert found is not None
    return found


def full_marks(kpi: Kpi) -> Fraction:
    """Return what the scores of a KPI are out of."""
    return read(kpi["out_of"]) if "out_of" in kpi else Fraction(100)


def scored_at(kpi: Kpi, cap: Fraction, x: Fraction) -> Fraction:
    """Return the score of a KPI at x, rounded; full marks of its own do away with the department's cap."""
    scoring = kpi.get("scoring", {"method": "ratio"})
    full = full_marks(kpi)
    cap = Fraction(100) if "out_of" in kpi else cap
    if scoring["method"] == "step":
        return round2(stepped(scoring, cap * full / 100, full, x, is_lower=kpi["better"] == "lower"))
    found = curve(scoring, cap, x)
    return round2(found * full / 100 if scoring["method"] == "ratio" else found)


def stepped(scoring: Mapping[str, Any], cap: Fraction, full: Fraction, x: Fraction, *, is_lower: bool) -> Fraction:
    """Full marks less `lose` for each step on the worse side of the target, more by `gain` on the better side."""
    on_gap = scoring.get("axis") == "gap"
    better = x if on_gap else x - 100
    if on_gap and is_lower:
        better = -better
    count = abs(better) / read(scoring["size"])
    whole = count.numerator // count.denominator
    if scoring.get("steps") == "started" and whole != count:
        whole += 1
    marks = full + whole * (read(scoring.get("gain", 0)) if better > 0 else -read(scoring["lose"]))
    return max(read(scoring.get("floor", 0)), min(read(scoring["cap"]) if "cap" in scoring else cap, marks))


def holds(band: Mapping[str, Any], x: Fraction) -> bool:
    """Return whether a band has x."""
    return (
        ("from" not in band or read(band["from"]) <= x)
        and ("above" not in band or read(band["above"]) < x)
        and ("upto" not in band or x <= read(band["upto"]))
        and ("below" not in band or x < read(band["below"]))
    )


def curve(scoring: Mapping[str, Any], cap: Fraction, x: Fraction) -> Fraction:
    """Step 2, not yet rounded: the score at x, of a curve that does not hang on the direction."""
    if scoring["method"] == "ratio":
        if x < read(scoring.get("zero_below", 0)):
            return Fraction(0)
        return max(Fraction(0), min(x, read(scoring["cap"]) if "cap" in scoring else cap))
    if scoring["method"] == "bands":
        for band in scoring["bands"]:
            if holds(band, x):
                return read(band["score"])
        return read(scoring.get("otherwise", 0))
    points = [(read(at), read(score)) for at, score in scoring["points"]]
    if x <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[-1][1]


def card(
    role: Mapping[str, Any],
    department: Mapping[str, Any],
    cells: Mapping[str, Cell],
    missing: Literal["refuse", "zero", "exclude"],
) -> Card | None:
    """Score one card; None where it is withheld. `cells` has what the files say of it, by KPI."""
    kpis: Sequence[Kpi] = role["kpis"]
    statuses = {kpi["id"]: _status(cells.get(kpi["id"], ("", ""))[0]) for kpi in kpis}
    if missing == "refuse" and "not_reported" in statuses.values():
        return None
    counting = [id_ for id_, status in statuses.items() if status == "scored"]
    if missing == "zero":
        counting += [id_ for id_, status in statuses.items() if status == "not_reported"]
    remaining = [kpi for kpi in kpis if kpi["id"] in counting]
    found = shares(role, remaining) if remaining else []
    effective = {kpi["id"]: share for kpi, share in zip(remaining, found, strict=True)}
    figures: list[Figure] = []
    total: Fraction | None = None
    for kpi in kpis:
        actual_text, target_text = cells.get(kpi["id"], ("", ""))
        own = read(target_text) if target_text not in NOT_REPORTED else None
        target = own if own is not None else (read(kpi["target"]) if "target" in kpi else None)
        actual = attained = score = points = None
        if statuses[kpi["id"]] == "scored":
            try:
                actual = read(actual_text)
                attained = attainment(kpi, target, actual)
                x = x_of(kpi, target, actual, attained)
            except OutOfRangeError:
                return None
            score = scored_at(kpi, read(department["cap"]), x)
        elif kpi["id"] in counting:
            score = Fraction(0)
        if score is not None:
            points = rounded(score * effective[kpi["id"]] / full_marks(kpi), 4)
            total = (total or Fraction(0)) + points
        veto = kpi.get("veto")
        bound = read(veto["score_below"]) * full_marks(kpi) / 100 if veto else None
        vetoed = veto["grade_at_most"] if veto and score is not None and bound is not None and score < bound else None
        figures.append(
            Figure(
                kpi=kpi["id"],
                weight=plain(read(kpi["weight"])) or "",
                effective_weight=plain(effective.get(kpi["id"])),
                target=plain(target),
                actual=plain(actual),
                attainment=show(attained, 2),
                score=show(score, 2),
                points=show(points, 4),
                status=statuses[kpi["id"]],
                veto=vetoed,
                section=kpi.get("section"),
                out_of=plain(full_marks(kpi)),
            )
        )
    adjustments = (*role.get("adjustments", ()), *department.get("adjustments", ()))
    try:
        beside = [adjusted(each, cells.get(each["id"], ("", ""))[0]) for each in adjustments]
    except OutOfRangeError:
        return None
    lines = [*figures, *(figure for figure, _ in beside)]
    card = _graded(department, lines, total, [points for _, points in beside])
    left_out = sum((share_of(role, kpi) for kpi in kpis if statuses[kpi["id"]] == "not_applicable"), Fraction(0))
    if left_out > read(department.get("left_out_at_most", 100)):
        return Card(card.figures, card.total, None, None)
    return card


def _graded(
    department: Mapping[str, Any], figures: Sequence[Figure], total: Fraction | None, beside: Sequence[Fraction]
) -> Card:
    """Step 4: the sum of all points, rounded here alone, and its grade unless a veto allows only a worse one."""
    if total is None:
        return Card(tuple(figures), None, None, None)
    total = round2(total + sum(beside))
    by_total = _grade(department, total)
    grades = list(department["grades"])
    ranks = [grades.index(by_total), *(_rank(grades, figure.veto) for figure in figures if figure.veto)]
    grade = grades[max(ranks)]
    return Card(tuple(figures), show(total, 2), grade["grade"], grade["coefficient"], by_total["grade"])


def adjusted(adjustment: Mapping[str, Any], text: str) -> tuple[Figure, Fraction]:
    """An adjustment's line and its points: so many for each, within its bounds, and then rounded to four decimals."""
    status = _status(text)
    if status != "scored":
        return Figure(adjustment["id"], None, None, None, None, None, None, None, status), Fraction(0)
    count = read(text)
    if count < 0:
        raise OutOfRangeError
    points = count * read(adjustment["points_each"])
    if "at_least" in adjustment:
        points = max(points, read(adjustment["at_least"]))
    if "at_most" in adjustment:
        points = min(points, read(adjustment["at_most"]))
    if abs(points) >= FURTHEST:
        raise OutOfRangeError
    points = rounded(points, 4)
    line = adjustment.get("veto")
    held = line["grade_at_most"] if line and count >= read(line["from"]) else None
    return Figure(adjustment["id"], None, None, None, plain(count), None, None, show(points, 4), status, held), points


def _rank(grades: Sequence[Mapping[str, str]], name: str) -> int:
    return next(rank for rank, grade in enumerate(grades) if grade["grade"] == name)


def _status(text: str) -> str:
    if text in NOT_APPLICABLE:
        return "not_applicable"
    return "not_reported" if text in NOT_REPORTED else "scored"


def _grade(department: Mapping[str, Any], total: Fraction) -> Mapping[str, str]:
    grades: Sequence[Mapping[str, str]] = department["grades"]
    return next((grade for grade in grades if read(grade["from"]) <= total), grades[-1])
