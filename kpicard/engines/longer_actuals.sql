-- The figures of longer cards: each KPI's actuals over the months brought together by its rollup, the targets likewise,
-- in whole millionths, points in ten-thousandths. A quotient is rounded half away from zero to whole ones.
--
-- Input:  month, card, withheld, as longer.sql makes them
--         month_scored, month_graded, month_kpi, month_ratio: the months' figures
--         kpi_rollup (kpi, rollup)                  the KPIs that say one; for the others it is `ratio` where every
--                                                   figure was given as numerator and denominator, else `mean`
--         ratio_factor (kpi, factor)                100 where the unit is percent
--         scheme (zero)
-- Output: rolled   (card, kpi, rollup, status, actual, target, numerator, denominator)
--         adjusted (card, kpi, status, actual, points) actual: the sum of the counts; points: the mean of the months'
CREATE TEMP TABLE month_figure AS
SELECT
    m.card, m.period, k.kpi, k.weight IS NULL AS is_adjustment, s.status, s.actual, s.target, s.points, q.numerator,
    q.denominator, g.total IS NOT NULL AS is_assessed
FROM month AS m
JOIN card AS c ON c.card = m.card
JOIN month_scored AS s ON s.card = m.month_card
JOIN month_graded AS g ON g.card = m.month_card
JOIN month_kpi AS o ON o.kpi = s.kpi
JOIN month_kpi AS k ON k.role = c.role AND k.id = o.id
LEFT JOIN month_ratio AS q ON q.card = s.card AND q.kpi = s.kpi
WHERE m.card NOT IN (FROM withheld);

-- Of a KPI that is scored, the months count in which it is; where it is not, all months say its target.
CREATE TEMP TABLE rolled AS
WITH whole AS (
    SELECT
        f.* EXCLUDE (points, is_assessed),
        CASE
            WHEN s.zero AND BOOL_OR(f.status = 'not_reported') OVER of_kpi THEN 'not_reported'
            WHEN BOOL_OR(f.status = 'scored') OVER of_kpi THEN 'scored'
            WHEN BOOL_OR(f.status = 'not_reported') OVER of_kpi THEN 'not_reported'
            ELSE 'not_applicable'
        END AS whole
    FROM month_figure AS f
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
        ARG_MAX(w.actual, w.period) AS actual_last,
        SUM(w.target) AS target_sum, MIN(w.target) AS target_min, MAX(w.target) AS target_max,
        ARG_MAX(w.target, w.period) AS target_last,
        SUM(w.numerator) AS numerator, SUM(w.denominator) AS denominator,
        SUM(CAST(w.target AS HUGEINT) * w.denominator) AS target_weighted
    FROM whole AS w
    LEFT JOIN kpi_rollup AS r ON r.kpi = w.kpi
    LEFT JOIN ratio_factor AS q ON q.kpi = w.kpi
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
            WHEN 'ratio' THEN rounded(numerator * factor * 1000000, denominator)
            ELSE rounded(actual_sum, months)
        END
    END AS actual,
    CASE WHEN has_target THEN
        CASE
            WHEN rollup = 'sum' THEN target_sum
            WHEN rollup = 'min' THEN target_min
            WHEN rollup = 'max' THEN target_max
            WHEN rollup = 'last' THEN target_last
            WHEN rollup = 'ratio' AND status = 'scored' THEN rounded(target_weighted, denominator)
            ELSE rounded(target_sum, months)
        END
    END AS target,
    CASE WHEN rollup = 'ratio' AND status = 'scored' THEN numerator END AS numerator,
    CASE WHEN rollup = 'ratio' AND status = 'scored' THEN denominator END AS denominator
FROM sums;

-- The bounds of an adjustment are those of one month, and a longer card's total is on the scale of a month's: so its
-- points are the mean of the months', over the months that are assessed.
CREATE TEMP TABLE adjusted AS
SELECT
    card, kpi,
    CASE
        WHEN BOOL_OR(status = 'scored') THEN 'scored'
        WHEN BOOL_OR(status = 'not_reported') THEN 'not_reported'
        ELSE 'not_applicable'
    END AS status,
    SUM(actual) AS actual,
    rounded(SUM(points), COUNT(*)) AS points
FROM (SELECT *, BOOL_OR(is_assessed) OVER (PARTITION BY card) AS any_assessed FROM month_figure WHERE is_adjustment)
WHERE is_assessed OR NOT any_assessed
GROUP BY card, kpi;
