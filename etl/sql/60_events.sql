-- Rule 7: what an event really brought, computed on the forest, in million euros.
CREATE MACRO observatory.event_accounts_as_of(day) AS TABLE
WITH net AS MATERIALIZED (
    SELECT net.*, world // 3 AS event_number, ['tagged', 'before', 'after'][1 + world % 3] AS claims
    FROM observatory.nets(day, 'events') AS net
),
traced AS (
    SELECT event_number, sum(net_low) AS low, sum(net_high) AS high, count(*) FILTER (is_counted) AS projects
    FROM net WHERE claims = 'tagged' GROUP BY event_number
),
after AS (FROM net WHERE claims = 'after'),
roots AS (  -- the tree in which each project stands once the event is known
    SELECT world // 3 AS event_number, project_number, arg_max(ancestor_number, distance) AS root_number
    FROM observatory.ancestry_in('after') GROUP BY world, project_number
),
touched AS (
    SELECT DISTINCT event_number, root_number
    FROM roots JOIN net USING (event_number, project_number) WHERE claims = 'tagged'
),
known AS (
    SELECT event_number, root_number, sum(net_low) AS low, sum(net_high) AS high
    FROM net JOIN roots USING (event_number, project_number)
    WHERE claims = 'before' GROUP BY event_number, root_number
),
trees AS (
    SELECT event_number, coalesce(known.low, 0) AS known_low, coalesce(known.high, 0) AS known_high,
        greatest(0, coalesce(whole.total_low, 0) - coalesce(known.low, 0)) AS new_low,
        greatest(0, coalesce(whole.total_high, 0) - coalesce(known.high, 0)) AS new_high
    FROM touched
    JOIN (SELECT *, project_number AS root_number FROM after) AS whole
        USING (event_number, root_number)
    LEFT JOIN known USING (event_number, root_number)
),
summed AS (
    SELECT event_number, sum(known_low) AS known_low, sum(known_high) AS known_high,
        sum(new_low) AS new_low, sum(new_high) AS new_high
    FROM trees GROUP BY event_number
)
SELECT event.code AS event, event.name_fr, event.name_en, event.first_day, event.last_day, event.headline_project_id,
    headline.low AS headline_low, headline.high AS headline_high,
    least(traced.low, traced.high) AS traced_low, greatest(traced.low, traced.high) AS traced_high,
    least(known_low, known_high) AS known_low, greatest(known_low, known_high) AS known_high,
    least(new_low, new_high) AS new_low, greatest(new_low, new_high) AS new_high,
    traced.projects
FROM observatory.events AS event
JOIN observatory.openings(day) AS opening ON opening.event = event.code
JOIN traced USING (event_number)
LEFT JOIN summed USING (event_number)
LEFT JOIN observatory.identities AS told ON told.project_id = event.headline_project_id
LEFT JOIN observatory.retained(day, 'today') AS headline
    ON headline.project_number = told.project_number AND headline.metric = 'investment_meur'
ORDER BY event.first_day;
