"""The arithmetic of the contract in whole numbers, quick enough for ten million figures.

It is `tests.oracle` once more, which is in fractions and compared with it by `tests.library.test_exact`: a fraction is
a numerator and a denominator here, and is rounded in the same places. It shares no code with the program, knows no
segments, and reads the plain data of a role's file and the texts of cells.

Values, weights, effective weights and bounds are in millionths; points in ten-thousandths; attainments, scores and
totals in hundredths.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, NamedTuple, TypeAlias

Missing: TypeAlias = Literal["refuse", "zero", "exclude"]
Curve: TypeAlias = Callable[[int], tuple[int, int]]
"""The score at an x in millionths, not yet rounded: hundredths as a numerator and a denominator above 0."""

MILLION = 10**6
LIMIT = 10**18
FURTHEST = 10**14
NOT_APPLICABLE = frozenset({"N/A", "n/a", "不适用"})
NOT_REPORTED = frozenset({"", "-", "—"})


class Cells(NamedTuple):
    """The texts of one figure: its actual or the two that it is divided from, and the row's own target."""

    actual: str
    target: str = ""
    numerator: str = ""
    denominator: str = ""


class OutOfRangeError(Exception):
    """A value or an attainment is beyond what is scored: the card is withheld."""


@dataclass(frozen=True)
class Kpi:
    """What a KPI is scored by."""

    id: str
    weight: int
    target: int | None
    better: str
    axis: str
    curve: Curve
    veto_below: int | None
    veto_rank: int
    section: str
    full: int
    """The full marks."""
    head: str
    """The weight as the line has it."""


@dataclass(frozen=True)
class Adjustment:
    """What an adjustment comes to."""

    id: str
    each: int
    least: int | None
    most: int | None
    veto_from: int | None
    veto_rank: int


