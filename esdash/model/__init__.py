"""What a record is: its kinds and fields, and how values, times and words are read. Knows no database and no screen."""
