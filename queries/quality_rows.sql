-- What does each quality check warn about, out of how many rows it looked at?
-- Checks are on today's retained figures, whatever the day chosen. One row a warning, the first 200 of a check, whose
-- `warnings` counts them all, and one row a check without any (its project_id is NULL). Unknown: a check that does not
-- concern a project does not look at it.
WITH seen AS (
    SELECT code, count(*) AS subjects, count(*) FILTER (is_warning) AS warnings,
        min({'project_id': project_id, 'announcement_id': announcement_id, 'metric': metric, 'value': value,
            'usual_low': usual_low, 'usual_high': usual_high, 'own_code': own_code, 'related_code': related_code,
            'related_id': related_id}, 200) FILTER (is_warning) AS first_warnings
    FROM quality GROUP BY code
),
shown AS (
    SELECT code, subjects, warnings, unnest(coalesce(first_warnings, [NULL])) AS warning FROM seen
)
SELECT quality_checks.*, subjects, warnings, warning.project_id, subject.project_name, subject.project_name_en,
    warning.announcement_id, warning.metric, warning.value, warning.usual_low, warning.usual_high, warning.own_code,
    warning.related_code, warning.related_id,
    related.project_name AS related_name, related.project_name_en AS related_name_en
FROM shown
JOIN quality_checks USING (code)
LEFT JOIN identities AS subject ON subject.project_id = warning.project_id
LEFT JOIN identities AS related ON related.project_id = warning.related_id
ORDER BY rank, warning.project_id, warning.announcement_id, warning.metric
