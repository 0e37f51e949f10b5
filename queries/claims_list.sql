-- What figures were given for the selected projects, by whom, and which are retained?
-- Bounded by `since` and `until` (rule 11). Unknown: a figure given in words has NULL ends; inventories and targets
-- retain nothing (rule 10).
SELECT claims.*, announcer, source_publisher, source_title, source_url, source_date, archive_url, note
FROM claims JOIN announcements ON announcements.id = claims.announcement_id
ORDER BY claims.project_id, metric, claims.announced_on DESC, claims.announced_on_precision, announcement_id
