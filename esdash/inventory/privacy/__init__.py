"""Erasing people: what identifies a person, and how it is removed from records, history, file and backups."""
