-- On which day was the first announcement about the selected projects made?
-- One row. A month counts from its first day. Unknown: without any announcement the day is NULL.
SELECT min(announced_on) AS announced_on FROM announcements
