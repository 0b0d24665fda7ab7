"""What is entered, what is still true and what has to be checked (METHODS M9)."""
