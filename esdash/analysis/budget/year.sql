-- What a report about a year tells: aims, decisions, measures, and what did not come about.

-- One row per item that was on the list in a year: as listed_item.
CREATE MACRO year_item(of_year) AS TABLE
FROM listed_item
WHERE year(listed_on) <= of_year AND (ended_on IS NULL OR year(ended_on) >= of_year)
ORDER BY listed_on, priority_item_id;

-- One row per decision of a year that no later one replaced, in the order of their numbers.
CREATE MACRO year_decision(of_year) AS TABLE
SELECT decision_id, number, result, resolution_text, reason, decided_on, deferred_until, referred_to
FROM decision
WHERE year(decided_on) = of_year
    AND decision_id NOT IN (SELECT supersedes_id FROM decision WHERE supersedes_id IS NOT NULL)
ORDER BY decided_on, length(number), number;

-- One row per measure that ran, or should have, in a year: with its lead, whether it is overdue on the day `today`, and since
-- when. A measure without a begin counts from its due date on.
CREATE MACRO year_measure(of_year) AS TABLE
SELECT measure_id, measure.number, measure.title, measure.state, starts_on, due_on, finished_on, waiting_for, closing_note, effect,
    initiative_ids, organization.name AS lead,
    due_on < clock.today AND measure.state NOT IN ('done', 'dropped') AS overdue
FROM clock, measure LEFT JOIN organization ON organization_id = lead_organization_id
WHERE coalesce(year(coalesce(starts_on, due_on)) <= of_year, true) AND coalesce(year(finished_on) >= of_year, true)
ORDER BY measure.number NULLS LAST, measure.title COLLATE de, measure_id;

-- One row per last answer of the city, given in a year, that does not take something on.
CREATE MACRO year_refusal(of_year) AS TABLE
SELECT title, verdict, entry_answer.reason, responsible_office, answered_on, next_on
FROM entry_answer JOIN list_entry USING (list_entry_id)
WHERE year(answered_on) = of_year AND verdict IN ('rejected', 'not_responsible', 'deferred')
ORDER BY answered_on, list_entry_id;
