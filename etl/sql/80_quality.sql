-- Quality: one row a check and subject, whether it passes or not, so that a check says how many subjects it saw.
-- What a reader may want beside a warning: `value`, and `usual_low`–`usual_high` to compare it with (their unit is the
-- check's, or the metric's); `own_code` (a scope, a status, a precision, a publisher), and that of the project
-- `related_id`.

-- Ratios of retained figures (an open end counts as the figure stated): middle of the logarithm of both scenarios.
-- Fewer than five ratios have no usual range: five numbers are the least that Tukey's box is drawn from.
CREATE VIEW observatory.quality_ratios AS
SELECT project_id, code, value,
    CASE WHEN ratios >= 5 THEN quartile_1 - 1.5 * (quartile_3 - quartile_1) END AS fence_low,
    CASE WHEN ratios >= 5 THEN quartile_3 + 1.5 * (quartile_3 - quartile_1) END AS fence_high
    -- Tukey's fences (Exploratory Data Analysis, 1977)
FROM (
    SELECT *, quantile_cont(value, 0.25) OVER (PARTITION BY code) AS quartile_1,
        quantile_cont(value, 0.75) OVER (PARTITION BY code) AS quartile_3, count(*) OVER (PARTITION BY code) AS ratios
    FROM (
        SELECT money.project_id, CASE other.metric WHEN 'power_mw' THEN 'meur_per_mw' ELSE 'meur_per_job' END AS code,
            (ln(coalesce(money.low, money.high)) + ln(coalesce(money.high, money.low))
            - ln(coalesce(other.low, other.high)) - ln(coalesce(other.high, other.low))) / 2 AS value
        FROM observatory.amounts AS money JOIN observatory.amounts AS other USING (project_id)
        WHERE money.metric = 'investment_meur' AND other.metric IN ('power_mw', 'jobs') AND money.is_counted
            AND least(money.low, money.high) > 0 AND least(other.low, other.high) > 0
    )
);

CREATE VIEW observatory.quality AS
-- Each check reads the few columns that it needs: none is kept aside whole for the next one.
WITH project AS NOT MATERIALIZED (FROM observatory.projects),
amount AS NOT MATERIALIZED (FROM observatory.amounts WHERE metric <> 'projects'),
claim AS NOT MATERIALIZED (FROM observatory.announcements),
figure AS NOT MATERIALIZED (
    SELECT id, project_id, 'investment_meur' AS metric, investment_low_meur AS low, investment_high_meur AS high,
        investment_stated AS words
    FROM claim
    UNION ALL SELECT id, project_id, 'power_mw', power_low_mw, power_high_mw, power_stated FROM claim
    UNION ALL SELECT id, project_id, 'jobs', jobs_low, jobs_high, jobs_stated FROM claim
),
-- Who speaks of a project: the first and the last publisher of the alphabet are one where there are no others.
source AS MATERIALIZED (
    SELECT project_id, min(source_publisher) AS first_publisher, max(source_publisher) AS last_publisher,
        bool_and(source_kind = 'other') AS are_other
    FROM claim JOIN project USING (project_id) WHERE is_counted GROUP BY project_id
),
no_row AS (
    SELECT NULL::VARCHAR AS code, NULL::VARCHAR AS project_id, NULL::VARCHAR AS announcement_id,
        NULL::VARCHAR AS metric, NULL::BOOLEAN AS is_warning, NULL::DOUBLE AS value, NULL::DOUBLE AS usual_low,
        NULL::DOUBLE AS usual_high, NULL::VARCHAR AS own_code, NULL::VARCHAR AS related_code, NULL::VARCHAR AS related_id
)
FROM no_row WHERE code IS NOT NULL
UNION ALL BY NAME
-- The sum of the regions and of what is not located is the national total.
SELECT 'regions_add_up' AS code, metric,
    sum(low) IS DISTINCT FROM any_value(national_low) OR sum(high) IS DISTINCT FROM any_value(national_high)
        AS is_warning
