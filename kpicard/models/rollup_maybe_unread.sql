-- makes: rollup_maybe_unread
-- what: The longer cards that lack a month which may stand in what could not be read.
-- reads: rollup_lacking, scheme
-- key: card
-- units: none
-- as: view

SELECT DISTINCT l.card, l.period, l.employee, l.role, l.row, l.months, l.wanted
FROM rollup_lacking AS l
JOIN scheme AS a ON NOT a.all_read
