-- makes: attainment_range
-- what: The figures whose attainment is beyond 10^12 percent either way, or that are beyond their KPI's curve.
-- reads: tidy, kpi
-- key: row, col
-- units: actual and target in millionths
-- as: view
--
-- Its distance from 0 is more than 10^12 percent once it is rounded. A better `lower` attainment is 200 percent less the
-- ratio. Hardly a figure is a billion times its target: only of those the product is computed, in 128 bits.

SELECT r.card, r.row, r.col, r.kpi, r.actual
FROM tidy AS r
JOIN kpi AS k ON k.kpi = r.kpi
WHERE r.card IS NOT NULL AND r.status = 'scored' AND (
    r.actual < k.lowest OR r.actual > k.highest
    OR (k.axis = 'gap' AND ABS(r.actual - COALESCE(r.target, k.target)) > 1000000000000000000)
    OR (
        k.better <> 'within' AND COALESCE(r.target, k.target) > 0
        AND (ABS(r.actual)) // (1000000000) >= COALESCE(r.target, k.target)
        AND ABS(
            20000 * CAST(r.actual AS HUGEINT)
            - CASE WHEN k.better = 'lower' THEN 40000 ELSE 0 END * CAST(COALESCE(r.target, k.target) AS HUGEINT)
        ) >= 200000000000001 * CAST(COALESCE(r.target, k.target) AS HUGEINT)
    )
)
