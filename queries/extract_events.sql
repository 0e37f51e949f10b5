-- What did each event headline, what is traced line by line, what was known before, what is new (rule 7)?
-- Events with a tagged claim on a selected project; the four amounts, in million euros, are the event's own, whatever
-- the filters. Unknown: a headline that no claim gives is NULL.
SELECT event, name_fr, name_en, first_day, last_day, headline_project_id, projects,
    headline_low AS headline_low_meur, headline_high AS headline_high_meur,
    traced_low AS traced_low_meur, traced_high AS traced_high_meur,
    known_low AS known_low_meur, known_high AS known_high_meur, new_low AS new_low_meur, new_high AS new_high_meur
FROM event_accounts
WHERE event IN (SELECT event FROM announcements SEMI JOIN projects USING (project_id))
ORDER BY first_day, event
