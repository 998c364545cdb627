-- makes: rollup_unscored
-- what: The longer cards with a month that is withheld: a mean over fewer months would be another figure.
-- reads: rollup_month
-- key: card
-- units: none
-- as: view

SELECT DISTINCT m.card FROM rollup_month AS m WHERE NOT m.is_scored
