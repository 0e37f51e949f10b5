-- What each project counted for after each day that changed it: the state of knowledge through time (rule 8).
-- A day is one on which its tree was spoken of, and a row is there where something differs from the row before, which
-- it repeats: a reader of changes has no other row to look for. Months count from their last day.
-- `days` is the world 'days', or a share of it.
CREATE MACRO observatory.amounts_in(as_of_day, days) AS TABLE
WITH net AS MATERIALIZED (
    SELECT world::DATE AS changed_on, project_id, metric, is_counted, status, net_low, net_high, is_floor
    FROM observatory.nets(as_of_day, days)
),
state AS (
    FROM net
    UNION ALL
    SELECT changed_on, project_id, 'projects', is_counted, status, 1, 1, false FROM net WHERE metric = 'jobs'
)
SELECT *, lag(is_counted) OVER past AS was_counted, lag(status) OVER past AS status_before,
    lag(net_low) OVER past AS net_low_before, lag(net_high) OVER past AS net_high_before,
    lag(is_floor) OVER past AS was_floor
FROM state WINDOW past AS (PARTITION BY project_id, metric ORDER BY changed_on)
QUALIFY was_counted IS DISTINCT FROM is_counted OR status_before IS DISTINCT FROM status
    OR net_low_before IS DISTINCT FROM net_low OR net_high_before IS DISTINCT FROM net_high
    OR was_floor IS DISTINCT FROM is_floor
ORDER BY changed_on, project_id, metric;

CREATE MACRO observatory.amounts_by_day(as_of_day) AS TABLE FROM observatory.amounts_in(as_of_day, 'days');
