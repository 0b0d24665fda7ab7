-- Cases of overlapping offers (METHODS M6): connected pairs, their figures, and their order in the list.

-- The share of an offer's places that would not be missed (0 to 1); NULL if one of the three values is unknown.
CREATE MACRO replaceability(need, supply, places) AS
CASE WHEN need IS NOT NULL AND supply IS NOT NULL AND places > 0  -- least(NULL, 1) is 1
    THEN 1 - (least(need, supply) - least(need, supply - places)) / places END;

-- One row per case: pairs that share an offer. `listed`: the pairs that people decided, or else the method proposes, to be
-- a double structure; otherwise the undecided pairs, each with those of the same proposed verdict.
-- A case of more offers than can be looked at side by side keeps only the strongest link of each offer.
-- Supply and need are those of the pair that reaches most (widest_pair; an offer entered twice counts once); replaceable: in the order of the offers. places_at_stake and
-- weight: see judgements.py.
CREATE MACRO overlap_grouped(listed) AS TABLE
WITH RECURSIVE pair AS MATERIALIZED (
    SELECT *, CASE WHEN listed THEN 'double_structure' ELSE verdict END AS part
    FROM overlap_judged
    WHERE CASE WHEN listed THEN coalesce(decided_verdict, verdict) = 'double_structure' ELSE decision_id IS NULL END
),
link AS MATERIALIZED (
    SELECT part, a_id AS x, b_id AS y, score FROM pair UNION ALL SELECT part, b_id, a_id, score FROM pair
),
chain (part, initiative_id, first_id) USING KEY (part, initiative_id) AS (
    SELECT DISTINCT part, x, x FROM link
    UNION
    SELECT l.part, l.x, min(c.first_id)
    FROM chain AS c JOIN link AS l ON l.part = c.part AND l.y = c.initiative_id
    JOIN recurring.chain AS own ON own.part = l.part AND own.initiative_id = l.x
    WHERE c.first_id < own.first_id
    GROUP BY l.part, l.x
),
long AS (SELECT part, first_id FROM chain GROUP BY ALL HAVING count(*) > overlap_case_at_most()),
strongest AS (
    SELECT part, x, arg_min(y, (-score, y)) AS y FROM link
    SEMI JOIN (FROM chain SEMI JOIN long USING (part, first_id)) AS c ON c.part = link.part AND c.initiative_id = x
    GROUP BY ALL
),
close AS MATERIALIZED (
    SELECT part, x, y FROM link
    ANTI JOIN (FROM chain SEMI JOIN long USING (part, first_id)) AS c ON c.part = link.part AND c.initiative_id = x
    UNION SELECT part, x, y FROM strongest UNION SELECT part, y, x FROM strongest
),
reach (part, initiative_id, first_id) USING KEY (part, initiative_id) AS (
    SELECT DISTINCT part, x, x FROM close
    UNION
    SELECT l.part, l.x, min(c.first_id)
    FROM reach AS c JOIN close AS l ON l.part = c.part AND l.y = c.initiative_id
    JOIN recurring.reach AS own ON own.part = l.part AND own.initiative_id = l.x
    WHERE c.first_id < own.first_id
    GROUP BY l.part, l.x
),
member AS MATERIALIZED (FROM reach),
offers AS (
    SELECT m.part, m.first_id, list(o.initiative_id ORDER BY o.initiative_id) AS initiative_ids,
        list(o.name ORDER BY o.initiative_id) AS initiative_names,
        list(o.capacity ORDER BY o.initiative_id) AS capacities,
        list_sort(list(DISTINCT o.home_district_id) FILTER (o.home_district_id IS NOT NULL)) AS district_ids,
        min(o.capacity) AS smallest, max(o.capacity) AS largest, sum(o.capacity) AS capacity,
        count(*) FILTER (o.capacity IS NULL) AS capacity_unknown, sum(o.waiting) AS waiting
    FROM member AS m JOIN active_offer AS o USING (initiative_id)
    GROUP BY ALL
),
linked AS (
    SELECT a.part, a.first_id, max(p.score) AS score, count(*) AS pairs,
        bool_or(p.decision_id IS NOT NULL) AS decided, min(p.reason) AS reason,  -- the stronger reason
        arg_max({'pair': p.a_id || '+' || p.b_id, 'supply': p.supply, 'need': p.need, 'theme_ids': p.theme_ids,
                'target_group_ids': p.target_group_ids},
            (coalesce(p.supply, -1), p.a_id, p.b_id)) AS widest
    FROM pair AS p
    JOIN member AS a ON a.part = p.part AND a.initiative_id = p.a_id
    JOIN member AS b ON b.part = p.part AND b.initiative_id = p.b_id AND b.first_id = a.first_id
    GROUP BY ALL
)
SELECT array_to_string(o.initiative_ids, '+') AS case_id, o.first_id, o.part AS verdict, l.reason,
    o.initiative_ids, o.initiative_names, o.district_ids, l.pairs, l.decided, l.score,
    l.widest.theme_ids AS theme_ids, l.widest.target_group_ids AS target_group_ids,
    l.widest.pair AS widest_pair, l.widest.supply AS supply, l.widest.need AS need, supply / need AS saturation,
    o.capacity, o.capacity_unknown, o.smallest, o.waiting,
    CASE WHEN need IS NOT NULL THEN greatest(0, least(supply - need, o.capacity)) END AS surplus,
    [replaceability(need, supply, c) FOR c IN o.capacities] AS replaceable,
    CASE o.part WHEN 'double_structure' THEN surplus WHEN 'duplicate' THEN o.capacity - o.largest ELSE o.capacity END
        AS places_at_stake,
    overlap_urgency(o.part) * l.score * coalesce(places_at_stake, 0) AS weight
