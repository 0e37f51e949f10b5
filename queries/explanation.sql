-- Where does each total come from: which projects add up to it, and what is left out and why?
-- One query gives the totals (level 'total'), their segments (level 'segment': jobs by scope, power by kind, projects
-- by status) and the projects behind them (level 'project'), so that they cannot differ. `role` says what a project
-- does to the total: counted; nested (its figure is already in its parts or in the whole that holds it); missing (no
-- figure, above it or below it); or why it is not counted: its kind (target, inventory, event_total, context) or its
-- stop (suspended, cancelled). Of the projects that do the same to a segment, with a figure or without, the first 200
-- have a row: `alike` counts them all. Unknown: a project without a figure is a row with NULL ends and adds nothing; a
-- total that nothing counted stands behind has no row.
WITH part AS (
    SELECT project_id, metric, is_counted, low, high, net_low, net_high, is_floor, is_missing, is_weak, scope, source_count
    FROM amounts WHERE is_counted OR source_count > 0  -- what is not counted is named where it has a figure,
    UNION ALL BY NAME
    SELECT project_id, 'projects' AS metric, is_counted FROM projects WHERE NOT is_counted  -- and as a project
),
shown AS (
    SELECT part.*, kind, status, NOT part.is_counted OR net_high IS NULL AS is_blank,
        CASE WHEN part.is_counted THEN
                CASE WHEN is_missing THEN 'missing'
                    WHEN coalesce(net_low, 0) = 0 AND coalesce(net_high, 0) = 0 THEN 'nested' ELSE 'counted' END
            WHEN kind IN ('programme', 'site') THEN status ELSE kind END AS role,
        CASE WHEN metric = 'projects' AND kind IN ('programme', 'site') THEN coalesce(status, 'none')
            WHEN part.is_counted AND metric IN ('jobs', 'power_mw') AND net_high IS NOT NULL
                AND (low IS NOT NULL OR high IS NOT NULL) THEN scope END AS segment
    FROM part JOIN projects USING (project_id)
),
summed AS (
    SELECT CASE grouping(segment) WHEN 0 THEN 'segment' ELSE 'total' END AS level, metric, segment,
        sum(net_low) FILTER (is_counted) AS scenario_low, sum(net_high) FILTER (is_counted) AS scenario_high,
        coalesce(bool_or(is_floor) FILTER (is_counted), false) AS is_floor,
        count(*) FILTER (is_counted) AS projects,
        count(*) FILTER (NOT is_counted) AS left_out,
        count(*) FILTER (is_missing) AS missing,
        count(*) FILTER (role = 'counted' AND source_count = 1) AS single_source,
        sum(net_low) FILTER (is_counted AND source_count = 1) AS one_low,
        sum(net_high) FILTER (is_counted AND source_count = 1) AS one_high,
        sum(net_low) FILTER (is_counted AND is_weak) AS frail_low,
        sum(net_high) FILTER (is_counted AND is_weak) AS frail_high
    FROM shown
    GROUP BY GROUPING SETS ((metric), (metric, segment))
    HAVING CASE grouping(segment) WHEN 0 THEN segment IS NOT NULL ELSE count(*) FILTER (is_counted) > 0 END
),
alike AS (
    SELECT metric, role, segment, is_blank, count(*) AS alike FROM shown GROUP BY ALL
),
first AS (
    SELECT *, CASE WHEN is_counted THEN greatest(net_low, net_high) END AS added FROM shown
    QUALIFY row_number() OVER (PARTITION BY metric, role, segment, is_blank
        ORDER BY added DESC NULLS LAST, high DESC NULLS LAST, project_id) <= 200
),
-- One project is its own sum: nothing to group.
alone AS (
    SELECT 'project' AS level, first.metric, first.segment, project_id, project_name, project_name_en,
        coalesce(region_code, 'none') AS region_code, first.kind, first.status, first.role,
        low AS retained_low, high AS retained_high,
        CASE WHEN first.is_counted THEN net_low END AS scenario_low,
        CASE WHEN first.is_counted THEN net_high END AS scenario_high,
        coalesce(first.is_counted AND is_floor, false) AS is_floor,
        first.is_counted::BIGINT AS projects, (NOT first.is_counted)::BIGINT AS left_out,
        coalesce(is_missing, false)::BIGINT AS missing,
        coalesce(first.role = 'counted' AND source_count = 1, false)::BIGINT AS single_source,
        CASE WHEN first.is_counted AND source_count = 1 THEN net_low END AS one_low,
        CASE WHEN first.is_counted AND source_count = 1 THEN net_high END AS one_high,
        CASE WHEN first.is_counted AND is_weak THEN net_low END AS frail_low,
        CASE WHEN first.is_counted AND is_weak THEN net_high END AS frail_high, alike
    FROM first
    JOIN projects USING (project_id)
    JOIN alike ON alike.metric = first.metric AND alike.role = first.role AND alike.is_blank = first.is_blank
        AND alike.segment IS NOT DISTINCT FROM first.segment
),
line AS (FROM summed UNION ALL BY NAME FROM alone)
SELECT level, metric, segment, project_id, project_name, project_name_en, region_code, kind, status, role,
    retained_low, retained_high, scenario_low, scenario_high,
    least(scenario_low, scenario_high) AS low, greatest(scenario_low, scenario_high) AS high,
    is_floor, projects, left_out, missing, single_source,
    coalesce(least(one_low, one_high), 0) AS single_low, coalesce(greatest(one_low, one_high), 0) AS single_high,
    coalesce(least(frail_low, frail_high), 0) AS weak_low, coalesce(greatest(frail_low, frail_high), 0) AS weak_high,
    alike
FROM line
ORDER BY metric, list_position(['total', 'segment', 'project'], level),
    list_position(['direct', 'direct_indirect', 'it', 'grid', 'site', 'ambition', 'announced', 'permitted',
        'under_construction', 'operational', 'suspended', 'cancelled', 'unspecified', 'none'], segment),
    role = 'counted' DESC, high DESC NULLS LAST, retained_high DESC NULLS LAST, project_id
