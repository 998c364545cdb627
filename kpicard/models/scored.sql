-- makes: scored
-- what: What each figure earns: attainment, score, effective weight and points, in exact integer arithmetic.
-- reads: figure, kpi, segment, scheme
-- key: card, kpi
-- units: actual, target, weights and x in millionths; points in ten-thousandths; attainment and score in hundredths
-- bits: 64 first
--
-- The one place where a figure becomes points. Rounding to whole ones, half away from zero, is
-- (2 * n + d) // (2 * d), with -d for a negative n.
--
-- The effective weight of a KPI is its weight where all KPIs of its card count. Where some are left out, it is its share
-- of those that count, to four decimals: rounded, and then corrected where the remainders are largest, so that a card's
-- effective weights sum to 100. Where weights are given in sections, that holds in each section and for the sections;
-- a KPI's is the product of both. All cards that leave out the same KPIs have the same ones: so they are computed once
-- for each set of KPIs left out, which the sum of their flags tells from others.
--
-- A figure without a target has its KPI's. A KPI without a weight is an adjustment, whose score are its points, to four
-- decimals; it has no effective weight. A KPI that does not count has no effective weight, score and points. What counts
-- and has no score is beyond every segment. An adjustment vetoes by what is `counted`, since where its points are known
-- already they stand as its actual. `veto` is the rank of the best grade that is left.

