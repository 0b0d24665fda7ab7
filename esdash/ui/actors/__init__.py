"""Parts of the page Akteure."""
