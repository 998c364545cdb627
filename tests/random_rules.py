"""Random departments, roles and cells for the oracle: all methods, ties at each place, ends of the range."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any, Literal

from tests.oracle import plain, rounded

Extent = Literal["ordinary", "extreme"]
"""Whether values are those of every day, or reach to the ends of what is read."""

ENDS = ("999999999999.999999", "-999999999999.999999", "999999999999.9999994", "999999999999.9999995", "0.000001")


def number(random: Random, low: int, high: int, decimals: int = 6) -> str:
    """Return a number with at most so many decimals."""
    shown = random.choice([0, 0, 1, 2, decimals])
    return plain(Fraction(random.randint(low * 10**shown, high * 10**shown), 10**shown)) or ""


def rising(random: Random, count: int, low: int, high: int, decimals: int = 6) -> list[str]:
    """Return so many different numbers, the lowest first."""
    found: set[str] = set()
    while len(found) < count:
        found.add(number(random, low, high, decimals))
    return sorted(found, key=Fraction)


def scores(random: Random, count: int) -> list[str]:
    """Return scores that never fall; some are equal, some below 0."""
    return sorted((number(random, -20, 150) for _ in range(count)), key=Fraction)


def weights(random: Random, count: int) -> list[str]:
    """Return weights that sum to 100."""
    decimals = random.choice([0, 0, 2, 6])
    cuts = sorted(random.sample(range(1, 100 * 10**decimals), count - 1))
    parts = [after - before for before, after in zip([0, *cuts], [*cuts, 100 * 10**decimals], strict=True)]
    return [plain(Fraction(part, 10**decimals)) or "" for part in parts]


def random_department(random: Random, grades: int = 5) -> dict[str, Any]:
    """Return a department with so many grades at uneven limits, the last one above what some totals reach."""
    limits = rising(random, grades, 10, 110, 4)[::-1]
    scale = [
        {"grade": f"G{index}", "from": limit, "coefficient": f"{1 + index / 10:.2f}"}
        for index, limit in enumerate(limits)
    ]
    department = {"title": "Department", "cap": number(random, 101, 150, 2), "grades": scale}
    return department | ({"left_out_at_most": number(random, 5, 60, 2)} if random.random() < 0.4 else {})


def adjustments(random: Random, prefix: str, grades: int = 1) -> list[dict[str, Any]]:
    """Return up to three adjustments: for and against, with and without bounds, some with a red line."""
    found: list[dict[str, Any]] = []
    for index in range(random.randint(0, 3)):
        each = number(random, -9, 9, 3)
        least, most = rising(random, 2, -20, 20, 3)
        bounds: dict[str, Any] = {"at_least": least} if random.random() < 0.5 else {}
        bounds |= {"at_most": most} if random.random() < 0.5 else {}
        if random.random() < 0.3:
            held = f"G{random.randint(0, grades - 1)}"
            bounds["veto"] = {"from": random.choice(["1", "2.5", "4"]), "grade_at_most": held}
        found.append(
            {
                "id": f"{prefix}{index}",
                "name": f"{prefix} {index}",
                "points_each": each if each != "0" else "0.5",
                **bounds,
            }
        )
    return found


def veto(random: Random, grades: int = 5) -> dict[str, Any]:
    """Return a veto on a KPI, one of so many grades; for most none."""
    if random.random() < 0.6:
        return {}
    return {"veto": {"score_below": number(random, 20, 110, 3), "grade_at_most": f"G{random.randint(0, grades - 1)}"}}


def random_role(random: Random, id_: str, extent: Extent) -> dict[str, Any]:
    """Return a role with one to six KPIs of any method."""
    shares = weights(random, random.randint(1, 6))
    kpis = [{"id": f"k{index}", "name": f"K{index}", "weight": share} for index, share in enumerate(shares)]
    role = {"id": id_, "title": id_, "kpis": [kpi | standard(random, extent) | full_marks(random) for kpi in kpis]}
    return role if random.random() < 0.7 else in_sections(random, role)


def in_sections(random: Random, role: dict[str, Any]) -> dict[str, Any]:
    """Return a role with its KPIs in sections: weights of the total, of each section, or none but the sections'."""
    kpis = role["kpis"]
    count = random.randint(1, min(3, len(kpis)))
    ids = [f"s{index}" for index in range(count)]
    kpis = [kpi | {"section": ids[index] if index < count else random.choice(ids)} for index, kpi in enumerate(kpis)]
    if random.random() < 0.4:
        return role | {"sections": [{"id": each, "title": each} for each in ids], "kpis": kpis}
    parts = weights(random, count) if count > 1 else ["100"]
    sections = [{"id": each, "title": each, "weight": part} for each, part in zip(ids, parts, strict=True)]
    found = []
    for each in ids:
        inside = [kpi for kpi in kpis if kpi["section"] == each]
        shares = weights(random, len(inside)) if len(inside) > 1 else ["100"]
        found += [kpi | {"weight": share} for kpi, share in zip(inside, shares, strict=True)]
    return role | {"weights": "in-section", "sections": sections, "kpis": found}


