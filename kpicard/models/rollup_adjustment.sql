-- makes: rollup_adjustment
-- what: The adjustments of longer cards: the sums of the counts, and the mean of the months' points.
-- reads: rollup_month_figure
-- key: card, kpi
-- units: actual in millionths, points in ten-thousandths
--
-- The bounds of an adjustment are those of one month, and a longer card's total is on the scale of a month's: so its
-- points are the mean of the months', over the months that are assessed.

SELECT
    card, kpi,
    CASE
        WHEN BOOL_OR(status = 'scored') THEN 'scored'
        WHEN BOOL_OR(status = 'not_reported') THEN 'not_reported'
        ELSE 'not_applicable'
    END AS status,
    SUM(actual) AS actual,
    (2 * SUM(points) + CASE WHEN SUM(points) < 0 THEN -COUNT(*) ELSE COUNT(*) END) // (2 * COUNT(*)) AS points
FROM (
    SELECT *, BOOL_OR(is_assessed) OVER (PARTITION BY card) AS any_assessed
    FROM rollup_month_figure
    WHERE is_adjustment
) AS f
WHERE is_assessed OR NOT any_assessed
GROUP BY card, kpi
