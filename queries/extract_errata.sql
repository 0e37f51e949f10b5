-- Which claims of the selected projects were corrected in place, when and why?
-- Bounded by `since` and `until` like the claims (rule 11), newest correction first. Unknown: a cell that was blank
-- before or after is NULL.
SELECT corrected_on, announcement_id, announcements.project_id, field, before, after, reason_fr, reason_en
FROM errata
JOIN announcements ON announcements.id = announcement_id
ORDER BY corrected_on DESC, announcement_id, field
