-- Ideas that say nearly the same (METHODS M5).

-- One row per pair of ideas that stand for themselves (a_id < b_id) and are alike enough to show, the likest first, without
-- those that people found to be different: share (0 to 1) by the spelling of both texts and the words they share.
CREATE VIEW idea_pair AS
WITH content AS MATERIALIZED (FROM match_field('idea')),
word AS MATERIALIZED (FROM match_word('idea')),
telling AS (FROM word WHERE records BETWEEN 2 AND duplicate_shared_by_at_most()),
candidate AS MATERIALIZED (
    SELECT DISTINCT a.record_id AS a_id, b.record_id AS b_id
    FROM telling AS a JOIN telling AS b USING (word) WHERE a.record_id < b.record_id
),
candidate_word AS MATERIALIZED (SELECT a_id, b_id, word, part FROM candidate JOIN word ON record_id = a_id),
cosine AS (
    SELECT a_id, b_id, sum(a.part * b.part) AS cosine
    FROM candidate_word AS a JOIN word AS b ON b.record_id = b_id AND b.word = a.word
    GROUP BY ALL
)
SELECT c.a_id, c.b_id, text_share(a.joined, b.joined, c.cosine) AS share
FROM cosine AS c JOIN content AS a ON a.record_id = c.a_id JOIN content AS b ON b.record_id = c.b_id
ANTI JOIN duplicate_dismissed AS d ON d.table_name = 'idea' AND d.a_id = c.a_id AND d.b_id = c.b_id
WHERE share >= idea_similar_from()
ORDER BY share DESC, c.a_id, c.b_id;
