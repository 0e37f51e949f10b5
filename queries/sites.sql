-- Where do the selected projects stand: one mark a place, with its net sum and its projects?
-- A place is a commune, else a département or a region (approximate), else none (off the map). Unknown: a place
-- whose projects have no figure has NULL ends and is still a place.
WITH place AS (  -- places are few: their names are read once all is added up
    SELECT commune_code, departement_code, region_code, location_precision, metric,
        any_value(latitude) AS latitude, any_value(longitude) AS longitude,
        least(sum(net_low), sum(net_high)) AS low, greatest(sum(net_low), sum(net_high)) AS high,
        bool_or(is_floor) AS is_floor, count(*) AS projects
    FROM amounts JOIN projects USING (project_id)
    WHERE amounts.is_counted
    GROUP BY commune_code, departement_code, region_code, location_precision, metric
)
SELECT place_code(commune_code, place.departement_code, place.region_code) AS place_code,
    coalesce(commune.name, departement.name, region.name) AS place_name,
    location_precision, place.region_code, place.departement_code, place.latitude, place.longitude, metric,
    low, high, is_floor, projects
FROM place
LEFT JOIN communes AS commune ON commune.code = commune_code
LEFT JOIN departements AS departement ON departement.code = place.departement_code
LEFT JOIN regions AS region ON region.code = place.region_code
ORDER BY metric, high DESC NULLS LAST, place_code
