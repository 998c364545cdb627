-- makes: card
-- what: The cards that the actuals have a row of, each with its first row and the KPIs that are given.
-- reads: tidy, kpi, known_period, known_employee
-- key: card
-- units: mask has the bit of each KPI that is given; given counts their cells, so that more cells than bits are doubled
--
-- A figure is given where its cell says something, even what is not understood.

SELECT c.card, p.period, e.employee, c.role, c.row, c.given, c.mask
FROM (
    SELECT
        r.card, MIN(r.period) AS period, MIN(r.employee) AS employee, MIN(r.role) AS role, MIN(r.row) AS row,
        COUNT(k.kpi) AS given, COALESCE(BIT_OR(k.flag), 0) AS mask
    FROM tidy AS r
    LEFT JOIN kpi AS k ON k.kpi = r.kpi AND r.status IS DISTINCT FROM 'not_reported'
    WHERE r.card IS NOT NULL
    GROUP BY r.card
) AS c
JOIN known_period AS p ON p.number = c.period
JOIN known_employee AS e ON e.number = c.employee
