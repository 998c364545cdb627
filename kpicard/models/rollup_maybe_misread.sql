-- makes: rollup_maybe_misread
-- what: The longer cards that lack a month which may stand in a row that cannot be given to a card.
-- reads: rollup_lacking, stray, role, faulty_row, card, scheme
-- key: card
-- units: none
-- as: view
--
-- As for a figure that a month's card lacks: what is not understood of a row fits any. A row of the wrong width may hold
-- any row of the months that there are.

SELECT l.card, l.period, l.employee, l.role, l.row, l.months, l.wanted, MIN(s.row) AS other
FROM rollup_lacking AS l
JOIN scheme AS a ON a.all_read
JOIN (
    SELECT DISTINCT r.row, r.period, r.employee, o.id
    FROM stray AS r
    LEFT JOIN role AS o ON o.role = r.role
    WHERE NOT EXISTS (SELECT 1 FROM faulty_row AS w WHERE w.row = r.row)
    UNION ALL
    SELECT f.row, p.period, NULL, NULL
    FROM faulty_row AS f
    CROSS JOIN (SELECT DISTINCT c.period FROM card AS c) AS p
) AS s
    ON COALESCE(s.period, l.month) = l.month AND COALESCE(s.employee, l.employee) = l.employee
    AND COALESCE(s.id, l.id) = l.id
GROUP BY l.card, l.period, l.employee, l.role, l.row, l.months, l.wanted
