-- What became of what was announced, region by region ('none' = not located)?
-- `outcome` is the stage reached, or `silent` (24 months without news, rule 9), `suspended`, `cancelled`. What is
-- stopped is in no total (`is_counted` false): its own retained figures are shown for memory. Unknown: a project
-- whose status no claim states has the outcome NULL; an amount nobody states is NULL.
WITH slice AS (
    SELECT coalesce(projects.region_code, 'none') AS place, region.name AS region_name,
        CASE WHEN silent_months IS NOT NULL THEN 'silent' ELSE status END AS outcome, projects.is_counted, metric,
        least(sum(coalesce(net_low, CASE WHEN NOT projects.is_counted THEN low END)),
            sum(coalesce(net_high, CASE WHEN NOT projects.is_counted THEN high END))) AS low,
        greatest(sum(coalesce(net_low, CASE WHEN NOT projects.is_counted THEN low END)),
            sum(coalesce(net_high, CASE WHEN NOT projects.is_counted THEN high END))) AS high,
        bool_or(is_floor) AS is_floor, count(*) AS projects
    FROM projects JOIN amounts USING (project_id)
    LEFT JOIN regions AS region ON region.code = projects.region_code
    WHERE kind IN ('programme', 'site') AND metric <> 'projects'
    GROUP BY ALL
)
SELECT place AS region_code, * EXCLUDE (place)
FROM slice
ORDER BY metric, place = 'none', region_name, list_position(['ambition', 'announced', 'permitted',
    'under_construction', 'operational', 'silent', 'suspended', 'cancelled'], outcome)
