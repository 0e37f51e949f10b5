-- Which claims of one project give a figure more than 10 % away from another's?
-- Each pair is given both ways: `low` and `high` are those of the other claim. As in `claims_list`, the same ends are
-- compared. Unknown: a figure in words, or an end that only one of them states, differs from nothing.
SELECT claim.announcement_id AS id, claim.project_id, claim.metric, other.announcement_id AS other_id,
    other.announced_on, other.announced_on_precision, other.low, other.high,
    announcements.source_publisher, announcements.source_url
FROM claims AS claim
JOIN claims AS other ON other.project_id = claim.project_id AND other.metric = claim.metric
    AND other.announcement_id <> claim.announcement_id
JOIN announcements ON announcements.id = other.announcement_id
WHERE coalesce(abs(claim.low / nullif(other.low, 0) - 1) > 0.1, false)
    OR coalesce(abs(claim.high / nullif(other.high, 0) - 1) > 0.1, false)
ORDER BY claim.announcement_id, claim.metric, other.announced_on DESC, other.announcement_id
