-- Which values does each facet take among the selected projects?
-- Values of today's retained figures; a project that is not located has the region 'none'. Unknown values are no value.
SELECT 'region' AS facet, coalesce(region_code, 'none') AS value, count(*) AS projects FROM projects GROUP BY ALL
UNION ALL
SELECT 'departement', departement_code, count(*) FROM projects WHERE departement_code IS NOT NULL GROUP BY ALL
UNION ALL
SELECT 'investor', investor, count(DISTINCT project_id) FROM (
    SELECT project_id, trim(unnest(string_split(concat_ws(';', operator, investors), ';'))) AS investor FROM projects
) WHERE investor <> '' GROUP BY ALL
ORDER BY facet, value
