-- Where does each total come from: which projects add up to it, and what is left out and why?
-- One query gives the totals (level 'total') and the projects behind them (level 'project'), so that they cannot
-- differ. `role` says what a project does to the total: counted; nested (its figure is already in its parts or in the
-- whole that holds it); missing (no figure, above it or below it); or why it is not counted: its kind (target,
-- inventory, event_total, context) or its stop (suspended, cancelled).
-- Unknown: a project without a figure is a row with NULL ends and adds nothing.
WITH part AS (
    SELECT amounts.*, coalesce(region_code, 'none') AS region_code, project_name, project_name_en, kind, status,
        CASE WHEN NOT amounts.is_counted THEN CASE WHEN kind IN ('programme', 'site') THEN status ELSE kind END
            WHEN is_missing THEN 'missing'
            WHEN coalesce(net_low, 0) = 0 AND coalesce(net_high, 0) = 0 THEN 'nested'
            ELSE 'counted' END AS role
    FROM amounts JOIN projects USING (project_id)
),
spoken AS (  -- what is not counted is named where it has a figure
    SELECT DISTINCT project_id, metric FROM claims WHERE low IS NOT NULL OR high IS NOT NULL
),
shown AS (
    FROM part WHERE metric <> 'projects' AND (is_counted OR EXISTS (
        SELECT 1 FROM spoken WHERE spoken.project_id = part.project_id AND spoken.metric = part.metric))
)
SELECT CASE WHEN grouping(project_id) = 1 THEN 'total' ELSE 'project' END AS level, metric, project_id, project_name,
    project_name_en, region_code, kind, status, role, scope, any_value(low) FILTER (role IS NOT NULL) AS retained_low,
    any_value(high) FILTER (role IS NOT NULL) AS retained_high,
    sum(net_low) FILTER (is_counted) AS scenario_low, sum(net_high) FILTER (is_counted) AS scenario_high,
    least(sum(net_low) FILTER (is_counted), sum(net_high) FILTER (is_counted)) AS low,
    greatest(sum(net_low) FILTER (is_counted), sum(net_high) FILTER (is_counted)) AS high,
    coalesce(bool_or(is_floor), false) AS is_floor,
    count(*) FILTER (is_counted) AS projects,
    count(*) FILTER (is_missing) AS missing,
    count(*) FILTER (is_counted AND source_count = 1 AND net_high IS NOT NULL) AS single_source,
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
    (metric), (metric, project_id, project_name, project_name_en, region_code, kind, status, role, scope))
ORDER BY metric, level DESC, role = 'counted' DESC, high DESC NULLS LAST, retained_high DESC NULLS LAST, project_id
