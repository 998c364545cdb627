-- makes: shares_above_100
-- what: The employees whose shares of a period sum to more than 100 percent.
-- reads: card, person_value
-- key: period, employee
-- units: sum in millionths of a percent
-- as: view

SELECT c.period, c.employee, MAX(f.row) AS row, SUM(f.value) AS sum
FROM (
    SELECT v.card, v.row, v.value, ROW_NUMBER() OVER (PARTITION BY v.card ORDER BY v.row) AS time
    FROM person_value AS v
    WHERE v.number = 2 AND v.value IS NOT NULL
) AS f
JOIN card AS c ON c.card = f.card
WHERE f.time = 1
GROUP BY c.period, c.employee
HAVING SUM(f.value) > 100 * 1000000