def full_marks(random: Random) -> dict[str, Any]:
    """Return what a KPI's scores are out of; for most that is 100."""
    return {"out_of": random.choice(["30", "20", "3", "7.5", "120"])} if random.random() < 0.15 else {}


def standard(random: Random, extent: Extent) -> dict[str, Any]:
    """Return what a KPI is scored by."""
    better = random.choice(["higher", "lower", "within"])
    method = random.choice(["linear", "bands"] if better == "within" else ["ratio", "linear", "bands", "step"])
    on_attainment = method == "ratio" or (better != "within" and random.random() < 0.4)
    on_gap = method != "ratio" and not on_attainment and (method == "step" or random.random() < 0.3)
    far = extent == "extreme" and random.random() < 0.3
    found: dict[str, Any] = {"better": better}
    if on_attainment or on_gap or random.random() < 0.7:
        above = random.choice([number(random, 1, 300), str(random.choice([1, 2, 3, 7, 30, 200]))])
        any_ = random.choice([above, above, "0", "-12.5"])
        found["target"] = random.choice(ENDS[::2]) if far else (above if on_attainment else any_)
    if method == "ratio":
        if random.random() < 0.7:
            found["scoring"] = {"method": "ratio"}
            found["scoring"] |= {"cap": number(random, 80, 160, 3)} if random.random() < 0.5 else {}
            found["scoring"] |= {"zero_below": number(random, 0, 110, 3)} if random.random() < 0.5 else {}
        return found
    shape = "higher" if on_attainment else better
    reach = 10**11 if far else 300
    make = {"linear": linear, "bands": bands, "step": step}[method]
    axis = {"axis": "attainment"} if on_attainment else {"axis": "gap"} if on_gap else {}
    found["scoring"] = make(random, shape, reach) | axis
    return found


def step(random: Random, better: str, reach: int) -> dict[str, Any]:  # noqa: ARG001 - as the other methods
    """Return steps away from the target, in some roles those on the better side too."""
    found: dict[str, Any] = {"method": "step", "size": random.choice(["1", "0.5", "10", "0.333333", "2.5"])}
    found["lose"] = random.choice(["2", "0.5", "1", "7.25", "0.333333"])
    for key, value in (
        ("gain", random.choice(["1", "0.25", "5"])),
        ("steps", "started"),
        ("floor", number(random, -20, 60, 2)),
        ("cap", number(random, 100, 140, 2)),
    ):
        found |= {key: value} if random.random() < 0.4 else {}
    return found


