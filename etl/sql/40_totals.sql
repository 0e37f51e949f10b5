-- Rules 2 to 4: what each project counts for, in two scenarios, without counting anything twice.
-- total(node) = max(own, Σ total(children)); net(node) = total(node) − Σ total(children).
-- own is the retained figure of a counted project: low, or 0 where only high is stated; high, or low.
-- Computed by repeating the formula on all that have children, at once, as many times as the deepest tree has levels.
CREATE MACRO observatory.nets(as_of_day, worlds) AS TABLE
WITH RECURSIVE standing AS MATERIALIZED (
    SELECT world, project_number, parent_number, status,
        kind IN ('programme', 'site') AND coalesce(status NOT IN ('suspended', 'cancelled'), true) AS is_counted
    FROM observatory.nodes(as_of_day, worlds)
    LEFT JOIN observatory.statuses(as_of_day, worlds) USING (world, project_number)
),
ancestry AS MATERIALIZED (FROM observatory.ancestry_in('standing')),
node AS MATERIALIZED (
    SELECT standing.*, metric, retained.* EXCLUDE (world, project_number, metric),
        low IS NOT NULL AND high IS NULL AS is_open,
        CASE WHEN is_counted THEN coalesce(low, 0 * high) END::DECIMAL(18, 3) AS own_low,
        CASE WHEN is_counted THEN coalesce(high, low) END::DECIMAL(18, 3) AS own_high
    FROM standing
    CROSS JOIN observatory.metrics(worlds)
    LEFT JOIN observatory.retained(as_of_day, worlds) AS retained USING (world, project_number, metric)
),
parents AS MATERIALIZED (  -- with the sum of those of their children that have none themselves
    SELECT parent.*, leaves.low AS leaves_low, leaves.high AS leaves_high
    FROM (
        SELECT world, project_number, parent_number, metric, own_low, own_high
        FROM node SEMI JOIN standing AS child
            ON child.world = node.world AND child.parent_number = node.project_number
    ) AS parent
    LEFT JOIN (
        SELECT world, parent_number, metric, sum(own_low)::DECIMAL(18, 3) AS low, sum(own_high)::DECIMAL(18, 3) AS high
        FROM node ANTI JOIN standing AS child
            ON child.world = node.world AND child.parent_number = node.project_number
        WHERE parent_number IS NOT NULL GROUP BY world, parent_number, metric
    ) AS leaves
        ON leaves.world = parent.world AND leaves.parent_number = parent.project_number
        AND leaves.metric = parent.metric
),
rollup(step, world, project_number, parent_number, metric, own_low, own_high, children_low, children_high) AS (
    SELECT 0, world, project_number, parent_number, metric, own_low, own_high,
        NULL::DECIMAL(18, 3), NULL::DECIMAL(18, 3)
    FROM parents
    UNION ALL
    SELECT last.step + 1, parents.world, parents.project_number, parents.parent_number, parents.metric,
        parents.own_low, parents.own_high, coalesce(leaves_low + inner_low, leaves_low, inner_low),
        coalesce(leaves_high + inner_high, leaves_high, inner_high)
    FROM parents CROSS JOIN (SELECT max(step) AS step FROM rollup) AS last
    LEFT JOIN (
        SELECT world, parent_number, metric, sum(greatest(own_low, children_low))::DECIMAL(18, 3) AS inner_low,
            sum(greatest(own_high, children_high))::DECIMAL(18, 3) AS inner_high
        FROM rollup WHERE parent_number IS NOT NULL GROUP BY world, parent_number, metric
    ) AS children
        ON children.world = parents.world AND children.parent_number = parents.project_number
        AND children.metric = parents.metric
    WHERE last.step < (SELECT max(distance) FROM ancestry)
),
covered AS (  -- projects under a counted one that has a figure of its own
    SELECT DISTINCT ancestry.world, ancestry.project_number, metric, true AS is_covered
    FROM (FROM ancestry WHERE distance > 0) AS ancestry
    JOIN (FROM node WHERE own_high IS NOT NULL) AS node
        ON node.world = ancestry.world AND node.project_number = ancestry.ancestor_number
)
SELECT node.*,
    greatest(node.own_low, children_low) AS total_low, greatest(node.own_high, children_high) AS total_high,
    (greatest(node.own_low, children_low) - coalesce(children_low, 0))::DECIMAL(18, 3) AS net_low,
    (greatest(node.own_high, children_high) - coalesce(children_high, 0))::DECIMAL(18, 3) AS net_high,
    is_counted AND is_open AND node.own_high >= coalesce(children_high, 0) AS is_floor,
    is_counted AND total_high IS NULL AND is_covered IS NULL AS is_missing,
    children_high > node.own_high OR children_low > node.own_low AS is_exceeded
FROM node
LEFT JOIN (FROM rollup WHERE step = (SELECT max(distance) FROM ancestry)) AS rollup
    USING (world, project_number, metric)
LEFT JOIN covered USING (world, project_number, metric);
