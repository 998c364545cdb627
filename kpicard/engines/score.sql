-- All scoring, in exact integer arithmetic: the one place where a figure becomes points, and points become a grade.
--
-- It runs as it stands on DuckDB. For another engine two tokens are exchanged: HUGEINT, the wide integer type, and //,
-- which divides whole numbers and drops the remainder, towards zero, its operands in brackets (see dialects.py).
--
-- Units: actuals, targets, weights and x in millionths; points in ten-thousandths; attainment, score and total in
-- hundredths. Rounding to whole ones, half away from zero, is (2 * n + d) // (2 * d), with -d for a negative n.
--
-- The effective weight of a KPI is its weight where all KPIs of its card count. Where some are left out, it is its share
-- of those that count, to four decimals: rounded, and then corrected where the remainders are largest, so that a card's
-- effective weights sum to 100. All cards that leave out the same KPIs have the same ones: so they are computed once for
-- each set of KPIs left out, which the sum of their flags tells from others.
--
-- Input:
--   figure  (card, kpi, status, actual, target)            one row per card and KPI; target NULL: the KPI's own
--   kpi     (kpi, role, flag, weight, target, better,      flag: a power of two, another for each KPI of a role; scale:
--            axis, scale, veto_below, veto_rank)           the department's grades; weight NULL: an adjustment, whose
--                                                          score are its points, to four decimals; veto NULL: it has none
--   segment (kpi, first, last, intercept, slope, divisor)  score = (intercept + slope * x) / divisor
--   grade   (scale, rank, grade, coefficient, first, last) totals from first to last, both included; rank 0: the best
--   scheme  (zero)                                         one row; zero: a KPI not reported scores 0
-- Output, by two queries of which the second reads what the first gives:
--   scored  one row per card and KPI. A KPI that does not count has no effective weight, score and points; an
--           adjustment no effective weight. What counts and has no score is out of range: its attainment is beyond
--           every segment.
--   graded  one row per card: its total, grade and coefficient, and the grade without vetoes.

