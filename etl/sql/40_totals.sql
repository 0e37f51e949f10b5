-- Rules 2 to 4: what each project counts for, in two scenarios, without counting anything twice.
CREATE MACRO observatory.metrics() AS TABLE
SELECT unnest(['investment_meur', 'power_mw', 'jobs', 'construction_jobs']) AS metric;

-- total(node) = max(own, Σ total(children)); net(node) = total(node) − Σ total(children).
-- own is the retained figure of a counted project: low, or 0 where only high is stated; high, or low.
-- Computed by repeating the formula on all nodes at once as many times as the deepest tree has levels.
CREATE MACRO observatory.nets(as_of_day, worlds) AS TABLE
WITH RECURSIVE ancestry AS MATERIALIZED (FROM observatory.ancestry(as_of_day, worlds)),
node AS MATERIALIZED (
    SELECT node.world, node.project_id, node.part_of, metric, is_counted, retained.low, retained.high,
        retained.is_disputed, retained.is_weak, retained.scope,
        CASE WHEN is_counted THEN coalesce(low, 0 * high) END::DECIMAL(18, 3) AS own_low,
        CASE WHEN is_counted THEN coalesce(high, low) END::DECIMAL(18, 3) AS own_high
    FROM (
        SELECT node.*, kind IN ('programme', 'site')
            AND coalesce(status NOT IN ('suspended', 'cancelled'), true) AS is_counted
        FROM observatory.nodes(as_of_day, worlds) AS node
        LEFT JOIN observatory.statuses(as_of_day, worlds) USING (world, project_id)
    ) AS node
    CROSS JOIN observatory.metrics()
    LEFT JOIN observatory.retained(as_of_day, worlds) AS retained USING (world, project_id, metric)
),
rollup(step, world, project_id, part_of, metric, own_low, own_high, children_low, children_high) AS (
    SELECT 0, world, project_id, part_of, metric, own_low, own_high, NULL::DECIMAL(18, 3), NULL::DECIMAL(18, 3) FROM node
    UNION ALL
    SELECT last.step + 1, node.world, node.project_id, node.part_of, node.metric, node.own_low, node.own_high,
        children.low, children.high
    FROM node CROSS JOIN (SELECT max(step) AS step FROM rollup) AS last
    LEFT JOIN (
        SELECT world, part_of, metric, sum(greatest(own_low, children_low))::DECIMAL(18, 3) AS low,
            sum(greatest(own_high, children_high))::DECIMAL(18, 3) AS high
        FROM rollup WHERE part_of IS NOT NULL GROUP BY world, part_of, metric
    ) AS children
        ON children.world = node.world AND children.part_of = node.project_id AND children.metric = node.metric
    WHERE last.step < (SELECT max(distance) FROM ancestry)
),
covered AS (  -- projects under a counted one that has a figure of its own
    SELECT DISTINCT ancestry.world, ancestry.project_id, metric
    FROM ancestry JOIN node ON node.world = ancestry.world AND node.project_id = ancestry.ancestor_id
    WHERE distance > 0 AND own_high IS NOT NULL
)
SELECT node.* EXCLUDE (part_of),
    greatest(node.own_low, children_low) AS total_low, greatest(node.own_high, children_high) AS total_high,
    greatest(node.own_low, children_low) - coalesce(children_low, 0) AS net_low,
    greatest(node.own_high, children_high) - coalesce(children_high, 0) AS net_high,
    is_counted AND node.low IS NOT NULL AND node.high IS NULL
        AND node.own_high >= coalesce(children_high, 0) AS is_floor,
    is_counted AND total_high IS NULL AND covered.project_id IS NULL AS is_missing,
    children_high > node.own_high OR children_low > node.own_low AS is_exceeded
FROM node
JOIN rollup USING (world, project_id, metric)
LEFT JOIN covered USING (world, project_id, metric)
WHERE rollup.step = (SELECT max(distance) FROM ancestry);
