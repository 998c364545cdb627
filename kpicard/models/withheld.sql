-- makes: withheld
-- what: The cards that are withheld, with the reasons: each has a model of its own.
-- reads: flawed, maybe_elsewhere, maybe_unread, other_rules, attainment_range, shares_above_100, several_slips
-- key: card, reason
-- units: none

SELECT f.card, f.reason FROM flawed AS f
UNION
SELECT m.card, 'maybe_elsewhere' AS reason FROM maybe_elsewhere AS m
UNION
SELECT m.card, 'maybe_unread' AS reason FROM maybe_unread AS m
UNION
SELECT o.card, 'other_rules' AS reason FROM other_rules AS o
UNION
SELECT a.card, 'attainment_range' AS reason FROM attainment_range AS a
UNION
SELECT s.card, 'shares_above_100' AS reason FROM shares_above_100 AS s
UNION
SELECT u.card, 'several_slips' AS reason FROM several_slips AS u
