-- makes: rollup_kpi
-- what: The KPIs as longer cards have them: every figure brings its target, so that a KPI has none of its own.
-- reads: kpi
-- key: kpi
-- units: as in kpi
-- as: view

SELECT k.* REPLACE (CAST(NULL AS BIGINT) AS target) FROM kpi AS k
