-- What the rules compare of each claim and of each figure, as numbers: read from all claims once, whatever the day.
-- The smaller the `precedence`, the more a claim is listened to (rule 1): `other` last, then the most recent, then the
-- better kind of source; for jobs, then the preferred scope.
CREATE OR REPLACE MACRO observatory.public_on(announced_on, announced_on_precision) AS
    CASE announced_on_precision WHEN 'month' THEN last_day(announced_on) ELSE announced_on END;

CREATE OR REPLACE MACRO observatory.source_rank(source_kind) AS
    list_position(['official', 'company', 'agency', 'national_press', 'regional_press', 'trade_press', 'other'], source_kind);

-- Dates compare as the file writes them: a month, whose day is 0, comes before its days.
CREATE OR REPLACE MACRO observatory.said_on(announced_on, announced_on_precision) AS
    (year(announced_on) * 10000 + month(announced_on) * 100
        + CASE announced_on_precision WHEN 'month' THEN 0 ELSE day(announced_on) END)::INTEGER;

-- In the order of their names, as answers sort them.
CREATE TYPE IF NOT EXISTS observatory.metric AS ENUM (
    'area_ha', 'construction_jobs', 'investment_meur', 'jobs', 'power_mw', 'projects', 'sites_count');

-- From the first stage to the furthest, then the stops.
CREATE TYPE IF NOT EXISTS observatory.stage AS ENUM (
    'ambition', 'announced', 'permitted', 'under_construction', 'operational', 'suspended', 'cancelled');

-- Claims are numbered in the order of the file: by day as it is written, then by identifier.
CREATE OR REPLACE TABLE observatory.facts AS
WITH publisher AS (
    SELECT source_publisher, row_number() OVER ()::INTEGER AS publisher_number
    FROM observatory.announcements GROUP BY source_publisher
)
SELECT row_number() OVER (ORDER BY said_on, id)::INTEGER AS claim_number, * EXCLUDE (id, source_rank),
    is_other::BIGINT * 1_000_000_000 + (99_999_999 - said_on) * 10 + source_rank AS precedence
FROM (
    SELECT id, line, project_number, root_number, publisher_number, event, status::observatory.stage AS status, announced_on,
        announced_on_precision = 'day' AS is_dated_by_day,
        observatory.public_on(announced_on, announced_on_precision) AS public_on,
        observatory.said_on(announced_on, announced_on_precision) AS said_on,
        observatory.source_rank(source_kind) AS source_rank,
        source_kind = 'other' AS is_other
    FROM observatory.announcements
    JOIN observatory.roots USING (project_id)
    LEFT JOIN publisher USING (source_publisher)
)
ORDER BY claim_number;

-- One row a figure, with its number or, where it has none, only the fact that it has words.
CREATE OR REPLACE TABLE observatory.figures AS
WITH figure AS (
    SELECT line, 'area_ha' AS metric, area_ha AS low, area_ha AS high, NULL AS scope
    FROM observatory.announcements WHERE area_ha IS NOT NULL
    UNION ALL
    SELECT line, 'construction_jobs', construction_jobs_low, construction_jobs_high, NULL
    FROM observatory.announcements WHERE coalesce(construction_jobs_low, construction_jobs_high) IS NOT NULL
    UNION ALL
    SELECT line, 'investment_meur', investment_low_meur, investment_high_meur, NULL
    FROM observatory.announcements
    WHERE coalesce(investment_low_meur, investment_high_meur) IS NOT NULL OR investment_stated IS NOT NULL
    UNION ALL
    SELECT line, 'jobs', jobs_low, jobs_high, jobs_scope
    FROM observatory.announcements WHERE coalesce(jobs_low, jobs_high) IS NOT NULL OR jobs_stated IS NOT NULL
    UNION ALL
    SELECT line, 'power_mw', power_low_mw, power_high_mw, power_kind
    FROM observatory.announcements WHERE coalesce(power_low_mw, power_high_mw) IS NOT NULL OR power_stated IS NOT NULL
    UNION ALL
    SELECT line, 'sites_count', sites_count, sites_count, NULL
    FROM observatory.announcements WHERE sites_count IS NOT NULL
)
SELECT claim_number, line, project_number, fact.root_number, publisher_number, event, public_on, is_other,
    metric::observatory.metric AS metric, low::DECIMAL(19, 4) AS low, high::DECIMAL(19, 4) AS high, scope,
    has_history_only,
    precedence * 10 + CASE metric WHEN 'jobs' THEN
        coalesce(list_position(['direct_indirect', 'direct', 'unspecified'], scope), 3) ELSE 0 END AS precedence
FROM figure
JOIN observatory.facts AS fact USING (line)
JOIN observatory.identities USING (project_number);
