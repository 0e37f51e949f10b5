-- Rule 1: the value that is retained for each project and metric.

-- What is counted in a world: an event is told in euros alone (rule 7).
CREATE MACRO observatory.metrics(worlds) AS TABLE
SELECT unnest(CASE worlds WHEN 'events' THEN ['investment_meur']
    ELSE ['investment_meur', 'power_mw', 'jobs', 'construction_jobs'] END::observatory.metric[]) AS metric;

-- The figures that give the retained value: not from 'other' where there is better, the most recent, of the best
-- kind of source, for jobs of the preferred scope, then the figure that most of those still tied give.
CREATE MACRO observatory.retained_figures(as_of_day, worlds) AS TABLE
WITH eligible AS MATERIALIZED (
    SELECT world, project_number, metric, precedence, low, high, scope, is_other
    FROM observatory.evidence(as_of_day, worlds, 'observatory.figures')
    WHERE (low IS NOT NULL OR high IS NOT NULL) AND NOT has_history_only  -- rule 10
        AND (worlds <> 'events' OR metric = 'investment_meur')
),
first AS (
    SELECT world, project_number, metric, min(precedence) AS precedence
    FROM eligible GROUP BY world, project_number, metric
),
tied AS MATERIALIZED (
    SELECT world, project_number, metric, precedence, low, high, count(*) AS votes, bool_and(is_other) AS is_other,
        min(scope) FILTER (scope <> 'unspecified') AS first_scope,
        max(scope) FILTER (scope <> 'unspecified') AS last_scope
    FROM eligible SEMI JOIN first USING (world, project_number, metric, precedence)
    GROUP BY world, project_number, metric, precedence, low, high
)
FROM tied SEMI JOIN (
    SELECT world, project_number, metric, max(votes) AS votes FROM tied GROUP BY world, project_number, metric
) AS most USING (world, project_number, metric, votes);

-- One row a project and metric: the retained figure. A low beyond its high (a floor above a ceiling, between
-- sources of equal rank) is put in order, as the range that spans both.
CREATE MACRO observatory.retained(as_of_day, worlds) AS TABLE
WITH spanned AS (
    SELECT world, project_number, metric, min(low) AS low, max(high) AS high,
        count(*) > 1 AS is_disputed, bool_and(is_other) AS is_weak,
        min(first_scope) AS first_scope, max(last_scope) AS last_scope
    FROM observatory.retained_figures(as_of_day, worlds)
    GROUP BY world, project_number, metric
)
SELECT world, project_number, metric,
    CASE WHEN low > high THEN high ELSE low END AS low,
    CASE WHEN low > high THEN low ELSE high END AS high,
    is_disputed, is_weak,
    CASE WHEN metric IN ('jobs', 'power_mw')
        THEN CASE WHEN first_scope = last_scope THEN first_scope ELSE 'unspecified' END END AS scope
FROM spanned;

-- All figures with the mark of those retained, in the columns of the table claims.
CREATE MACRO observatory.claims_as_of(day) AS TABLE
SELECT announcement.id AS announcement_id, announcement.project_id, figure.metric::VARCHAR AS metric,
    figure.low, figure.high,
    CASE figure.metric WHEN 'investment_meur' THEN investment_stated WHEN 'power_mw' THEN power_stated
        WHEN 'jobs' THEN jobs_stated END AS stated,
    figure.scope, announcement.announced_on, announcement.announced_on_precision, announcement.source_kind,
    retained.votes IS NOT NULL AS is_retained
FROM observatory.figures AS figure
JOIN observatory.announcements AS announcement USING (line)
LEFT JOIN observatory.retained_figures(day, 'today') AS retained
    ON retained.project_number = figure.project_number AND retained.metric = figure.metric
    AND retained.precedence = figure.precedence AND retained.low IS NOT DISTINCT FROM figure.low
    AND retained.high IS NOT DISTINCT FROM figure.high
WHERE figure.public_on <= day
ORDER BY figure.claim_number, figure.metric;
