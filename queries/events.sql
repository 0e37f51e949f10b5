-- What did each event headline, what is traced line by line, what was known before, what is new (rule 7)?
-- Events with a tagged claim on a selected project; the four amounts are the event's own, whatever the filters.
-- `untraced` is what the headline has beyond the lines, `repeated` what the lines have that was not new.
-- Unknown: a headline that no claim gives is NULL, and so is what is untraced of it.
SELECT event_accounts.*,
    least(headline_low - traced_low, headline_high - traced_high) AS untraced_low,
    greatest(headline_low - traced_low, headline_high - traced_high) AS untraced_high,
    least(traced_low - new_low, traced_high - new_high) AS repeated_low,
    greatest(traced_low - new_low, traced_high - new_high) AS repeated_high
FROM event_accounts
WHERE event IN (SELECT event FROM announcements SEMI JOIN projects USING (project_id))
ORDER BY first_day
