-- Who is who, and who holds whom, whatever the day: read from all claims once, and asked by every rule.

-- Who a project is does not depend on the day: what was public then, as we know it now (rule 8).
CREATE OR REPLACE TABLE observatory.identities AS
SELECT project_id, max(project_name) AS project_name, max(project_name_en) AS project_name_en,
    max(kind) AS kind, max(purpose) AS purpose, max(part_of) AS part_of,
    max(kind) IN ('inventory', 'target') AS has_history_only
FROM observatory.announcements GROUP BY project_id;

-- The tree in which each project stands, as we know it now.
CREATE OR REPLACE TABLE observatory.roots AS
WITH RECURSIVE climb(project_id, root_id) AS (
    SELECT project_id, project_id FROM observatory.identities WHERE part_of IS NULL
    UNION ALL
    SELECT child.project_id, climb.root_id
    FROM climb JOIN observatory.identities AS child ON child.part_of = climb.project_id
)
SELECT * FROM climb;
