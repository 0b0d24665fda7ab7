"""Erasing people: what identifies a person, and how it leaves records, history and file."""
