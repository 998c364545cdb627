-- The cards of longer periods: one for each employee, role and longer period with a month in the files.
--
-- Input:  month_card, month_graded, month_person    the months' own cards
--         calendar (period, longer)                 which longer period each month is part of
--         role (role, id)
-- Output: month     (card, month_card, period, role, is_scored) one row per month of each longer card; role: its own
--         card      (card, period, employee, role, id, row, months) role: the edition of the last month
--         withheld  (card) those with a month that is withheld: a mean over fewer months would be another figure
--         person    (card, name, team, base, days, share)
CREATE OR REPLACE TEMP MACRO rounded(n, d) AS (2 * n + CASE WHEN n < 0 THEN -d ELSE d END) // (2 * d);

CREATE TEMP TABLE card AS
SELECT CAST(ROW_NUMBER() OVER (ORDER BY period, id, employee) AS INTEGER) AS card, *
FROM (
    SELECT
        d.longer AS period, c.employee, r.id, ARG_MAX(c.role, c.period) AS role, MIN(c.row) AS row, COUNT(*) AS months
    FROM month_card AS c
    JOIN calendar AS d ON d.period = c.period
    JOIN role AS r ON r.role = c.role
    GROUP BY d.longer, c.employee, r.id
);

CREATE TEMP TABLE month AS
SELECT l.card, c.card AS month_card, c.period, c.role, s.card IS NOT NULL AS is_scored
FROM month_card AS c
JOIN calendar AS d ON d.period = c.period
JOIN role AS r ON r.role = c.role
JOIN card AS l ON l.period = d.longer AND l.employee = c.employee AND l.id = r.id
LEFT JOIN month_graded AS s ON s.card = c.card;

CREATE OR REPLACE TEMP TABLE withheld AS
SELECT DISTINCT card FROM month WHERE NOT is_scored;

-- A sum that lacks a month would be too small without a word: then there is none.
CREATE TEMP TABLE person AS
SELECT
    m.card,
    ARG_MAX(p.name, m.period) FILTER (p.name IS NOT NULL) AS name,
    ARG_MAX(p.team, m.period) FILTER (p.team IS NOT NULL) AS team,
    CASE WHEN COUNT(p.base) = COUNT(*) THEN SUM(p.base) END AS base,
    CASE WHEN COUNT(p.days) = COUNT(*) THEN SUM(p.days) END AS days,
    CASE WHEN COUNT(p.share) = COUNT(*) THEN SUM(p.share) END AS share
FROM month AS m
LEFT JOIN month_person AS p ON p.card = m.month_card
GROUP BY m.card;
