-- Which rows does each quality check warn about, out of how many it looked at?
-- Checks are on today's retained figures, whatever the day chosen. One row a warning, and one row a check without
-- any (its project_id is NULL). Unknown: a check that does not concern a project does not look at it.
WITH seen AS (SELECT code, count(*) AS subjects, count(*) FILTER (is_warning) AS warnings FROM quality GROUP BY code),
warning AS (FROM quality WHERE is_warning)
SELECT quality_checks.*, subjects, warnings, warning.project_id, subject.project_name, subject.project_name_en,
    announcement_id, metric, value, usual_low, usual_high, own_code, related_code, related_id,
    related.project_name AS related_name, related.project_name_en AS related_name_en
FROM seen
JOIN quality_checks USING (code)
LEFT JOIN warning ON warning.code = seen.code
LEFT JOIN identities AS subject ON subject.project_id = warning.project_id
LEFT JOIN identities AS related ON related.project_id = related_id
ORDER BY rank, warning.project_id, announcement_id, metric
