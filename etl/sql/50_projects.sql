-- One row a project, with the columns of the table projects: rules 1 to 6 and 9 put together.

-- How many whole months a project, its ancestors and its descendants have been without any claim (rule 9), if 24
-- or more and the project is neither operational nor stopped. The clock stops where our coverage stops.
CREATE MACRO observatory.silences(as_of_day) AS TABLE
WITH node AS MATERIALIZED (FROM observatory.nodes(as_of_day, 'today')),
ancestry AS MATERIALIZED (FROM observatory.ancestry_in('node')),
family AS (
    SELECT project_number, ancestor_number AS relative_number FROM ancestry
    UNION ALL
    SELECT ancestor_number, project_number FROM ancestry WHERE distance > 0
),
news AS (
    SELECT family.project_number, max(relative.last_announced_on) AS last_on
    FROM family JOIN node AS relative ON relative.project_number = family.relative_number
    GROUP BY family.project_number
)
SELECT project_number, datesub('month', last_on, least(as_of_day, covered_until)) AS months,
    year(least(as_of_day, covered_until)) AS clock_year
FROM news, (SELECT max(announced_on) AS covered_until FROM observatory.announcements);

-- What became of a promise: the stage reached or the stop, or silence.
CREATE MACRO observatory.outcome(status, silent_months) AS CASE WHEN silent_months IS NOT NULL THEN 'silent' ELSE status END;

CREATE MACRO observatory.source_counts(as_of_day) AS TABLE
SELECT project_number, metric, count(*) AS source_count
FROM (
    SELECT DISTINCT project_number, metric, publisher_number FROM observatory.figures
    WHERE public_on <= as_of_day AND (low IS NOT NULL OR high IS NOT NULL) AND publisher_number IS NOT NULL
)
GROUP BY project_number, metric;

-- One row a project and metric: what it counts for. Counting projects is summing the metric `projects`.
CREATE MACRO observatory.amounts_as_of(day) AS TABLE
WITH net AS MATERIALIZED (FROM observatory.nets(day, 'today')),
amount AS (
    SELECT project_number, metric, is_counted, low, high, total_low, total_high,
        net_low::DECIMAL(19, 3) AS net_low, net_high::DECIMAL(19, 3) AS net_high, is_floor, is_missing,
        coalesce(is_disputed, false) AS is_disputed, coalesce(is_weak, false) AS is_weak,
        coalesce(is_exceeded, false) AS is_exceeded, scope, coalesce(source_count, 0)::INTEGER AS source_count
    FROM net LEFT JOIN observatory.source_counts(day) USING (project_number, metric)
    UNION ALL
    SELECT project_number, 'projects'::observatory.metric, is_counted, 1, 1, NULL, NULL, 1, 1,
        false, false, false, false, false, NULL, 0
    FROM net WHERE metric = 'jobs' AND is_counted
)
SELECT project_id, metric::VARCHAR AS metric, amount.* EXCLUDE (project_number, metric)
FROM amount JOIN observatory.identities USING (project_number)
ORDER BY project_number, amount.metric;

-- `amounts` names the relation that has the amounts of that day.
CREATE MACRO observatory.projects_with(day, amounts) AS TABLE
WITH figures AS (
    SELECT project_id, investment.is_counted,
        investment.is_disputed OR power.is_disputed OR jobs.is_disputed OR construction_jobs.is_disputed
            AS has_disagreement,
{figure_columns}
    FROM (FROM query_table(amounts) WHERE metric = 'investment_meur') AS investment
    JOIN (FROM query_table(amounts) WHERE metric = 'power_mw') AS power USING (project_id)
    JOIN (FROM query_table(amounts) WHERE metric = 'jobs') AS jobs USING (project_id)
    JOIN (FROM query_table(amounts) WHERE metric = 'construction_jobs') AS construction_jobs USING (project_id)
)
SELECT identity.project_id, identity.project_name, identity.project_name_en, identity.kind, identity.purpose,
    CASE WHEN node.parent_number IS NOT NULL THEN identity.part_of END AS part_of,
    status.status::VARCHAR AS status, coalesce(status.is_stop_unconfirmed, false) AS is_stop_unconfirmed,
    place.region_code, place.departement_code, place.commune_code, place.latitude, place.longitude,
    place.location_precision, place.operator, place.investors, place.target_year,
    node.first_announced_on, node.last_announced_on, node.claims_count,
    CASE WHEN silence.months >= 24 AND coalesce(status.status NOT IN ('operational', 'suspended', 'cancelled'), true)
        THEN silence.months END AS silent_months,
    CASE WHEN is_counted AND coalesce(status.status <> 'operational', true)
            AND place.target_year < silence.clock_year
        THEN silence.clock_year - place.target_year END AS years_overdue,
    figures.* EXCLUDE (project_id)
FROM observatory.nodes(day, 'today') AS node
JOIN observatory.places(day) AS place USING (project_number)
JOIN observatory.silences(day) AS silence USING (project_number)
LEFT JOIN observatory.statuses(day, 'today') AS status USING (project_number)
JOIN observatory.identities AS identity USING (project_number)
JOIN figures USING (project_id)
ORDER BY node.project_number;

CREATE MACRO observatory.projects_as_of(day) AS TABLE
WITH amounts_then AS MATERIALIZED (FROM observatory.amounts_as_of(day)) FROM observatory.projects_with(day, 'amounts_then');
