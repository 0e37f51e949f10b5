-- Where do the selected projects stand: one mark a place, with its net sum and its projects?
-- A place is a commune, else a département or a region (approximate), else none (off the map). Unknown: a place
-- whose projects have no figure has NULL ends and is still a place.
SELECT coalesce(projects.commune_code, projects.departement_code, projects.region_code, 'none') AS place_code,
    coalesce(commune.name, departement.name, region.name) AS place_name,
    location_precision, projects.region_code, projects.departement_code,
    any_value(projects.latitude) AS latitude, any_value(projects.longitude) AS longitude, metric,
    least(sum(net_low), sum(net_high)) AS low,
    greatest(sum(net_low), sum(net_high)) AS high,
    bool_or(is_floor) AS is_floor,
    count(*) AS projects,
    list(project_id ORDER BY net_high DESC NULLS LAST, project_id) AS project_ids
FROM amounts
JOIN projects USING (project_id)
LEFT JOIN communes AS commune ON commune.code = projects.commune_code
LEFT JOIN departements AS departement ON departement.code = projects.departement_code
LEFT JOIN regions AS region ON region.code = projects.region_code
WHERE amounts.is_counted
GROUP BY place_code, place_name, location_precision, projects.region_code, projects.departement_code, metric
ORDER BY metric, high DESC NULLS LAST, place_code
