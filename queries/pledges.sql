-- Which projects stand behind each outcome, and which are late?
-- Programmes and sites, counted or stopped: the first 200 of each outcome (`is_first`), by what they add to the total,
-- and the 200 that are overdue by the most years (`is_latest`). `outcome_projects` counts all of that outcome, `overdue`
-- all that are late. `outcome` is that of `promises`. Unknown: what no claim states is NULL; a project whose status no
-- claim states has no outcome.
WITH pledge AS (
    SELECT project_id, is_counted, investment_net_high_meur, years_overdue,
        outcome(status, silent_months) AS outcome
    FROM projects WHERE kind IN ('programme', 'site')
),
outcomes AS (SELECT outcome, count(*) AS outcome_projects FROM pledge GROUP BY outcome),
first AS (
    SELECT project_id, outcome FROM pledge WHERE outcome IS NOT NULL QUALIFY row_number() OVER (
        PARTITION BY outcome ORDER BY is_counted DESC, investment_net_high_meur DESC NULLS LAST, project_id) <= 200
),
late AS (
    SELECT project_id FROM pledge WHERE years_overdue IS NOT NULL ORDER BY years_overdue DESC, project_id LIMIT 200
),
shown AS (
    SELECT pledge.*, project_id IN (SELECT project_id FROM first) AS is_first, project_id IN (FROM late) AS is_latest
    FROM pledge WHERE is_first OR is_latest
)
SELECT projects.*, region.name AS region_name, departement.name AS departement_name, commune.name AS commune_name,
    outcome, is_first, is_latest, outcome_projects,
    (SELECT count(*) FROM pledge WHERE years_overdue IS NOT NULL) AS overdue
FROM projects
JOIN shown USING (project_id)
LEFT JOIN outcomes USING (outcome)
LEFT JOIN regions AS region ON region.code = projects.region_code
LEFT JOIN departements AS departement ON departement.code = projects.departement_code
LEFT JOIN communes AS commune ON commune.code = projects.commune_code
ORDER BY projects.is_counted DESC, projects.investment_net_high_meur DESC NULLS LAST, projects.project_id
