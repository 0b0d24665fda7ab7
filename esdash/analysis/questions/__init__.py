"""What to ask next, so that most of what is unknown gets settled (METHODS M12)."""
