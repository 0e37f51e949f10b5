-- How much stood at each stage, day after day?
-- One row a day, metric and status whose amount changed that day, with the amount reached. Suspended and cancelled
-- projects leave the sum. Unknown: a status that no claim states is NULL; a figure not yet known adds nothing.
WITH state AS (
    SELECT changed_on, project_id, metric, status, coalesce(net_low, 0) AS low, coalesce(net_high, 0) AS high
    FROM history WHERE is_counted
    UNION ALL  -- a project that stops leaves its stage
    SELECT changed_on, project_id, metric, NULL, 0, 0 FROM history WHERE NOT is_counted
),
before AS (
    SELECT *, lag(status) OVER step AS previous_status, lag(low) OVER step AS previous_low,
        lag(high) OVER step AS previous_high
    FROM state WINDOW step AS (PARTITION BY project_id, metric ORDER BY changed_on)
),
change AS (
    SELECT changed_on, metric, status, sum(low) AS low, sum(high) AS high
    FROM (
        SELECT changed_on, metric, status, low, high FROM before
        UNION ALL
        SELECT changed_on, metric, previous_status, -previous_low, -previous_high FROM before
        WHERE previous_low IS NOT NULL
    )
    GROUP BY ALL
)
SELECT changed_on, metric, status, sum(low) OVER whole AS low, sum(high) OVER whole AS high
FROM change
WINDOW whole AS (PARTITION BY metric, status ORDER BY changed_on)
ORDER BY metric, changed_on, status
