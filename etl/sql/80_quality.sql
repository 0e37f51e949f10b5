-- Quality: one row a check and subject, whether it passes or not, so that a check says how many subjects it saw.
-- `value` and `usual_low`–`usual_high` are numbers a reader may want beside a warning; their unit is the check's.

-- Ratios of retained figures, where both are exact or ranges: middle of the logarithm of both scenarios.
CREATE VIEW observatory.quality_ratios AS
SELECT project_id, code, value, quartile_1 - 1.5 * (quartile_3 - quartile_1) AS fence_low,
    quartile_3 + 1.5 * (quartile_3 - quartile_1) AS fence_high  -- Tukey's fences (Exploratory Data Analysis, 1977)
FROM (
    SELECT *, quantile_cont(value, 0.25) OVER (PARTITION BY code) AS quartile_1,
        quantile_cont(value, 0.75) OVER (PARTITION BY code) AS quartile_3
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
WITH project AS (FROM observatory.projects),
amount AS (FROM observatory.amounts WHERE metric <> 'projects'),
claim AS (SELECT * FROM observatory.announcements)
-- The sum of the regions and of what is not located is the national total.
SELECT 'regions_add_up' AS code, NULL AS project_id, NULL AS announcement_id, metric,
    sum(low) <> any_value(national_low) OR sum(high) <> any_value(national_high) AS is_warning,
    NULL::DOUBLE AS value, NULL::DOUBLE AS usual_low, NULL::DOUBLE AS usual_high
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
UNION ALL
SELECT 'job_scopes_agree', child.project_id, NULL, 'jobs', child.jobs_scope <> parent.jobs_scope, NULL, NULL, NULL
FROM project AS child JOIN project AS parent ON parent.project_id = child.part_of
WHERE child.jobs_scope IS NOT NULL AND parent.jobs_scope IS NOT NULL
UNION ALL
SELECT 'equals_agree', project_id, NULL, metric, is_disputed, NULL, NULL, NULL
FROM amount WHERE low IS NOT NULL OR high IS NOT NULL
UNION ALL
SELECT 'stops_confirmed', project_id, NULL, NULL, is_stop_unconfirmed, NULL, NULL, NULL
FROM project WHERE status IN ('suspended', 'cancelled')
UNION ALL
SELECT 'children_within_parent', project_id, NULL, metric, is_exceeded, NULL, NULL, NULL
FROM amount WHERE is_counted AND (low IS NOT NULL OR high IS NOT NULL)
    AND project_id IN (SELECT part_of FROM project)
UNION ALL
SELECT code, project_id, NULL, NULL, value NOT BETWEEN fence_low AND fence_high, exp(value), exp(fence_low), exp(fence_high)
FROM observatory.quality_ratios
UNION ALL
SELECT 'several_sources', project_id, NULL, NULL, count(DISTINCT source_publisher) < 2, NULL, NULL, NULL
FROM claim JOIN project USING (project_id) WHERE is_counted GROUP BY project_id
UNION ALL
SELECT 'sound_sources', project_id, NULL, NULL, bool_and(source_kind = 'other'), NULL, NULL, NULL
FROM claim JOIN project USING (project_id) WHERE is_counted GROUP BY project_id
UNION ALL
SELECT 'figure_has_words', claim.project_id, claim.id, figure.metric, figure.words IS NULL, NULL, NULL, NULL
FROM claim, LATERAL (VALUES
    ('investment_meur', coalesce(investment_low_meur, investment_high_meur), investment_stated),
    ('power_mw', coalesce(power_low_mw, power_high_mw), power_stated),
    ('jobs', coalesce(jobs_low, jobs_high), jobs_stated)
) AS figure(metric, number, words)
WHERE figure.number IS NOT NULL
UNION ALL
SELECT 'has_archive', project_id, id, NULL, archive_url IS NULL, NULL, NULL, NULL FROM claim
UNION ALL
SELECT 'has_news', project_id, NULL, NULL, silent_months IS NOT NULL, silent_months, NULL, NULL
FROM project WHERE is_counted AND coalesce(status, '') <> 'operational'
UNION ALL
SELECT 'place_is_a_commune', project_id, NULL, NULL, location_precision <> 'commune', NULL, NULL, NULL
FROM project WHERE kind = 'site' AND is_counted
UNION ALL
SELECT CASE metric WHEN 'investment_meur' THEN 'has_investment' WHEN 'power_mw' THEN 'has_power' ELSE 'has_jobs' END,
    project_id, NULL, metric, is_missing, NULL, NULL, NULL
FROM amount WHERE is_counted AND metric IN ('investment_meur', 'power_mw', 'jobs');
