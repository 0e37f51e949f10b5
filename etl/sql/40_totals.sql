-- Rules 2 to 4: what each project counts for, in two scenarios, without counting anything twice.
-- total(node) = max(own, Σ total(children)); net(node) = total(node) − Σ total(children).
-- own is the retained figure of a counted project: low, or 0 where only high is stated; high, or low.
-- Computed by repeating the formula on all that have children, at once, as many times as the deepest tree has levels.
CREATE MACRO observatory.nets(as_of_day, worlds) AS TABLE
WITH RECURSIVE ancestry AS MATERIALIZED (FROM observatory.ancestry(as_of_day, worlds)),
node AS MATERIALIZED (
    SELECT node.world, node.project_id, node.part_of, status, has_children, metric, is_counted, retained.low, retained.high,
        retained.is_disputed, retained.is_weak, retained.scope,
        CASE WHEN is_counted THEN coalesce(low, 0 * high) END::DECIMAL(18, 3) AS own_low,
        CASE WHEN is_counted THEN coalesce(high, low) END::DECIMAL(18, 3) AS own_high
    FROM (
        SELECT node.*, status, parent.part_of IS NOT NULL AS has_children,
            kind IN ('programme', 'site') AND coalesce(status NOT IN ('suspended', 'cancelled'), true) AS is_counted
        FROM observatory.nodes(as_of_day, worlds) AS node
        LEFT JOIN observatory.statuses(as_of_day, worlds) USING (world, project_id)
        LEFT JOIN (
            SELECT DISTINCT world, part_of FROM observatory.nodes(as_of_day, worlds) WHERE part_of IS NOT NULL
        ) AS parent ON parent.world = node.world AND parent.part_of = node.project_id
    ) AS node
    CROSS JOIN observatory.metrics(worlds)
    LEFT JOIN observatory.retained(as_of_day, worlds) AS retained USING (world, project_id, metric)
),
parents AS MATERIALIZED (  -- with the sum of those of their children that have none themselves
    SELECT parent.*, leaves.low AS leaves_low, leaves.high AS leaves_high
    FROM node AS parent
    LEFT JOIN (
        SELECT world, part_of, metric, sum(own_low)::DECIMAL(18, 3) AS low, sum(own_high)::DECIMAL(18, 3) AS high
        FROM node WHERE part_of IS NOT NULL AND NOT has_children GROUP BY world, part_of, metric
    ) AS leaves
        ON leaves.world = parent.world AND leaves.part_of = parent.project_id AND leaves.metric = parent.metric
    WHERE parent.has_children
),
rollup(step, world, project_id, part_of, metric, own_low, own_high, children_low, children_high) AS (
    SELECT 0, world, project_id, part_of, metric, own_low, own_high, NULL::DECIMAL(18, 3), NULL::DECIMAL(18, 3)
    FROM parents
    UNION ALL
    SELECT last.step + 1, parents.world, parents.project_id, parents.part_of, parents.metric, parents.own_low,
        parents.own_high, coalesce(leaves_low + inner_low, leaves_low, inner_low),
        coalesce(leaves_high + inner_high, leaves_high, inner_high)
    FROM parents CROSS JOIN (SELECT max(step) AS step FROM rollup) AS last
    LEFT JOIN (
        SELECT world, part_of, metric, sum(greatest(own_low, children_low))::DECIMAL(18, 3) AS inner_low,
            sum(greatest(own_high, children_high))::DECIMAL(18, 3) AS inner_high
        FROM rollup WHERE part_of IS NOT NULL GROUP BY world, part_of, metric
    ) AS children
        ON children.world = parents.world AND children.part_of = parents.project_id
        AND children.metric = parents.metric
    WHERE last.step < (SELECT max(distance) FROM ancestry)
),
covered AS (  -- projects under a counted one that has a figure of its own
    SELECT DISTINCT ancestry.world, ancestry.project_id, metric
    FROM ancestry JOIN node ON node.world = ancestry.world AND node.project_id = ancestry.ancestor_id
    WHERE distance > 0 AND own_high IS NOT NULL
)
SELECT node.* EXCLUDE (part_of, has_children),
    greatest(node.own_low, children_low) AS total_low, greatest(node.own_high, children_high) AS total_high,
    greatest(node.own_low, children_low) - coalesce(children_low, 0) AS net_low,
    greatest(node.own_high, children_high) - coalesce(children_high, 0) AS net_high,
    is_counted AND node.low IS NOT NULL AND node.high IS NULL
        AND node.own_high >= coalesce(children_high, 0) AS is_floor,
    is_counted AND total_high IS NULL AND covered.project_id IS NULL AS is_missing,
    children_high > node.own_high OR children_low > node.own_low AS is_exceeded
FROM node
LEFT JOIN (FROM rollup WHERE step = (SELECT max(distance) FROM ancestry)) AS rollup USING (world, project_id, metric)
LEFT JOIN covered USING (world, project_id, metric);
