-- makes: person
-- what: The first name and the first team that is given on each card, with its numbers.
-- reads: person_name, person_number
-- key: card
-- units: base, days and share in millionths
-- as: view

SELECT COALESCE(n.card, b.card) AS card, n.name, n.team, b.base, b.days, b.share
FROM (
    SELECT
        t.card, ARG_MIN(t.name, t.row) FILTER (WHERE t.name IS NOT NULL) AS name,
        ARG_MIN(t.team, t.row) FILTER (WHERE t.team IS NOT NULL) AS team
    FROM person_name AS t
    GROUP BY t.card
) AS n
FULL JOIN person_number AS b ON b.card = n.card