def linear(random: Random, better: str, reach: int) -> dict[str, Any]:
    """Return a straight line through points whose scores move the right way; some have slopes that make ties."""
    if random.random() < 0.4 and better != "within":
        ends: list[Any] = [["0", "0"], ["200", "100"]] if better == "higher" else [["0", "120"], ["80", "0"]]
        return {"method": "linear", "points": ends}
    count = random.randint(2, 5)
    ys = scores(random, count)
    if better == "lower":
        ys.reverse()
    elif better == "within":
        peak = random.randint(0, count)
        ys = ys[:peak] + ys[peak:][::-1]
    xs = rising(random, count, -reach // 3, reach)
    return {"method": "linear", "points": [list(point) for point in zip(xs, ys, strict=True)]}


def bands(random: Random, better: str, reach: int) -> dict[str, Any]:
    """Return bands whose scores move the right way: open ones, and for `within` ones that lie in each other."""
    count = random.randint(1, 4)
    lower, upper = ("above", "below") if random.random() < 0.3 else ("from", "upto")
    otherwise, *ys = scores(random, count + 1)
    xs = rising(random, 2 * count, -reach // 3, reach)
    if better == "higher":
        found = [{lower: x, "score": y} for x, y in zip(xs[::2], ys, strict=True)][::-1]
    elif better == "lower":
        found = [{upper: x, "score": y} for x, y in zip(xs[::2], ys[::-1], strict=True)]
    else:
        pairs = zip(xs[:count], xs[count:][::-1], ys, strict=True)
        found = [{lower: low, upper: high, "score": y} for low, high, y in pairs][::-1]
    return {"method": "bands", "bands": found} | ({"otherwise": otherwise} if otherwise != "0" else {})


def random_cell(random: Random, kpi: dict[str, Any], extent: Extent) -> tuple[str, str]:
    """Return an actual and the row's own target."""
    chance = random.random()
    if chance < 0.03:
        return random.choice(["N/A", "n/a", "不适用"]), ""
    if chance < 0.05:
        return random.choice(["", "-", "—"]), ""
    scoring = kpi.get("scoring", {"method": "ratio"})
    target = kpi.get("target", "")
    own = ""
    if random.random() < 0.15:
        default = "attainment" if scoring["method"] in {"ratio", "step"} else "actual"
        above_zero = scoring.get("axis", default) == "attainment"
        own = number(random, 1, 90) if above_zero else random.choice(["0", "-3", number(random, 1, 90)])
    if extent == "extreme" and random.random() < 0.2:
        return random.choice(ENDS), own
    return actual(random, scoring, own or target), own


def actual(random: Random, scoring: dict[str, Any], target: str) -> str:
    """Return an actual: often at a bound of the curve, at a half of the place where it is rounded, or 0."""
    kind = random.random()
    if kind < 0.05:
        return random.choice(["0", "-0", "+0.0", "-0.0000004", "0.0000005"])
    if kind < 0.25 and target and Fraction(target) > 0:  # the attainment ends in a half
        half = Fraction(random.randint(-4000, 30000), 100) + Fraction(1, 200)
        return plain(rounded(half * Fraction(target) / 100, 6)) or ""
    if kind < 0.45 and scoring["method"] != "ratio":  # at a bound, or beside it by the last place that counts
        points = [point[0] for point in scoring.get("points", ())]
        limits = [band[key] for band in scoring.get("bands", ()) for key in band if key != "score"]
        axis = scoring.get("axis", "attainment" if scoring["method"] == "step" else "actual")
        if scoring["method"] == "step":
            steps = random.randint(-30, 30) * Fraction(scoring["size"])
            limits = [str(steps + (100 if axis == "attainment" else 0))]
        x = Fraction(random.choice(points + limits))
        if axis == "attainment":
            x = x * Fraction(target) / 100
        elif axis == "gap":
            x += Fraction(target)
        beside = rounded(x + random.choice([-1, 0, 0, 1]) * Fraction(1, random.choice([100, 10**6])), 6)
        return plain(beside) or ""
    if kind < 0.55:  # more decimals than are kept, at the half
        return f"{random.randint(-50, 300)}.{random.randint(0, 999999):06}{random.choice(['5', '4999999', '50001'])}"
    if kind < 0.7:  # a tie of a slope of one half
        return plain(Fraction(random.randint(-500, 30000), 100) + Fraction(1, 100)) or ""
    return number(random, -60, 400)
