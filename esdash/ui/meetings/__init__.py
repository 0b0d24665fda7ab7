"""Parts of the page Sitzung."""
