-- makes: rollup_not_ratio
-- what: The figures of longer cards that are not given as a ratio where the KPI's rollup needs one.
-- reads: rollup_month, rollup_whole, rollup_changed, scored, kpi_rollup, ratio, card, tidy
-- key: row, col
-- units: actual in millionths
-- as: view

SELECT m.card, r.row, r.col, s.kpi, c.period, c.employee, s.actual
FROM rollup_month AS m
JOIN rollup_whole AS w ON w.card = m.card
JOIN scored AS s ON s.card = m.month_card AND s.status = 'scored'
JOIN kpi_rollup AS x ON x.kpi = s.kpi AND x.rollup = 'ratio'
JOIN card AS c ON c.card = m.month_card
JOIN tidy AS r ON r.card = c.card AND r.kpi = s.kpi AND r.status = 'scored'
WHERE NOT EXISTS (SELECT 1 FROM rollup_changed AS d WHERE d.card = m.card)
    AND NOT EXISTS (SELECT 1 FROM ratio AS q WHERE q.card = s.card AND q.kpi = s.kpi)
