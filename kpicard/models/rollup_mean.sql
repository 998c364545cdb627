-- makes: rollup_mean
-- what: The grade of each longer card that is made from its months' totals.
-- reads: rollup_month, rollup_whole, rollup_card, graded, kpi, grade
-- key: card
-- units: total in hundredths
--
-- The total is the mean of the months that are assessed, rounded half away from zero; it is graded by the department of
-- the last month, unless one of the months has a total and no grade.

SELECT t.card, t.total, g.grade, g.coefficient, g.grade AS grade_by_total
FROM (
    SELECT
        p.card, p.role, p.has_grade,
        CAST((2 * p.sum + CASE WHEN p.sum < 0 THEN -p.months ELSE p.months END) // (2 * p.months) AS BIGINT) AS total
    FROM (
        SELECT m.card, ANY_VALUE(c.role) AS role, SUM(s.total) AS sum, COUNT(s.total) AS months,
            COUNT(s.total) = COUNT(s.grade) AS has_grade
        FROM rollup_month AS m
        JOIN rollup_whole AS w ON w.card = m.card
        JOIN rollup_card AS c ON c.card = m.card
        JOIN graded AS s ON s.card = m.month_card
        GROUP BY m.card
    ) AS p
) AS t
JOIN (SELECT DISTINCT k.role, k.scale FROM kpi AS k) AS k ON k.role = t.role
LEFT JOIN grade AS g ON g.scale = k.scale AND t.has_grade AND t.total BETWEEN g.first AND g.last
