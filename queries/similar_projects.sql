-- Which projects look like another one: names nearly the same, or one operator in one commune?
-- Names are compared without accents or case; a part is not compared with the whole that holds it. Each pair is given
-- both ways. Unknown: a project without an operator or a commune is compared by its names only.
WITH named AS (
    SELECT *, lower(strip_accents(project_name)) AS name, lower(strip_accents(project_name_en)) AS name_en
    FROM all_projects
)
SELECT projects.project_id, named.project_id AS other_id, named.project_name AS other_name,
    named.project_name_en AS other_name_en,
    round(greatest(jaro_winkler_similarity(lower(strip_accents(projects.project_name)), name),
        jaro_winkler_similarity(lower(strip_accents(projects.project_name_en)), name_en)), 3) AS similarity,
    coalesce(projects.operator = named.operator AND projects.commune_code = named.commune_code, false) AS same_place
FROM projects
JOIN named ON named.project_id <> projects.project_id
WHERE (similarity >= 0.95 OR same_place)
    AND projects.part_of IS DISTINCT FROM named.project_id AND named.part_of IS DISTINCT FROM projects.project_id
ORDER BY projects.project_id, similarity DESC, named.project_id
