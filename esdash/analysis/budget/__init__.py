"""Money of the programme: planned, committed, paid, and what is left."""
