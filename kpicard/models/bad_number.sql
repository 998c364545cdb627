-- makes: bad_number
-- what: The bonus bases, days and shares that are not understood: which one would pay?
-- reads: person_value
-- key: card, number, text
-- units: number is the column's: 0 base, 1 days, 2 share
-- as: view

SELECT v.card, v.row, v.number, v.text
FROM person_value AS v
WHERE v.value IS NULL
