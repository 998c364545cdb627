-- Longer cards from the months' totals: the mean of those that are assessed, rounded half away from zero to hundredths,
-- and the grade that it has by the department of the last month.
--
-- Input:  month, card, withheld, as longer.sql makes them; month_graded, kpi, grade
-- Output: graded         the longer cards
--         scored, ratio  empty
CREATE TEMP TABLE graded AS
SELECT t.card, t.total, g.grade, g.coefficient, g.grade AS grade_by_total
FROM (
    SELECT m.card, ANY_VALUE(c.role) AS role, CAST(rounded(SUM(s.total), COUNT(s.total)) AS BIGINT) AS total
    FROM month AS m
    JOIN card AS c ON c.card = m.card
    JOIN month_graded AS s ON s.card = m.month_card
    WHERE m.card NOT IN (FROM withheld)
    GROUP BY m.card
) AS t
JOIN (SELECT DISTINCT role, scale FROM kpi) AS k ON k.role = t.role
LEFT JOIN grade AS g ON g.scale = k.scale AND t.total BETWEEN g.first AND g.last;

CREATE TEMP TABLE scored AS SELECT * FROM month_scored WHERE FALSE;
CREATE TEMP TABLE ratio AS SELECT * FROM month_ratio WHERE FALSE;
