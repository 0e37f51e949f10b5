-- What do the selected projects add up to by purpose (AI, mixed, general)?
-- Unknown: projects without a figure are counted in `projects` and in no sum; an unknown total is NULL.
SELECT purpose, metric,
    least(sum(net_low), sum(net_high)) AS low,
    greatest(sum(net_low), sum(net_high)) AS high,
    bool_or(is_floor) AS is_floor,
    count(*) AS projects
FROM amounts JOIN projects USING (project_id)
WHERE amounts.is_counted
GROUP BY purpose, metric
ORDER BY list_position(['ai', 'mixed', 'general'], purpose), metric
