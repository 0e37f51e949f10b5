-- The claims that a question may use, one row a (world, announcement).
-- A world is a set of claims taken as if nothing else had been said (rules 7 and 8 of the data model), and a number:
--   'today'     0: what was public on the day
--   'events'    three worlds an event, from three times its number on:
--               +0 tagged: the claims that carry the event's code
--               +1 before: the claims without the code, certainly public before its first day-dated claim,
--                          in the trees that have a claim with it: nothing is asked of the others
--               +2 after:  both together
--   'days'      a day since 1970: on each day that made a claim public, all that was public then in the trees it touches
--   'days k/n'  the same for one tree in n, the k-th share from 0: trees know nothing of each other
-- Every later rule is computed inside one world, so that a rule is written once whatever the question.

-- The events of which something is known, each with its number and the day that opened it.
CREATE MACRO observatory.openings(as_of_day) AS TABLE
SELECT event, (row_number() OVER (ORDER BY event))::INTEGER AS event_number,
    coalesce(min(announced_on) FILTER (is_dated_by_day), min(announced_on)) AS opened_on
FROM observatory.facts WHERE public_on <= as_of_day AND event IS NOT NULL GROUP BY event;

-- `source` is the table facts, or the table figures.
CREATE MACRO observatory.evidence(as_of_day, worlds, source) AS TABLE
WITH known AS (FROM query_table(source) WHERE public_on <= as_of_day),
opening AS (FROM observatory.openings(as_of_day)),
touched AS (
    SELECT DISTINCT root_number, event AS code, event_number, opened_on
    FROM observatory.facts JOIN opening USING (event) WHERE public_on <= as_of_day
),
days AS (
    SELECT DISTINCT public_on AS changed_on, root_number, (public_on - DATE '1970-01-01')::INTEGER AS world
    FROM observatory.facts
    WHERE public_on <= as_of_day AND (worlds = 'days'
        OR root_number % split_part(worlds, '/', 2)::INTEGER = split_part(worlds[6:], '/', 1)::INTEGER)
)
SELECT 0 AS world, * FROM known WHERE worlds = 'today'
UNION ALL
SELECT 3 * event_number, known.* FROM known JOIN opening USING (event) WHERE worlds = 'events'
UNION ALL
SELECT 3 * event_number + 1, known.* FROM known JOIN touched USING (root_number)
WHERE known.event IS DISTINCT FROM code AND known.public_on < opened_on AND worlds = 'events'
UNION ALL
SELECT 3 * event_number + 2, known.* FROM known JOIN touched USING (root_number)
WHERE (known.event = code OR known.public_on < opened_on) AND worlds = 'events'
UNION ALL
SELECT world, known.* FROM known JOIN days USING (root_number)
WHERE known.public_on <= changed_on AND worlds[:4] = 'days';

-- The trees of each world: a parent of which nothing is known yet does not exist, its children stand as roots.
CREATE MACRO observatory.nodes(as_of_day, worlds) AS TABLE
WITH present AS MATERIALIZED (
    SELECT world, project_number, count(*) AS claims_count,
        min(announced_on) AS first_announced_on, max(announced_on) AS last_announced_on
    FROM observatory.evidence(as_of_day, worlds, 'observatory.facts') GROUP BY world, project_number
)
SELECT present.*, kind, parent.project_number AS parent_number
FROM present
JOIN observatory.identities AS identity USING (project_number)
LEFT JOIN present AS parent
    ON parent.world = present.world AND parent.project_number = identity.parent_number;

-- Every project with itself (distance 0) and with each of its ancestors; `nodes` names the relation that has the nodes.
CREATE MACRO observatory.ancestry_in(nodes) AS TABLE
WITH RECURSIVE node AS NOT MATERIALIZED (SELECT world, project_number, parent_number FROM query_table(nodes)),
walk(world, project_number, ancestor_number, parent_number, distance) AS (
    SELECT world, project_number, project_number, parent_number, 0 FROM node
    UNION ALL
    SELECT walk.world, walk.project_number, node.project_number, node.parent_number, walk.distance + 1
    FROM walk JOIN node ON node.world = walk.world AND node.project_number = walk.parent_number
)
SELECT world, project_number, ancestor_number, distance FROM walk;
