-- How do programmes, sites and phases nest, with what amounts?
-- One row a counted project and metric that has an amount at it or below it. `undetailed` is the part of the total
-- that no child details, in the high scenario: the project's net, where it has children. Unknown: a project with
-- no amount at it or below it is left out.
WITH child AS (
    SELECT part_of AS project_id, count(*) AS children FROM projects WHERE is_counted AND part_of IS NOT NULL GROUP BY part_of
)
SELECT amounts.metric, amounts.project_id, projects.project_name, projects.project_name_en, projects.kind,
    projects.purpose, projects.status, coalesce(projects.region_code, 'none') AS region_code,
    parent.project_id AS part_of, roots.root_id, coalesce(root.investors, root.operator) AS root_investors,
    amounts.total_low, amounts.total_high, amounts.net_low, amounts.net_high, amounts.low, amounts.high,
    amounts.is_floor, coalesce(children, 0) AS children,
    CASE WHEN children > 0 THEN amounts.net_high END AS undetailed
FROM amounts
JOIN projects USING (project_id)
LEFT JOIN projects AS parent ON parent.project_id = projects.part_of
LEFT JOIN roots ON roots.project_id = projects.project_id
LEFT JOIN all_projects AS root ON root.project_id = roots.root_id
LEFT JOIN child ON child.project_id = projects.project_id
WHERE amounts.metric IN ('investment_meur', 'power_mw') AND amounts.total_high IS NOT NULL
ORDER BY amounts.metric, roots.root_id, amounts.total_high DESC, amounts.project_id
