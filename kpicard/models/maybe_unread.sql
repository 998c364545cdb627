-- makes: maybe_unread
-- what: The figures that a card lacks and that may stand in what could not be read: never scored 0, never left out.
-- reads: missing, flawed, scheme
-- key: card, kpi
-- units: none
-- as: view
--
-- Where what is not reported withholds a card, the cards that are withheld already are not said again.

SELECT m.card, m.period, m.employee, m.kpi, m.card_row, m.row, m.col
FROM missing AS m
JOIN scheme AS a ON NOT a.all_read
WHERE NOT (a.refuse AND EXISTS (SELECT 1 FROM flawed AS w WHERE w.card = m.card))
