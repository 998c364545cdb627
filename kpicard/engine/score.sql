-- All scoring, in exact integer arithmetic: the one place where a figure becomes points, and points become a grade.
--
-- It runs as it stands on DuckDB. For another engine two tokens are exchanged: HUGEINT, the wide integer type, and //,
-- which divides whole numbers and drops the remainder, towards zero, its operands in brackets (see dialects.py).
--
-- Units: actuals, targets, weights and x in millionths; attainment, score, points and total in hundredths.
-- Rounding to two decimals, half away from zero, is (2 * n + d) // (2 * d), with -d for a negative n.
--
-- Input:
--   figure  (card, kpi, status, actual, target)            one row per card and KPI; target NULL: the KPI's own
--   kpi     (kpi, weight, target, better, axis, scale,     scale: the department's grades; weight NULL: an adjustment,
--            veto_below, veto_rank)                        whose score are its points; veto NULL: it has none
--   segment (kpi, first, last, intercept, slope, divisor)  score = (intercept + slope * x) / divisor
--   grade   (scale, rank, grade, coefficient, first, last) totals from first to last, both included; rank 0: the best
--   scheme  (zero)                                         one row; zero: a KPI not reported scores 0
-- Output, by two queries of which the second reads what the first gives:
--   scored  one row per card and KPI. A KPI that does not count has no score and no points. A KPI that counts and has
--           no score is out of range: its attainment is beyond every segment.
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
    SELECT f.card, CAST(SUM(k.weight) AS BIGINT) AS weight
    FROM figure AS f
    JOIN kpi AS k ON k.kpi = f.kpi
    CROSS JOIN scheme AS s
    WHERE f.status = 'not_applicable' OR (f.status = 'not_reported' AND NOT s.zero)
    GROUP BY f.card
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
    SELECT
        s.*,
        CAST(s.score AS HUGEINT) * s.weight AS numerator2,
        CAST(100000000 - COALESCE(l.weight, 0) AS HUGEINT) AS full_weight
    FROM scores AS s
    LEFT JOIN left_out AS l ON l.card = s.card
)
SELECT
    card, kpi, status, target, actual, attainment, score,
    CASE
        WHEN counts AND weight IS NULL THEN score
        WHEN counts THEN CAST(
            (2 * numerator2 + CASE WHEN numerator2 < 0 THEN -full_weight ELSE full_weight END) // (2 * full_weight)
            AS BIGINT)
    END AS points,
    CASE WHEN counts AND score < veto_below THEN veto_rank END AS veto
FROM weighted;

WITH totals AS (
    SELECT
        s.card, MAX(k.scale) AS scale, MAX(s.veto) AS veto,
        CASE
            WHEN COUNT(CASE WHEN k.weight IS NOT NULL THEN s.points END) > 0 THEN CAST(SUM(s.points) AS BIGINT)
        END AS total
    FROM scored AS s
    JOIN kpi AS k ON k.kpi = s.kpi
    GROUP BY s.card
)
SELECT
    t.card, t.total, COALESCE(v.grade, g.grade) AS grade, COALESCE(v.coefficient, g.coefficient) AS coefficient,
    g.grade AS grade_by_total
FROM totals AS t
LEFT JOIN grade AS g ON g.scale = t.scale AND t.total BETWEEN g.first AND g.last
LEFT JOIN grade AS v ON v.scale = t.scale AND v.rank = t.veto AND v.rank > g.rank
