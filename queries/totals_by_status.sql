-- How many projects stand at each stage, and how much do they announce?
-- Suspended and cancelled programmes and sites are shown, with NULL amounts: they are never summed (rule 2).
-- Unknown: a status that no claim states is NULL, its projects are counted all the same.
WITH shown AS (
    SELECT project_id, status, is_counted FROM projects WHERE kind IN ('programme', 'site')
),
stages AS (
    SELECT status, bool_and(shown.is_counted) AS is_counted, metric,
        least(sum(net_low) FILTER (shown.is_counted), sum(net_high) FILTER (shown.is_counted)) AS low,
        greatest(sum(net_low) FILTER (shown.is_counted), sum(net_high) FILTER (shown.is_counted)) AS high,
        bool_or(is_floor AND shown.is_counted) AS is_floor,
        count(*) AS projects
    FROM shown JOIN amounts USING (project_id)
    GROUP BY status, metric
    UNION ALL
    SELECT status, false, 'projects', NULL, NULL, false, count(*)
    FROM shown WHERE NOT is_counted GROUP BY status
)
FROM stages
ORDER BY list_position(
    ['ambition', 'announced', 'permitted', 'under_construction', 'operational', 'suspended', 'cancelled'], status), metric
