-- Which identifiers of claims are in use about the selected projects?
-- Bounded by `since` and `until` (rule 11), in the order of the file. Unknown: every claim has one.
SELECT id FROM announcements ORDER BY announced_on, announced_on_precision DESC, id
