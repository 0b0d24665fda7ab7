"""What a record is: its kinds and fields, and how values, times and words are read. No database and no screen here."""
