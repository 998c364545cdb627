-- makes: rollup_month
-- what: The months of each longer card.
-- reads: card, calendar, role, rollup_card, graded
-- key: card, month_card
-- units: role is the month's own

SELECT l.card, c.card AS month_card, c.period, c.role, s.card IS NOT NULL AS is_scored
FROM card AS c
JOIN calendar AS d ON d.period = c.period
JOIN role AS r ON r.role = c.role
JOIN rollup_card AS l ON l.period = d.longer AND l.employee = c.employee AND l.id = r.id
LEFT JOIN graded AS s ON s.card = c.card
