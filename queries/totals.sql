-- What do the selected projects add up to, metric by metric, and what does each total rest on?
-- Unknown: a counted project with no figure of its own, above it or below it is counted in `missing` and in no sum;
-- the ends of a metric that nobody states are NULL. Ends go from the smaller to the larger scenario (rule 4).
SELECT metric,
    least(sum(net_low), sum(net_high)) AS low,
    greatest(sum(net_low), sum(net_high)) AS high,
    bool_or(is_floor) AS is_floor,
    count(*) AS projects,
    count(*) FILTER (is_missing) AS missing,
    coalesce(least(sum(net_low) FILTER (source_count = 1), sum(net_high) FILTER (source_count = 1)), 0) AS single_low,
    coalesce(greatest(sum(net_low) FILTER (source_count = 1), sum(net_high) FILTER (source_count = 1)), 0) AS single_high,
    coalesce(least(sum(net_low) FILTER (is_weak), sum(net_high) FILTER (is_weak)), 0) AS weak_low,
    coalesce(greatest(sum(net_low) FILTER (is_weak), sum(net_high) FILTER (is_weak)), 0) AS weak_high,
    count(DISTINCT scope) FILTER (net_high IS NOT NULL) AS scopes
FROM amounts
WHERE is_counted
GROUP BY metric
ORDER BY metric
