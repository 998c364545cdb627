-- makes: rollup_fit
-- what: The longer cards whose figures have no more digits than are scored.
-- reads: rollup_alike, rollup_too_large
-- key: card
-- units: none

SELECT w.card FROM rollup_alike AS w WHERE NOT EXISTS (SELECT 1 FROM rollup_too_large AS t WHERE t.card = w.card)
