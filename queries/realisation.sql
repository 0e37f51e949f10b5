-- Of what was first announced each year, how much is under construction or operational today?
-- Net amounts of counted projects by the year of their first claim, and each rate in both scenarios, from the smaller
-- to the larger. Under construction without news for 24 months is not building. Stopped projects are counted apart,
-- in number only. Unknown: an amount nobody states adds nothing; where projects are operational (or building) and
-- none has a figure, their amount and their rate are NULL; `…_missing` counts those without.
WITH pledge AS (
    SELECT project_id, year(first_announced_on) AS announced_year, is_counted,
        status = 'operational' AS is_operational,
        status = 'under_construction' AND silent_months IS NULL AS is_building
    FROM projects WHERE kind IN ('programme', 'site')
),
figure AS (
    SELECT project_id, metric, net_low, net_high FROM amounts WHERE is_counted
),
sums AS (
    SELECT announced_year, metric,
        sum(net_low) AS all_low, sum(net_high) AS all_high,
        count(*) FILTER (is_counted) AS projects,
        count(*) FILTER (NOT is_counted) AS stopped_projects,
        count(*) FILTER (is_building) AS building_projects,
        count(*) FILTER (is_operational) AS operational_projects,
        count(*) FILTER (is_counted AND net_high IS NULL) AS missing,
        count(*) FILTER (is_building AND net_high IS NULL) AS building_missing,
        count(*) FILTER (is_operational AND net_high IS NULL) AS operational_missing,
        CASE WHEN building_projects = 0 THEN 0 ELSE sum(net_low) FILTER (is_building) END AS building_1,
        CASE WHEN building_projects = 0 THEN 0 ELSE sum(net_high) FILTER (is_building) END AS building_2,
        CASE WHEN operational_projects = 0 THEN 0 ELSE sum(net_low) FILTER (is_operational) END AS operational_1,
        CASE WHEN operational_projects = 0 THEN 0 ELSE sum(net_high) FILTER (is_operational) END AS operational_2
    FROM pledge
    CROSS JOIN (SELECT DISTINCT metric FROM all_amounts) AS metrics
    LEFT JOIN figure USING (project_id, metric)
    GROUP BY announced_year, metric
)
SELECT announced_year, metric,
    least(all_low, all_high) AS low, greatest(all_low, all_high) AS high,
    least(building_1, building_2) AS building_low, greatest(building_1, building_2) AS building_high,
    least(operational_1, operational_2) AS operational_low, greatest(operational_1, operational_2) AS operational_high,
    least(building_1 / nullif(all_low, 0), building_2 / nullif(all_high, 0)) AS building_rate_low,
    greatest(building_1 / nullif(all_low, 0), building_2 / nullif(all_high, 0)) AS building_rate_high,
    least(operational_1 / nullif(all_low, 0), operational_2 / nullif(all_high, 0)) AS operational_rate_low,
    greatest(operational_1 / nullif(all_low, 0), operational_2 / nullif(all_high, 0)) AS operational_rate_high,
    projects, stopped_projects, building_projects, operational_projects, missing, building_missing, operational_missing
FROM sums
ORDER BY announced_year, metric
