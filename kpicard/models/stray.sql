-- makes: stray
-- what: The rows that belong to no card, with the parts that could be read.
-- reads: tidy, known_period, known_employee
-- key: row, col
-- units: none
-- as: view

SELECT r.row, r.col, p.period, e.employee, r.role, r.kpi
FROM tidy AS r
LEFT JOIN known_period AS p ON p.number = r.period
LEFT JOIN known_employee AS e ON e.number = r.employee
WHERE r.fault AND r.card IS NULL
