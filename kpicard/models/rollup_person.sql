-- makes: rollup_person
-- what: The last name, team and manager of each longer card, and the sums of its months' numbers.
-- reads: rollup_month, person
-- key: card
-- units: base, days and share in millionths
-- as: view
--
-- A sum that lacks a month would be too small without a word: then there is none.

SELECT
    m.card,
    MAX_BY(p.name, m.period) FILTER (WHERE p.name IS NOT NULL) AS name,
    MAX_BY(p.team, m.period) FILTER (WHERE p.team IS NOT NULL) AS team,
    MAX_BY(p.manager, m.period) FILTER (WHERE p.manager IS NOT NULL) AS manager,
    CASE WHEN COUNT(p.base) = COUNT(*) THEN SUM(p.base) END AS base,
    CASE WHEN COUNT(p.days) = COUNT(*) THEN SUM(p.days) END AS days,
    CASE WHEN COUNT(p.share) = COUNT(*) THEN SUM(p.share) END AS share
FROM rollup_month AS m
LEFT JOIN person AS p ON p.card = m.month_card
GROUP BY m.card
