-- How did each total grow or shrink, day after day, and which claims stand behind each step?
-- One row a day, metric and tree of projects that changed it, the 20 largest changes of a day: the change in each
-- scenario, the total reached at the end of that day (from the smaller to the larger scenario), the claims on that tree
-- that became public then, and which of their projects stands highest; `steps` and `falls` count all changes of the
-- day. A month counts from its last day. A total can fall; `fall` says why: a project stopped ("stopped"), a parent
-- came to be known, which takes in what was counted beside it ("nested"), or the figure retained is smaller, as when a
-- source repeats an old range ("lower"). Unknown: a figure not yet known adds nothing.
WITH RECURSIVE step AS (
    SELECT changed_on, project_id, metric,
        CASE WHEN is_counted THEN coalesce(net_low, 0) ELSE 0 END
            - CASE WHEN was_counted THEN coalesce(net_low_before, 0) ELSE 0 END AS change_low,
        CASE WHEN is_counted THEN coalesce(net_high, 0) ELSE 0 END
            - CASE WHEN was_counted THEN coalesce(net_high_before, 0) ELSE 0 END AS change_high,
        (is_counted AND is_floor)::INTEGER - coalesce((was_counted AND was_floor)::INTEGER, 0) AS floors,
        NOT is_counted AND coalesce(was_counted, false) AS is_stop,
        was_counted IS NULL AND project_id IN (SELECT part_of FROM identities) AS is_new_parent
    FROM history
),
change AS (  -- trees are numbered in the order of their names, and what changes nothing is not added up
    SELECT changed_on, root_number, metric, sum(change_low) AS change_low, sum(change_high) AS change_high,
        sum(floors) AS floors, bool_or(is_stop) AS is_stop, bool_or(is_new_parent) AS is_new_parent
    FROM step JOIN roots USING (project_id)
    WHERE change_low <> 0 OR change_high <> 0 OR floors <> 0 OR is_stop OR is_new_parent
    GROUP BY changed_on, root_number, metric
),
reached AS (
    SELECT changed_on, metric, sum(sum(change_low)) OVER whole AS scenario_low,
        sum(sum(change_high)) OVER whole AS scenario_high, sum(sum(floors)) OVER whole > 0 AS is_floor,
        count(*) FILTER (change_low <> 0 OR change_high <> 0) AS steps,
        count(*) FILTER (change_low < 0 OR change_high < 0) AS falls
    FROM change GROUP BY metric, changed_on WINDOW whole AS (PARTITION BY metric ORDER BY changed_on)
),
shown AS MATERIALIZED (
    FROM change WHERE change_low <> 0 OR change_high <> 0
    QUALIFY row_number() OVER (PARTITION BY metric, changed_on ORDER BY abs(change_high) DESC, root_number) <= 20
),
climb(project_number, depth) AS (
    SELECT DISTINCT root_number, 0 FROM shown
    UNION ALL
    SELECT child.project_number, depth + 1
    FROM climb JOIN identities AS child ON child.parent_number = climb.project_number
),
public AS (  -- only what stands behind a change that is shown
    SELECT announcement.*, root_number, depth, public_on AS changed_on
    FROM (
        FROM facts SEMI JOIN shown ON shown.root_number = facts.root_number AND shown.changed_on = public_on
    ) JOIN climb USING (project_number) JOIN all_announcements AS announcement USING (line)
),
behind AS (
    SELECT changed_on, root_number,
        list(id ORDER BY source_rank(source_kind), id) AS announcement_ids,
        list_distinct(list(project_id ORDER BY project_id)) AS project_ids,
        arg_min(project_id, (depth, project_id)) AS project_id,
        list_distinct(list(source_publisher ORDER BY source_publisher)) AS publishers,
        list_distinct(list(event ORDER BY event) FILTER (event IS NOT NULL)) AS events
    FROM public GROUP BY changed_on, root_number
)
SELECT changed_on, metric, root.project_id AS root_id, behind.project_id, identity.project_name, identity.project_name_en,
    change_low, change_high, least(scenario_low, scenario_high) AS low, greatest(scenario_low, scenario_high) AS high,
    is_floor, steps, falls,
    CASE WHEN change_low >= 0 AND change_high >= 0 THEN NULL WHEN is_stop THEN 'stopped'
        WHEN is_new_parent THEN 'nested' ELSE 'lower' END AS fall,
    announcement_ids, project_ids, publishers, events
FROM shown
JOIN reached USING (changed_on, metric)
JOIN behind USING (changed_on, root_number)
JOIN identities AS root ON root.project_number = root_number
JOIN identities AS identity ON identity.project_id = behind.project_id
ORDER BY metric, changed_on, abs(change_high) DESC, root_number
