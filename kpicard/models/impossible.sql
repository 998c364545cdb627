-- makes: impossible
-- what: The figures and targets outside what their KPI can be at all, and the counts below 0.
-- reads: tidy, kpi, faulty_row
-- key: row, col
-- units: actual in millionths
-- as: view
--
-- In a row of the wrong width cells may have shifted. A row that is on no card has none here either.

SELECT o.card, o.row, o.col, o.kpi, o.actual, o.is_figure, o.is_target
FROM (
    SELECT
        r.card, r.row, r.col, r.kpi, r.actual,
        r.status = 'scored' AND (r.actual < k.range_from OR r.actual > k.range_upto) AS is_figure,
        k.weight IS NOT NULL AND (r.target < k.range_from OR r.target > k.range_upto) AS is_target
    FROM tidy AS r
    JOIN kpi AS k ON k.kpi = r.kpi
) AS o
WHERE (o.is_figure OR o.is_target) AND NOT EXISTS (SELECT 1 FROM faulty_row AS f WHERE f.row = o.row)
