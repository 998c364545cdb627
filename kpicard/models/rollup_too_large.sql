-- makes: rollup_too_large
-- what: The figures of longer cards that have too many digits once they are brought together.
-- reads: rollup_actual, rollup_adjustment
-- key: card, kpi
-- units: none
-- as: view

SELECT a.card, a.kpi
FROM rollup_actual AS a
WHERE GREATEST(ABS(a.actual), ABS(a.target), ABS(a.numerator), ABS(a.denominator)) >= 1000000000000000000
UNION
SELECT d.card, d.kpi FROM rollup_adjustment AS d WHERE d.actual >= 1000000000000000000
