-- One row per category and year of a programme, for income and expense apart, in euros to the cent (METHODS M14). An entry counts in its
-- present state only, a cancelled one in none: planned = paid + committed + left. Earmarked is what entries plan; it is a
-- part of what is left. What is booked without a line of the plan has planned 0.
CREATE VIEW money_line AS
WITH
booked AS (
    SELECT budget_line_id, direction,
        coalesce(sum(amount_eur) FILTER (state = 'planned'), 0) AS earmarked,
        coalesce(sum(amount_eur) FILTER (state = 'committed'), 0) AS committed,
        coalesce(sum(amount_eur) FILTER (state = 'paid'), 0) AS paid,
        count(*) AS entries
    FROM budget_entry WHERE cancelled_on IS NULL
    GROUP BY budget_line_id, direction
),
part AS (
    SELECT line.* REPLACE (booked.direction AS direction, CAST(0 AS DECIMAL(12, 2)) AS planned_eur), earmarked, committed, paid, entries
    FROM booked JOIN budget_line AS line USING (budget_line_id)
    UNION ALL BY NAME
    SELECT *, 0 AS earmarked, 0 AS committed, 0 AS paid, 0 AS entries FROM budget_line
)
SELECT programme, direction, category, year, min(sort) AS sort,
    sum(planned_eur) AS planned_eur, sum(earmarked) AS earmarked_eur, sum(committed) AS committed_eur, sum(paid) AS paid_eur,
    sum(planned_eur) - sum(committed) - sum(paid) AS left_eur,
    CAST(sum(entries) AS INTEGER) AS entries
FROM part
GROUP BY programme, direction, category, year
ORDER BY programme, direction, sort, category, year;

-- One row per programme, category or year (`what`), or one for all of it ('total'), for income and expense apart, as
-- money_line. Of one programme and one year where they are given.
CREATE MACRO money_by(what, of_programme, of_year) AS TABLE
SELECT direction,
    CASE what WHEN 'category' THEN category WHEN 'year' THEN CAST(year AS VARCHAR) WHEN 'programme' THEN programme
        ELSE what END AS key,
    sum(planned_eur) AS planned_eur, sum(earmarked_eur) AS earmarked_eur, sum(committed_eur) AS committed_eur,
    sum(paid_eur) AS paid_eur, sum(left_eur) AS left_eur, CAST(sum(entries) AS INTEGER) AS entries
FROM money_line
WHERE (of_programme IS NULL OR programme = of_programme) AND (of_year IS NULL OR year = of_year)
GROUP BY ALL
ORDER BY direction, CASE WHEN what = 'category' THEN min(sort) END, key;

-- One row per measure, for income and expense apart: what its entries plan, commit and have paid, in euros; together is the
-- sum of the three. The row without a measure holds what belongs to none, so that the rows add up to all entries.
CREATE MACRO money_by_measure(of_programme, of_year) AS TABLE
SELECT entry.direction, measure_id, measure.number AS number, measure.title AS title,
    coalesce(sum(amount_eur) FILTER (entry.state = 'planned'), 0) AS earmarked_eur,
    coalesce(sum(amount_eur) FILTER (entry.state = 'committed'), 0) AS committed_eur,
    coalesce(sum(amount_eur) FILTER (entry.state = 'paid'), 0) AS paid_eur,
    sum(amount_eur) AS together_eur,
    CAST(count(*) AS INTEGER) AS entries
FROM budget_entry AS entry JOIN budget_line AS line USING (budget_line_id) LEFT JOIN measure USING (measure_id)
WHERE cancelled_on IS NULL
    AND (of_programme IS NULL OR programme = of_programme) AND (of_year IS NULL OR year = of_year)
GROUP BY ALL
ORDER BY direction, number NULLS LAST, title COLLATE de NULLS LAST, measure_id NULLS LAST;

-- One row per entry, with its line and the names of its measure and its payee, in the order of time.
CREATE VIEW money_entry AS
SELECT entry.*, line.programme, line.category, line.year, line.sort,
    measure.number AS measure_number, measure.title AS measure_title, organization.name AS payee
FROM budget_entry AS entry
    JOIN budget_line AS line USING (budget_line_id)
    LEFT JOIN measure USING (measure_id)
    LEFT JOIN organization ON organization_id = payee_organization_id
ORDER BY booked_on, receipt_number NULLS LAST, budget_entry_id;
