-- makes: rollup_base_lacking
-- what: The months without a bonus base of longer cards of which other months have one: the card has none then.
-- reads: rollup_month, rollup_card, card, person
-- key: row
-- units: none
-- as: view

SELECT m.card, o.row, c.period, c.employee, c.role, m.period AS month
FROM rollup_month AS m
JOIN rollup_card AS c ON c.card = m.card
JOIN card AS o ON o.card = m.month_card
LEFT JOIN person AS p ON p.card = m.month_card
WHERE p.base IS NULL AND EXISTS (
    SELECT 1
    FROM rollup_month AS n
    JOIN person AS q ON q.card = n.month_card
    WHERE n.card = m.card AND q.base IS NOT NULL
)
