-- Which figures does the extract hold, one row a figure of a claim, with the mark of those retained?
-- Bounded by `since` and `until` (rule 11). Unknown: a figure given in words has NULL ends; inventories and targets
-- retain nothing (rule 10).
SELECT claims.announcement_id, claims.project_id, projects.project_name, projects.project_name_en, projects.kind,
    claims.metric, claims.low, claims.high, claims.stated, claims.scope, claims.is_retained,
    amounts.low AS retained_low, amounts.high AS retained_high,
    claims.announced_on, claims.announced_on_precision, announcer, source_publisher, source_title, source_url,
    source_date, claims.source_kind, archive_url
FROM claims
JOIN projects USING (project_id)
JOIN announcements ON announcements.id = claims.announcement_id
LEFT JOIN amounts ON amounts.project_id = claims.project_id AND amounts.metric = claims.metric
ORDER BY claims.project_id, claims.metric, claims.announced_on, claims.announced_on_precision DESC, announcement_id
