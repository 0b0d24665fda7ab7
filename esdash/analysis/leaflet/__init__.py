"""What is printed, and whether it may be: texts of the papers by language, with their status."""
