-- What figures were given for the selected projects, by whom, and which are retained?
-- Bounded by `since` and `until` (rule 11). `deviates`: one of its ends is more than 10 % away from the same end of
-- the retained figure. Unknown: a figure given in words has NULL ends and deviates from nothing; inventories and
-- targets retain nothing (rule 10).
SELECT claims.*, amounts.low AS retained_low, amounts.high AS retained_high,
    coalesce(abs(claims.low / nullif(coalesce(amounts.low, amounts.high), 0) - 1) > 0.1, false)
        OR coalesce(abs(claims.high / nullif(coalesce(amounts.high, amounts.low), 0) - 1) > 0.1, false) AS deviates,
    announcer, source_publisher, source_title, source_url, source_date, archive_url, note
FROM claims
JOIN announcements ON announcements.id = claims.announcement_id
LEFT JOIN amounts ON amounts.project_id = claims.project_id AND amounts.metric = claims.metric
ORDER BY claims.project_id, claims.metric, claims.announced_on DESC, claims.announced_on_precision, announcement_id
