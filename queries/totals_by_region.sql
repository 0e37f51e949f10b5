-- What does each region add up to ('none' = not located), and where does it stand in the country?
-- Only regions with a counted project of the selection; rank and shares are those of the whole country on the day,
-- before any filter (rule 11). Unknown: an amount nobody states is NULL and has no rank; 'none' is never ranked.
WITH national AS (
    SELECT metric, sum(net_low) AS low, sum(net_high) AS high FROM all_amounts WHERE is_counted GROUP BY metric
),
standing AS (
    SELECT *, CASE WHEN region_code <> 'none' AND high IS NOT NULL THEN rank() OVER (
            PARTITION BY metric, region_code = 'none' ORDER BY high DESC NULLS LAST, low DESC NULLS LAST) END AS rank,
        count(high) FILTER (region_code <> 'none') OVER (PARTITION BY metric) AS ranked
    FROM (
        SELECT coalesce(region_code, 'none') AS region_code, metric, sum(net_low) AS low, sum(net_high) AS high
        FROM all_amounts JOIN all_projects USING (project_id)
        WHERE all_amounts.is_counted GROUP BY ALL
    )
),
selected AS (
    SELECT coalesce(region_code, 'none') AS region_code, metric,
        least(sum(net_low), sum(net_high)) AS low, greatest(sum(net_low), sum(net_high)) AS high,
        bool_or(is_floor) AS is_floor, count(*) AS projects, count(*) FILTER (is_missing) AS missing
    FROM amounts JOIN projects USING (project_id)
    WHERE amounts.is_counted GROUP BY ALL
)
SELECT selected.region_code, region.name AS region_name, population, selected.metric,
    selected.low, selected.high, is_floor, projects, missing, standing.rank, standing.ranked,
    least(standing.low / nullif(national.low, 0), standing.high / nullif(national.high, 0)) AS share_low,
    greatest(standing.low / nullif(national.low, 0), standing.high / nullif(national.high, 0)) AS share_high
FROM selected
JOIN standing USING (region_code, metric)
JOIN national USING (metric)
LEFT JOIN regions AS region ON region.code = selected.region_code
ORDER BY selected.metric, region_code = 'none', selected.high DESC NULLS LAST, region_name
