"""Tables for people: spreadsheets, the template, and the file of rows that could not be imported."""
