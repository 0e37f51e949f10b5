-- Rule 7: what an event really brought, computed on the forest, in million euros.
CREATE MACRO observatory.event_accounts_as_of(day) AS TABLE
WITH net AS MATERIALIZED (
    SELECT net.*, split_part(world, '/', 1) AS event, split_part(world, '/', 2) AS claims
    FROM observatory.nets(day, 'events') AS net
),
traced AS (
    SELECT event, sum(net_low) AS low, sum(net_high) AS high, count(*) FILTER (is_counted) AS projects
    FROM net WHERE claims = 'tagged' GROUP BY event
),
roots AS (  -- the tree in which each project stands once the event is known
    SELECT split_part(world, '/', 1) AS event, project_id, arg_max(ancestor_id, distance) AS root_id
    FROM observatory.ancestry(day, 'events') WHERE world LIKE '%/after' GROUP BY world, project_id
),
touched AS (
    SELECT DISTINCT roots.event, root_id
    FROM roots JOIN net ON net.event = roots.event AND net.project_id = roots.project_id AND net.claims = 'tagged'
),
known AS (
    SELECT roots.event, roots.root_id, sum(net_low) AS low, sum(net_high) AS high
    FROM net JOIN roots ON roots.event = net.event AND roots.project_id = net.project_id
    WHERE net.claims = 'before' GROUP BY roots.event, roots.root_id
),
trees AS (
    SELECT touched.event, coalesce(known.low, 0) AS known_low, coalesce(known.high, 0) AS known_high,
        greatest(0, coalesce(whole.total_low, 0) - coalesce(known.low, 0)) AS new_low,
        greatest(0, coalesce(whole.total_high, 0) - coalesce(known.high, 0)) AS new_high
    FROM touched
    JOIN net AS whole ON whole.event = touched.event AND whole.project_id = touched.root_id AND whole.claims = 'after'
    LEFT JOIN known ON known.event = touched.event AND known.root_id = touched.root_id
),
summed AS (
    SELECT event, sum(known_low) AS known_low, sum(known_high) AS known_high,
        sum(new_low) AS new_low, sum(new_high) AS new_high
    FROM trees GROUP BY event
)
SELECT event.code AS event, event.name_fr, event.name_en, event.first_day, event.last_day, event.headline_project_id,
    headline.low AS headline_low, headline.high AS headline_high,
    least(traced.low, traced.high) AS traced_low, greatest(traced.low, traced.high) AS traced_high,
    least(known_low, known_high) AS known_low, greatest(known_low, known_high) AS known_high,
    least(new_low, new_high) AS new_low, greatest(new_low, new_high) AS new_high,
    traced.projects
FROM observatory.events AS event
JOIN traced ON traced.event = event.code
LEFT JOIN summed ON summed.event = event.code
LEFT JOIN observatory.retained(day, 'today') AS headline
    ON headline.project_id = event.headline_project_id AND headline.metric = 'investment_meur'
ORDER BY event.first_day;
