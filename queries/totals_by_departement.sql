-- What does each département add up to?
-- Only départements with a counted project of the selection; what is located by its region only, or not at all, is
-- in no département. Unknown: an amount nobody states is NULL.
SELECT departement.code AS departement_code, departement.name AS departement_name, departement.region_code, departement.population, metric,
    least(sum(net_low), sum(net_high)) AS low,
    greatest(sum(net_low), sum(net_high)) AS high,
    bool_or(is_floor) AS is_floor,
    count(*) AS projects,
    count(*) FILTER (is_missing) AS missing
FROM amounts
JOIN projects USING (project_id)
JOIN departements AS departement ON departement.code = projects.departement_code
WHERE amounts.is_counted
GROUP BY ALL
ORDER BY metric, high DESC NULLS LAST, departement_code
