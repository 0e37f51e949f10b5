-- Which projects does the extract hold, with their retained figures and what each counts for?
-- Every kind is listed, counted or not: sum the net amounts WHERE is_counted. Unknown: what no claim states is NULL.
SELECT project_id, project_name, project_name_en, kind, purpose, part_of, status, is_stop_unconfirmed, is_counted,
    projects.region_code, region.name AS region_name, projects.departement_code, departement.name AS departement_name,
    projects.commune_code, commune.name AS commune_name, projects.latitude, projects.longitude, location_precision,
    operator, investors, target_year, first_announced_on, last_announced_on, claims_count, silent_months,
    years_overdue, has_disagreement, COLUMNS('^(investment|power|jobs|construction_jobs)_')
FROM projects
LEFT JOIN regions AS region ON region.code = projects.region_code
LEFT JOIN departements AS departement ON departement.code = projects.departement_code
LEFT JOIN communes AS commune ON commune.code = projects.commune_code
ORDER BY is_counted DESC, investment_net_high_meur DESC NULLS LAST, project_id
