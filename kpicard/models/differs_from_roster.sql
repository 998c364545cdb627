-- makes: differs_from_roster
-- what: The names, teams, bonus bases and shares in rows that are others than the roster's.
-- reads: card, person_name, person_value, roster_card
-- key: row, kind
-- units: value and on_roster are texts; a base or a share that differs holds no card back, since the row's counts
-- as: view

SELECT n.card, c.employee, n.row, 'name' AS kind, n.name AS value, o.name AS on_roster, TRUE AS withholds
FROM person_name AS n
JOIN card AS c ON c.card = n.card
JOIN roster_card AS o ON o.card = n.card
WHERE n.name <> o.name
UNION ALL
SELECT n.card, c.employee, n.row, 'team' AS kind, n.team AS value, o.team AS on_roster, TRUE AS withholds
FROM person_name AS n
JOIN card AS c ON c.card = n.card
JOIN roster_card AS o ON o.card = n.card
WHERE n.team <> o.team
UNION ALL
SELECT
    v.card, c.employee, v.row, CASE v.number WHEN 0 THEN 'base' ELSE 'share' END AS kind, v.text AS value,
    CAST(CAST(CASE v.number WHEN 0 THEN o.base ELSE o.share END AS DECIMAL(18, 0)) * 0.000001 AS VARCHAR) AS on_roster,
    FALSE AS withholds
FROM person_value AS v
JOIN card AS c ON c.card = v.card
JOIN roster_card AS o ON o.card = v.card
WHERE (v.number = 0 AND v.value <> o.base) OR (v.number = 2 AND v.value <> o.share)
