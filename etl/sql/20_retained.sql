-- Rule 1: the value that is retained for each project and metric.

-- What is counted in a world: an event is told in euros alone (rule 7).
CREATE MACRO observatory.metrics(worlds) AS TABLE
SELECT unnest(CASE worlds WHEN 'events' THEN ['investment_meur']
    ELSE ['investment_meur', 'power_mw', 'jobs', 'construction_jobs'] END) AS metric;

-- One row a figure, with its number or, where it has none, its words.
CREATE MACRO observatory.figures(as_of_day, worlds) AS TABLE
SELECT figure.metric, figure.low, figure.high, figure.stated, figure.scope, told.* EXCLUDE (figure)
FROM (
    SELECT * EXCLUDE (project_name, project_name_en, kind, purpose, part_of), unnest([
        row('investment_meur', investment_low_meur, investment_high_meur, investment_stated, NULL),
        row('power_mw', power_low_mw, power_high_mw, power_stated, power_kind),
        row('jobs', jobs_low, jobs_high, jobs_stated, jobs_scope),
        row('construction_jobs', construction_jobs_low, construction_jobs_high, NULL, NULL),
        row('area_ha', area_ha, area_ha, NULL, NULL),
        row('sites_count', sites_count, sites_count, NULL, NULL)
    ]::STRUCT(metric VARCHAR, low DECIMAL(19, 4), high DECIMAL(19, 4), stated VARCHAR, scope VARCHAR)[]) AS figure
    FROM observatory.evidence(as_of_day, worlds)
) AS told
WHERE (figure.low IS NOT NULL OR figure.high IS NOT NULL OR figure.stated IS NOT NULL)
    AND (worlds <> 'events' OR figure.metric = 'investment_meur');

-- The claims that give the retained value: not from 'other' where there is better, the most recent, of the best
-- kind of source, for jobs of the preferred scope, then the figure that most of those still tied give.
CREATE MACRO observatory.retained_claims(as_of_day, worlds) AS TABLE
WITH eligible AS (
    SELECT figure.*
    FROM observatory.figures(as_of_day, worlds) AS figure
    JOIN observatory.identities AS identity USING (project_id)
    WHERE (low IS NOT NULL OR high IS NOT NULL) AND NOT identity.has_history_only  -- rule 10
    QUALIFY is_other = bool_and(is_other) OVER (PARTITION BY world, project_id, metric)
),
tied AS (
    SELECT *, count(*) OVER (PARTITION BY world, project_id, metric, low, high) AS votes
    FROM (
        FROM eligible
        QUALIFY rank() OVER (
            PARTITION BY world, project_id, metric
            ORDER BY announced_text DESC, source_rank, CASE metric WHEN 'jobs' THEN
                coalesce(list_position(['direct_indirect', 'direct', 'unspecified'], scope), 3) END
        ) = 1
    )
)
SELECT world, project_id, metric, id, low, high, scope, is_other
FROM tied QUALIFY votes = max(votes) OVER (PARTITION BY world, project_id, metric);

-- One row a project and metric: the retained figure. A low beyond its high (a floor above a ceiling, between
-- sources of equal rank) is put in order, as the range that spans both.
CREATE MACRO observatory.retained(as_of_day, worlds) AS TABLE
WITH spanned AS (
    SELECT world, project_id, metric, min(low) AS low, max(high) AS high,
        count(DISTINCT {'low': low, 'high': high}) > 1 AS is_disputed,
        bool_and(is_other) AS is_weak,
        list_distinct(list(scope) FILTER (scope <> 'unspecified')) AS scopes
    FROM observatory.retained_claims(as_of_day, worlds)
    GROUP BY world, project_id, metric
)
SELECT world, project_id, metric,
    CASE WHEN low > high THEN high ELSE low END AS low,
    CASE WHEN low > high THEN low ELSE high END AS high,
    is_disputed, is_weak,
    CASE WHEN metric IN ('jobs', 'power_mw')
        THEN CASE len(scopes) WHEN 1 THEN scopes[1] ELSE 'unspecified' END END AS scope
FROM spanned;

-- All figures with the mark of those retained, in the columns of the table claims.
CREATE MACRO observatory.claims_as_of(day) AS TABLE
SELECT figure.id AS announcement_id, figure.project_id, figure.metric, figure.low, figure.high, figure.stated,
    figure.scope, figure.announced_on, figure.announced_on_precision, figure.source_kind,
    retained.id IS NOT NULL AS is_retained
FROM observatory.figures(day, 'today') AS figure
LEFT JOIN observatory.retained_claims(day, 'today') AS retained
    ON retained.id = figure.id AND retained.metric = figure.metric
ORDER BY figure.announced_text, figure.id, figure.metric;
