"""Parts of the page Initiativen."""
