-- makes: several_slips
-- what: The cards on which three figures or more look like slips of the unit, where what is in doubt withholds a card.
-- reads: unit_slip, card, scheme
-- key: card
-- units: none
-- as: view

SELECT c.card, c.period, c.employee, MIN(u.row) AS row, COUNT(*) AS count
FROM unit_slip AS u
JOIN card AS c ON c.card = u.card
JOIN scheme AS a ON a.refuse
GROUP BY c.card, c.period, c.employee
HAVING COUNT(*) >= 3
