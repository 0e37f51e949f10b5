-- Places, events and landmarks, as curated in data/reference (the variable `folder`).
CREATE MACRO read_reference(file) AS TABLE
FROM read_csv(getvariable('folder') || '/' || file, header = true, all_varchar = true, nullstr = '');

CREATE TABLE regions AS
SELECT place.code, name, population::INTEGER AS population, latitude::DOUBLE AS latitude, longitude::DOUBLE AS longitude
FROM read_reference('regions.csv') AS place
LEFT JOIN read_reference('centres.csv') AS centre ON centre.level = 'region' AND centre.code = place.code
ORDER BY place.code;

CREATE TABLE departements AS
SELECT place.code, name, region_code, population::INTEGER AS population,
    latitude::DOUBLE AS latitude, longitude::DOUBLE AS longitude
FROM read_reference('departements.csv') AS place
LEFT JOIN read_reference('centres.csv') AS centre ON centre.level = 'departement' AND centre.code = place.code
ORDER BY place.code;

CREATE TABLE communes AS
SELECT place.code, name, departement_code, population::INTEGER AS population,
    latitude::DOUBLE AS latitude, longitude::DOUBLE AS longitude
FROM read_reference('communes.csv') AS place
LEFT JOIN read_reference('coordinates.csv') AS point ON point.commune_code = place.code
ORDER BY place.code;

CREATE TABLE events AS
SELECT code, name_fr, name_en, first_day::DATE AS first_day, last_day::DATE AS last_day, headline_project_id
FROM read_reference('events.csv') ORDER BY first_day;

CREATE TABLE landmarks AS
SELECT rank::INTEGER AS rank, announcement_id, metric, sentence_fr, sentence_en
FROM read_reference('landmarks.csv') ORDER BY rank;

CREATE TABLE quality_checks AS
SELECT rank::INTEGER AS rank, code, name_fr, name_en, explanation_fr, explanation_en, unit
FROM read_reference('quality_checks.csv') ORDER BY rank::INTEGER;

CREATE TABLE errata AS
SELECT corrected_on::DATE AS corrected_on, announcement_id, field, before, after, reason_fr, reason_en
FROM read_reference('errata.csv') ORDER BY corrected_on, announcement_id, field;

DROP MACRO TABLE read_reference;
