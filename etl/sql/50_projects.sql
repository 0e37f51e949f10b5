-- One row a project, with the columns of the table projects: rules 1 to 6 and 9 put together.

-- How many whole months a project, its ancestors and its descendants have been without any claim (rule 9), if 24
-- or more and the project is neither operational nor stopped. The clock stops where our coverage stops.
CREATE MACRO observatory.silences(as_of_day) AS TABLE
WITH ancestry AS MATERIALIZED (FROM observatory.ancestry(as_of_day, 'today')),
family AS (
    SELECT project_id, ancestor_id AS relative_id FROM ancestry
    UNION
    SELECT ancestor_id, project_id FROM ancestry
),
news AS (
    SELECT family.project_id, max(relative.last_announced_on) AS last_on
    FROM family
    JOIN observatory.nodes(as_of_day, 'today') AS relative ON relative.project_id = family.relative_id
    GROUP BY family.project_id
)
SELECT project_id, datesub('month', last_on, least(as_of_day, covered_until)) AS months,
    year(least(as_of_day, covered_until)) AS clock_year
FROM news, (SELECT max(announced_on) AS covered_until FROM observatory.announcements);

CREATE MACRO observatory.source_counts(as_of_day) AS TABLE
SELECT project_id, metric, count(DISTINCT source_publisher) AS source_count
FROM observatory.figures(as_of_day, 'today')
WHERE low IS NOT NULL OR high IS NOT NULL GROUP BY project_id, metric;

-- One row a project and metric: what it counts for. Counting projects is summing the metric `projects`.
CREATE MACRO observatory.amounts_as_of(day) AS TABLE
WITH net AS MATERIALIZED (FROM observatory.nets(day, 'today'))
SELECT project_id, metric, is_counted, low, high, total_low, total_high, net_low, net_high, is_floor, is_missing,
    coalesce(is_disputed, false) AS is_disputed, coalesce(is_weak, false) AS is_weak,
    coalesce(is_exceeded, false) AS is_exceeded, scope, coalesce(source_count, 0)::INTEGER AS source_count
FROM net LEFT JOIN observatory.source_counts(day) USING (project_id, metric)
UNION ALL
SELECT project_id, 'projects', is_counted, 1, 1, NULL, NULL, 1, 1, false, false, false, false, false, NULL, 0
FROM net WHERE metric = 'jobs' AND is_counted;

-- `amounts` names the relation that has the amounts of that day.
CREATE MACRO observatory.projects_with(day, amounts) AS TABLE
WITH figures AS (
    SELECT project_id, any_value(is_counted) AS is_counted, bool_or(is_disputed) AS has_disagreement,
{figure_columns}
    FROM query_table(amounts) GROUP BY project_id
)
SELECT node.project_id, node.project_name, node.project_name_en, node.kind, node.purpose, node.part_of,
    status.status, coalesce(status.is_stop_unconfirmed, false) AS is_stop_unconfirmed,
    place.region_code, place.departement_code, place.commune_code, place.latitude, place.longitude,
    place.location_precision, trait.operator, trait.investors, trait.target_year,
    node.first_announced_on, node.last_announced_on, node.claims_count,
    CASE WHEN silence.months >= 24 AND coalesce(status.status, '') NOT IN ('operational', 'suspended', 'cancelled')
        THEN silence.months END AS silent_months,
    CASE WHEN is_counted AND coalesce(status.status, '') <> 'operational' AND trait.target_year < silence.clock_year
        THEN silence.clock_year - trait.target_year END AS years_overdue,
    figures.* EXCLUDE (project_id)
FROM observatory.nodes(day, 'today') AS node
JOIN figures USING (project_id)
LEFT JOIN observatory.statuses(day, 'today') AS status USING (project_id)
LEFT JOIN observatory.traits(day, 'today') AS trait USING (project_id)
LEFT JOIN observatory.places(day, 'today') AS place USING (project_id)
LEFT JOIN observatory.silences(day) AS silence USING (project_id)
ORDER BY node.project_id;

CREATE MACRO observatory.projects_as_of(day) AS TABLE
WITH amounts_then AS (FROM observatory.amounts_as_of(day)) FROM observatory.projects_with(day, 'amounts_then');
