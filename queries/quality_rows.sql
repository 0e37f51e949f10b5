-- Which rows does each quality check warn about, out of how many it looked at?
-- Checks are on today's retained figures, whatever the day chosen. One row a warning, and one row a check without
-- any (its project_id is NULL). Unknown: a check that does not concern a project does not look at it.
WITH seen AS (SELECT code, count(*) AS subjects, count(*) FILTER (is_warning) AS warnings FROM quality GROUP BY code),
warning AS (FROM quality WHERE is_warning)
SELECT quality_checks.*, subjects, warnings, warning.project_id, project_name, project_name_en, announcement_id,
    metric, value, usual_low, usual_high
FROM seen
JOIN quality_checks USING (code)
LEFT JOIN warning ON warning.code = seen.code
LEFT JOIN identities USING (project_id)
ORDER BY rank, warning.project_id, announcement_id, metric
