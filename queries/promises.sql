-- What became of what was announced, region by region ('none' = not located) and in the whole selection ('all')?
-- `outcome` is the stage reached, or `silent` (24 months without news, rule 9), `suspended`, `cancelled`. What is
-- stopped is in no total (`is_counted` false): its own retained figures stand apart, those of a stopped part inside
-- its stopped whole. Unknown: a project whose status no claim states has the outcome NULL; an amount nobody states is
-- NULL.
WITH RECURSIVE above AS (
    SELECT project_id, part_of AS ancestor_id FROM all_projects WHERE part_of IS NOT NULL
    UNION ALL
    SELECT above.project_id, part_of FROM above JOIN all_projects AS parent ON parent.project_id = ancestor_id
    WHERE part_of IS NOT NULL
),
pledge AS (
    SELECT project_id, coalesce(region_code, 'none') AS place, is_counted,
        outcome(status, silent_months) AS outcome
    FROM projects WHERE kind IN ('programme', 'site')
),
stopped AS (
    SELECT project_id, metric, coalesce(low, 0 * high) AS low, coalesce(high, low) AS high, high IS NULL AS is_floor
    FROM amounts SEMI JOIN (FROM pledge WHERE NOT is_counted) USING (project_id)
    WHERE coalesce(low, high) IS NOT NULL
),
figure AS (
    SELECT project_id, metric, net_low AS low, net_high AS high, is_floor
    FROM amounts WHERE is_counted AND metric <> 'projects'
    UNION ALL
    FROM stopped WHERE (project_id, metric) NOT IN (
        SELECT (above.project_id, metric) FROM above JOIN stopped ON stopped.project_id = ancestor_id)
    UNION ALL
    SELECT project_id, 'projects', 1, 1, false FROM pledge
),
slice AS (
    SELECT CASE WHEN grouping(place) = 1 THEN 'all' ELSE place END AS region_code, outcome, is_counted, metric,
        least(sum(low), sum(high)) AS low, greatest(sum(low), sum(high)) AS high,
        coalesce(bool_or(is_floor), false) AS is_floor, count(*) AS projects,
        count(*) FILTER (high IS NULL) AS missing
    FROM pledge
    CROSS JOIN (SELECT DISTINCT metric FROM all_amounts) AS metrics
    LEFT JOIN figure USING (project_id, metric)
    GROUP BY GROUPING SETS ((place, outcome, is_counted, metric), (outcome, is_counted, metric))
)
SELECT region_code, region.name AS region_name, slice.* EXCLUDE (region_code)
FROM slice LEFT JOIN regions AS region ON region.code = region_code
ORDER BY metric, region_code <> 'all', region_code = 'none', region_name, list_position(['ambition', 'announced',
    'permitted', 'under_construction', 'operational', 'silent', 'suspended', 'cancelled'], outcome)
