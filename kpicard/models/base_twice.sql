-- makes: base_twice
-- what: The bonus bases that an employee has on several cards of a period alike: most likely it is one.
-- reads: card, person_value
-- key: period, employee, role, value
-- units: value in millionths
-- as: view

SELECT t.row, t.period, t.employee, t.role, t.value, t.first_row
FROM (
    SELECT
        b.row, b.period, b.employee, b.role, b.value, ROW_NUMBER() OVER same AS time,
        FIRST_VALUE(b.row) OVER same AS first_row
    FROM (
        SELECT c.period, c.employee, c.role, v.value, MIN(v.row) AS row
        FROM person_value AS v
        JOIN card AS c ON c.card = v.card
        WHERE v.number = 0 AND v.value > 0
        GROUP BY c.period, c.employee, c.role, v.value
    ) AS b
    WINDOW same AS (PARTITION BY b.period, b.employee, b.value ORDER BY b.row, b.role)
) AS t
WHERE t.time > 1
