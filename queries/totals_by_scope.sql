-- How do jobs split by scope, and megawatts by kind of power (rule 5)?
-- Each project's net stands in the segment its retained claim states. Unknown: a project without a retained figure
-- has no segment and is left out, so that segments sum to the total.
SELECT metric, scope,
    least(sum(net_low), sum(net_high)) AS low,
    greatest(sum(net_low), sum(net_high)) AS high,
    bool_or(is_floor) AS is_floor,
    count(*) AS projects
FROM amounts
WHERE is_counted AND metric IN ('jobs', 'power_mw') AND net_high IS NOT NULL AND (low IS NOT NULL OR high IS NOT NULL)
GROUP BY metric, scope
ORDER BY metric, list_position(['direct', 'direct_indirect', 'it', 'grid', 'site', 'unspecified'], scope)
