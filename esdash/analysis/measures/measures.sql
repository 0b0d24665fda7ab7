-- Measures: what is due, the control list, and offers whose effect nobody knows.

-- One row per running offer that reaches the fields of a selection (NULL: all) with an unknown number of places, or that
-- came from a measure (own) and cannot be counted.
CREATE MACRO offers_of_unknown_effect(wanted_groups, wanted_themes, wanted_districts, own) AS TABLE
SELECT initiative_id FROM offer_serving
WHERE (capacity IS NULL OR reachable IS NULL)
    AND (wanted_groups IS NULL OR list_contains(wanted_groups, target_group_id))
    AND (wanted_themes IS NULL OR list_has_any(wanted_themes, [theme_id, field_id]))
    AND (wanted_districts IS NULL OR list_contains(wanted_districts, district_id))
UNION
SELECT initiative_id FROM uncounted_offer WHERE list_contains(own, initiative_id)
ORDER BY initiative_id;
