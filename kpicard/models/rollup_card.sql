-- makes: rollup_card
-- what: The cards of longer periods: one for each employee, role and longer period with a month in the files.
-- reads: card, calendar, role
-- key: card
-- units: role is that of the last month

SELECT
    CAST(ROW_NUMBER() OVER (ORDER BY l.period, l.id, l.employee) AS INTEGER) AS card, l.period, l.employee, l.id,
    l.role, l.row, l.months
FROM (
    SELECT
        d.longer AS period, c.employee, r.id, MAX_BY(c.role, c.period) AS role, MIN(c.row) AS row, COUNT(*) AS months
    FROM card AS c
    JOIN calendar AS d ON d.period = c.period
    JOIN role AS r ON r.role = c.role
    GROUP BY d.longer, c.employee, r.id
) AS l