FROM offers AS o JOIN linked AS l USING (part, first_id);

-- One row: the three sums of a case in what its widest pair serves, in places per week: those of its own offers (here), of all
-- others (elsewhere), and needed; here + elsewhere is the supply of the case. capacity: all known places of its offers,
-- also for other people; unknown: how many of them have unknown places. Second entries of an offer (twice) count nowhere.
CREATE MACRO overlap_sums(ids, widest_pair) AS TABLE
WITH cell AS MATERIALIZED (FROM overlap_served([widest_pair])),
whole AS (SELECT sum(places_reaching) AS reaching, sum(places_needed) AS needed FROM cell),
entry AS MATERIALIZED (
    SELECT initiative_id, capacity, list_contains(ids, initiative_id) AS own, second.initiative_id IS NOT NULL AS twice
    FROM active_offer LEFT JOIN offer_twice AS second USING (initiative_id) WHERE own OR twice
),
reached AS (
    SELECT coalesce(sum(places) FILTER (own AND NOT twice), 0) AS here, coalesce(sum(places) FILTER (twice), 0) AS doubled
    FROM offer_places JOIN cell USING (theme_id, target_group_id, district_id) JOIN entry USING (initiative_id)
),
counted AS (
    SELECT sum(capacity) FILTER (NOT twice) AS capacity, count(*) FILTER (capacity IS NULL AND NOT twice) AS unknown,
        count(*) FILTER (twice) AS twice
    FROM entry WHERE own
)
SELECT here, reaching - doubled - here AS elsewhere, needed, capacity, unknown, twice FROM whole, reached, counted;

-- One row per undecided case, the heaviest first. If the same offers are a case of two verdicts, only the heavier one.
CREATE VIEW overlap_case_open AS
SELECT * EXCLUDE first_id FROM overlap_grouped(false)
QUALIFY row_number() OVER (PARTITION BY case_id ORDER BY weight DESC, verdict) = 1
ORDER BY weight DESC, case_id;

-- One row per case for the priority list, with the id of its first offer, or of the offer that has entries there
-- already, so that these stay with the case when another offer joins it.
CREATE MATERIALIZED VIEW overlap_case_found AS
WITH said AS (
    SELECT list(split_part(finding_id, '|', 2)) AS ids FROM priority_item WHERE starts_with(finding_id, 'overlap|')
)
SELECT coalesce(list_min(list_intersect(c.initiative_ids, said.ids)), c.first_id) AS case_id, c.* EXCLUDE (case_id, first_id)
FROM overlap_grouped(true) AS c CROSS JOIN said
ORDER BY case_id;
