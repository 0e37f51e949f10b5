-- How much stood at each stage, day after day?
-- One row a day, metric and status whose amount changed that day, with the amount reached. Suspended and cancelled
-- projects leave the sum. Unknown: a status that no claim states is NULL; a figure not yet known adds nothing.
WITH change AS (
    SELECT changed_on, metric, status, sum(low) AS low, sum(high) AS high
    FROM (
        SELECT changed_on, metric, status, coalesce(net_low, 0) AS low, coalesce(net_high, 0) AS high
        FROM history WHERE is_counted
        UNION ALL  -- a project leaves the stage where it was, also where it stops
        SELECT changed_on, metric, status_before, -coalesce(net_low_before, 0), -coalesce(net_high_before, 0)
        FROM history WHERE was_counted
    )
    GROUP BY ALL
)
SELECT changed_on, metric, status, sum(low) OVER whole AS low, sum(high) OVER whole AS high
FROM change
WINDOW whole AS (PARTITION BY metric, status ORDER BY changed_on)
ORDER BY metric, changed_on, status
