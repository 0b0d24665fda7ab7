-- The history of single records, from the change log.

-- One row per changed field: when, who, why, by which means; event is added, changed or removed. Of fields that
-- identify a person the values are left out (see change_listed).
CREATE VIEW record_history AS
SELECT c.change_id, c.changed_at, c.actor, c.reason, c.means, l.import_run_id, c.table_name, c.record_id,
    CASE WHEN l.before IS NULL THEN 'added' WHEN l.after IS NULL THEN 'removed' ELSE 'changed' END AS event,
    c.field, c.before, c.after
FROM change_listed AS c JOIN change_log AS l USING (change_id)
ORDER BY c.change_id DESC, c.field;
