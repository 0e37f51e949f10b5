-- On which day was the first announcement about the selected projects made?
-- At most one row. A month counts from its first day. Unknown: without any announcement there is no row.
SELECT min(announced_on) AS announced_on FROM announcements HAVING count(*) > 0
