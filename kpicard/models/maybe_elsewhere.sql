-- makes: maybe_elsewhere
-- what: The figures that a card lacks and that may stand in a row that cannot be given to a card.
-- reads: missing, stray, faulty_row, flawed, scheme
-- key: card, kpi
-- units: none
-- as: view
--
-- What is not understood of a row fits any card. In a row of the wrong width nothing is sure: cells may have shifted, or
-- hold other rows. Where a file could not be read, all that is missing may stand there: see maybe_unread.

SELECT m.card, m.period, m.employee, m.kpi, m.card_row, m.row, m.col, MIN(s.row) AS stray_row
FROM missing AS m
JOIN scheme AS a ON a.all_read
JOIN (
    SELECT r.row, r.period, r.employee, r.role, r.kpi FROM stray AS r
    UNION ALL
    SELECT f.row, NULL, NULL, NULL, NULL FROM faulty_row AS f
) AS s
    ON COALESCE(s.period, m.period) = m.period AND COALESCE(s.employee, m.employee) = m.employee
    AND COALESCE(s.role, m.role) = m.role AND COALESCE(s.kpi, m.kpi) = m.kpi
WHERE NOT EXISTS (SELECT 1 FROM flawed AS w WHERE w.card = m.card)
GROUP BY m.card, m.period, m.employee, m.kpi, m.card_row, m.row, m.col
