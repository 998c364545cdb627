-- makes: rollup_ratio
-- what: The parts of each figure of a longer card that is a ratio.
-- reads: rollup_actual
-- key: card, kpi
-- units: millionths
-- as: view

SELECT a.card, a.kpi, a.numerator, a.denominator FROM rollup_actual AS a WHERE a.denominator IS NOT NULL
