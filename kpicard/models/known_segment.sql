-- makes: known_segment
-- what: The curves where the points of adjustments are known already: an adjustment's curve gives them back.
-- reads: segment, kpi
-- key: kpi, first
-- units: as in segment

SELECT s.kpi, s.first, s.last, s.intercept, s.slope, s.divisor
FROM segment AS s
JOIN kpi AS k ON k.kpi = s.kpi AND k.weight IS NOT NULL
UNION ALL
SELECT k.kpi, -1000000000000000000, 1000000000000000000, 0, 1, 10000 FROM kpi AS k WHERE k.weight IS NULL
