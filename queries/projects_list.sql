-- Which projects are selected, with the names of their place and of their parent?
-- Every kind is listed, counted or not. Unknown: what no claim states is NULL.
SELECT projects.*, place_code(projects.commune_code, projects.departement_code, projects.region_code) AS place_code,
    region.name AS region_name, departement.name AS departement_name, commune.name AS commune_name,
    parent.project_name AS parent_name, parent.project_name_en AS parent_name_en
FROM projects
LEFT JOIN regions AS region ON region.code = projects.region_code
LEFT JOIN departements AS departement ON departement.code = projects.departement_code
LEFT JOIN communes AS commune ON commune.code = projects.commune_code
LEFT JOIN all_projects AS parent ON parent.project_id = projects.part_of
ORDER BY projects.is_counted DESC, projects.investment_net_high_meur DESC NULLS LAST, projects.project_id
