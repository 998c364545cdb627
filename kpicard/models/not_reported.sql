-- makes: not_reported
-- what: The figures that a card lacks where that withholds it.
-- reads: missing, scheme
-- key: card, kpi
-- units: none
-- as: view

SELECT m.card, m.period, m.employee, m.kpi, m.card_row, m.row, m.col
FROM missing AS m
JOIN scheme AS s ON s.refuse
WHERE m.needed
