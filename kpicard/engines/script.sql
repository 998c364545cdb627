-- The steps of the script, from a table of actuals to problems and scores, each a query on those before it.
-- What stands in braces is filled in for a database and its rules.

-- makes: kpicard_cell
SELECT
    t.*,
    CASE WHEN LENGTH(t.period_text) = 7 AND {is_period} THEN t.period_text END AS period,
    CASE
        WHEN t.actual_text IS NULL OR t.actual_text IN ({not_reported}) THEN
            CASE WHEN t.status_text = 'not_applicable' THEN 'not_applicable' ELSE 'not_reported' END
        WHEN LOWER(t.actual_text) IN ({not_applicable}) THEN 'not_applicable'
        WHEN {is_actual} AND {actual} IS NOT NULL THEN 'scored'
    END AS status,
    CASE WHEN {is_actual} THEN {actual} END AS actual,
    CASE WHEN {is_target} THEN {target} END AS target,
    t.target_text IS NOT NULL AND t.target_text NOT IN ({not_reported}) AS has_target
FROM (
    SELECT
        TRIM(BOTH b.blanks FROM CAST(a.period AS VARCHAR)) AS period_text,
        NULLIF(TRIM(BOTH b.blanks FROM CAST(a.employee AS VARCHAR)), '') AS employee,
        TRIM(BOTH b.blanks FROM CAST(a.role AS VARCHAR)) AS role_text,
        TRIM(BOTH b.blanks FROM CAST(a.kpi AS VARCHAR)) AS kpi_text,
        TRIM(BOTH b.blanks FROM CAST(a.actual AS VARCHAR)) AS actual_text,
        {target_column} AS target_text,
        {status_column} AS status_text
    FROM {table} AS a
    CROSS JOIN (SELECT {blanks} AS blanks) AS b
) AS t

-- makes: kpicard_reading
SELECT
    c.period_text, c.employee, c.role_text, c.kpi_text, c.actual_text, c.target_text, c.status_text,
    c.period, r.role, k.kpi, c.status, c.actual, c.target,
    c.period || ' ' || CAST(r.role AS VARCHAR) || ' ' || c.employee AS card,
    CASE
        WHEN c.period IS NULL THEN 'bad-period'
        WHEN c.employee IS NULL THEN 'no-employee'
        WHEN r.role IS NULL THEN 'unknown-role'
        WHEN k.kpi IS NULL THEN 'unknown-kpi'
        WHEN c.status IS NULL AND {is_number} THEN 'out-of-range'
        WHEN c.status IS NULL THEN 'bad-value'
        WHEN c.status_text <> c.status THEN 'bad-status'
        WHEN c.status = 'not_applicable' AND k.not_applicable = 'never' THEN 'never-not-applicable'
        WHEN c.has_target AND c.target IS NULL THEN 'bad-target-value'
        WHEN k.axis = 'attainment' AND c.target <= 0 THEN 'bad-target'
        WHEN c.status = 'scored' AND k.weight IS NULL AND c.actual < k.range_from THEN 'negative-count'
        WHEN c.status = 'scored' AND (c.actual < k.range_from OR c.actual > k.range_upto) THEN 'impossible-figure'
        WHEN k.weight IS NOT NULL AND (c.target < k.range_from OR c.target > k.range_upto) THEN 'impossible-target'
        WHEN c.status = 'scored' AND c.actual NOT BETWEEN k.lowest AND k.highest THEN 'out-of-range'
        WHEN c.status = 'scored' AND k.axis = 'gap'
            AND ABS(c.actual - COALESCE(c.target, k.target)) > 1000000000000000000
        THEN 'out-of-range'
        WHEN c.status = 'scored' AND k.better <> 'within' AND COALESCE(c.target, k.target) > 0
            AND {beyond}
        THEN 'out-of-range'
    END AS problem
FROM kpicard_cell AS c
LEFT JOIN kpicard_role AS r
    ON r.id = c.role_text AND (r.first IS NULL OR r.first <= c.period) AND (r.until IS NULL OR c.period < r.until)
LEFT JOIN kpicard_kpi AS k ON k.role = r.role AND k.id = c.kpi_text
WHERE {selected}

-- makes: kpicard_card
SELECT card, period, role, employee, MAX(CASE WHEN problem IS NULL THEN 0 ELSE 1 END) AS faulty
FROM kpicard_reading
WHERE card IS NOT NULL
GROUP BY card, period, role, employee

-- makes: kpicard_given
-- A figure may stand in a row besides rows in which it is not reported. Of several such rows with other targets, nothing
-- says which target holds.
SELECT
    card, kpi,
    COUNT(CASE WHEN status = 'not_reported' THEN NULL ELSE 1 END) AS times,
    MIN(CASE WHEN status <> 'not_reported' THEN status END) AS status,
    MIN(actual) AS actual,
    MIN(CASE WHEN status <> 'not_reported' THEN target END) AS target,
    MIN(CASE WHEN status = 'not_reported' THEN target END) AS blank_target,
    MAX(CASE WHEN status = 'not_reported' THEN target END) AS other_target
FROM kpicard_reading
WHERE card IS NOT NULL AND kpi IS NOT NULL
GROUP BY card, kpi

