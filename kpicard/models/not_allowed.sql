-- makes: not_allowed
-- what: The figures that say N/A where the rules do not allow it, or want a reason that is not given.
-- reads: tidy, kpi, not_applicable_reason
-- key: row, col
-- units: none
-- as: view

SELECT r.card, r.row, r.col, r.kpi, k.not_applicable
FROM tidy AS r
JOIN kpi AS k ON k.kpi = r.kpi AND k.not_applicable IS NOT NULL
WHERE r.card IS NOT NULL AND r.status = 'not_applicable'
    AND NOT (
        k.not_applicable = 'with-reason'
        AND EXISTS (SELECT 1 FROM not_applicable_reason AS n WHERE n.card = r.card AND n.kpi = r.kpi)
    )
