"""The page Datenpflege: to-dos, records to confirm, duplicates, and backups."""
