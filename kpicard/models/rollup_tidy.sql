-- makes: rollup_tidy
-- what: The figures of longer cards as months have them in the tidy table; they have no cell.
-- reads: rollup_actual, rollup_fit
-- key: card, kpi
-- units: actual and target in millionths
-- as: view

SELECT
    a.card, NULL AS row, NULL AS col, a.kpi, CAST(a.status AS STATUS) AS status, TRY_CAST(a.actual AS BIGINT) AS actual,
    TRY_CAST(a.target AS BIGINT) AS target
FROM rollup_actual AS a
JOIN rollup_fit AS f ON f.card = a.card
