-- makes: rollup_figure
-- what: The figures of the longer cards that are not withheld; an adjustment's is what its points come to.
-- reads: rollup_tidy, rollup_adjustment, rollup_fit, rollup_range
-- key: card, kpi
-- units: actual and target in millionths
-- as: view

SELECT r.card, r.kpi, r.status, r.actual, r.target, r.actual AS counted
FROM rollup_tidy AS r
WHERE NOT EXISTS (SELECT 1 FROM rollup_range AS o WHERE o.card = r.card)
UNION ALL
SELECT a.card, a.kpi, CAST(a.status AS STATUS) AS status, CAST(100 * a.points AS BIGINT) AS actual, NULL AS target,
    CAST(a.actual AS BIGINT) AS counted
FROM rollup_adjustment AS a
JOIN rollup_fit AS f ON f.card = a.card
WHERE NOT EXISTS (SELECT 1 FROM rollup_range AS o WHERE o.card = a.card)
