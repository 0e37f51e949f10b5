-- Which claims does the extract hold, in the columns of the file?
-- Bounded by `since` and `until` (rule 11). Every row bears the name, kind and purpose of its project, which the file
-- writes once. `announced_on` is the first of the month where the precision is `month`. Unknown: NULL.
SELECT announcements.* EXCLUDE (announced_on_precision, line)
        REPLACE (projects.project_name AS project_name, projects.project_name_en AS project_name_en,
            projects.kind AS kind, projects.purpose AS purpose, projects.part_of AS part_of),
    announced_on_precision, region.name AS region_name, departement.name AS departement_name,
    commune.name AS commune_name
FROM announcements
JOIN projects USING (project_id)
LEFT JOIN regions AS region ON region.code = announcements.region_code
LEFT JOIN departements AS departement ON departement.code = announcements.departement_code
LEFT JOIN communes AS commune ON commune.code = announcements.commune_code
ORDER BY announced_on, announced_on_precision DESC, id
