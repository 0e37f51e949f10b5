-- Who is who, and who holds whom, whatever the day: read from all claims once, and asked by every rule.
-- Projects are numbered in the order of their identifiers: rules compare numbers, which costs a tenth of names.

-- Who a project is does not depend on the day: what was public then, as we know it now (rule 8).
CREATE OR REPLACE TABLE observatory.identities AS
WITH identity AS (
    SELECT project_id, max(project_name) AS project_name, max(project_name_en) AS project_name_en,
        max(kind) AS kind, max(purpose) AS purpose, max(part_of) AS part_of
    FROM observatory.announcements GROUP BY project_id
),
numbered AS MATERIALIZED (
    SELECT *, kind IN ('inventory', 'target') AS has_history_only,
        row_number() OVER (ORDER BY project_id)::INTEGER AS project_number
    FROM identity
)
SELECT numbered.*, parent.project_number AS parent_number
FROM numbered LEFT JOIN numbered AS parent ON parent.project_id = numbered.part_of
ORDER BY numbered.project_number;

-- The tree in which each project stands, as we know it now: one whose parent is not in the file stands as a root.
CREATE OR REPLACE TABLE observatory.roots AS
WITH RECURSIVE climb(project_number, root_number) AS (
    SELECT project_number, project_number FROM observatory.identities WHERE parent_number IS NULL
    UNION ALL
    SELECT child.project_number, climb.root_number
    FROM climb JOIN observatory.identities AS child ON child.parent_number = climb.project_number
)
SELECT project.project_id, root.project_id AS root_id, climb.*
FROM climb
JOIN observatory.identities AS project USING (project_number)
JOIN observatory.identities AS root ON root.project_number = climb.root_number
ORDER BY climb.project_number;
