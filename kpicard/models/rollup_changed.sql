-- makes: rollup_changed
-- what: The longer cards whose role has other figures in one month than in another.
-- reads: rollup_month, rollup_card, rollup_whole, kpi_shape
-- key: card
-- units: first and last are roles
-- as: view

SELECT m.card, ANY_VALUE(c.row) AS row, c.period, c.id, MIN(m.role) AS first, MAX(m.role) AS last
FROM rollup_month AS m
JOIN rollup_whole AS w ON w.card = m.card
JOIN rollup_card AS c ON c.card = m.card
JOIN kpi_shape AS s ON s.role = m.role
GROUP BY m.card, c.period, c.id
HAVING COUNT(DISTINCT s.shape) > 1
