"""Parts of the page Prioritätenliste."""
