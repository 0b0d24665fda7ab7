"""Parts of the page Lagebild."""
