-- Rule 1: status, place, operator, investors and target year of each project.

-- The furthest stage among claims that are not 'other' (all, where there is no better). A stop, from any source,
-- holds until a claim of those gives a stage again on a later day; a stop known only from 'other' is unconfirmed.
CREATE MACRO observatory.statuses(as_of_day, worlds) AS TABLE
WITH said AS MATERIALIZED (
    SELECT world, project_number, status, said_on, is_other, status IN ('suspended', 'cancelled') AS is_stop
    FROM observatory.evidence(as_of_day, worlds, 'observatory.facts') WHERE status IS NOT NULL
),
reached AS (
    SELECT world, project_number, coalesce(max(status) FILTER (NOT is_other), max(status)) AS status,
        coalesce(max(said_on) FILTER (NOT is_other), max(said_on)) AS last_stage_on
    FROM said WHERE NOT is_stop GROUP BY world, project_number
),
stops AS (
    SELECT world, project_number, bool_and(said.is_other) AS is_stop_unconfirmed,
        arg_max(said.status, 2 * said.said_on + (said.status = 'cancelled')::INTEGER) AS status
    FROM said LEFT JOIN reached USING (world, project_number)
    WHERE is_stop AND (last_stage_on IS NULL OR last_stage_on <= said_on)
    GROUP BY world, project_number
)
SELECT world, project_number, coalesce(stops.status, reached.status) AS status,
    coalesce(stops.is_stop_unconfirmed, false) AS is_stop_unconfirmed
FROM reached FULL JOIN stops USING (world, project_number);

-- The most recent claim that states a value gives it, 'other' last; on one day, the better source, then the id.
-- For a place, the most precise goes before the most recent.
CREATE MACRO observatory.traits(day) AS TABLE
SELECT project_number,
    arg_min(operator, recency) FILTER (operator IS NOT NULL) AS operator,
    arg_min(investors, recency) FILTER (investors IS NOT NULL) AS investors,
    arg_min(target_year, recency) FILTER (target_year IS NOT NULL) AS target_year,
    arg_min({'region': region_code, 'departement': departement_code, 'commune': commune_code},
        {'is_other': is_other, 'vagueness': vagueness, 'recency': recency}) FILTER (region_code IS NOT NULL) AS place
FROM (
    SELECT fact.project_number, operator, investors, target_year, region_code, departement_code, commune_code, is_other,
        precedence * 1_000_000_000 + claim_number AS recency,
        CASE WHEN commune_code IS NOT NULL THEN 1 WHEN departement_code IS NOT NULL THEN 2 ELSE 3 END AS vagueness
    FROM observatory.facts AS fact JOIN observatory.announcements USING (line) WHERE public_on <= day
)
GROUP BY project_number;

-- The most precise place that is known, `none` where none is.
CREATE MACRO observatory.place_code(commune_code, departement_code, region_code) AS
    coalesce(commune_code, departement_code, region_code, 'none');

-- Where a project stands on the map: its commune, else a point inside its département or its region.
CREATE MACRO observatory.places(day) AS TABLE
SELECT trait.*,
    place.region AS region_code, place.departement AS departement_code, place.commune AS commune_code,
    coalesce(commune.latitude, departement.latitude, region.latitude) AS latitude,
    coalesce(commune.longitude, departement.longitude, region.longitude) AS longitude,
    CASE WHEN commune.latitude IS NOT NULL THEN 'commune' WHEN departement.latitude IS NOT NULL THEN 'departement'
        WHEN region.latitude IS NOT NULL THEN 'region' ELSE 'none' END AS location_precision
FROM observatory.traits(day) AS trait
LEFT JOIN observatory.communes AS commune ON commune.code = place.commune
LEFT JOIN observatory.departements AS departement ON departement.code = place.departement
LEFT JOIN observatory.regions AS region ON region.code = place.region;