FROM (
    SELECT metric, coalesce(region_code, 'none') AS region_code, sum(net_low) AS low, sum(net_high) AS high
    FROM amount JOIN project USING (project_id) WHERE amount.is_counted GROUP BY ALL
)
JOIN (
    -- Independently: the totals of the roots.
    SELECT metric, sum(total_low) AS national_low, sum(total_high) AS national_high
    FROM amount JOIN project USING (project_id) WHERE part_of IS NULL GROUP BY metric
) USING (metric)
GROUP BY metric
UNION ALL BY NAME
-- The sum of the parts, compared with the figure of the whole. A whole said to be « up to » counts 0 in the low
-- scenario, which nobody said: its parts exceed it in the high one only.
SELECT 'children_within_parent' AS code, project_id, metric,
    is_exceeded AND (low IS NOT NULL OR total_high > high) AS is_warning,
    CASE WHEN total_high > coalesce(high, low) THEN total_high ELSE total_low END AS value,
    low AS usual_low, high AS usual_high
FROM amount WHERE is_counted AND (low IS NOT NULL OR high IS NOT NULL)
    AND project_id IN (SELECT part_of FROM project)
UNION ALL BY NAME
SELECT 'equals_agree' AS code, project_id, metric, is_disputed AS is_warning, low AS usual_low, high AS usual_high
FROM amount WHERE low IS NOT NULL OR high IS NOT NULL
UNION ALL BY NAME
SELECT 'job_scopes_agree' AS code, child.project_id, 'jobs' AS metric,
    child.jobs_scope <> parent.jobs_scope AS is_warning, child.jobs_scope AS own_code,
    parent.jobs_scope AS related_code, parent.project_id AS related_id
FROM project AS child JOIN project AS parent ON parent.project_id = child.part_of
WHERE child.jobs_scope IS NOT NULL AND parent.jobs_scope IS NOT NULL
UNION ALL BY NAME
SELECT 'stops_confirmed' AS code, project_id, is_stop_unconfirmed AS is_warning, status AS own_code
FROM project WHERE status IN ('suspended', 'cancelled')
UNION ALL BY NAME
-- Equal ratios of different figures differ by the last digit of their logarithms.
SELECT code, project_id, coalesce(value NOT BETWEEN fence_low - 1e-9 AND fence_high + 1e-9, false) AS is_warning,
    exp(value) AS value, exp(fence_low) AS usual_low, exp(fence_high) AS usual_high
FROM observatory.quality_ratios
UNION ALL BY NAME
SELECT 'several_sources' AS code, project_id, first_publisher IS NOT DISTINCT FROM last_publisher AS is_warning,
    first_publisher AS own_code
FROM source
UNION ALL BY NAME
SELECT 'sound_sources' AS code, project_id, are_other AS is_warning FROM source
UNION ALL BY NAME
SELECT 'sound_figures' AS code, project_id, metric, is_weak AS is_warning, low AS usual_low, high AS usual_high
FROM amount WHERE is_counted AND (low IS NOT NULL OR high IS NOT NULL)
UNION ALL BY NAME
SELECT 'figure_has_words' AS code, project_id, id AS announcement_id, metric, words IS NULL AS is_warning,
    low AS usual_low, high AS usual_high
FROM figure WHERE low IS NOT NULL OR high IS NOT NULL
UNION ALL BY NAME
SELECT 'has_archive' AS code, project_id, id AS announcement_id, archive_url IS NULL AS is_warning FROM claim
UNION ALL BY NAME
SELECT 'has_news' AS code, project_id, silent_months IS NOT NULL AS is_warning, silent_months AS value
FROM project WHERE is_counted AND coalesce(status, '') <> 'operational'
UNION ALL BY NAME
SELECT 'place_is_a_commune' AS code, project_id, location_precision <> 'commune' AS is_warning,
    location_precision AS own_code
FROM project WHERE kind = 'site' AND is_counted
UNION ALL BY NAME
SELECT CASE metric WHEN 'investment_meur' THEN 'has_investment' WHEN 'power_mw' THEN 'has_power' ELSE 'has_jobs' END
    AS code, project_id, metric, is_missing AS is_warning
FROM amount WHERE is_counted AND metric IN ('investment_meur', 'power_mw', 'jobs')
UNION ALL BY NAME
SELECT 'has_target_year' AS code, project_id, target_year IS NULL AS is_warning
FROM project WHERE is_counted;
