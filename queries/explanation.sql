-- Where does each total come from: which projects add up to it, and what is left out and why?
-- One query gives the totals (level 'total'), their segments (level 'segment': jobs by scope, power by kind, projects
-- by status) and the projects behind them (level 'project'), so that they cannot differ. `role` says what a project
-- does to the total: counted; nested (its figure is already in its parts or in the whole that holds it); missing (no
-- figure, above it or below it); or why it is not counted: its kind (target, inventory, event_total, context) or its
-- stop (suspended, cancelled). Unknown: a project without a figure is a row with NULL ends and adds nothing; a total
-- that nothing counted stands behind has no row.
WITH part AS (
    SELECT project_id, metric, is_counted, low, high, net_low, net_high, is_floor, is_missing, is_weak, scope, source_count
    FROM amounts WHERE is_counted OR source_count > 0  -- what is not counted is named where it has a figure,
    UNION ALL BY NAME
    SELECT project_id, 'projects' AS metric, is_counted FROM projects WHERE NOT is_counted  -- and as a project
),
shown AS (
    SELECT part.*, coalesce(region_code, 'none') AS region_code, project_name, project_name_en, kind, status,
        CASE WHEN part.is_counted THEN
                CASE WHEN is_missing THEN 'missing'
                    WHEN coalesce(net_low, 0) = 0 AND coalesce(net_high, 0) = 0 THEN 'nested' ELSE 'counted' END
            WHEN kind IN ('programme', 'site') THEN status ELSE kind END AS role,
        CASE WHEN metric = 'projects' AND kind IN ('programme', 'site') THEN coalesce(status, 'none')
            WHEN part.is_counted AND metric IN ('jobs', 'power_mw') AND net_high IS NOT NULL
                AND (low IS NOT NULL OR high IS NOT NULL) THEN scope END AS segment
    FROM part JOIN projects USING (project_id)
)
SELECT CASE grouping(segment, project_id) WHEN 0 THEN 'project' WHEN 1 THEN 'segment' ELSE 'total' END AS level,
    metric, segment, project_id, project_name, project_name_en, region_code, kind, status, role,
    CASE WHEN grouping(project_id) = 0 THEN any_value(low) END AS retained_low,
    CASE WHEN grouping(project_id) = 0 THEN any_value(high) END AS retained_high,
    sum(net_low) FILTER (is_counted) AS scenario_low, sum(net_high) FILTER (is_counted) AS scenario_high,
    least(sum(net_low) FILTER (is_counted), sum(net_high) FILTER (is_counted)) AS low,
    greatest(sum(net_low) FILTER (is_counted), sum(net_high) FILTER (is_counted)) AS high,
    coalesce(bool_or(is_floor) FILTER (is_counted), false) AS is_floor,
    count(*) FILTER (is_counted) AS projects,
    count(*) FILTER (NOT is_counted) AS left_out,
    count(*) FILTER (is_missing) AS missing,
    count(*) FILTER (role = 'counted' AND source_count = 1) AS single_source,
    coalesce(least(sum(net_low) FILTER (is_counted AND source_count = 1),
        sum(net_high) FILTER (is_counted AND source_count = 1)), 0) AS single_low,
    coalesce(greatest(sum(net_low) FILTER (is_counted AND source_count = 1),
        sum(net_high) FILTER (is_counted AND source_count = 1)), 0) AS single_high,
    coalesce(least(sum(net_low) FILTER (is_counted AND is_weak), sum(net_high) FILTER (is_counted AND is_weak)), 0)
        AS weak_low,
    coalesce(greatest(sum(net_low) FILTER (is_counted AND is_weak), sum(net_high) FILTER (is_counted AND is_weak)), 0)
        AS weak_high
FROM shown
GROUP BY GROUPING SETS (
    (metric), (metric, segment),
    (metric, segment, project_id, project_name, project_name_en, region_code, kind, status, role))
HAVING CASE grouping(segment, project_id)
    WHEN 0 THEN true WHEN 1 THEN segment IS NOT NULL ELSE count(*) FILTER (is_counted) > 0 END
ORDER BY metric, list_position(['total', 'segment', 'project'], level),
    list_position(['direct', 'direct_indirect', 'it', 'grid', 'site', 'ambition', 'announced', 'permitted',
        'under_construction', 'operational', 'suspended', 'cancelled', 'unspecified', 'none'], segment),
    role = 'counted' DESC, high DESC NULLS LAST, retained_high DESC NULLS LAST, project_id
