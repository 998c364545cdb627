-- makes: missing
-- what: The figures that a card lacks, each with its empty cell where it has one.
-- reads: card, tidy, role, kpi, roster_target
-- key: card, kpi
-- units: target in millionths
--
-- An adjustment may be missing: then there was nothing to add or to take off, and it is not `needed`.

SELECT
    c.card, c.period, c.employee, c.role, k.kpi, c.row AS card_row, b.row, b.col,
    COALESCE(b.target, t.target) AS target,
    k.weight IS NOT NULL AS needed
FROM card AS c
JOIN role AS o ON o.role = c.role AND o.all_items <> c.mask
JOIN kpi AS k ON k.role = c.role AND (c.mask & k.flag) = 0
LEFT JOIN (
    SELECT
        r.card, r.kpi, MIN(r.row) AS row, MIN_BY(r.col, r.row) AS col,
        MIN_BY(r.target, r.row) FILTER (WHERE r.target IS NOT NULL) AS target
    FROM tidy AS r
    WHERE r.status = 'not_reported' AND r.kpi IS NOT NULL AND r.card IS NOT NULL
    GROUP BY r.card, r.kpi
) AS b ON b.card = c.card AND b.kpi = k.kpi
LEFT JOIN roster_target AS t
    ON t.employee = c.employee AND t.kpi = k.kpi AND c.period BETWEEN t.first AND t.last
