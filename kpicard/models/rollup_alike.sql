-- makes: rollup_alike
-- what: The longer cards whose figures can be brought together.
-- reads: rollup_whole, rollup_changed, rollup_not_ratio
-- key: card
-- units: none

SELECT w.card
FROM rollup_whole AS w
WHERE NOT EXISTS (SELECT 1 FROM rollup_changed AS c WHERE c.card = w.card)
    AND NOT EXISTS (SELECT 1 FROM rollup_not_ratio AS n WHERE n.card = w.card)
