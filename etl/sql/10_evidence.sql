-- The claims that a question may use, one row a (world, announcement).
-- A world is a set of claims taken as if nothing else had been said (rules 7 and 8 of the data model):
--   'today'                     what was public on the day
--   'events'  '<event>/tagged'  the claims that carry the event's code
--             '<event>/before'  the claims without the code, certainly public before its first day-dated claim,
--                               in the trees that have a claim with it: nothing is asked of the others
--             '<event>/after'   both together
--   'days'    '<YYYY-MM-DD>'    on each day that made a claim public, all that was public then in the trees it touches
--   'days k/n'                  the same for one tree in n, the k-th share from 0: trees know nothing of each other
-- Every later rule is computed inside one world, so that a rule is written once whatever the question.
CREATE MACRO observatory.public_on(announced_on, announced_on_precision) AS
    CASE announced_on_precision WHEN 'month' THEN last_day(announced_on) ELSE announced_on END;

-- Dates compare as the file writes them: a month comes before its days.
CREATE MACRO observatory.announced_text(announced_on, announced_on_precision) AS
    left(announced_on::VARCHAR, CASE announced_on_precision WHEN 'month' THEN 7 ELSE 10 END);

CREATE MACRO observatory.source_rank(source_kind) AS
    list_position(['official', 'company', 'agency', 'national_press', 'regional_press', 'trade_press', 'other'], source_kind);

CREATE MACRO observatory.evidence(as_of_day, worlds) AS TABLE
WITH known AS (
    SELECT *,
        observatory.announced_text(announced_on, announced_on_precision) AS announced_text,
        observatory.public_on(announced_on, announced_on_precision) AS public_on,
        observatory.source_rank(source_kind) AS source_rank,
        source_kind = 'other' AS is_other
    FROM observatory.announcements
    WHERE observatory.public_on(announced_on, announced_on_precision) <= as_of_day
),
openings AS (
    SELECT event AS code,
        coalesce(min(announced_on) FILTER (announced_on_precision = 'day'), min(announced_on)) AS opened_on
    FROM known WHERE event IS NOT NULL GROUP BY event
),
touched AS (SELECT DISTINCT event AS code, root_id FROM known JOIN observatory.roots USING (project_id)),
days AS (
    SELECT DISTINCT public_on AS changed_on, root_id FROM known JOIN observatory.roots USING (project_id)
    WHERE worlds = 'days'
        OR hash(root_id) % split_part(worlds, '/', 2)::UBIGINT = split_part(worlds[6:], '/', 1)::UBIGINT
)
SELECT 'today' AS world, * FROM known WHERE worlds = 'today'
UNION ALL
SELECT code || '/tagged', known.* FROM known JOIN openings ON known.event = code WHERE worlds = 'events'
UNION ALL
SELECT code || '/before', known.* FROM known JOIN observatory.roots USING (project_id)
    JOIN touched USING (root_id) JOIN openings USING (code)
WHERE known.event IS DISTINCT FROM code AND known.public_on < opened_on AND worlds = 'events'
UNION ALL
SELECT code || '/after', known.* FROM known JOIN observatory.roots USING (project_id)
    JOIN touched USING (root_id) JOIN openings USING (code)
WHERE (known.event = code OR known.public_on < opened_on) AND worlds = 'events'
UNION ALL
SELECT changed_on::VARCHAR, known.* FROM known JOIN observatory.roots USING (project_id)
    JOIN days ON days.root_id = roots.root_id AND known.public_on <= changed_on WHERE worlds[:4] = 'days';

-- The trees of each world: a parent of which nothing is known yet does not exist, its children stand as roots.
CREATE MACRO observatory.nodes(as_of_day, worlds) AS TABLE
WITH present AS (
    SELECT world, project_id, count(*) AS claims_count,
        min(announced_on) AS first_announced_on, max(announced_on) AS last_announced_on
    FROM observatory.evidence(as_of_day, worlds) GROUP BY world, project_id
)
SELECT present.*, identity.* EXCLUDE (project_id, part_of), parent.project_id AS part_of
FROM present
JOIN observatory.identities AS identity USING (project_id)
LEFT JOIN present AS parent ON parent.world = present.world AND parent.project_id = identity.part_of;

-- Every project with itself (distance 0) and with each of its ancestors.
CREATE MACRO observatory.ancestry(as_of_day, worlds) AS TABLE
WITH RECURSIVE node AS MATERIALIZED (
    SELECT world, project_id, part_of FROM observatory.nodes(as_of_day, worlds)
),
walk(world, project_id, ancestor_id, distance) AS (
    SELECT world, project_id, project_id, 0 FROM node
    UNION ALL
    SELECT walk.world, walk.project_id, node.part_of, walk.distance + 1
    FROM walk JOIN node ON node.world = walk.world AND node.project_id = walk.ancestor_id
    WHERE node.part_of IS NOT NULL
)
SELECT * FROM walk;