class Scorer:
    """Scores the cards of one department, as the lines of `--format csv`.

    `seen` counts what came by: the ties at each place of rounding, and what withheld a card.
    """

    def __init__(self, department: Mapping[str, Any], roles: Iterable[Mapping[str, Any]]) -> None:
        self.seen: Counter[str] = Counter()
        self.grades = [(each["grade"], self.read(each["from"]), each["coefficient"]) for each in department["grades"]]
        ranks = {grade: rank for rank, (grade, _, _) in enumerate(self.grades)}
        cap = self.read(department["cap"])
        self.kpis = {role["id"]: [self._kpi(kpi, cap, ranks) for kpi in role["kpis"]] for role in roles}
        self.adjustments = {
            role["id"]: [
                self._adjustment(each, ranks)
                for each in (*role.get("adjustments", ()), *department.get("adjustments", ()))
            ]
            for role in roles
        }
        self.has_vetoes = any(kpi.veto_below is not None for kpis in self.kpis.values() for kpi in kpis) or any(
            each.veto_from is not None for beside in self.adjustments.values() for each in beside
        )
        self.left_out_at_most = self.read(department.get("left_out_at_most", 100))
        self.sections = {
            role["id"]: {each["id"]: self.read(each["weight"]) for each in role["sections"]}
            if role.get("weights") == "in-section"
            else {}
            for role in roles
        }
        self.has_sections = any(kpi.section for kpis in self.kpis.values() for kpi in kpis)
        self.has_full_marks = any(kpi.full != 100 * MILLION for kpis in self.kpis.values() for kpi in kpis)
        self.seen.clear()

    def card(self, who: str, role: str, cells: Mapping[str, Cells], missing: Missing) -> list[str] | None:
        """Return the lines of one card, each begun by `who`; None where it is withheld."""
        try:
            return self._lines(who, role, cells, missing)
        except OutOfRangeError:
            self.seen["cards beyond the range"] += 1
            return None

    def read(self, text: str | int) -> int:
        """Read a number: six decimals are kept, twelve digits before the point are the most."""
        whole, _, decimals = str(text).partition(".")
        value = int(whole.lstrip("+-") + decimals[:6].ljust(6, "0"))
        if len(decimals) > 6 and decimals[6] >= "5":
            value += 1
            self.seen["ties: reading"] += not decimals[6:].rstrip("0") > "5"
        if value >= LIMIT:
            raise OutOfRangeError
        return -value if whole.startswith("-") else value

    def _lines(self, who: str, role: str, cells: Mapping[str, Cells], missing: Missing) -> list[str] | None:
        kpis = self.kpis[role]
        figures = [self._figure(cells[kpi.id]) for kpi in kpis]
        beside = [(each, *self._adjusted(each, cells[each.id])) for each in self.adjustments[role]]
        if missing == "refuse" and any(status == "not_reported" for status, _, _ in figures):
            self.seen["cards not reported"] += 1
            return None
        counting = ("scored", "not_reported") if missing == "zero" else ("scored",)
        weights = [kpi.weight if status in counting else 0 for kpi, (status, _, _) in zip(kpis, figures, strict=True)]
        effective = self._in_sections(kpis, weights, self.sections[role])
        total, worst = 0, -1
        rows: list[str] = []
        for kpi, weight, (status, actual, own) in zip(kpis, effective, figures, strict=True):
            target = kpi.target if own is None else own
            attained = score = points = None
            vetoed = ""
            if actual is not None:
                attained = self._attainment(kpi, target, actual)
                x = self._x(kpi, target, actual, attained)
                score = self._rounded("score", *kpi.curve(x))
            elif status in counting:
                score = 0
            if score is not None:
                points = self._rounded("points", 100 * score * weight, kpi.full)
                total += points
                if kpi.veto_below is not None and 100 * MILLION * score * 10_000 < kpi.veto_below * kpi.full:
                    vetoed, worst = self.grades[kpi.veto_rank][0], max(worst, kpi.veto_rank)
                    self.seen["vetoes"] += 1
            at = plain(weight if status in counting else None)
            shown = f"{plain(target)},{plain(actual)},{shown2(attained)},{shown2(score)},{shown4(points)},{status}"
            rows.append(f"{who},{role},{kpi.head},{at},{shown}|{vetoed}|{kpi.section}|{plain(kpi.full)}")
        for each, status, count, points in beside:
            total += points or 0
            vetoed = ""
            if each.veto_from is not None and count is not None and count >= each.veto_from:
                vetoed, worst = self.grades[each.veto_rank][0], max(worst, each.veto_rank)
            rows.append(f"{who},{role},{each.id},,,,{plain(count)},,,{shown4(points)},{status}|{vetoed}||")
        end = self._graded(self._rounded("total", total, 100), worst) if any(weights) else ",,"
        if self._left_out(kpis, figures, self.sections[role]) > self.left_out_at_most:
            end = f"{end.partition(',')[0]},,"
            self.seen["cards not graded"] += 1
        self.seen["cards not assessed"] += not any(weights)
        return [_line(row, end, has=(self.has_vetoes, self.has_sections, self.has_full_marks)) for row in rows]

    def _left_out(
        self, kpis: Sequence[Kpi], figures: Sequence[tuple[str, int | None, int | None]], sections: Mapping[str, int]
    ) -> int:
        """Return the percent of the total that is not applicable, in millionths."""
        out = (kpi for kpi, (status, _, _) in zip(kpis, figures, strict=True) if status == "not_applicable")
        whole = 100 * MILLION
        return sum((2 * kpi.weight * sections.get(kpi.section, whole) + whole) // (2 * whole) for kpi in out)

    def _in_sections(self, kpis: Sequence[Kpi], weights: Sequence[int], sections: Mapping[str, int]) -> Sequence[int]:
        """Return the weights that count: of the total, or in each section and of those that count."""
        if not sections:
            return self._effective(weights)
        places = {id_: [place for place, kpi in enumerate(kpis) if kpi.section == id_] for id_ in sections}
        counting = [each if any(weights[at] for at in places[id_]) else 0 for id_, each in sections.items()]
        found = [0] * len(weights)
        for id_, section in zip(sections, self._effective(counting), strict=True):
            inside = self._effective([weights[place] for place in places[id_]])
            for place, weight in zip(places[id_], inside, strict=True):
                found[place] = self._rounded("weight in section", weight * section, 100 * MILLION)
        return found

    def _effective(self, weights: Sequence[int]) -> Sequence[int]:
        """Return the weights that count, as they are or scaled up to 100 in whole ten-thousandths of a percent."""
        whole = sum(weights)
        if whole in {0, 100 * MILLION}:
            return weights
        found = [self._rounded("effective weight", weight * MILLION, whole) for weight in weights]
        rests = [weight * MILLION - each * whole for weight, each in zip(weights, found, strict=True)]
        lacking = MILLION - sum(found)
        self.seen[f"effective weights {lacking:+} ten-thousandths from 100"] += 1
        places = sorted((place for place, weight in enumerate(weights) if weight), key=lambda place: rests[place])
        if lacking > 0:
            places.sort(key=lambda place: -rests[place])
        for place in places[: abs(lacking)]:
            found[place] += 1 if lacking > 0 else -1
        return [100 * each for each in found]

    def _graded(self, total: int, worst: int) -> str:
        """Step 4: the total with its grade, or the best one that the vetoes leave."""
        scaled = total * 10_000
        rank = next((rank for rank, (_, first, _) in enumerate(self.grades) if first <= scaled), len(self.grades) - 1)
        grade, first, coefficient = self.grades[max(rank, worst)]
        self.seen["totals at a grade's limit"] += first == scaled
        return f"{shown2(total)},{grade},{coefficient}"

    def _figure(self, cells: Cells) -> tuple[str, int | None, int | None]:
        """Return the status, the actual and the row's own target."""
        own = self.read(cells.target) if cells.target not in NOT_REPORTED else None
        if cells.denominator:
            numerator, denominator = self.read(cells.numerator), self.read(cells.denominator)
            if not numerator and not denominator:
                return "not_applicable", None, own
            actual = self._rounded("quotient", numerator * MILLION, denominator)
            if abs(actual) >= LIMIT:
                raise OutOfRangeError
            return "scored", actual, own
        status = _status(cells.actual)
        return status, self.read(cells.actual) if status == "scored" else None, own

    def _attainment(self, kpi: Kpi, target: int | None, actual: int) -> int | None:
        """Step 1: the actual as percent of the target, in the direction that is better."""
        if target is None or target <= 0 or kpi.better == "within":
            return None
        ratio = self._rounded("attainment", 10_000 * actual, target)
        found = 20_000 - ratio if kpi.better == "lower" else ratio
        if abs(found) > FURTHEST:
            self.seen["attainments beyond the range"] += 1
            raise OutOfRangeError
        return found

    def _adjusted(self, adjustment: Adjustment, cells: Cells) -> tuple[str, int | None, int | None]:
        """Return the status, the count and the points: so many for each, within the bounds, and then rounded."""
        status = _status(cells.actual)
        if status != "scored":
            return status, None, None
        count = self.read(cells.actual)
        if count < 0:
            raise OutOfRangeError
        points = count * adjustment.each
        if adjustment.least is not None:
            points = max(points, adjustment.least * MILLION)
        if adjustment.most is not None:
            points = min(points, adjustment.most * MILLION)
        if abs(points) >= LIMIT * MILLION:
            self.seen["adjustments beyond the range"] += 1
            raise OutOfRangeError
        return status, count, self._rounded("adjustment", points, 10**8)

    def _rounded(self, place: str, numerator: int, denominator: int) -> int:
        """Round half away from zero to a whole number; the denominator is above 0."""
        whole, rest = divmod(abs(numerator), denominator)
        if 2 * rest >= denominator:
            whole += 1
            if 2 * rest == denominator:
                self.seen[f"ties: {place}"] += 1
        return -whole if numerator < 0 else whole

    def _kpi(self, kpi: Mapping[str, Any], cap: int, ranks: Mapping[str, int]) -> Kpi:
        scoring = kpi.get("scoring", {"method": "ratio"})
        veto = kpi.get("veto")
        full = self.read(kpi.get("out_of", 100))
        return Kpi(
            id=kpi["id"],
            weight=self.read(kpi["weight"]),
            target=self.read(kpi["target"]) if "target" in kpi else None,
            better=kpi["better"],
            axis=scoring.get("axis", "attainment" if scoring["method"] in {"ratio", "step"} else "actual"),
            curve=self._curve(scoring, 100 * MILLION if "out_of" in kpi else cap, kpi["better"], full),
            section=kpi.get("section", ""),
            full=full,
            veto_below=self.read(veto["score_below"]) if veto else None,
            veto_rank=ranks[veto["grade_at_most"]] if veto else -1,
            head=f"{kpi['id']},{plain(self.read(kpi['weight']))}",
        )

    def _adjustment(self, each: Mapping[str, Any], ranks: Mapping[str, int]) -> Adjustment:
        least, most = (self.read(each[key]) if key in each else None for key in ("at_least", "at_most"))
        line = each.get("veto")
        held = (self.read(line["from"]), ranks[line["grade_at_most"]]) if line else (None, -1)
        return Adjustment(each["id"], self.read(each["points_each"]), least, most, *held)

    def _x(self, kpi: Kpi, target: int | None, actual: int, attained: int | None) -> int:
        """What the curve is on, in millionths."""
        if kpi.axis == "attainment" and attained is not None:
            return attained * 10_000
        if kpi.axis != "gap" or target is None:
            return actual
        if abs(actual - target) > LIMIT:
            self.seen["gaps beyond the range"] += 1
            raise OutOfRangeError
        return actual - target

    def _curve(self, scoring: Mapping[str, Any], cap: int, better: str, full: int) -> Curve:
        """Step 2, not yet rounded."""
        if scoring["method"] == "step":
            origin = 0 if scoring.get("axis") == "gap" else 100 * MILLION
            sign = -1 if not origin and better == "lower" else 1
            size, lose, gain = (self.read(scoring.get(key, 0)) for key in ("size", "lose", "gain"))
            # in hundredths of a millionth, since a cap in percent of the full marks may have more decimals
            top = 100 * self.read(scoring["cap"]) if "cap" in scoring else cap * full // MILLION
            ends = 100 * self.read(scoring.get("floor", 0)), top
            extra = size - 1 if scoring.get("steps") == "started" else 0
            return steps(lambda x: sign * (x - origin), size, (lose, gain), ends, extra, full)
        if scoring["method"] == "ratio":
            cap = self.read(scoring["cap"]) if "cap" in scoring else cap
            return ratio(self.read(scoring.get("zero_below", 0)), cap, full)
        if scoring["method"] == "linear":
            return linear([(self.read(x), self.read(y)) for x, y in scoring["points"]])
        limits = [
            (
                self.read(band["from"])
                if "from" in band
                else self.read(band["above"]) + 1
                if "above" in band
                else -LIMIT,
                self.read(band["upto"])
                if "upto" in band
                else self.read(band["below"]) - 1
                if "below" in band
                else LIMIT,
                self.read(band["score"]),
            )
            for band in scoring["bands"]
        ]
        return bands(limits, self.read(scoring.get("otherwise", 0)))


def ratio(zero_below: int, cap: int, full: int) -> Curve:
    """The attainment itself out of the full marks: 0 below `zero_below`, never under 0, at most `cap`."""
    return lambda x: (0 if x < zero_below else max(0, min(x, cap)) * full, 10_000 * 100 * MILLION)


def linear(points: Sequence[tuple[int, int]]) -> Curve:
    """Straight between the points, flat beyond the first and the last."""
    pairs = list(pairwise(points))

    def curve(x: int) -> tuple[int, int]:
        if x <= points[0][0]:
            return points[0][1], 10_000
        for (x0, y0), (x1, y1) in pairs:
            if x <= x1:
                return y0 * (x1 - x0) + (y1 - y0) * (x - x0), 10_000 * (x1 - x0)
        return points[-1][1], 10_000

    return curve


def steps(  # noqa: PLR0917 - all that a step has
    better: Callable[[int], int], size: int, each: tuple[int, int], ends: tuple[int, int], extra: int, full: int
) -> Curve:
    """Full marks, less by the first of `each` for each step on the worse side, more by the second on the better.

    `ends` are the lowest and the highest score, in hundredths of a millionth.
    """
    (lose, gain), (floor, cap) = each, ends

    def curve(x: int) -> tuple[int, int]:
        distance = better(x)
        count = (abs(distance) + extra) // size
        marks = full + count * (gain if distance > 0 else -lose)
        return max(floor, min(cap, 100 * marks)), 1_000_000

    return curve


def bands(limits: Sequence[tuple[int, int, int]], otherwise: int) -> Curve:
    """The first band with from ≤ x ≤ upto, or `otherwise`."""
    return lambda x: (next((score for low, high, score in limits if low <= x <= high), otherwise), 10_000)


def plain(millionths: int | None) -> str:
    """Write a value as people do, without trailing zeros; nothing for None."""
    if millionths is None:
        return ""
    whole, rest = divmod(abs(millionths), MILLION)
    decimals = f".{rest:06}".rstrip("0") if rest else ""
    return f"{'-' if millionths < 0 else ''}{whole}{decimals}"


def shown2(hundredths: int | None) -> str:
    """Write hundredths with both decimals; nothing for None."""
    if hundredths is None:
        return ""
    whole, rest = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{whole}.{rest:02}"


def shown4(ten_thousandths: int | None) -> str:
    """Write ten-thousandths with all four decimals; nothing for None."""
    if ten_thousandths is None:
        return ""
    whole, rest = divmod(abs(ten_thousandths), 10_000)
    return f"{'-' if ten_thousandths < 0 else ''}{whole}.{rest:04}"


def _status(text: str) -> str:
    if text in NOT_APPLICABLE:
        return "not_applicable"
    return "not_reported" if text in NOT_REPORTED else "scored"


def _line(row: str, end: str, *, has: Sequence[bool]) -> str:
    shown, *more = row.split("|")
    return ",".join((shown, end, *(text for text, is_there in zip(more, has, strict=True) if is_there)))
