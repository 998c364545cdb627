-- makes: rollup_month_figure
-- what: The figures of the months of longer cards, each under the KPI that the last month's rules have.
-- reads: rollup_month, rollup_alike, rollup_card, scored, graded, kpi, ratio
-- key: card, kpi, period
-- units: actual, target, numerator and denominator in millionths, points in ten-thousandths

SELECT
    m.card, m.period, k.kpi, k.weight IS NULL AS is_adjustment, s.status, s.actual, s.target, s.points, q.numerator,
    q.denominator, g.total IS NOT NULL AS is_assessed
FROM rollup_month AS m
JOIN rollup_alike AS w ON w.card = m.card
JOIN rollup_card AS c ON c.card = m.card
JOIN scored AS s ON s.card = m.month_card
JOIN graded AS g ON g.card = m.month_card
JOIN kpi AS o ON o.kpi = s.kpi
JOIN kpi AS k ON k.role = c.role AND k.id = o.id
LEFT JOIN ratio AS q ON q.card = s.card AND q.kpi = s.kpi
