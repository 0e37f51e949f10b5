-- What each project counted for after each day that changed its tree: the state of knowledge through time (rule 8).
-- A project has a row on the days on which its tree was spoken of; months count from their last day.
CREATE MACRO observatory.amounts_by_day(as_of_day) AS TABLE
WITH net AS MATERIALIZED (
    SELECT net.world::DATE AS changed_on, net.project_id, metric, is_counted, status.status, net_low, net_high,
        is_floor
    FROM observatory.nets(as_of_day, 'days') AS net
    LEFT JOIN observatory.statuses(as_of_day, 'days') AS status USING (world, project_id)
)
FROM net
UNION ALL
SELECT changed_on, project_id, 'projects', is_counted, status, 1, 1, false FROM net WHERE metric = 'jobs'
ORDER BY changed_on, project_id, metric;
