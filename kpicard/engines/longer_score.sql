-- The tables that score.sql reads, for longer cards. Every figure brings its target, so that a KPI has none of its own
-- here; and the points of an adjustment are known already, so that its curve gives them back.
CREATE TEMP VIEW figure AS
SELECT card, kpi, CAST(status AS status) AS status, TRY_CAST(actual AS BIGINT) AS actual, TRY_CAST(target AS BIGINT) AS target
FROM rolled
WHERE card NOT IN (FROM withheld)
UNION ALL
SELECT card, kpi, CAST(status AS status), CAST(100 * points AS BIGINT), NULL
FROM adjusted
WHERE card NOT IN (FROM withheld);

CREATE TEMP TABLE kpi AS SELECT * REPLACE (CAST(NULL AS BIGINT) AS target) FROM month_kpi;

CREATE TEMP TABLE segment AS
SELECT s.* FROM month_segment AS s JOIN kpi AS k ON k.kpi = s.kpi WHERE k.weight IS NOT NULL
UNION ALL
SELECT kpi, -1000000000000000000, 1000000000000000000, 0, 1, 10000 FROM kpi WHERE weight IS NULL;

CREATE TEMP TABLE ratio AS
SELECT card, kpi, numerator, denominator FROM rolled WHERE denominator IS NOT NULL;
