-- makes: figure
-- what: The figures of the cards that are not withheld: what was given, and what is missing.
-- reads: tidy, missing, withheld
-- key: card, kpi
-- units: actual and target in millionths
-- as: view

SELECT r.card, r.kpi, r.status, r.actual, r.target, r.actual AS counted
FROM tidy AS r
WHERE r.card IS NOT NULL AND r.kpi IS NOT NULL AND r.status <> 'not_reported'
    AND NOT EXISTS (SELECT 1 FROM withheld AS w WHERE w.card = r.card)
UNION ALL
SELECT m.card, m.kpi, CAST('not_reported' AS STATUS) AS status, NULL AS actual, m.target, NULL AS counted
FROM missing AS m
WHERE NOT EXISTS (SELECT 1 FROM withheld AS w WHERE w.card = m.card)
