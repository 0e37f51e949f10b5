-- What does each region add up to ('none' = not located), in one row, with its place in the country?
-- Sums of net amounts, from the smaller scenario to the larger, over the counted projects of the selection; power by
-- kind and jobs by scope stand beside their sum (rule 5). Rank and shares are those of the whole country on the day,
-- before any filter (rule 11), to the millionth. Unknown: an amount nobody states is NULL and has no rank; 'none' is
-- never ranked.
WITH national AS (
    SELECT metric, sum(net_low) AS low, sum(net_high) AS high FROM all_amounts WHERE is_counted GROUP BY metric
),
standing AS (
    SELECT regional.*, CASE WHEN region_code <> 'none' AND regional.high IS NOT NULL THEN rank() OVER (
            PARTITION BY metric, region_code = 'none'
            ORDER BY regional.high DESC NULLS LAST, regional.low DESC NULLS LAST) END AS rank,
        round(least(regional.low / nullif(national.low, 0), regional.high / nullif(national.high, 0)), 6)
            AS share_low,
        round(greatest(regional.low / nullif(national.low, 0), regional.high / nullif(national.high, 0)), 6)
            AS share_high
    FROM (
        SELECT coalesce(region_code, 'none') AS region_code, metric, sum(net_low) AS low, sum(net_high) AS high
        FROM all_amounts JOIN all_projects USING (project_id)
        WHERE all_amounts.is_counted GROUP BY ALL
    ) AS regional JOIN national USING (metric)
),
part AS (
    SELECT coalesce(region_code, 'none') AS region_code, metric, scope,
        least(sum(net_low), sum(net_high)) AS low, greatest(sum(net_low), sum(net_high)) AS high,
        coalesce(bool_or(is_floor), false) AS is_floor, count(*) AS projects, count(*) FILTER (is_missing) AS missing,
        grouping(scope) = 1 AS is_sum
    FROM amounts JOIN projects USING (project_id)
    WHERE amounts.is_counted
    GROUP BY GROUPING SETS ((coalesce(region_code, 'none'), metric), (coalesce(region_code, 'none'), metric, scope))
)
SELECT part.region_code, any_value(region.name) AS region_name, any_value(population) AS population,
    any_value(region.latitude) AS latitude, any_value(region.longitude) AS longitude,
    any_value(part.projects) FILTER (is_sum AND metric = 'projects')::INTEGER AS projects,
    any_value(part.low) FILTER (is_sum AND metric = 'investment_meur') AS investment_low_meur,
    any_value(part.high) FILTER (is_sum AND metric = 'investment_meur') AS investment_high_meur,
    any_value(is_floor) FILTER (is_sum AND metric = 'investment_meur') AS investment_is_floor,
    any_value(missing) FILTER (is_sum AND metric = 'investment_meur')::INTEGER AS investment_missing_projects,
    any_value(rank) FILTER (is_sum AND metric = 'investment_meur')::INTEGER AS investment_rank,
    any_value(share_low) FILTER (is_sum AND metric = 'investment_meur') AS investment_share_low,
    any_value(share_high) FILTER (is_sum AND metric = 'investment_meur') AS investment_share_high,
    any_value(part.low) FILTER (is_sum AND metric = 'power_mw') AS power_low_mw,
    any_value(part.high) FILTER (is_sum AND metric = 'power_mw') AS power_high_mw,
    any_value(is_floor) FILTER (is_sum AND metric = 'power_mw') AS power_is_floor,
    any_value(missing) FILTER (is_sum AND metric = 'power_mw')::INTEGER AS power_missing_projects,
    any_value(rank) FILTER (is_sum AND metric = 'power_mw')::INTEGER AS power_rank,
    any_value(share_low) FILTER (is_sum AND metric = 'power_mw') AS power_share_low,
    any_value(share_high) FILTER (is_sum AND metric = 'power_mw') AS power_share_high,
    any_value(part.low)
        FILTER (NOT is_sum AND metric = 'power_mw' AND scope = 'it') AS power_it_low_mw,
    any_value(part.high)
        FILTER (NOT is_sum AND metric = 'power_mw' AND scope = 'it') AS power_it_high_mw,
    any_value(part.low)
        FILTER (NOT is_sum AND metric = 'power_mw' AND scope = 'grid') AS power_grid_low_mw,
    any_value(part.high)
        FILTER (NOT is_sum AND metric = 'power_mw' AND scope = 'grid') AS power_grid_high_mw,
    any_value(part.low)
        FILTER (NOT is_sum AND metric = 'power_mw' AND scope = 'site') AS power_site_low_mw,
    any_value(part.high)
        FILTER (NOT is_sum AND metric = 'power_mw' AND scope = 'site') AS power_site_high_mw,
    any_value(part.low)
        FILTER (NOT is_sum AND metric = 'power_mw' AND scope = 'unspecified') AS power_unspecified_low_mw,
    any_value(part.high)
        FILTER (NOT is_sum AND metric = 'power_mw' AND scope = 'unspecified') AS power_unspecified_high_mw,
    any_value(part.low) FILTER (is_sum AND metric = 'jobs')::INTEGER AS jobs_low,
    any_value(part.high) FILTER (is_sum AND metric = 'jobs')::INTEGER AS jobs_high,
    any_value(is_floor) FILTER (is_sum AND metric = 'jobs') AS jobs_is_floor,
    any_value(missing) FILTER (is_sum AND metric = 'jobs')::INTEGER AS jobs_missing_projects,
    any_value(rank) FILTER (is_sum AND metric = 'jobs')::INTEGER AS jobs_rank,
    any_value(share_low) FILTER (is_sum AND metric = 'jobs') AS jobs_share_low,
    any_value(share_high) FILTER (is_sum AND metric = 'jobs') AS jobs_share_high,
    any_value(part.low)
        FILTER (NOT is_sum AND metric = 'jobs' AND scope = 'direct')::INTEGER AS jobs_direct_low,
    any_value(part.high)
        FILTER (NOT is_sum AND metric = 'jobs' AND scope = 'direct')::INTEGER AS jobs_direct_high,
    any_value(part.low)
        FILTER (NOT is_sum AND metric = 'jobs' AND scope = 'direct_indirect')::INTEGER AS jobs_direct_indirect_low,
    any_value(part.high)
        FILTER (NOT is_sum AND metric = 'jobs' AND scope = 'direct_indirect')::INTEGER AS jobs_direct_indirect_high,
    any_value(part.low)
        FILTER (NOT is_sum AND metric = 'jobs' AND scope = 'unspecified')::INTEGER AS jobs_unspecified_low,
    any_value(part.high)
        FILTER (NOT is_sum AND metric = 'jobs' AND scope = 'unspecified')::INTEGER AS jobs_unspecified_high,
    any_value(part.low) FILTER (is_sum AND metric = 'construction_jobs')::INTEGER AS construction_jobs_low,
    any_value(part.high) FILTER (is_sum AND metric = 'construction_jobs')::INTEGER AS construction_jobs_high,
    any_value(is_floor) FILTER (is_sum AND metric = 'construction_jobs') AS construction_jobs_is_floor,
    any_value(missing) FILTER (is_sum AND metric = 'construction_jobs')::INTEGER AS construction_jobs_missing_projects
FROM part
JOIN standing USING (region_code, metric)
LEFT JOIN regions AS region ON region.code = part.region_code
GROUP BY part.region_code
ORDER BY part.region_code = 'none', investment_high_meur DESC NULLS LAST, part.region_code
