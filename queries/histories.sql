-- What did each inventory and target say, at each date, and according to whom?
-- A history, not a retained value: counts of different dates are never added (rule 10). Of the selected ones, the first
-- 40 of each kind. Unknown: a figure given in words only has NULL ends.
WITH shown AS (
    FROM projects WHERE kind IN ('inventory', 'target')
    QUALIFY row_number() OVER (PARTITION BY kind ORDER BY project_id) <= 40
)
SELECT project_id, projects.project_name, projects.project_name_en, projects.kind, projects.region_code,
    region.name AS region_name, metric, low, high, claims.stated, claims.scope, claims.announced_on,
    claims.announced_on_precision, announcement_id, announcer, source_publisher, source_title, source_url,
    claims.source_kind, note
FROM claims
JOIN shown AS projects USING (project_id)
JOIN announcements ON announcements.id = claims.announcement_id
LEFT JOIN regions AS region ON region.code = projects.region_code
ORDER BY project_id, metric, claims.announced_on, claims.announced_on_precision DESC, announcement_id
