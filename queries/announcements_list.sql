-- What was announced about the selected projects, newest first?
-- Bounded by `since` and `until` (rule 11). Unknown: what the claim does not state is NULL.
WITH shown AS (
    SELECT line FROM announcements ORDER BY announced_on DESC, announced_on_precision, id LIMIT ALL
)
SELECT announcements.* EXCLUDE (project_name, project_name_en, kind, purpose, part_of),
    projects.project_name, projects.project_name_en, projects.kind, projects.purpose,
    region.name AS region_name, commune.name AS commune_name
FROM shown
JOIN announcements USING (line)
JOIN projects USING (project_id)
LEFT JOIN regions AS region ON region.code = announcements.region_code
LEFT JOIN communes AS commune ON commune.code = announcements.commune_code
ORDER BY announced_on DESC, announced_on_precision, id
