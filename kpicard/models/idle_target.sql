-- makes: idle_target
-- what: The first target of each KPI that changes nothing since the KPI is scored on its actual, with their number.
-- reads: tidy, kpi, role
-- key: kpi
-- units: none
-- as: view
--
-- One that repeats the KPI's own is no attempt to change it.

SELECT MIN(r.row) AS row, MIN_BY(r.col, r.row) AS col, MIN_BY(r.kpi, r.row) AS kpi, COUNT(*) AS times
FROM tidy AS r
JOIN kpi AS k ON k.kpi = r.kpi AND k.axis = 'actual'
JOIN role AS o ON o.role = k.role
WHERE r.target IS NOT NULL AND COALESCE(r.target <> k.target, TRUE) AND NOT r.fault
GROUP BY o.id, k.id
