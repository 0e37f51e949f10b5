-- What did each row add to the observatory, newest first by the day it was recorded?
-- `effect` is the first that holds: new_project; status_change (from `previous_status`); new_figure (a number that
-- no earlier row gave for the project); new_source (a publisher not heard before); repeat. Earlier means recorded
-- before, or the same day and announced before. Unknown: a row that states no status changes none.
WITH ordered AS (
    SELECT *, row_number() OVER (ORDER BY recorded_on, announced_on, announced_on_precision DESC, id) AS position
    FROM all_announcements
),
figure AS (
    SELECT id, project_id, position, metric, figure, min(position) OVER (PARTITION BY project_id, metric, figure) AS first_position
    FROM ordered, LATERAL (VALUES
        ('investment_meur', concat_ws('–', coalesce(investment_low_meur::VARCHAR, '…'), coalesce(investment_high_meur::VARCHAR, '…'))),
        ('power_mw', concat_ws('–', coalesce(power_low_mw::VARCHAR, '…'), coalesce(power_high_mw::VARCHAR, '…'))),
        ('jobs', concat_ws('–', coalesce(jobs_low::VARCHAR, '…'), coalesce(jobs_high::VARCHAR, '…')))
    ) AS stated(metric, figure)
    WHERE figure <> '…–…'
),
fresh AS (SELECT id, list(metric ORDER BY metric) AS new_metrics FROM figure WHERE position = first_position GROUP BY id),
seen AS (
    SELECT *, row_number() OVER project AS project_row,
        lag(status IGNORE NULLS) OVER project AS previous_status,
        row_number() OVER (PARTITION BY project_id, source_publisher ORDER BY position) AS publisher_row
    FROM ordered WINDOW project AS (PARTITION BY project_id ORDER BY position)
)
SELECT recorded_on, seen.announced_on, seen.announced_on_precision, seen.id AS announcement_id, seen.project_id,
    projects.project_name, projects.project_name_en,
    CASE WHEN project_row = 1 THEN 'new_project'
        WHEN seen.status IS NOT NULL AND previous_status IS NOT NULL AND seen.status <> previous_status THEN 'status_change'
        WHEN new_metrics IS NOT NULL THEN 'new_figure'
        WHEN publisher_row = 1 THEN 'new_source'
        ELSE 'repeat' END AS effect,
    seen.status, previous_status, coalesce(new_metrics, []) AS new_metrics,
    seen.investment_low_meur, seen.investment_high_meur, seen.power_low_mw, seen.power_high_mw,
    seen.jobs_low, seen.jobs_high, seen.jobs_scope,
    source_publisher, source_title, source_url, source_kind
FROM seen
LEFT JOIN fresh ON fresh.id = seen.id
JOIN projects ON projects.project_id = seen.project_id
ORDER BY recorded_on DESC, position DESC
