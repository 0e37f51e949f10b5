-- What did each row add to the observatory, newest first by the day it was recorded?
-- `effect` is the first that holds: new_project; status_change (a stage further than any stated before, a stop, or a
-- stage after a stop; from `previous_status`); new_figure (a number that no earlier row gave for the project);
-- new_source (a publisher not heard before); repeat. Earlier means recorded before, or the same day and announced
-- before. Unknown: a row that states no status changes none; a figure in words only is not a new number.
WITH ordered AS (
    SELECT *, row_number() OVER (ORDER BY recorded_on, announced_on, announced_on_precision DESC, id) AS position,
        list_position(['ambition', 'announced', 'permitted', 'under_construction', 'operational'], status) AS stage
    FROM all_announcements
),
stating AS (  -- the stages between two stops stand together
    SELECT *, count(*) FILTER (stage IS NULL) OVER (PARTITION BY project_id ORDER BY position) AS stops
    FROM ordered WHERE status IS NOT NULL
),
course AS (  -- where each project stands after a row that states a status: its furthest stage, or its stop
    SELECT id, lag(standing) OVER (PARTITION BY project_id ORDER BY position) AS previous_status, standing
    FROM (SELECT *, CASE WHEN stage IS NULL THEN status
        ELSE arg_max(status, stage) OVER (PARTITION BY project_id, stops ORDER BY position) END AS standing FROM stating)
),
figure AS (
    SELECT id, metric, position = min(position) OVER (PARTITION BY project_id, metric, low, high) AS is_new
    FROM ordered, LATERAL (VALUES
        ('investment_meur', investment_low_meur, investment_high_meur), ('power_mw', power_low_mw, power_high_mw),
        ('jobs', jobs_low, jobs_high), ('construction_jobs', construction_jobs_low, construction_jobs_high),
        ('sites_count', sites_count, sites_count), ('area_ha', area_ha, area_ha)
    ) AS stated(metric, low, high)
    WHERE low IS NOT NULL OR high IS NOT NULL
),
fresh AS (SELECT id, list(metric ORDER BY metric) AS new_metrics FROM figure WHERE is_new GROUP BY id),
told AS (
    SELECT ordered.*, previous_status, coalesce(new_metrics, []) AS new_metrics,
        CASE WHEN row_number() OVER (PARTITION BY ordered.project_id ORDER BY position) = 1 THEN 'new_project'
            WHEN standing <> previous_status THEN 'status_change'
            WHEN new_metrics IS NOT NULL THEN 'new_figure'
            WHEN row_number() OVER (PARTITION BY ordered.project_id, source_publisher ORDER BY position) = 1
                THEN 'new_source'
            ELSE 'repeat' END AS effect
    FROM ordered LEFT JOIN course USING (id) LEFT JOIN fresh USING (id)
)
SELECT recorded_on, announced_on, announced_on_precision, told.id AS announcement_id, told.project_id,
    projects.project_name, projects.project_name_en, projects.kind, effect,
    told.status, CASE WHEN effect = 'status_change' THEN previous_status END AS previous_status,
    projects.status AS retained_status, new_metrics, announcer,
    told.investment_low_meur, told.investment_high_meur, told.power_low_mw, told.power_high_mw,
    told.jobs_low, told.jobs_high, told.jobs_scope, told.construction_jobs_low, told.construction_jobs_high,
    told.sites_count, told.area_ha, source_publisher, source_title, source_url, source_kind,
    count(*) OVER (PARTITION BY recorded_on) AS day_changes,
    count(*) OVER (PARTITION BY recorded_on, effect) AS effect_changes
FROM told
SEMI JOIN announcements ON announcements.id = told.id
JOIN projects ON projects.project_id = told.project_id
ORDER BY recorded_on DESC, position DESC
