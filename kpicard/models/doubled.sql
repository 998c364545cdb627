-- makes: doubled
-- what: The figures that are given a second time, each with the first cell of the same.
-- reads: tidy, card
-- key: row, col
-- units: none
-- as: view

SELECT d.card, d.period, d.employee, d.kpi, d.row, d.col, d.first_row, d.first_col
FROM (
    SELECT
        c.card, c.period, c.employee, r.kpi, r.row, r.col, ROW_NUMBER() OVER same AS number,
        FIRST_VALUE(r.row) OVER same AS first_row, FIRST_VALUE(r.col) OVER same AS first_col
    FROM tidy AS r
    JOIN card AS c ON c.card = r.card AND c.given > BIT_COUNT(c.mask)
    WHERE r.kpi IS NOT NULL AND r.status IS DISTINCT FROM 'not_reported'
    WINDOW same AS (PARTITION BY c.card, r.kpi ORDER BY r.row, r.col)
) AS d
WHERE d.number > 1
