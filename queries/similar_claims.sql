-- Which claims look as if one statement had been recorded twice: same project, publisher, figures, and about the same day?
-- Two days at most apart, or the same month where a day is unknown; publishers are compared without accents or case.
-- Each pair is given both ways. Unknown: a claim without a figure repeats nothing.
WITH said AS (
    SELECT announcements.id, announcements.project_id, announcements.announced_on,
        announcements.announced_on_precision AS precision,
        lower(strip_accents(source_publisher)) AS publisher, source_publisher, source_title, source_url,
        list({'metric': metric, 'low': low, 'high': high} ORDER BY metric) AS figures
    FROM announcements JOIN claims ON claims.announcement_id = announcements.id
    WHERE low IS NOT NULL OR high IS NOT NULL
    GROUP BY ALL
)
SELECT claim.id, other.id AS other_id, other.announced_on, other.precision AS announced_on_precision,
    other.source_publisher, other.source_title, other.source_url
FROM said AS claim
JOIN said AS other ON other.project_id = claim.project_id AND other.id <> claim.id AND other.figures = claim.figures
WHERE jaro_winkler_similarity(claim.publisher, other.publisher) >= 0.9
    AND CASE WHEN claim.precision = 'day' AND other.precision = 'day'
        THEN abs(date_diff('day', claim.announced_on, other.announced_on)) <= 2
        ELSE date_trunc('month', claim.announced_on) = date_trunc('month', other.announced_on) END
ORDER BY claim.id, other.id
