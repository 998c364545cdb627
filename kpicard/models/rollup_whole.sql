-- makes: rollup_whole
-- what: The longer cards whose months are all there and scored: those that have a mean of totals.
-- reads: rollup_card, rollup_unscored, rollup_maybe_misread, rollup_maybe_unread
-- key: card
-- units: none

SELECT c.card
FROM rollup_card AS c
WHERE NOT EXISTS (SELECT 1 FROM rollup_unscored AS u WHERE u.card = c.card)
    AND NOT EXISTS (SELECT 1 FROM rollup_maybe_misread AS m WHERE m.card = c.card)
    AND NOT EXISTS (SELECT 1 FROM rollup_maybe_unread AS m WHERE m.card = c.card)
