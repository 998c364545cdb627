-- makes: ratio
-- what: The parts of each figure that was given as numerator and denominator, so that longer periods can add them up.
-- reads: tidy
-- key: card, kpi
-- units: millionths
-- as: view

SELECT r.card, r.kpi, r.numerator, r.denominator
FROM tidy AS r
WHERE r.card IS NOT NULL AND r.status = 'scored' AND r.numerator IS NOT NULL
