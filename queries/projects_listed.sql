-- Which projects does a page list, of those that are selected, with the names of their place and of their parent?
-- Every kind is listed, counted or not, counted ones first, then by retained investment (an open end counts as the
-- figure stated): the first 500 and, as nothing is retained of them, the first 40 inventories and the first 40 targets
-- by their identifiers. `all_projects` counts the selected ones, `all_retained` those that are neither of these two.
-- Unknown: what no claim states is NULL.
WITH ranked AS (
    SELECT project_id, kind IN ('inventory', 'target') AS has_history, row_number() OVER (
            PARTITION BY CASE WHEN kind IN ('inventory', 'target') THEN kind END
            ORDER BY is_counted DESC, coalesce(investment_high_meur, investment_low_meur) DESC NULLS LAST, project_id
        ) AS place
    FROM projects
),
shown AS (FROM ranked WHERE place <= CASE WHEN has_history THEN 40 ELSE 500 END),
whole AS (SELECT count(*) AS all_projects, count(*) FILTER (NOT has_history) AS all_retained FROM ranked)
SELECT projects.*, region.name AS region_name, departement.name AS departement_name, commune.name AS commune_name,
    parent.project_name AS parent_name, parent.project_name_en AS parent_name_en,
    all_projects, all_retained
FROM projects
CROSS JOIN whole
SEMI JOIN shown USING (project_id)
LEFT JOIN regions AS region ON region.code = projects.region_code
LEFT JOIN departements AS departement ON departement.code = projects.departement_code
LEFT JOIN communes AS commune ON commune.code = projects.commune_code
LEFT JOIN all_projects AS parent ON parent.project_id = projects.part_of
ORDER BY projects.is_counted DESC, projects.investment_net_high_meur DESC NULLS LAST, projects.project_id
