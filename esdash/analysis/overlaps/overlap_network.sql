-- Providers of a theme, and ties between organisations that overlap or complement each other (METHODS M6).

-- One row per theme × organisation with a running offer: its places per week there. An offer of several themes counts
-- with an equal part in each; offers with unknown places are counted in a column of their own.
CREATE VIEW theme_provider AS
WITH offered AS (
    SELECT DISTINCT o.initiative_id, o.organization_id, o.capacity, l.theme_id, l.field_id
    FROM (SELECT initiative_id, organization_id, capacity, unnest(theme_ids) AS named FROM active_offer) AS o
    JOIN leaf_theme AS l ON o.named IN (l.theme_id, l.field_id)
),
parted AS (SELECT *, capacity / count(*) OVER (PARTITION BY initiative_id) AS places FROM offered)
SELECT theme_id, field_id, organization_id, count(*) AS offers, sum(places) AS places,
    count(*) FILTER (capacity IS NULL) AS offers_unknown
FROM parted
GROUP BY ALL;

-- One row per theme with a running offer: how many organisations provide it, and which part of the known places the
-- largest of them has (NULL if no places are known). The theme with most organisations first.
CREATE VIEW theme_providers AS
SELECT theme_id, field_id, CAST(sum(offers) AS BIGINT) AS offers, count(*) AS organizations, sum(places) AS places,
    max(places) / nullif(sum(places), 0) AS largest_share,
    CASE WHEN sum(places) > 0 THEN arg_max(organization_id, (places, organization_id)) END AS largest_id,
    CAST(sum(offers_unknown) AS BIGINT) AS offers_unknown,
    count(*) FILTER (places IS NULL) AS organizations_unknown
FROM theme_provider
GROUP BY ALL
ORDER BY organizations DESC, largest_share NULLS LAST, theme_id;

-- One row per pair of organisations (a_id < b_id) that overlap or, if they do not, complement each other.
-- overlap: their offers are alike and people have not found them to be one offer or a repetition; strength: Σ score.
-- complement: offers for the same target group in the same district with no theme in common there, so the one could send
-- people to the other; strength: in how many pairs of target group and district.
CREATE VIEW organization_tie AS
WITH alike AS (
    SELECT least(a_organization_id, b_organization_id) AS a_id, greatest(a_organization_id, b_organization_id) AS b_id,
        score, theme_ids, target_group_ids, coalesce(decided_verdict, verdict) AS finding
    FROM overlap_judged WHERE NOT same_organization AND finding NOT IN ('duplicate', 'repeat')
),
overlapping AS (
    SELECT a_id, b_id, 'overlap' AS kind, sum(score) AS strength, count(*) AS pairs,
        count(*) FILTER (finding = 'double_structure') AS doubles,
        list_sort(list_distinct(flatten(list(theme_ids)))) AS theme_ids,
        list_sort(list_distinct(flatten(list(target_group_ids)))) AS target_group_ids
    FROM alike GROUP BY a_id, b_id
),
offered AS MATERIALIZED (
    SELECT o.organization_id, o.home_district_id AS district_id, c.target_group_id, list(DISTINCT c.theme_id) AS theme_ids
    FROM active_offer AS o JOIN offer_cell AS c USING (initiative_id)
    WHERE o.home_district_id IS NOT NULL
    GROUP BY ALL
),
complementing AS (
    SELECT a.organization_id AS a_id, b.organization_id AS b_id, 'complement' AS kind,
        CAST(count(*) AS DOUBLE) AS strength, count(*) AS pairs, 0 AS doubles,
        list_sort(list(DISTINCT target_group_id)) AS target_group_ids, list_sort(list(DISTINCT district_id)) AS district_ids
    FROM offered AS a JOIN offered AS b USING (district_id, target_group_id)
    WHERE a.organization_id < b.organization_id AND NOT list_has_any(a.theme_ids, b.theme_ids)
    GROUP BY ALL
)
SELECT t.*, a.name AS a_name, b.name AS b_name,
    coalesce(a.short_name, a.name) AS a_short, coalesce(b.short_name, b.name) AS b_short
FROM (
    FROM overlapping UNION ALL BY NAME
    (FROM complementing ANTI JOIN overlapping USING (a_id, b_id))
) AS t
JOIN organization AS a ON a.organization_id = t.a_id JOIN organization AS b ON b.organization_id = t.b_id
ORDER BY kind DESC, strength DESC, a_id, b_id;

-- The first `most` ties of each kind, of one organisation or of all; `ties`: how many there are of the kind.
CREATE MACRO organization_tie_shown(wanted, most) AS TABLE
SELECT *, count(*) OVER (PARTITION BY kind) AS ties FROM organization_tie
WHERE wanted IS NULL OR wanted IN (a_id, b_id)
QUALIFY row_number() OVER (PARTITION BY kind ORDER BY strength DESC, a_id, b_id) <= most
ORDER BY kind DESC, strength DESC, a_id, b_id;
