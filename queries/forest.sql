-- How do programmes, sites and phases nest, with what amounts?
-- One row a counted project and metric that has an amount at it or below it, in the 300 largest trees of the metric.
-- `all_trees`, `all_projects` and `all_inside` (those with a parent) count what all trees hold, in the high scenario
-- `all_high` is what they add up to and `all_undetailed` what no child details of it. `undetailed` is the part of the
-- total that no child details, in the high scenario: the project's net, where it has children. Unknown: a project with
-- no amount at it or below it is left out.
WITH child AS (
    SELECT part_of AS project_id, count(*) AS children FROM projects WHERE is_counted AND part_of IS NOT NULL GROUP BY part_of
),
node AS (  -- what is written of a project is read once its tree is chosen
    SELECT metric, amounts.project_id, root_number, root_id, parent.project_id AS part_of, net_high,
        coalesce(children, 0) AS children
    FROM amounts
    JOIN projects USING (project_id)
    JOIN roots USING (project_id)
    LEFT JOIN projects AS parent ON parent.project_id = projects.part_of
    LEFT JOIN child ON child.project_id = amounts.project_id
    WHERE metric IN ('investment_meur', 'power_mw') AND total_high IS NOT NULL
),
shown AS (
    SELECT metric, root_number FROM node GROUP BY metric, root_number
    QUALIFY row_number() OVER (PARTITION BY metric ORDER BY sum(net_high) DESC, root_number) <= 300
),
whole AS (
    SELECT metric, count(*) - count(part_of) AS all_trees, count(*) AS all_projects, count(part_of) AS all_inside,
        sum(net_high) AS all_high, coalesce(sum(net_high) FILTER (children > 0), 0) AS all_undetailed
    FROM node GROUP BY metric
)
SELECT metric, node.project_id, projects.project_name, projects.project_name_en, projects.kind,
    projects.purpose, projects.status, coalesce(projects.region_code, 'none') AS region_code,
    node.part_of, root_id, coalesce(root.investors, root.operator) AS root_investors,
    amounts.total_low, amounts.total_high, amounts.net_low, amounts.net_high, amounts.low, amounts.high,
    amounts.is_floor, children, CASE WHEN children > 0 THEN amounts.net_high END AS undetailed,
    all_trees, all_projects, all_inside, all_high, all_undetailed
FROM node
JOIN shown USING (metric, root_number)
JOIN whole USING (metric)
JOIN amounts USING (project_id, metric)
JOIN projects ON projects.project_id = node.project_id
LEFT JOIN all_projects AS root ON root.project_id = root_id
ORDER BY metric, root_id, amounts.total_high DESC, node.project_id
