-- How many rows does the extract hold of what has a row a claim, a figure or a project?
-- Bounded by `since` and `until` like the claims (rule 11). Unknown: where no project is selected there is no row.
SELECT resource, rows FROM (
    SELECT 'announcements' AS resource, count(*) AS rows FROM announcements
    UNION ALL
    SELECT 'claims', count(*) FROM claims
    UNION ALL
    SELECT 'projects', count(*) FROM projects
)
WHERE rows > 0
ORDER BY resource
