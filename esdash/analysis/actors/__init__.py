"""Organisations: what each offers, seeks and promised, what ties them to others, and who could help with something."""
