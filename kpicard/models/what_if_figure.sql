-- makes: what_if_figure
-- what: The figures of the cards that are asked about, with the actuals of each question in their place.
-- reads: question, present, changed
-- key: card, kpi
-- units: actual and target in millionths; a question is a card of its own
-- as: view
--
-- The figures of each card are there once, whatever number of questions is asked about it.

SELECT
    q.question AS card, p.kpi, CASE WHEN c.actual IS NULL THEN p.status ELSE 'scored' END AS status,
    COALESCE(c.actual, p.actual) AS actual, p.target, p.counted
FROM question AS q
JOIN present AS p ON p.card = q.card
LEFT JOIN changed AS c ON c.question = q.question AND c.kpi = p.kpi