-- makes: kpicard_figure
SELECT
    f.card, f.kpi, f.status, f.actual, f.target,
    CASE
        WHEN f.times > 1 OR (f.times = 0 AND f.blank_target <> f.other_target) THEN 'doubled-figure'
        WHEN {refuse} AND f.status = 'not_reported' AND f.weight IS NOT NULL THEN 'not-reported'
    END AS problem
FROM (
    SELECT
        c.card, k.kpi, k.weight, g.times, g.actual, g.blank_target, g.other_target,
        CASE WHEN g.times > 0 THEN g.status ELSE 'not_reported' END AS status,
        CASE WHEN g.times > 0 THEN g.target ELSE g.blank_target END AS target
    FROM kpicard_card AS c
    JOIN kpicard_kpi AS k ON k.role = c.role
    LEFT JOIN kpicard_given AS g ON g.card = c.card AND g.kpi = k.kpi
) AS f

-- makes: kpicard_fault
-- What is not known of a row may be anything.
SELECT card, kpi, problem FROM kpicard_figure WHERE problem IS NOT NULL
UNION
SELECT f.card, f.kpi, 'maybe-misread' AS problem
FROM kpicard_figure AS f
JOIN kpicard_card AS c ON c.card = f.card
JOIN kpicard_reading AS s
    ON s.card IS NULL
    AND (s.period IS NULL OR s.period = c.period) AND (s.employee IS NULL OR s.employee = c.employee)
    AND (s.role IS NULL OR s.role = c.role) AND (s.kpi IS NULL OR s.kpi = f.kpi)
WHERE f.status = 'not_reported' AND f.problem IS NULL

-- makes: kpicard_problems
SELECT p.problem, p.period, p.employee, p.role, p.kpi, p.actual, p.target, p.status, h.hint
FROM (
    SELECT
        problem, period_text AS period, employee, role_text AS role, kpi_text AS kpi,
        actual_text AS actual, target_text AS target, status_text AS status
    FROM kpicard_reading
    WHERE problem IS NOT NULL
    UNION ALL
    SELECT
        f.problem, c.period, c.employee, r.id AS role, k.id AS kpi,
        CAST(NULL AS VARCHAR) AS actual, CAST(NULL AS VARCHAR) AS target, CAST(NULL AS VARCHAR) AS status
    FROM kpicard_fault AS f
    JOIN kpicard_card AS c ON c.card = f.card
    JOIN kpicard_kpi AS k ON k.kpi = f.kpi
    JOIN kpicard_role AS r ON r.role = k.role
) AS p
JOIN (VALUES
{hints}
) AS h(problem, hint) ON h.problem = p.problem
ORDER BY p.period{binary}, p.role{binary}, p.employee{binary}, p.kpi{binary}, p.problem{binary}

-- makes: kpicard_scored
WITH figure AS (
    SELECT f.card, f.kpi, f.status, f.actual, f.target, f.actual AS counted
    FROM kpicard_figure AS f
    JOIN kpicard_card AS c ON c.card = f.card AND c.faulty = 0
    LEFT JOIN (SELECT DISTINCT card FROM kpicard_fault) AS w ON w.card = f.card
    WHERE w.card IS NULL
),
kpi AS (SELECT * FROM kpicard_kpi),
segment AS (SELECT * FROM kpicard_segment),
grade AS (SELECT * FROM kpicard_grade),
scheme AS (SELECT {zero} AS zero)
SELECT * FROM (
{scoring}
) AS scored

-- makes: kpicard_scores
-- An adjustment has points and no score.
SELECT
    c.period, c.employee, r.id AS role, k.id AS kpi,
    CAST(CAST(k.weight AS DECIMAL(18, 0)) * 0.000001 AS DECIMAL(18, 6)) AS weight,
    CAST(CAST(s.effective_weight AS DECIMAL(18, 0)) * 0.000001 AS DECIMAL(18, 6)) AS effective_weight,
    CAST(CAST(s.target AS DECIMAL(18, 0)) * 0.000001 AS DECIMAL(18, 6)) AS target,
    CAST(CAST(s.actual AS DECIMAL(18, 0)) * 0.000001 AS DECIMAL(18, 6)) AS actual,
    CAST(CAST(s.attainment AS DECIMAL(18, 0)) * 0.01 AS DECIMAL(18, 2)) AS attainment,
    CAST(CAST(CASE WHEN k.weight IS NOT NULL THEN s.score END AS DECIMAL(18, 0)) * 0.01 AS DECIMAL(18, 2)) AS score,
    CAST(CAST(s.points AS DECIMAL(18, 0)) * 0.0001 AS DECIMAL(18, 4)) AS points,
    s.status,
    CAST(CAST(s.total AS DECIMAL(18, 0)) * 0.01 AS DECIMAL(18, 2)) AS total,
    s.grade, CAST(s.coefficient AS DECIMAL(18, 6)) AS coefficient{more}
FROM kpicard_scored AS s
JOIN kpicard_card AS c ON c.card = s.card
JOIN kpicard_kpi AS k ON k.kpi = s.kpi
JOIN kpicard_role AS r ON r.role = k.role{vetoes}
ORDER BY c.period, r.role, c.employee{binary}, k.kpi
