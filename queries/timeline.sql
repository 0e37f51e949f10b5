-- How did each total grow or shrink, day after day, and which claims stand behind each step?
-- One row a day, metric and tree of projects that changed it: the change, the total reached at the end of that day,
-- and the claims on that tree that became public then. A month counts from its last day; a total can fall, because a
-- source repeats an old range or a project stops. Unknown: a figure not yet known adds nothing.
WITH state AS (
    SELECT changed_on, project_id, metric, CASE WHEN is_counted THEN coalesce(net_low, 0) ELSE 0 END AS low,
        CASE WHEN is_counted THEN coalesce(net_high, 0) ELSE 0 END AS high
    FROM history
),
change AS (
    SELECT changed_on, root_id, metric,
        sum(low - previous_low) AS change_low, sum(high - previous_high) AS change_high
    FROM (
        SELECT *, coalesce(lag(low) OVER step, 0) AS previous_low, coalesce(lag(high) OVER step, 0) AS previous_high
        FROM state WINDOW step AS (PARTITION BY project_id, metric ORDER BY changed_on)
    )
    JOIN roots USING (project_id)
    GROUP BY changed_on, root_id, metric HAVING change_low <> 0 OR change_high <> 0
),
behind AS (
    SELECT public_on(announced_on, announced_on_precision) AS changed_on, root_id,
        list(id ORDER BY source_rank(source_kind), id) AS announcement_ids,
        list_distinct(list(project_id ORDER BY project_id)) AS project_ids,
        list_distinct(list(source_publisher ORDER BY source_publisher)) AS publishers,
        list_distinct(list(event ORDER BY event) FILTER (event IS NOT NULL)) AS events
    FROM all_announcements JOIN roots USING (project_id) GROUP BY ALL
)
SELECT changed_on, metric, root_id, root.project_name AS root_name, root.project_name_en AS root_name_en,
    change_low, change_high,
    sum(change_low) OVER whole AS low, sum(change_high) OVER whole AS high,
    announcement_ids, project_ids, publishers, events
FROM change
JOIN behind USING (changed_on, root_id)
JOIN identities AS root ON root.project_id = root_id
WINDOW whole AS (PARTITION BY metric ORDER BY changed_on RANGE UNBOUNDED PRECEDING)
ORDER BY metric, changed_on, abs(change_high) DESC, root_id
