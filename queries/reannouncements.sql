-- Which projects were announced more than once, on which occasions, with what amounts?
-- An occasion is an event (all claims with its code), or else a month. Only programmes and sites with an amount or a
-- power on two occasions or more; one row a project and occasion, with the smallest and the largest figure said then.
-- Unknown: an occasion without an amount (or without a power) has NULL ends; where only a floor was said the high
-- end is NULL, where only a ceiling was said the low one is.
WITH occasion AS (
    SELECT project_id, coalesce(event, left(announced_on::VARCHAR, 7)) AS occasion, any_value(event) AS event,
        min(announced_on) AS announced_on, arg_min(announced_on_precision, announced_on) AS announced_on_precision,
        count(*) AS claims,
        CASE WHEN count(investment_low_meur) > 0 THEN min(coalesce(investment_low_meur, investment_high_meur)) END
            AS investment_low_meur,
        CASE WHEN count(investment_high_meur) > 0 THEN max(coalesce(investment_high_meur, investment_low_meur)) END
            AS investment_high_meur,
        CASE WHEN count(power_low_mw) > 0 THEN min(coalesce(power_low_mw, power_high_mw)) END AS power_low_mw,
        CASE WHEN count(power_high_mw) > 0 THEN max(coalesce(power_high_mw, power_low_mw)) END AS power_high_mw,
        list_distinct(list(source_publisher ORDER BY source_publisher)) AS publishers
    FROM announcements
    WHERE coalesce(investment_low_meur, investment_high_meur, power_low_mw, power_high_mw) IS NOT NULL
    GROUP BY project_id, coalesce(event, left(announced_on::VARCHAR, 7))
)
SELECT occasion.*, events.name_fr AS event_name_fr, events.name_en AS event_name_en,
    project_name, project_name_en, kind, coalesce(region_code, 'none') AS region_code,
    count(*) OVER (PARTITION BY project_id) AS occasions,
    count(event) OVER (PARTITION BY project_id) AS events,
    row_number() OVER (PARTITION BY project_id ORDER BY occasion.announced_on, occasion) AS number
FROM occasion
JOIN projects USING (project_id)
LEFT JOIN events ON events.code = event
WHERE kind IN ('programme', 'site')
QUALIFY occasions > 1
ORDER BY events DESC, occasions DESC, project_id, number
