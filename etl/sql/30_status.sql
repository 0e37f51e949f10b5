-- Rule 1: status, place, operator, investors and target year of each project.

-- The furthest stage among claims that are not 'other' (all, where there is no better). A stop, from any source,
-- holds until a claim of those gives a stage again on a later day; a stop known only from 'other' is unconfirmed.
CREATE MACRO observatory.statuses(as_of_day, worlds) AS TABLE
WITH said AS (
    SELECT world, project_id, status, announced_text, is_other, status IN ('suspended', 'cancelled') AS is_stop,
        list_position(['ambition', 'announced', 'permitted', 'under_construction', 'operational'], status) AS stage
    FROM observatory.evidence(as_of_day, worlds) WHERE status IS NOT NULL
),
stages AS (
    FROM said WHERE NOT is_stop
    QUALIFY is_other = bool_and(is_other) OVER (PARTITION BY world, project_id)
),
reached AS (
    SELECT world, project_id, arg_max(status, stage) AS status, max(announced_text) AS last_stage_on
    FROM stages GROUP BY world, project_id
),
stops AS (
    SELECT world, project_id, bool_and(said.is_other) AS is_stop_unconfirmed,
        arg_max(said.status, said.announced_text || CASE said.status WHEN 'cancelled' THEN '|1' ELSE '|0' END) AS status
    FROM said LEFT JOIN reached USING (world, project_id)
    WHERE is_stop AND (last_stage_on IS NULL OR last_stage_on <= announced_text)
    GROUP BY world, project_id
)
SELECT world, project_id, coalesce(stops.status, reached.status) AS status,
    coalesce(stops.is_stop_unconfirmed, false) AS is_stop_unconfirmed
FROM reached FULL JOIN stops USING (world, project_id);

-- The most recent claim that states a value gives it, 'other' last; on one day, the better source, then the id.
CREATE MACRO observatory.traits(as_of_day, worlds) AS TABLE
WITH ranked AS (
    SELECT *, row_number() OVER (PARTITION BY world, project_id
        ORDER BY is_other, announced_text DESC, source_rank, id) AS recency,
        CASE WHEN commune_code IS NOT NULL THEN 1 WHEN departement_code IS NOT NULL THEN 2 ELSE 3 END AS vagueness
    FROM observatory.evidence(as_of_day, worlds)
)
SELECT world, project_id,
    arg_min(operator, recency) FILTER (operator IS NOT NULL) AS operator,
    arg_min(investors, recency) FILTER (investors IS NOT NULL) AS investors,
    arg_min(target_year, recency) FILTER (target_year IS NOT NULL) AS target_year,
    arg_min({'region': region_code, 'departement': departement_code, 'commune': commune_code},
        {'is_other': is_other, 'vagueness': vagueness, 'recency': recency}) FILTER (region_code IS NOT NULL) AS place
FROM ranked GROUP BY world, project_id;

-- Where a project stands on the map: its commune, else a point inside its département or its region.
CREATE MACRO observatory.places(as_of_day, worlds) AS TABLE
SELECT trait.world, trait.project_id,
    place.region AS region_code, place.departement AS departement_code, place.commune AS commune_code,
    coalesce(commune.latitude, departement.latitude, region.latitude) AS latitude,
    coalesce(commune.longitude, departement.longitude, region.longitude) AS longitude,
    CASE WHEN commune.latitude IS NOT NULL THEN 'commune' WHEN departement.latitude IS NOT NULL THEN 'departement'
        WHEN region.latitude IS NOT NULL THEN 'region' ELSE 'none' END AS location_precision
FROM observatory.traits(as_of_day, worlds) AS trait
LEFT JOIN observatory.communes AS commune ON commune.code = place.commune
LEFT JOIN observatory.departements AS departement ON departement.code = place.departement
LEFT JOIN observatory.regions AS region ON region.code = place.region;
