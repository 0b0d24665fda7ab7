"""Importing a table in three steps: the file, what its columns and words mean, checking and importing."""
