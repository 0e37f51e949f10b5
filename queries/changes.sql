-- What did each row add to the observatory, newest first by the day it was recorded?
-- `effect` is the first that holds: new_project; status_change (a stage further than any stated before, a stop, or a
-- stage after a stop; from `previous_status`); new_figure (a number that no earlier row gave for the project);
-- new_source (a publisher not heard before); repeat. Earlier means recorded before, or the same day and announced
-- before. `day_changes` counts the rows of its day, `day_…` those of each effect, `all_changes` those of all days, the
-- newest of which is `newest_on`. Unknown: a row that states no status changes none; a figure in words only is not a
-- new number.
WITH ordered AS (  -- in numbers until the rows are chosen: what is written in a row is read for those alone
    SELECT line, project_number, publisher_number, recorded_on, facts.status,
        facts.status IN ('suspended', 'cancelled') AS is_stop,
        (recorded_on - DATE '1970-01-01')::BIGINT * 1_000_000_000 + claim_number AS position
    FROM facts JOIN all_announcements USING (line)
),
stating AS (  -- the stages between two stops stand together
    SELECT *, count(*) FILTER (is_stop) OVER (PARTITION BY project_number ORDER BY position) AS stops
    FROM ordered WHERE status IS NOT NULL
),
standing AS (  -- where each project stands after a row that states a status: at its stop, or its furthest stage since
    SELECT position, project_number, arg_max(status, 10 * stops + CASE WHEN is_stop THEN 0 ELSE 1 + enum_code(status) END)
            OVER (PARTITION BY project_number ORDER BY position) AS status
    FROM stating
),
course AS (
    SELECT position, previous_status
    FROM (SELECT *, lag(status) OVER (PARTITION BY project_number ORDER BY position) AS previous_status FROM standing)
    WHERE status <> previous_status
),
heard AS (
    SELECT project_number, min(position) AS position FROM ordered GROUP BY project_number, publisher_number
),
begun AS (SELECT min(position) AS position FROM heard GROUP BY project_number),
fresh AS (
    SELECT min(position) AS position, metric FROM ordered JOIN figures USING (line)
    WHERE low IS NOT NULL OR high IS NOT NULL GROUP BY ordered.project_number, metric, low, high
),
told AS (
    SELECT line, recorded_on, position, previous_status,
        CASE WHEN position IN (FROM begun) THEN 'new_project'
            WHEN previous_status IS NOT NULL THEN 'status_change'
            WHEN position IN (SELECT position FROM fresh) THEN 'new_figure'
            WHEN position IN (SELECT position FROM heard) THEN 'new_source'
            ELSE 'repeat' END AS effect
    FROM ordered LEFT JOIN course USING (position) SEMI JOIN announcements USING (line)
),
day AS (
    SELECT recorded_on, count(*) AS day_changes, count(*) FILTER (effect = 'new_project') AS day_new_project,
        count(*) FILTER (effect = 'status_change') AS day_status_change,
        count(*) FILTER (effect = 'new_figure') AS day_new_figure,
        count(*) FILTER (effect = 'new_source') AS day_new_source, count(*) FILTER (effect = 'repeat') AS day_repeat,
        (sum(count(*)) OVER ())::BIGINT AS all_changes, max(recorded_on) OVER () AS newest_on
    FROM told GROUP BY recorded_on
),
shown AS (FROM told ORDER BY position DESC LIMIT ALL),
numbered AS (
    SELECT position, list(metric::VARCHAR ORDER BY metric) AS new_metrics
    FROM fresh SEMI JOIN shown USING (position) GROUP BY position
)
SELECT shown.recorded_on, announced_on, announced_on_precision, row.id AS announcement_id, row.project_id,
    projects.project_name, projects.project_name_en, projects.kind, effect,
    row.status, CASE WHEN effect = 'status_change' THEN previous_status::VARCHAR END AS previous_status,
    projects.status AS retained_status,
    coalesce(new_metrics, []) AS new_metrics, announcer,
    row.investment_low_meur, row.investment_high_meur, row.power_low_mw, row.power_high_mw,
    row.jobs_low, row.jobs_high, row.jobs_scope, row.construction_jobs_low, row.construction_jobs_high,
    row.sites_count, row.area_ha, source_publisher, source_title, source_url, source_kind,
    day_changes, day_new_project, day_status_change, day_new_figure, day_new_source, day_repeat, all_changes, newest_on
FROM shown
LEFT JOIN numbered USING (position)
JOIN day USING (recorded_on)
JOIN announcements AS row USING (line)
JOIN projects USING (project_id)
ORDER BY position DESC
