-- Which claims does everybody quote, and does their project still retain that figure?
-- Figure, date and source are those of the claim. `differs` where the project retains another figure (rule 10);
-- inventories and targets retain none, so they never differ. Unknown: a claim in words only has NULL ends.
SELECT landmarks.rank, landmarks.announcement_id, projects.project_id, projects.project_name,
    projects.project_name_en, projects.kind, sentence_fr, sentence_en, landmarks.metric, claims.low, claims.high,
    claims.stated, claims.scope, claims.announced_on, claims.announced_on_precision, source_publisher, source_title,
    source_url, claims.source_kind, amounts.low AS retained_low, amounts.high AS retained_high,
    coalesce(claims.low IS DISTINCT FROM amounts.low OR claims.high IS DISTINCT FROM amounts.high, false)
        AND (amounts.low IS NOT NULL OR amounts.high IS NOT NULL) AS differs
FROM landmarks
JOIN claims ON claims.announcement_id = landmarks.announcement_id AND claims.metric = landmarks.metric
JOIN announcements ON announcements.id = claims.announcement_id
JOIN projects ON projects.project_id = claims.project_id
LEFT JOIN amounts ON amounts.project_id = projects.project_id AND amounts.metric = landmarks.metric
ORDER BY landmarks.rank
