-- What the seats gave to items of the list, in rounds that are closed (METHODS M15); those of open ones are not read here.

-- One row per closed round and item: how many voices, median and quartiles of the points, with all and without the seats
-- that the item names (recused). Without agreed names the latter is known only where it says nothing about a few seats.
-- contested: the quartiles, or the medians of named and other seats, lie further apart than half of what is possible.
CREATE VIEW voice_result AS
WITH given AS (
    SELECT v.voice_round_id, v.priority_item_id, v.points, v.conflict, r.most_per_item, r.named,
        list_position(r.priority_item_ids, v.priority_item_id) AS place
    FROM voice AS v JOIN voice_round AS r USING (voice_round_id)
    WHERE r.state = 'closed'
),
measured AS (
    SELECT voice_round_id, priority_item_id, any_value(place) AS place, any_value(most_per_item) AS most_per_item,
        count(*) AS n, min(points) AS least, quantile_cont(points, 0.25) AS q1, quantile_cont(points, 0.5) AS median,
        quantile_cont(points, 0.75) AS q3, max(points) AS most, avg(points) AS mean,
        coalesce(json_array_length(any_value(named), '$."' || priority_item_id || '"'), 0) AS recused,
        quantile_cont(points, 0.5) FILTER (conflict) AS median_named,
        quantile_cont(points, 0.25) FILTER (NOT conflict) AS q1_without,
        quantile_cont(points, 0.5) FILTER (NOT conflict) AS median_without,
        quantile_cont(points, 0.75) FILTER (NOT conflict) AS q3_without
    FROM given GROUP BY voice_round_id, priority_item_id
)
SELECT voice_round_id, priority_item_id, place, most_per_item, n, least, q1, median, q3, most, mean, recused,
    CASE WHEN recused > 0 THEN q1_without END AS q1_without,
    CASE WHEN recused > 0 THEN median_without END AS median_without,
    CASE WHEN recused > 0 THEN q3_without END AS q3_without,
    q3 - q1 > most_per_item * divided_share()
        OR coalesce(abs(median_named - median_without) > most_per_item * divided_share(), false) AS contested,
    rank() OVER (PARTITION BY voice_round_id ORDER BY median DESC, mean DESC) AS rank
FROM measured
ORDER BY voice_round_id, rank, place;

-- One row per reason that was given with a voice in a closed round; seat: NULL if names were not agreed.
CREATE VIEW voice_reason AS
SELECT voice_round_id, priority_item_id, seat_organization_id, reason
FROM voice JOIN voice_round USING (voice_round_id)
WHERE state = 'closed' AND reason IS NOT NULL
ORDER BY voice_round_id, priority_item_id, seat_organization_id, reason;

-- One row per voice whose seat may be told: in closed rounds with agreed names.
CREATE VIEW voice_of_seat AS
SELECT voice_round_id, priority_item_id, seat_organization_id, points, conflict, reason
FROM voice JOIN voice_round USING (voice_round_id)
WHERE state = 'closed' AND names_shown AND seat_organization_id IS NOT NULL
ORDER BY voice_round_id, priority_item_id, seat_organization_id;
