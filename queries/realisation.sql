-- Of what was first announced each year, how much is under construction or operational today?
-- Net amounts of counted projects by the year of their first claim. Stopped projects are counted apart, in number
-- only. Unknown: an amount nobody states adds nothing; the ends of an unknown total are NULL.
SELECT year(first_announced_on) AS announced_year, metric,
    least(sum(net_low), sum(net_high)) AS low,
    greatest(sum(net_low), sum(net_high)) AS high,
    coalesce(least(sum(net_low) FILTER (status = 'under_construction'), sum(net_high) FILTER (status = 'under_construction')), 0)
        AS building_low,
    coalesce(greatest(sum(net_low) FILTER (status = 'under_construction'), sum(net_high) FILTER (status = 'under_construction')), 0)
        AS building_high,
    coalesce(least(sum(net_low) FILTER (status = 'operational'), sum(net_high) FILTER (status = 'operational')), 0)
        AS operational_low,
    coalesce(greatest(sum(net_low) FILTER (status = 'operational'), sum(net_high) FILTER (status = 'operational')), 0)
        AS operational_high,
    count(*) FILTER (projects.is_counted) AS projects,
    count(*) FILTER (projects.is_counted AND status = 'under_construction') AS building_projects,
    count(*) FILTER (projects.is_counted AND status = 'operational') AS operational_projects,
    count(*) FILTER (NOT projects.is_counted) AS stopped_projects
FROM projects JOIN amounts USING (project_id)
WHERE kind IN ('programme', 'site') AND metric <> 'projects'
GROUP BY ALL
ORDER BY announced_year, metric
