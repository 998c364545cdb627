-- makes: flawed
-- what: The cards that are withheld for what stands in their own rows, with the reasons.
-- reads: tidy, not_allowed, impossible, bad_number, differing_number, doubled, not_reported, off_roster, differs_from_roster
-- key: card, reason
-- units: none

SELECT DISTINCT r.card, 'not_understood' AS reason FROM tidy AS r WHERE r.fault AND r.card IS NOT NULL
UNION
SELECT i.card, 'impossible' AS reason FROM impossible AS i WHERE i.card IS NOT NULL
UNION
SELECT a.card, 'not_allowed' AS reason FROM not_allowed AS a
UNION
SELECT b.card, 'bad_number' AS reason FROM bad_number AS b
UNION
SELECT d.card, 'differing_number' AS reason FROM differing_number AS d
UNION
SELECT d.card, 'doubled' AS reason FROM doubled AS d
UNION
SELECT n.card, 'not_reported' AS reason FROM not_reported AS n
UNION
SELECT o.card, 'off_roster' AS reason FROM off_roster AS o
UNION
SELECT r.card, 'differs_from_roster' AS reason FROM differs_from_roster AS r WHERE r.withholds
