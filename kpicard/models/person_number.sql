-- makes: person_number
-- what: The bonus base of each card, and how long and with which share the employee had the role.
-- reads: person_value
-- key: card
-- units: millionths of the currency, of days and of percent
-- as: view

SELECT
    v.card, MIN(v.value) FILTER (WHERE v.number = 0) AS base, MIN(v.value) FILTER (WHERE v.number = 1) AS days,
    MIN(v.value) FILTER (WHERE v.number = 2) AS share
FROM person_value AS v
GROUP BY v.card
