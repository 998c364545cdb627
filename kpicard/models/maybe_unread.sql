-- makes: maybe_unread
-- what: The figures that a card lacks and that may stand in what could not be read: never scored 0, never left out.
-- reads: missing, flawed, scheme, unread_kpi
-- key: card, kpi
-- units: none
-- as: view
--
-- Where a file could not be read, it may be any figure; a column that is not read may be that of some KPIs.
-- Where what is not reported withholds a card, the cards that are withheld already are not said again.

SELECT m.card, m.period, m.employee, m.kpi, m.card_row, m.row, m.col
FROM missing AS m
CROSS JOIN scheme AS a
WHERE (NOT a.all_read OR m.kpi IN (SELECT u.kpi FROM unread_kpi AS u))
    AND NOT (a.refuse AND EXISTS (SELECT 1 FROM flawed AS w WHERE w.card = m.card))
