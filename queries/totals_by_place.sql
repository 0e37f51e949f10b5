-- What do the country ('all') and each region ('none' = not located) add up to, jobs by scope and power by kind (rule 5)?
-- Ends go from the smaller to the larger scenario (rule 4). Unknown: a project without a figure adds nothing and has no
-- segment; a place where nobody states a metric has no row for it. `projects` is its own metric.
SELECT CASE grouping(region_code) WHEN 1 THEN 'all' ELSE region_code END AS place_code, metric, segment,
    least(sum(net_low), sum(net_high)) AS low,
    greatest(sum(net_low), sum(net_high)) AS high,
    bool_or(is_floor) AS is_floor,
    count(*) AS projects
FROM (
    SELECT coalesce(region_code, 'none') AS region_code, metric, net_low, net_high, is_floor,
        CASE WHEN metric IN ('jobs', 'power_mw') THEN coalesce(scope, 'unspecified') ELSE '' END AS segment
    FROM amounts JOIN projects USING (project_id)
    WHERE amounts.is_counted AND net_high IS NOT NULL
        AND (metric NOT IN ('jobs', 'power_mw') OR low IS NOT NULL OR high IS NOT NULL)
)
GROUP BY GROUPING SETS ((metric, segment), (region_code, metric, segment))
ORDER BY place_code <> 'all', place_code, metric, segment
