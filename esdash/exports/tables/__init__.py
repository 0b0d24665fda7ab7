"""Tables for people: spreadsheets, the template, rows that were refused."""