WITH figures AS (
    SELECT
        f.card, f.kpi, f.status, f.actual, k.weight, k.share, k.full_marks, k.axis, k.better, k.veto_below, k.veto_from, k.veto_rank,
        f.counted,
        COALESCE(f.target, k.target) AS target,
        f.status = 'scored' OR (f.status = 'not_reported' AND s.zero AND k.weight IS NOT NULL) AS counts
    FROM figure AS f
    JOIN kpi AS k ON k.kpi = f.kpi
    CROSS JOIN scheme AS s
),
left_out AS (
    SELECT f.card, k.role, CAST(SUM(k.flag) AS BIGINT) AS flags
    FROM figure AS f
    JOIN kpi AS k ON k.kpi = f.kpi
    CROSS JOIN scheme AS s
    WHERE k.weight IS NOT NULL AND f.status <> 'scored' AND NOT (f.status = 'not_reported' AND s.zero)
    GROUP BY f.card, k.role
),
remaining AS (
    SELECT
        o.role, o.flags, k.kpi, k.section, k.section_weight, k.weight, 1000000 * CAST(k.weight AS HUGEINT) AS share,
        CAST(SUM(k.weight) OVER (PARTITION BY o.role, o.flags, k.section) AS HUGEINT) AS whole
    FROM (SELECT DISTINCT role, flags FROM left_out) AS o
    JOIN kpi AS k ON k.role = o.role AND k.weight IS NOT NULL
    WHERE (CAST(o.flags AS HUGEINT)) // (CAST(k.flag AS HUGEINT)) % 2 = 0
),
parts AS (
    SELECT *, (2 * share + whole) // (2 * whole) AS part
    FROM remaining
),
remainders AS (
    SELECT *, share - part * whole AS remainder, 1000000 - SUM(part) OVER (PARTITION BY role, flags, section) AS lacking
    FROM parts
),
in_section AS (
    SELECT
        role, flags, section, section_weight, kpi,
        CASE WHEN whole = 100000000 THEN weight ELSE CAST(100 * (part + CASE
            WHEN ROW_NUMBER() OVER (PARTITION BY role, flags, section ORDER BY remainder DESC, kpi) <= lacking THEN 1
            WHEN ROW_NUMBER() OVER (PARTITION BY role, flags, section ORDER BY remainder, kpi) <= -lacking THEN -1
            ELSE 0
        END) AS BIGINT) END AS weight
    FROM remainders
),
sections AS (
    SELECT
        d.role, d.flags, d.section, d.section_weight, 1000000 * CAST(d.section_weight AS HUGEINT) AS share,
        CAST(SUM(d.section_weight) OVER (PARTITION BY d.role, d.flags) AS HUGEINT) AS whole
    FROM (SELECT DISTINCT role, flags, section, section_weight FROM remaining) AS d
),
section_parts AS (
    SELECT *, (2 * share + whole) // (2 * whole) AS part
    FROM sections
),
section_remainders AS (
    SELECT *, share - part * whole AS remainder, 1000000 - SUM(part) OVER (PARTITION BY role, flags) AS lacking
    FROM section_parts
),
of_total AS (
    SELECT
        role, flags, section,
        CASE WHEN whole = 100000000 THEN section_weight ELSE CAST(100 * (part + CASE
            WHEN ROW_NUMBER() OVER (PARTITION BY role, flags ORDER BY remainder DESC, section) <= lacking THEN 1
            WHEN ROW_NUMBER() OVER (PARTITION BY role, flags ORDER BY remainder, section) <= -lacking THEN -1
            ELSE 0
        END) AS BIGINT) END AS weight
    FROM section_remainders
),
effective AS (
    SELECT
        i.flags, i.kpi,
        CAST((2 * CAST(i.weight AS HUGEINT) * t.weight + 100000000) // (2 * CAST(100000000 AS HUGEINT)) AS BIGINT)
        AS weight
    FROM in_section AS i
    JOIN of_total AS t ON t.role = i.role AND t.flags = i.flags AND t.section = i.section
),
ratios AS (
    SELECT
        *,
        CASE WHEN status = 'scored' AND better <> 'within' AND target > 0 THEN
            (20000 * CAST(actual AS HUGEINT) + CASE WHEN actual < 0 THEN -target ELSE target END)
            // (2 * CAST(target AS HUGEINT))
        END AS ratio
    FROM figures
),
attainments AS (
    SELECT *, CASE WHEN better = 'lower' THEN 20000 - ratio ELSE ratio END AS attainment
    FROM ratios
),
placed AS (
    SELECT
        *,
        CASE axis
            WHEN 'actual' THEN CAST(actual AS HUGEINT)
            WHEN 'gap' THEN CAST(actual AS HUGEINT) - target
            ELSE 10000 * attainment
        END AS x
    FROM attainments
),
lines AS (
    SELECT
        p.*,
        CAST(g.intercept AS HUGEINT) + CAST(g.slope AS HUGEINT) * p.x AS numerator,
        CAST(g.divisor AS HUGEINT) AS divisor
    FROM placed AS p
    LEFT JOIN segment AS g ON g.kpi = p.kpi AND p.x BETWEEN g.first AND g.last
),
scores AS (
    SELECT
        *,
        CASE
            WHEN status = 'scored' THEN CAST(
                (2 * numerator + CASE WHEN numerator < 0 THEN -divisor ELSE divisor END) // (2 * divisor) AS BIGINT)
            WHEN counts THEN 0
        END AS score
    FROM lines
),
weighted AS (
    SELECT s.*, CASE WHEN s.counts THEN COALESCE(e.weight, s.share) END AS effective_weight
    FROM scores AS s
    LEFT JOIN left_out AS o ON o.card = s.card
    LEFT JOIN effective AS e ON e.kpi = s.kpi AND e.flags = o.flags
),
products AS (
    SELECT
        card, kpi, status, target, actual, attainment, score, effective_weight, counts, veto_rank,
        COALESCE(counts AND score < veto_below, FALSE) OR COALESCE(counts AND counted >= veto_from, FALSE) AS vetoes,
        100 * CASE WHEN weight IS NULL THEN numerator ELSE CAST(score AS HUGEINT) * effective_weight END AS product,
        CASE WHEN weight IS NULL THEN divisor ELSE CAST(full_marks AS HUGEINT) END AS parts
    FROM weighted
)
SELECT
    card, kpi, status, target, actual, attainment, score, effective_weight,
    CASE WHEN counts THEN CAST(
        (2 * product + CASE WHEN product < 0 THEN -parts ELSE parts END) // (2 * parts) AS BIGINT)
    END AS points,
    CASE WHEN vetoes THEN veto_rank END AS veto
FROM products
