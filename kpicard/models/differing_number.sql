-- makes: differing_number
-- what: The bonus bases, days and shares that differ from the first of their card.
-- reads: person_value
-- key: card, number, text
-- units: number is the column's: 0 base, 1 days, 2 share
-- as: view

SELECT d.card, d.number, d.row, d.text, d.first_row, d.first_text
FROM (
    SELECT
        v.card, v.number, v.row, v.text, v.value, FIRST_VALUE(v.row) OVER same AS first_row,
        FIRST_VALUE(v.text) OVER same AS first_text, FIRST_VALUE(v.value) OVER same AS first_value
    FROM person_value AS v
    WHERE v.value IS NOT NULL
    WINDOW same AS (PARTITION BY v.card, v.number ORDER BY v.row)
) AS d
WHERE d.value <> d.first_value
