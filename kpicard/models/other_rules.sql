-- makes: other_rules
-- what: The cards that other rules score than those that were expected.
-- reads: card, unexpected_role
-- key: card
-- units: none
-- as: view

SELECT c.card, c.role, c.row, c.period
FROM card AS c
JOIN unexpected_role AS u ON u.role = c.role
