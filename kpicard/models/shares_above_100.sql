-- makes: shares_above_100
-- what: The cards of employees whose shares of a period sum to more than 100 percent, each with that sum.
-- reads: card, person
-- key: card
-- units: sum in millionths of a percent
-- as: view

SELECT c.card, c.period, c.employee, c.row, t.sum
FROM card AS c
JOIN (
    SELECT d.period, d.employee, SUM(p.share) AS sum
    FROM card AS d
    JOIN person AS p ON p.card = d.card
    WHERE p.share IS NOT NULL
    GROUP BY d.period, d.employee
    HAVING SUM(p.share) > 100 * 1000000
) AS t ON t.period = c.period AND t.employee = c.employee