WITH figures AS (
    SELECT
        f.card, f.kpi, f.status, f.actual, k.weight, k.axis, k.better, k.veto_below, k.veto_rank,
        COALESCE(f.target, k.target) AS target,
        f.status = 'scored' OR (f.status = 'not_reported' AND s.zero AND k.weight IS NOT NULL) AS counts
    FROM figure AS f
    JOIN kpi AS k ON k.kpi = f.kpi
    CROSS JOIN scheme AS s
),
left_out AS (
    SELECT f.card, k.role, CAST(SUM(k.flag) AS BIGINT) AS flags
    FROM figure AS f
    JOIN kpi AS k ON k.kpi = f.kpi
    CROSS JOIN scheme AS s
    WHERE k.weight IS NOT NULL AND (f.status = 'not_applicable' OR (f.status = 'not_reported' AND NOT s.zero))
    GROUP BY f.card, k.role
),
remaining AS (
    SELECT
        o.role, o.flags, k.kpi, 1000000 * CAST(k.weight AS HUGEINT) AS share,
        CAST(SUM(k.weight) OVER (PARTITION BY o.role, o.flags) AS HUGEINT) AS whole
    FROM (SELECT DISTINCT role, flags FROM left_out) AS o
    JOIN kpi AS k ON k.role = o.role AND k.weight IS NOT NULL
    WHERE (CAST(o.flags AS HUGEINT)) // (CAST(k.flag AS HUGEINT)) % 2 = 0
),
parts AS (
    SELECT *, (2 * share + whole) // (2 * whole) AS part
    FROM remaining
),
remainders AS (
    SELECT *, share - part * whole AS remainder, 1000000 - SUM(part) OVER (PARTITION BY role, flags) AS lacking
    FROM parts
),
effective AS (
    SELECT
        flags, kpi,
        CAST(100 * (part + CASE
            WHEN ROW_NUMBER() OVER (PARTITION BY role, flags ORDER BY remainder DESC, kpi) <= lacking THEN 1
            WHEN ROW_NUMBER() OVER (PARTITION BY role, flags ORDER BY remainder, kpi) <= -lacking THEN -1
            ELSE 0
        END) AS BIGINT) AS weight
    FROM remainders
),
ratios AS (
    SELECT
        *,
        CASE WHEN status = 'scored' AND better <> 'within' AND target > 0 THEN
            (20000 * CAST(actual AS HUGEINT) + CASE WHEN actual < 0 THEN -target ELSE target END)
            // (2 * CAST(target AS HUGEINT))
        END AS ratio
    FROM figures
),
attainments AS (
    SELECT *, CASE WHEN better = 'lower' THEN 20000 - ratio ELSE ratio END AS attainment
    FROM ratios
),
placed AS (
    SELECT *, CASE WHEN axis = 'actual' THEN CAST(actual AS HUGEINT) ELSE 10000 * attainment END AS x
    FROM attainments
),
lines AS (
    SELECT
        p.*,
        CAST(g.intercept AS HUGEINT) + CAST(g.slope AS HUGEINT) * p.x AS numerator,
        CAST(g.divisor AS HUGEINT) AS divisor
    FROM placed AS p
    LEFT JOIN segment AS g ON g.kpi = p.kpi AND p.x BETWEEN g.first AND g.last
),
scores AS (
    SELECT
        *,
        CASE
            WHEN status = 'scored' THEN CAST(
                (2 * numerator + CASE WHEN numerator < 0 THEN -divisor ELSE divisor END) // (2 * divisor) AS BIGINT)
            WHEN counts THEN 0
        END AS score
    FROM lines
),
weighted AS (
    SELECT s.*, CASE WHEN s.counts THEN COALESCE(e.weight, s.weight) END AS effective_weight
    FROM scores AS s
    LEFT JOIN left_out AS o ON o.card = s.card
    LEFT JOIN effective AS e ON e.kpi = s.kpi AND e.flags = o.flags
),
products AS (
    SELECT
        card, kpi, status, target, actual, attainment, score, effective_weight, counts, veto_below, veto_rank,
        CASE WHEN weight IS NULL THEN 100 * numerator ELSE CAST(score AS HUGEINT) * effective_weight END AS product,
        CASE WHEN weight IS NULL THEN divisor ELSE CAST(1000000 AS HUGEINT) END AS parts
    FROM weighted
)
SELECT
    card, kpi, status, target, actual, attainment, score, effective_weight,
    CASE WHEN counts THEN CAST(
        (2 * product + CASE WHEN product < 0 THEN -parts ELSE parts END) // (2 * parts) AS BIGINT)
    END AS points,
    CASE WHEN counts AND score < veto_below THEN veto_rank END AS veto
FROM products;

WITH sums AS (
    SELECT
        s.card, MAX(k.scale) AS scale, MAX(s.veto) AS veto, COUNT(s.effective_weight) AS counted,
        CAST(SUM(s.points) AS HUGEINT) AS points
    FROM scored AS s
    JOIN kpi AS k ON k.kpi = s.kpi
    GROUP BY s.card
),
totals AS (
    SELECT
        card, scale, veto,
        CASE WHEN counted > 0 THEN CAST(
            (2 * points + CASE WHEN points < 0 THEN -100 ELSE 100 END) // (2 * CAST(100 AS HUGEINT)) AS BIGINT)
        END AS total
    FROM sums
)
SELECT
    t.card, t.total, COALESCE(v.grade, g.grade) AS grade, COALESCE(v.coefficient, g.coefficient) AS coefficient,
    g.grade AS grade_by_total
FROM totals AS t
LEFT JOIN grade AS g ON g.scale = t.scale AND t.total BETWEEN g.first AND g.last
LEFT JOIN grade AS v ON v.scale = t.scale AND v.rank = t.veto AND v.rank > g.rank
