-- Which projects were announced more than once, on which occasions, with what amounts?
-- An occasion is an event (all claims with its code), or else a month. Only programmes and sites with an amount or a
-- power on two occasions or more; one row a project and occasion. Unknown: an occasion without an amount (or without
-- a power) has NULL ends.
WITH occasion AS (
    SELECT project_id, coalesce(event, left(announced_on::VARCHAR, 7)) AS occasion, any_value(event) AS event,
        min(announced_on) AS announced_on, arg_min(announced_on_precision, announced_on) AS announced_on_precision,
        count(*) AS claims,
        min(coalesce(investment_low_meur, investment_high_meur)) AS investment_low_meur,
        max(coalesce(investment_high_meur, investment_low_meur)) AS investment_high_meur,
        min(coalesce(power_low_mw, power_high_mw)) AS power_low_mw,
        max(coalesce(power_high_mw, power_low_mw)) AS power_high_mw,
        list_distinct(list(source_publisher ORDER BY source_publisher)) AS publishers
    FROM announcements
    GROUP BY project_id, coalesce(event, left(announced_on::VARCHAR, 7))
    HAVING max(coalesce(investment_low_meur, investment_high_meur, power_low_mw, power_high_mw)) IS NOT NULL
)
SELECT occasion.*, project_name, project_name_en, kind, coalesce(region_code, 'none') AS region_code,
    count(*) OVER (PARTITION BY project_id) AS occasions,
    count(event) OVER (PARTITION BY project_id) AS events,
    row_number() OVER (PARTITION BY project_id ORDER BY occasion.announced_on, occasion) AS number
FROM occasion JOIN projects USING (project_id)
WHERE kind IN ('programme', 'site')
QUALIFY occasions > 1
ORDER BY events DESC, occasions DESC, project_id, number
