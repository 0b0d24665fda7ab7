"""The page Erfassen: the list of records, the page of one record, the form."""
