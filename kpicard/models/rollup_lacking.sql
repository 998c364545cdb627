-- makes: rollup_lacking
-- what: The months that a longer card could have and has not; one that was not chosen is not lacking.
-- reads: rollup_card, calendar, rollup_month, rollup_unscored
-- key: card, month
-- units: wanted counts the months that were chosen

SELECT c.card, c.period, c.employee, c.role, c.id, c.row, c.months, d.period AS month, d.wanted
FROM rollup_card AS c
JOIN (
    SELECT k.period, k.longer, COUNT(*) OVER (PARTITION BY k.longer) AS wanted FROM calendar AS k WHERE k.is_wanted
) AS d ON d.longer = c.period
WHERE NOT EXISTS (SELECT 1 FROM rollup_month AS m WHERE m.card = c.card AND m.period = d.period)
    AND NOT EXISTS (SELECT 1 FROM rollup_unscored AS u WHERE u.card = c.card)
