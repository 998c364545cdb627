-- makes: rollup_actual
-- what: The figures of longer cards: each KPI's actuals and targets over the months, brought together by its rollup.
-- reads: rollup_month_figure, scheme, kpi_rollup, kpi_factor
-- key: card, kpi
-- units: millionths; a quotient is rounded half away from zero to whole ones
--
-- A KPI that says no rollup has `ratio` where every figure was given as numerator and denominator, else `mean`. Of a KPI
-- that is scored, the months count in which it is; where it is not, all months say its target.

WITH whole AS (
    SELECT
        f.card, f.kpi, f.period, f.status, f.actual, f.target, f.numerator, f.denominator,
        CASE
            WHEN s.zero AND BOOL_OR(f.status = 'not_reported') OVER of_kpi THEN 'not_reported'
            WHEN BOOL_OR(f.status = 'scored') OVER of_kpi THEN 'scored'
            WHEN BOOL_OR(f.status = 'not_reported') OVER of_kpi THEN 'not_reported'
            ELSE 'not_applicable'
        END AS whole
    FROM rollup_month_figure AS f
    CROSS JOIN scheme AS s
    WHERE NOT f.is_adjustment
    WINDOW of_kpi AS (PARTITION BY f.card, f.kpi)
),
sums AS (
    SELECT
        w.card, w.kpi, w.whole AS status,
        COALESCE(
            ANY_VALUE(r.rollup),
            CASE WHEN COUNT(w.denominator) = COUNT(*) AND w.whole = 'scored' THEN 'ratio' ELSE 'mean' END
        ) AS rollup,
        COUNT(*) AS months, COUNT(w.target) = COUNT(*) AS has_target, COALESCE(ANY_VALUE(q.factor), 1) AS factor,
        SUM(w.actual) AS actual_sum, MIN(w.actual) AS actual_min, MAX(w.actual) AS actual_max,
        MAX_BY(w.actual, w.period) AS actual_last,
        SUM(w.target) AS target_sum, MIN(w.target) AS target_min, MAX(w.target) AS target_max,
        MAX_BY(w.target, w.period) AS target_last,
        SUM(w.numerator) AS numerator, SUM(w.denominator) AS denominator,
        SUM(CAST(w.target AS HUGEINT) * w.denominator) AS target_weighted
    FROM whole AS w
    LEFT JOIN kpi_rollup AS r ON r.kpi = w.kpi
    LEFT JOIN kpi_factor AS q ON q.kpi = w.kpi
    WHERE w.status = 'scored' OR w.whole <> 'scored'
    GROUP BY w.card, w.kpi, w.whole
)
SELECT
    card, kpi, rollup, status,
    CASE WHEN status = 'scored' THEN
        CASE rollup
            WHEN 'sum' THEN actual_sum
            WHEN 'min' THEN actual_min
            WHEN 'max' THEN actual_max
            WHEN 'last' THEN actual_last
            WHEN 'ratio' THEN
                (2 * numerator * factor * 1000000 + CASE WHEN numerator < 0 THEN -denominator ELSE denominator END)
                // (2 * denominator)
            ELSE (2 * actual_sum + CASE WHEN actual_sum < 0 THEN -months ELSE months END) // (2 * months)
        END
    END AS actual,
    CASE WHEN has_target THEN
        CASE
            WHEN rollup = 'sum' THEN target_sum
            WHEN rollup = 'min' THEN target_min
            WHEN rollup = 'max' THEN target_max
            WHEN rollup = 'last' THEN target_last
            WHEN rollup = 'ratio' AND status = 'scored' THEN
                (2 * target_weighted + CASE WHEN target_weighted < 0 THEN -denominator ELSE denominator END)
                // (2 * denominator)
            ELSE (2 * target_sum + CASE WHEN target_sum < 0 THEN -months ELSE months END) // (2 * months)
        END
    END AS target,
    CASE WHEN rollup = 'ratio' AND status = 'scored' THEN numerator END AS numerator,
    CASE WHEN rollup = 'ratio' AND status = 'scored' THEN denominator END AS denominator
FROM sums
