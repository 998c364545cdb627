-- makes: off_roster
-- what: The cards whose employee is not on the roster in their role and month, or has a row there that is wrong.
-- reads: card, roster_card, scheme
-- key: card
-- units: none
-- as: view

SELECT c.card
FROM card AS c
CROSS JOIN scheme AS s
LEFT JOIN roster_card AS o ON o.card = c.card
WHERE s.has_roster AND NOT COALESCE(o.is_right, FALSE)
