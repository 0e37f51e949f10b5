-- What each project counted for after each day that changed it: the state of knowledge through time (rule 8).
-- A day is one on which its tree was spoken of, and a row is there where something differs from the row before, which
-- it repeats: a reader of changes has no other row to look for. What is counted neither before nor after has no row.
-- Months count from their last day.
-- `days` is the world 'days', or a share of it.
CREATE MACRO observatory.amounts_in(as_of_day, days) AS TABLE
WITH net AS MATERIALIZED (
    SELECT world, project_number, metric, is_counted, status, net_low, net_high, is_floor
    FROM observatory.nets(as_of_day, days)
),
state AS (
    FROM net
    UNION ALL
    SELECT world, project_number, 'projects'::observatory.metric, is_counted, status, 1, 1, false
    FROM net WHERE metric = 'jobs'
)
SELECT DATE '1970-01-01' + world AS changed_on, project_id, metric::VARCHAR AS metric, is_counted,
    status::VARCHAR AS status, net_low::DECIMAL(19, 3) AS net_low, net_high::DECIMAL(19, 3) AS net_high, is_floor,
    was_counted, status_before::VARCHAR AS status_before, net_low_before::DECIMAL(19, 3) AS net_low_before,
    net_high_before::DECIMAL(19, 3) AS net_high_before, was_floor
FROM (
    SELECT *, lag(is_counted) OVER past AS was_counted, lag(status) OVER past AS status_before,
        lag(net_low) OVER past AS net_low_before, lag(net_high) OVER past AS net_high_before,
        lag(is_floor) OVER past AS was_floor
    FROM state WINDOW past AS (PARTITION BY project_number, metric ORDER BY world)
    QUALIFY (is_counted OR was_counted) AND (
        was_counted IS DISTINCT FROM is_counted OR status_before IS DISTINCT FROM status
        OR net_low_before IS DISTINCT FROM net_low OR net_high_before IS DISTINCT FROM net_high
        OR was_floor IS DISTINCT FROM is_floor)
)
JOIN observatory.identities USING (project_number)
ORDER BY world, project_number, metric;

CREATE MACRO observatory.amounts_by_day(as_of_day) AS TABLE FROM observatory.amounts_in(as_of_day, 'days');
