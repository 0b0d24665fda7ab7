"""Parts of the page Methode."""
