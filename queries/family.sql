-- What stands above and below each selected project in its chain of investors?
-- Ancestors up to the root, and direct children, among the projects known on the day. Unknown: a relative without
-- a figure has NULL amounts.
WITH RECURSIVE up(project_id, relative_id, distance) AS (
    SELECT project_id, part_of, 1 FROM projects WHERE part_of IS NOT NULL
    UNION ALL
    SELECT up.project_id, parent.part_of, distance + 1
    FROM up JOIN all_projects AS parent ON parent.project_id = up.relative_id
    WHERE parent.part_of IS NOT NULL
),
relatives AS (
    SELECT project_id, relative_id, 'ancestor' AS relation, distance FROM up
    UNION ALL
    SELECT projects.project_id, child.project_id, 'child', 1
    FROM projects JOIN all_projects AS child ON child.part_of = projects.project_id
)
SELECT relatives.project_id, relative_id, relation, distance, relative.project_name AS name,
    relative.project_name_en AS name_en, relative.* EXCLUDE (project_id, project_name, project_name_en)
FROM relatives JOIN all_projects AS relative ON relative.project_id = relative_id
ORDER BY relatives.project_id, relation, distance DESC, relative.investment_net_high_meur DESC NULLS LAST, relative_id
