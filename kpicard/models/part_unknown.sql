-- makes: part_unknown
-- what: The cards of employees with several roles that lack the number, days or share, that their other cards have.
-- reads: card, person_value
-- key: card
-- units: number is the column's: 1 days, 2 share
-- as: view
--
-- Of both numbers, it is the one that most of the employee's cards have.

WITH part AS (
    SELECT
        c.card, c.period, c.employee, c.role, c.row, COALESCE(BOOL_OR(v.number = 1), FALSE) AS has_days,
        COALESCE(BOOL_OR(v.number = 2), FALSE) AS has_share
    FROM card AS c
    LEFT JOIN person_value AS v ON v.card = c.card
    GROUP BY c.card, c.period, c.employee, c.role, c.row
),
one AS (
    SELECT
        q.period, q.employee, COUNT(*) AS parts, COUNT(*) FILTER (WHERE q.has_days) AS days,
        COUNT(*) FILTER (WHERE q.has_share) AS shares
    FROM part AS q
    GROUP BY q.period, q.employee
)
SELECT p.row, p.period, p.employee, p.role, CASE WHEN o.days >= o.shares THEN 1 ELSE 2 END AS number
FROM part AS p
JOIN one AS o ON o.period = p.period AND o.employee = p.employee
WHERE o.parts > 1 AND GREATEST(o.days, o.shares) BETWEEN 1 AND o.parts - 1
    AND NOT CASE WHEN o.days >= o.shares THEN p.has_days ELSE p.has_share END
