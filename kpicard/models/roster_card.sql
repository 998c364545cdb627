-- makes: roster_card
-- what: The row of the roster that each card has: that of its employee and role in its month.
-- reads: card, role, roster
-- key: card
-- units: base in millionths of the currency, share in millionths of a percent
--
-- A card of somebody who is there twice at a time has the first of them, and is withheld.

SELECT
    c.card, MIN(o.first) AS first, MIN_BY(o.name, o.first) AS name, MIN_BY(o.team, o.first) AS team,
    MIN_BY(o.manager, o.first) AS manager, MIN_BY(o.base, o.first) AS base, MIN_BY(o.share, o.first) AS share,
    BOOL_AND(o.is_right) AS is_right
FROM roster AS o
JOIN card AS c ON c.employee = o.employee AND c.period BETWEEN o.first AND o.last
JOIN role AS r ON r.role = c.role AND r.id = o.role
GROUP BY c.card
