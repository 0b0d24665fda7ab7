"""The page Datenpflege: what to check next, what to confirm, what was entered twice, and backups."""
