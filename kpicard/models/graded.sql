-- makes: graded
-- what: The total of each card, its grade and coefficient, and the grade that it would have without vetoes.
-- reads: scored, kpi, grade
-- key: card
-- units: total in hundredths
--
-- The total is rounded once, here. A grade's totals are from first to last, both included, and rank 0 is the best. A
-- card on which more of the weight is not applicable than may be left out has a total and no grade.

WITH sums AS (
    SELECT
        s.card, MAX(k.scale) AS scale, MAX(s.veto) AS veto, COUNT(s.effective_weight) AS counted,
        CAST(SUM(s.points) AS HUGEINT) AS points,
        COALESCE(SUM(CASE WHEN s.status = 'not_applicable' THEN k.share END), 0) AS left_out,
        MIN(k.left_out_most) AS left_out_most
    FROM scored AS s
    JOIN kpi AS k ON k.kpi = s.kpi
    GROUP BY s.card
),
totals AS (
    SELECT
        card, scale, veto, left_out <= left_out_most AS has_grade,
        CASE WHEN counted > 0 THEN CAST(
            (2 * points + CASE WHEN points < 0 THEN -100 ELSE 100 END) // (2 * CAST(100 AS HUGEINT)) AS BIGINT)
        END AS total
    FROM sums
)
SELECT
    t.card, t.total, COALESCE(v.grade, g.grade) AS grade, COALESCE(v.coefficient, g.coefficient) AS coefficient,
    g.grade AS grade_by_total
FROM totals AS t
LEFT JOIN grade AS g ON g.scale = t.scale AND t.has_grade AND t.total BETWEEN g.first AND g.last
LEFT JOIN grade AS v ON v.scale = t.scale AND v.rank = t.veto AND v.rank > g.rank
