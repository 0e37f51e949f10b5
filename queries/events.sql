-- What did each event headline, what is traced line by line, what was known before, what is new (rule 7)?
-- Events with a tagged claim on a selected project; the four amounts are the event's own, whatever the filters.
-- Unknown: a headline that no claim gives is NULL.
SELECT event_accounts.*
FROM event_accounts
WHERE event IN (SELECT event FROM announcements SEMI JOIN projects USING (project_id))
ORDER BY first_day
