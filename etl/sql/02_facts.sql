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
SELECT claim_number, line, project_number, root_number, publisher_number, event, public_on, is_other,
    figure.metric, figure.low, figure.high, figure.scope, has_history_only,
    precedence * 10 + CASE figure.metric WHEN 'jobs' THEN
        coalesce(list_position(['direct_indirect', 'direct', 'unspecified'], figure.scope), 3) ELSE 0 END AS precedence
FROM (
    SELECT fact.*, unnest([
        row('area_ha', area_ha, area_ha, NULL, false),
        row('construction_jobs', construction_jobs_low, construction_jobs_high, NULL, false),
        row('investment_meur', investment_low_meur, investment_high_meur, NULL, investment_stated IS NOT NULL),
        row('jobs', jobs_low, jobs_high, jobs_scope, jobs_stated IS NOT NULL),
        row('power_mw', power_low_mw, power_high_mw, power_kind, power_stated IS NOT NULL),
        row('sites_count', sites_count, sites_count, NULL, false)
    ]::STRUCT(metric observatory.metric, low DECIMAL(19, 4), high DECIMAL(19, 4), scope VARCHAR, has_words BOOLEAN)[]) AS figure
    FROM observatory.facts AS fact JOIN observatory.announcements USING (line)
)
JOIN observatory.identities USING (project_number)
WHERE figure.low IS NOT NULL OR figure.high IS NOT NULL OR figure.has_words;
