-- Volunteers: active and wanted per offer, field of action, theme and district, and wishes that found nothing (METHODS M19).

-- One row per offer that runs today: where it counts, each offer once, so that the sums of every division are those of the
-- city. several: offers of several fields or themes; mobile, online: offers without one place; unknown: not entered.
CREATE VIEW volunteer_counted AS
SELECT p.*,
    CASE WHEN coalesce(len(field_ids), 0) = 0 THEN 'unknown' WHEN len(field_ids) = 1 THEN field_ids[1] ELSE 'several' END AS field,
    CASE WHEN coalesce(len(theme_ids), 0) = 0 THEN 'unknown' WHEN len(theme_ids) = 1 THEN theme_ids[1] ELSE 'several' END AS theme,
    CASE WHEN mode IN ('mobile', 'online') THEN mode ELSE coalesce(home_district_id, 'unknown') END AS district
FROM volunteer_place AS p;

-- One row per offer that runs today, those that want most first.
CREATE VIEW volunteer_listed AS
FROM volunteer_counted
ORDER BY volunteers_wanted DESC NULLS LAST, volunteers_active NULLS LAST, name COLLATE de, initiative_id;

-- One row per field of action, theme or district (kind: field, theme, district) with an offer that runs. volunteers_active
-- and volunteers_wanted are NULL where no offer says a number; active_unknown, wanted_unknown: offers that say none.
-- searching: offers that want somebody; unaskable: those of them without a contact that can be asked.
CREATE MACRO volunteers_by(kind) AS TABLE
SELECT CASE kind WHEN 'field' THEN field WHEN 'theme' THEN theme ELSE district END AS option,
    count(*) AS offers, CAST(sum(volunteers_active) AS BIGINT) AS volunteers_active,
    CAST(sum(volunteers_wanted) AS BIGINT) AS volunteers_wanted,
    count(*) FILTER (volunteers_active IS NULL) AS active_unknown,
    count(*) FILTER (volunteers_wanted IS NULL) AS wanted_unknown,
    count(*) FILTER (volunteers_wanted > 0) AS searching,
    count(*) FILTER (volunteers_wanted > 0 AND via IS NULL) AS unaskable
FROM volunteer_counted
GROUP BY ALL
ORDER BY volunteers_wanted DESC NULLS LAST, volunteers_active DESC NULLS LAST, option;

-- One row per option of a part of the wishes (kind: theme, district, time, language), 'any' where it was left open: how often
-- nothing was found from one week until before another. In an order that says nothing about the numbers.
CREATE MACRO wishes_unmet(kind, since, until) AS TABLE
SELECT coalesce(CASE kind WHEN 'theme' THEN theme_id WHEN 'district' THEN district_id WHEN 'time' THEN time_slot ELSE language_id END, 'any')
        AS option,
    CAST(sum(nothing_found) AS BIGINT) AS unmet
FROM wish WHERE week >= since AND week < until
GROUP BY ALL HAVING sum(nothing_found) > 0
ORDER BY option;
