-- makes: rollup_scored
-- what: The lines of longer cards: what each figure earns, an adjustment with the sum of its months' counts.
-- reads: rollup_earned, rollup_adjustment
-- key: card, kpi
-- units: as in scored
-- as: view

SELECT
    e.card, e.kpi, e.status, e.target,
    CASE WHEN a.card IS NULL THEN e.actual ELSE CAST(a.actual AS BIGINT) END AS actual, e.attainment, e.score, e.effective_weight, e.points, e.veto
FROM rollup_earned AS e
LEFT JOIN rollup_adjustment AS a ON a.card = e.card AND a.kpi = e.kpi
