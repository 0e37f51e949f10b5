-- Which projects were announced more than once, on which occasions, with what amounts?
-- An occasion is an event (all claims with its code), or else a month. Only programmes and sites with an amount or a
-- power on two occasions or more; one row a project and occasion, with the smallest and the largest figure said then,
-- of the 300 projects most often announced: `all_again` counts them all, `all_at_events` those of two events or more.
-- Unknown: an occasion without an amount (or without a power) has NULL ends; where only a floor was said the high
-- end is NULL, where only a ceiling was said the low one is.
WITH said AS (
    SELECT *, coalesce(event, left(announced_on::VARCHAR, 7)) AS occasion FROM announcements
    WHERE coalesce(investment_low_meur, investment_high_meur, power_low_mw, power_high_mw) IS NOT NULL
),
again AS (
    SELECT project_id, count(DISTINCT occasion) AS occasions, count(DISTINCT event) AS events
    FROM said SEMI JOIN (FROM projects WHERE kind IN ('programme', 'site')) USING (project_id)
    GROUP BY project_id HAVING occasions > 1
),
whole AS (SELECT count(*) AS all_again, count(*) FILTER (events > 1) AS all_at_events FROM again),
shown AS (FROM again ORDER BY events DESC, occasions DESC, project_id LIMIT 300),
occasion AS (
    SELECT project_id, occasion, any_value(event) AS event,
        min(announced_on) AS announced_on, arg_min(announced_on_precision, announced_on) AS announced_on_precision,
        count(*) AS claims,
        CASE WHEN count(investment_low_meur) > 0 THEN min(coalesce(investment_low_meur, investment_high_meur)) END
            AS investment_low_meur,
        CASE WHEN count(investment_high_meur) > 0 THEN max(coalesce(investment_high_meur, investment_low_meur)) END
            AS investment_high_meur,
        CASE WHEN count(power_low_mw) > 0 THEN min(coalesce(power_low_mw, power_high_mw)) END AS power_low_mw,
        CASE WHEN count(power_high_mw) > 0 THEN max(coalesce(power_high_mw, power_low_mw)) END AS power_high_mw,
        list_distinct(list(source_publisher ORDER BY source_publisher)) AS publishers
    FROM said SEMI JOIN shown USING (project_id)
    GROUP BY project_id, occasion
)
SELECT occasion.*, event.name_fr AS event_name_fr, event.name_en AS event_name_en,
    project_name, project_name_en, kind, coalesce(region_code, 'none') AS region_code, occasions, shown.events,
    row_number() OVER (PARTITION BY project_id ORDER BY occasion.announced_on, occasion) AS number,
    all_again, all_at_events
FROM occasion
JOIN shown USING (project_id)
JOIN projects USING (project_id)
CROSS JOIN whole
LEFT JOIN events AS event ON event.code = occasion.event
ORDER BY shown.events DESC, occasions DESC, project_id, number
