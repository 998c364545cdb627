-- makes: person
-- what: Who each card is about, by its rows and the roster: the first name and team that are given, and its numbers.
-- reads: person_name, person_number, roster_card
-- key: card
-- units: base, days and share in millionths
-- as: view
--
-- Of names and teams that differ from the roster's there is no card; of numbers, the row's count.

SELECT
    COALESCE(g.card, o.card) AS card, COALESCE(g.name, o.name) AS name, COALESCE(g.team, o.team) AS team, o.manager,
    COALESCE(g.base, o.base) AS base, g.days, COALESCE(g.share, o.share) AS share
FROM (
    SELECT COALESCE(n.card, b.card) AS card, n.name, n.team, b.base, b.days, b.share
    FROM (
        SELECT
            t.card, MIN_BY(t.name, t.row) FILTER (WHERE t.name IS NOT NULL) AS name,
            MIN_BY(t.team, t.row) FILTER (WHERE t.team IS NOT NULL) AS team
        FROM person_name AS t
        GROUP BY t.card
    ) AS n
    FULL JOIN person_number AS b ON b.card = n.card
) AS g
FULL JOIN roster_card AS o ON o.card = g.card
